import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Tables } from '#libs/projections';
import { EventRegistry } from '../../src/platform/record/event-registry.js';
import { findableOf } from '../../src/platform/record/findable.js';
import { fold, idOf } from '../../src/platform/record/fold.js';
import { slices } from '../../src/slices.js';
import { historyOf } from '../simulation/episodes.js';
import { Histories } from '../simulation/history.js';
import { keepings, sides } from '../simulation/stage.js';

const registry = new EventRegistry(slices);
const opening = fc.record({
  by: fc.constantFrom(...sides),
  isMutual: fc.boolean(),
  keeping: fc.constantFrom(...keepings),
});
const seed = 20_261_130;
const length = 60;

const standing = 'since <= ? AND (until IS NULL OR until > ?)';
const sorted = (all: readonly unknown[]) => [...new Set(all.map((one) => JSON.stringify(one)))].toSorted();

/** By what the entry is found as of the place in the record. */
function keptOf(tables: Tables, id: string, ordinal: number) {
  const words = tables
    .prepare(`SELECT bearer, coalesce(shown, searched) AS words FROM {wordings} WHERE id = ? AND ${standing}`)
    .all(id, ordinal, ordinal);
  const concerns = tables
    .prepare(`SELECT bearer, found FROM {concerns} WHERE id = ? AND ${standing}`)
    .all(id, ordinal, ordinal);
  return {
    words: sorted(words.map((one) => [one['bearer'], one['words']])),
    concerns: sorted(concerns.map(({ bearer, found }) => [bearer, found])),
  };
}

it('By what words and for whom an entry is found as of a moment is what its events up to there say, without what was erased since', async () => {
  const histories = new Histories();
  const seen = { looked: 0, ended: 0, erased: 0 };
  for (const [moves, begun] of fc.sample(fc.tuple(historyOf(length), opening), { numRuns: 12, seed })) {
    const { stage } = await histories.play(moves, begun, length);
    await stage.desk.settled();
    const { projections } = stage.desk.record;
    const events = projections.record.after(stage.beforeOrdinal, 100_000);
    for (const stream of new Set(events.map(({ event }) => event.stream))) {
      const slice = registry.ofStream(stream);
      const { tables } = projections.view(slice.name);
      const all = projections.record.ofStream(stream);
      seen.erased += all.filter(({ event }) => event.type === 'ContentErased').length;
      for (const [at, { ordinal }] of all.entries()) {
        const folded = fold(
          slice,
          all.slice(0, at + 1).map(({ event }) => registry.read(event)),
        );
        const { wordings, concerns } =
          folded === undefined ? { wordings: [], concerns: [] } : findableOf(folded);
        expect(keptOf(tables, idOf(stream), ordinal)).toEqual({
          words: sorted(wordings.map(({ words, nameOf }) => [nameOf, words])),
          concerns: sorted(concerns.map(({ who, found }) => [who, found])),
        });
        seen.looked += 1;
      }
      const ended = tables
        .prepare('SELECT count(*) AS count FROM {wordings} WHERE id = ? AND until IS NOT NULL')
        .get(idOf(stream));
      seen.ended += Number(ended?.['count']);
    }
  }
  await histories.close();
  expect(seen.looked).toBeGreaterThan(300);
  expect(seen.ended).toBeGreaterThan(3);
  expect(seen.erased).toBeGreaterThan(0);
});
