import { isProblem } from '../support/desk.js';
import { play } from './moves.js';
import type { Move } from './moves.js';
import { SimulatedRecord } from './record.js';
import { begin, registerSources } from './stage.js';
import type { Opening, Sources } from './stage.js';
import { toldOf } from './told.js';
import type { Told } from './told.js';

/** How many histories share a record: opening one takes time, and a long record takes memory. */
const historiesPerRecord = 50;

/** Plays histories one after the other, and counts what they gave and reached. */
export class Histories {
  readonly reached = new Map<string, number>();
  commands = 0;
  fewest = Number.MAX_SAFE_INTEGER;
  played = 0;
  #open: { record: SimulatedRecord; sources: Sources } | undefined;

  /** At most `length` commands; what the rules refuse is part of it. */
  async play(moves: readonly Move[], opening: Opening, length: number): Promise<Told> {
    const { record, sources } = await this.#next();
    const stage = await begin(record.desk, sources, opening);
    const begun = record.desk.commands;
    for (const move of moves) {
      if (record.desk.commands - begun >= length) break;
      try {
        await play(stage, move);
      } catch (error) {
        if (!isProblem(error) || error.kind.status >= 500) throw error;
      }
      if (move.settle) await record.settle();
    }
    await record.settle();
    this.#count(record.desk.commands - begun);
    const told = toldOf(stage, record);
    for (const { event } of told.entries)
      this.reached.set(event.type, (this.reached.get(event.type) ?? 0) + 1);
    return told;
  }

  close(): Promise<void> {
    return this.#open?.record.close() ?? Promise.resolve();
  }

  async #next(): Promise<{ record: SimulatedRecord; sources: Sources }> {
    this.played += 1;
    if (this.#open !== undefined && this.played % historiesPerRecord !== 0) return this.#open;
    await this.close();
    const record = await SimulatedRecord.open();
    const sources = await registerSources(record.desk);
    await record.settle();
    this.#open = { record, sources };
    return this.#open;
  }

  #count(commands: number): void {
    this.commands += commands;
    this.fewest = Math.min(this.fewest, commands);
  }
}
