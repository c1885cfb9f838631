import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { list } from '../../src/reading/listing.js';
import { Readings } from '../../src/reading/readings.js';
import { search } from '../../src/reading/search.js';
import { anyOpening, historyOf } from '../simulation/episodes.js';
import { Histories } from '../simulation/history.js';

import type { OpenRecord } from '../../src/platform/record.js';

const seed = 20_261_130;
const length = 50;

/** Whatever stands in the record: some words that many entries have, and some that one has; and words side by side. */
function wordsIn(record: OpenRecord) {
  const { registry, projections } = record;
  const texts = registry.slices.flatMap(({ name }) =>
    projections
      .view(name)
      .tables.prepare('SELECT searched FROM {wordings}')
      .all()
      .map((row) => String(row['searched']).match(/[\p{L}\p{N}]+/gu) ?? []),
  );
  const beside = texts.flatMap((all) => all.slice(1).map((word, at) => `${all[at]}-${word}`));
  return { words: [...new Set(texts.flat())].toSorted(), beside: [...new Set(beside)].toSorted() };
}

/** Read page by page, as if every word were rare and as if every word were frequent. */
async function bothWays(record: OpenRecord, query: Readonly<Record<string, string>>) {
  const pages = async (fewMax: number) => {
    const all: unknown[] = [];
    for (let cursor: string | undefined, page = 0; page < 6; page += 1) {
      const asked = { ...query, limit: '3', ...(cursor === undefined ? {} : { cursor }) };
      const readings = Readings.over(record, asked, 'all');
      const { items, next } = await search(readings, asked, { fewMax, windowSize: 2 });
      all.push(items);
      cursor = next;
      if (next === undefined) break;
    }
    for (const slice of record.registry.slices) {
      const asked = { ...query, limit: '3' };
      const readings = Readings.over(record, asked, 'all');
      const { entries, sealed } = await list(readings, slice, asked, { fewMax, windowSize: 2 });
      all.push([entries.map(({ text }) => text), sealed().next === undefined]);
    }
    return all;
  };
  return [await pages(1_000_000), await pages(0), await pages(2)] as const;
}

it('The same is found in the same order, for the same reason, whether few entries have the words or many, now and as of a moment', async () => {
  const histories = new Histories();
  let found = 0;
  for (const [moves, begun] of fc.sample(fc.tuple(historyOf(length), anyOpening), { numRuns: 5, seed })) {
    const { stage } = await histories.play(moves, begun, length);
    await stage.desk.settled();
    const { record } = stage.desk;
    const { words, beside } = wordsIn(record);
    const word = fc.constantFrom(...words);
    const asked = fc.record({
      q: fc.array(
        fc.oneof(
          word,
          word.map((one) => one.slice(0, 2)),
          // The last word may be the beginning of one.
          fc.constantFrom(...beside).map((one) => one.slice(0, one.indexOf('-') + 2)),
        ),
        { minLength: 1, maxLength: 3 },
      ),
      isThen: fc.boolean(),
    });
    const { headOrdinal } = record.projections.record;
    const middle = Math.floor((headOrdinal + stage.beforeOrdinal) / 2);
    const position = record.projections.record.positionAt(middle)!;
    for (const { q, isThen } of fc.sample(asked, { numRuns: 12, seed })) {
      const then = isThen ? { knownAt: record.moments.sealed(position, undefined) } : {};
      const [rare, frequent, mixed] = await bothWays(record, { q: q.join(' '), ...then });
      expect(frequent).toEqual(rare);
      expect(mixed).toEqual(rare);
      found += JSON.stringify(rare).length;
    }
  }
  await histories.close();
  expect(found).toBeGreaterThan(10_000);
});
