import type { Slice } from '../../src/platform/record/slice.js';
import { isProblem } from '../support/desk.js';
import { play } from './moves.js';
import type { Kind, Move } from './moves.js';
import { SimulatedRecord } from './record.js';
import { begin } from './stage.js';
import type { Opening, Stage } from './stage.js';
import { toldOf } from './told.js';
import type { Told } from './told.js';

/** How many histories share a record: opening one takes time, and a long record takes memory. */
const historiesPerRecord = 50;

const takingOut: readonly Kind[] = ['retract', 'disavow', 'concludeActReview'];

/** Plays histories one after the other, and counts what they gave and reached. */
export class Histories {
  readonly reached = new Map<string, number>();
  commands = 0;
  fewest = Number.MAX_SAFE_INTEGER;
  played = 0;
  readonly #shapes = new Map<Kind, { readonly malformed: number; readonly wellFormed: number }>();
  #open: SimulatedRecord | undefined;

  constructor(private readonly slices?: readonly Slice[]) {}

  /** At most `length` commands; what the rules refuse is part of it. */
  async play(moves: readonly Move[], opening: Opening, length: number): Promise<Told> {
    const record = await this.#next();
    const stage = await begin(record.desk, opening);
    await record.settle();
    stage.ledger.settle();
    const begun = record.desk.commands;
    try {
      await this.#playAll(moves, stage, record, begun + length);
    } finally {
      // Also where a move fails, or what it left undone would be taken for the next history's on this record.
      await record.settle();
      stage.ledger.settle();
    }
    this.#count(record.desk.commands - begun);
    const told = toldOf(stage, record);
    for (const { event } of told.entries)
      this.reached.set(event.type, (this.reached.get(event.type) ?? 0) + 1);
    return told;
  }

  async #playAll(
    moves: readonly Move[],
    stage: Stage,
    record: SimulatedRecord,
    commandsMax: number,
  ): Promise<void> {
    for (const move of moves) {
      if (record.desk.commands >= commandsMax) break;
      try {
        if (await play(stage, move)) this.#tried(move.kind, false);
      } catch (error) {
        if (!isProblem(error) || error.kind.status >= 500) throw error;
        this.#tried(move.kind, error.kind.code === 'VALIDATION_FAILED');
      }
      // What is taken out has fallen everywhere before anything else is said, so that both can be told apart.
      if (!move.settle && !takingOut.includes(move.kind)) continue;
      await record.settle();
      stage.ledger.settle();
    }
  }

  /** The kinds of move of which none was ever of the right shape: what they ask for has changed. */
  malformed(): readonly Kind[] {
    return [...this.#shapes]
      .filter(([, one]) => one.malformed > 3 && one.wellFormed === 0)
      .map(([kind]) => kind);
  }

  #tried(kind: Kind, isMalformed: boolean): void {
    const { malformed, wellFormed } = this.#shapes.get(kind) ?? { malformed: 0, wellFormed: 0 };
    this.#shapes.set(kind, {
      malformed: malformed + (isMalformed ? 1 : 0),
      wellFormed: wellFormed + (isMalformed ? 0 : 1),
    });
  }

  close(): Promise<void> {
    return this.#open?.close() ?? Promise.resolve();
  }

  async #next(): Promise<SimulatedRecord> {
    this.played += 1;
    if (this.#open !== undefined && this.played % historiesPerRecord !== 0) return this.#open;
    await this.close();
    this.#open = await SimulatedRecord.open(this.slices);
    return this.#open;
  }

  #count(commands: number): void {
    this.commands += commands;
    this.fewest = Math.min(this.fewest, commands);
  }
}
