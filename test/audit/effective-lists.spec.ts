import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { OpenRecord } from '../../src/platform/record.js';
import type { Slice } from '../../src/platform/record/slice.js';
import { list } from '../../src/reading/listing.js';
import { Readings } from '../../src/reading/readings.js';
import { search } from '../../src/reading/search.js';
import { anyOpening, historyOf } from '../simulation/episodes.js';
import { Histories } from '../simulation/history.js';

const seed = 20_261_130;
const length = 50;
const histories = new Histories();
afterAll(() => histories.close());

async function played() {
  const all: { readonly record: OpenRecord; readonly days: readonly string[] }[] = [];
  for (const [moves, begun] of fc.sample(fc.tuple(historyOf(length), anyOpening), { numRuns: 3, seed })) {
    const { stage } = await histories.play(moves, begun, length);
    await stage.desk.settled();
    const { record } = stage.desk;
    const events = record.projections.record.after(-1, 100_000);
    const said = events.flatMap(({ event }) => {
      const { occurred } = event.meta as { readonly occurred?: { readonly edtf?: string } };
      return [event.recordedAt.slice(0, 10), ...(occurred?.edtf === undefined ? [] : [occurred.edtf])];
    });
    const days = [...new Set(said.filter((one) => /^\d{4}-\d\d-\d\d$/.test(one)))].toSorted();
    all.push({ record, days });
  }
  return all;
}

/** A filter of the list with a value that some entry has. */
function filterOf({ projections }: OpenRecord, { name, filters }: Slice, at: number): object {
  const rows = projections
    .view(name)
    .tables.prepare('SELECT DISTINCT name, value FROM {labels} ORDER BY name, value')
    .all()
    .filter((row) => filters[String(row['name'])] !== undefined && row['name'] !== 'overdue');
  const row = rows[at % Math.max(rows.length, 1)];
  return row === undefined ? {} : { [String(row['name'])]: String(row['value']) };
}

async function pagesOf(record: OpenRecord, slice: Slice, query: object, windowSize: number) {
  const all: string[] = [];
  for (let cursor: string | undefined, page = 0; page < 8; page += 1) {
    const asked = { ...query, limit: '2', ...(cursor === undefined ? {} : { cursor }) };
    const { entries, sealed } = await list(Readings.over(record, asked, 'all'), slice, asked, {
      windowSize,
    });
    all.push(...entries.map(({ text }) => text));
    cursor = sealed().next;
    if (cursor === undefined) break;
  }
  return all;
}

describe('A list as of an effective date', () => {
  it('is the same, in the same order and page by page, however many entries are folded at once', async () => {
    let shown = 0;
    for (const { record, days } of await played()) {
      const asked = fc.record({
        slice: fc.constantFrom(...record.registry.slices),
        effectiveAt: fc.constantFrom(...days, '1990-01-01', '2999-01-01'),
        sort: fc.constantFrom('updatedAt', '-updatedAt', 'createdAt', '-createdAt'),
        filter: fc.option(fc.nat(40)),
      });
      for (const { slice, effectiveAt, sort, filter } of fc.sample(asked, { numRuns: 40, seed })) {
        const narrowing = filter === null ? {} : filterOf(record, slice, filter);
        const query = { effectiveAt, sort, ...narrowing };
        const whole = await pagesOf(record, slice, query, 100_000);
        expect([query, await pagesOf(record, slice, query, 1)]).toEqual([query, whole]);
        shown += whole.length;
      }
    }
    expect(shown).toBeGreaterThan(50);
  });

  it('is told to be narrowed where words are looked for in more entries than are folded', async () => {
    const [one] = await played();
    if (one === undefined) throw new Error('No history was played.');
    const { record } = one;
    const asked = { q: 'a', effectiveAt: '2999-01-01' };
    const readings = Readings.over(record, asked, 'all');
    const message = /effectiveAt .*of 2 at the most: narrow it with dialogue=/;
    await expect(search(readings, asked, { foldMax: 2 })).rejects.toThrow(message);
    const irritants = record.registry.get('irritants');
    await expect(list(readings, irritants, asked, { foldMax: 2 })).rejects.toThrow(message);
    expect(
      (await list(readings, irritants, { effectiveAt: '2999-01-01' }, { foldMax: 2 })).entries.length,
    ).toBeGreaterThan(0);
    expect((await search(readings, asked)).items).toBeDefined();
  });
});
