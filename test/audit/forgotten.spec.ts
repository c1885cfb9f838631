import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MemoryEventStore } from '#libs/event-store';
import { Projections, ReadModels } from '#libs/projections';
import type { Sequenced } from '#libs/projections';
import { listProjection } from '../../src/platform/lists/lists.projection.js';
import { EventRegistry } from '../../src/platform/record/event-registry.js';
import { targetOf } from '../../src/platform/record/redating.js';
import { slices } from '../../src/slices.js';
import { anyOpening, historyOf } from '../simulation/episodes.js';
import { Histories } from '../simulation/history.js';
import { projected } from '../support/settling.js';

const registry = new EventRegistry(slices);
const seed = 20_261_202;
const length = 50;

/** Lists that follow a store of their own, into which the events come as they are told. */
class Lists {
  readonly store: MemoryEventStore;
  readonly readModels = ReadModels.open();
  readonly projections: Projections;
  #now = '';

  constructor() {
    this.store = new MemoryEventStore({ clock: () => this.#now });
    this.projections = new Projections({
      store: this.store,
      readModels: this.readModels,
      recordPrefixes: registry.streamPrefixes,
      definitions: slices.map((slice) => listProjection(slice, registry)),
    });
  }

  async tell(events: readonly Sequenced[]): Promise<void> {
    for (const { event } of events) {
      const { stream, revision, recordedAt, position: _, ...given } = event;
      this.#now = recordedAt;
      await this.store.append(stream, [given], { expected: revision === 0n ? 'no_stream' : revision - 1n });
    }
  }

  async erase(events: readonly Sequenced[]): Promise<void> {
    for (const { event } of events) await this.store.eraseContent(event.stream, event.revision);
  }

  /** All that the lists hold, but for the numbers of rows; and the index has just the words of the table. */
  async held(): Promise<unknown> {
    await projected(this.projections);
    return slices.map(({ name }) => {
      const { tables } = this.projections.view(name);
      const index = tables.table('words');
      tables.db.exec(`INSERT INTO ${index} (${index}, rank) VALUES ('integrity-check', 1)`);
      const found = ['entries', 'labels', 'past_labels', 'versions', 'concerns', 'wordings'].map((table) =>
        tables
          .prepare(`SELECT * FROM {${table}}`)
          .all()
          .map(({ row: _, ...one }) => JSON.stringify(one))
          .toSorted(),
      );
      return [name, ...found];
    });
  }

  async end(): Promise<void> {
    await this.projections.stop();
    this.readModels.close();
  }
}

/** With an event whose words are erased go those of its corrections. */
function goneWith(events: readonly Sequenced[], chosen: ReadonlySet<string>): readonly Sequenced[] {
  return events.filter(
    ({ event }) =>
      event.content !== null &&
      (chosen.has(event.id) ||
        (event.type === 'EventCorrected' && chosen.has(targetOf(registry.read(event))))),
  );
}

function correctedIn(events: readonly Sequenced[]): string[] {
  const corrections = events.filter(({ event }) => event.type === 'EventCorrected');
  return [...new Set(corrections.map(({ event }) => targetOf(registry.read(event))))];
}

it('Lists that have come to any place hold, once they are told of what is erased, what they would hold had it never had words; and go on so', async () => {
  const histories = new Histories();
  const seen = { gone: 0, corrections: 0 };
  const asked = fc.tuple(historyOf(length), anyOpening);
  for (const [moves, begun] of fc.sample(asked, { numRuns: 7, seed })) {
    const { stage } = await histories.play(moves, begun, length);
    await stage.desk.settled();
    const all = stage.desk.record.projections.record.after(stage.beforeOrdinal, 100_000);
    const streams = new Set(all.map(({ event }) => event.stream));
    const events = stage.desk.record.projections.record
      .after(-1, 100_000)
      .filter(({ event }) => streams.has(event.stream));
    const erasing = fc.nat(events.length - 1).chain((at) => {
      const before = events.slice(0, at + 1);
      const corrected = correctedIn(before);
      const said = before.filter(({ event }) => event.type !== 'EventCorrected').map(({ event }) => event.id);
      return fc
        .tuple(fc.subarray(said, { minLength: 1 }), fc.subarray(corrected))
        .map(([some, others]) => ({ at: at + 1, chosen: new Set([...some, ...others]) }));
    });
    for (const { chosen, at } of fc.sample(erasing, { numRuns: 3, seed })) {
      const [before, after] = [events.slice(0, at), events.slice(at)];
      const [told, anew] = [new Lists(), new Lists()];
      for (const one of [told, anew]) await one.tell(before);
      const erased = goneWith(before, chosen);
      seen.gone += erased.length;
      seen.corrections += erased.filter(({ event }) => event.type === 'EventCorrected').length;
      await anew.erase(erased);
      for (const one of [told, anew]) await one.projections.start();
      await projected(told.projections);
      await told.erase(erased);
      if (erased.length > 0) told.projections.forget(...erased.map(({ event }) => event.id));
      expect(await told.held()).toEqual(await anew.held());
      for (const one of [told, anew]) await one.tell(after);
      expect(await told.held()).toEqual(await anew.held());
      for (const one of [told, anew]) await one.end();
    }
  }
  await histories.close();
  expect(seen.gone).toBeGreaterThan(50);
  expect(seen.corrections).toBeGreaterThan(0);
});
