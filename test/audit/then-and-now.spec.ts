import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MemoryEventStore } from '#libs/event-store';
import { Projections, ReadModels } from '#libs/projections';
import type { Sight } from '../../src/platform/access/sight.js';
import type { Query } from '../../src/platform/http/query.js';
import { listProjection } from '../../src/platform/lists/lists.projection.js';
import type { OpenRecord } from '../../src/platform/record.js';
import { list } from '../../src/reading/listing.js';
import { Readings } from '../../src/reading/readings.js';
import { search } from '../../src/reading/search.js';
import { anyOpening, historyOf } from '../simulation/episodes.js';
import { Histories } from '../simulation/history.js';

import { projected } from '../support/settling.js';

const seed = 20_261_130;
const length = 50;

/** A record that ends at the place, of which nothing has changed since. */
async function endedAt(record: OpenRecord, ordinal: number) {
  let now = '';
  const store = new MemoryEventStore({ clock: () => now });
  for (const { event } of record.projections.record.after(-1, ordinal + 1)) {
    const { stream, revision, recordedAt, position: _, ...given } = event;
    now = recordedAt;
    await store.append(stream, [given], { expected: revision === 0n ? 'no_stream' : revision - 1n });
  }
  const { registry } = record;
  const readModels = ReadModels.open();
  const projections = new Projections({
    store,
    readModels,
    recordPrefixes: registry.streamPrefixes,
    definitions: registry.slices.map((slice) => listProjection(slice, registry)),
  });
  await projections.start();
  await projected(projections);
  const end = async () => {
    await projections.stop();
    readModels.close();
  };
  return { ended: { ...record, projections }, end };
}

/** Page by page. */
async function answersOf(record: OpenRecord, query: Query, sight: Sight, bounds: object) {
  const found: unknown[] = [];
  for (let cursor: string | undefined, page = 0; page < 6; page += 1) {
    const asked = { ...query, limit: '2', ...(cursor === undefined ? {} : { cursor }) };
    const { items, next } = await search(Readings.over(record, asked, sight), asked, bounds);
    found.push(...items);
    cursor = next;
    if (next === undefined) break;
  }
  for (const slice of record.registry.slices) {
    const { entries } = await list(Readings.over(record, query, sight), slice, query, bounds);
    found.push(...entries.map(({ text }) => text));
  }
  return found;
}

it('As of a moment is found what a record that ended there would answer, to whoever sees some of the dialogues, whatever came since', async () => {
  const histories = new Histories();
  let told = 0;
  for (const [moves, begun] of fc.sample(fc.tuple(historyOf(length), anyOpening), { numRuns: 3, seed })) {
    const { stage } = await histories.play(moves, begun, length);
    await stage.desk.settled();
    const { record } = stage.desk;
    const { projections, registry, moments } = record;
    const rowsOf = (name: string, sql: string) =>
      projections
        .view(name)
        .tables.prepare(sql)
        .all()
        .map(({ one }) => String(one));
    const words = registry.slices.flatMap(({ name }) =>
      rowsOf(name, 'SELECT searched AS one FROM {wordings}').flatMap(
        (one) => one.match(/[\p{L}\p{N}]+/gu) ?? [],
      ),
    );
    const dialogues = rowsOf('dialogues', 'SELECT id AS one FROM {entries}');
    const word = fc.constantFrom(...new Set(words));
    const asked = fc.record({
      q: fc.array(
        fc.oneof(
          word,
          word.map((one) => one.slice(0, 1)),
        ),
        {
          minLength: 1,
          maxLength: 3,
        },
      ),
      signs: fc.constantFrom('', '% ', '_', '\\ '),
      sight: fc.oneof(fc.constant('all' as const), fc.subarray(dialogues)),
      fewMax: fc.constantFrom(0, 2, 1_000),
    });
    const middle = Math.floor((projections.record.headOrdinal + stage.beforeOrdinal) / 2);
    const position = projections.record.positionAt(middle);
    if (position === undefined) throw new Error('The history has no middle.');
    const knownAt = moments.sealed(position, undefined);
    const { ended, end } = await endedAt(record, middle);
    for (const { q, signs, sight, fewMax } of fc.sample(asked, { numRuns: 15, seed })) {
      const query = { q: `${signs}${q.join(' ')}` };
      const then = await answersOf(ended, query, sight, {});
      expect(await answersOf(record, { ...query, knownAt }, sight, { fewMax, windowSize: 2 })).toEqual(then);
      told += then.length;
    }
    await end();
  }
  await histories.close();
  expect(told).toBeGreaterThan(50);
});
