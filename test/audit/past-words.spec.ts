import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Tables } from '#libs/projections';
import { EventRegistry } from '../../src/platform/record/event-registry.js';
import { findableOf } from '../../src/platform/record/findable.js';
import { fold, idOf } from '../../src/platform/record/fold.js';
import { derivedEvent } from '../../src/platform/record/derived.js';
import type { OpenRecord } from '../../src/platform/record.js';
import { slices } from '../../src/slices.js';
import { anyOpening, historyOf } from '../simulation/episodes.js';
import { Histories } from '../simulation/history.js';
import { SimulatedRecord } from '../simulation/record.js';

import { principals } from '../support/desk.js';
import { projected } from '../support/settling.js';

const registry = new EventRegistry(slices);
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

function expectAsFolded(projections: OpenRecord['projections'], stream: string): number {
  const slice = registry.ofStream(stream);
  const { tables } = projections.view(slice.name);
  const all = projections.record.ofStream(stream);
  for (const [at, { ordinal }] of all.entries()) {
    const folded = fold(
      slice,
      all.slice(0, at + 1).map(({ event }) => registry.read(event)),
    );
    const { wordings, concerns } = folded === undefined ? { wordings: [], concerns: [] } : findableOf(folded);
    expect(keptOf(tables, idOf(stream), ordinal)).toEqual({
      words: sorted(wordings.map(({ words, nameOf }) => [nameOf, words])),
      concerns: sorted(concerns.map(({ who, found }) => [who, found])),
    });
  }
  return all.length;
}

it('By what words and for whom an entry is found as of a moment is what its events up to there say, without what was erased since', async () => {
  const histories = new Histories();
  const seen = { looked: 0, ended: 0, erased: 0 };
  for (const [moves, begun] of fc.sample(fc.tuple(historyOf(length), anyOpening), { numRuns: 12, seed })) {
    const { stage } = await histories.play(moves, begun, length);
    await stage.desk.settled();
    const { projections } = stage.desk.record;
    const events = projections.record.after(stage.beforeOrdinal, 100_000);
    for (const stream of new Set(events.map(({ event }) => event.stream))) {
      const slice = registry.ofStream(stream);
      const { tables } = projections.view(slice.name);
      const all = projections.record.ofStream(stream);
      seen.erased += all.filter(({ event }) => event.type === 'ContentErased').length;
      seen.looked += expectAsFolded(projections, stream);
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

/** An irritant on which a position was stated last. */
async function contested() {
  const { desk } = await SimulatedRecord.open();
  const { RU, US } = principals;
  const opened = { parties: ['RU', 'US'], keyPrefix: 'VOID', name: { en: 'Talks' } };
  const dialogueId = (await desk.do(RU, 'dialogues.OpenDialogue', null, opened)).id;
  await desk.do(US, 'dialogues.JoinDialogue', dialogueId, {});
  const about = { raisers: ['RU'], respondents: ['US'], raisedBasis: 'stated', category: 'visas' };
  const irritant = { dialogueId, ...about, title: { en: 'Couriers' } };
  const { id } = await desk.do(RU, 'irritants.RaiseIrritant', null, irritant);
  await desk.do(US, 'irritants.StatePosition', id, { stance: 'contests', text: { en: 'They wait' } });
  return { desk, id };
}

it('What was to be erased and was not, since a party had not agreed, is found as of the moments before as it was then', async () => {
  const { desk, id } = await contested();
  const { streams, store, projections, ids } = desk.record;
  const stream = `irritant-${id}`;
  const [, cause] = await streams.events(stream);
  if (cause === undefined) throw new Error('Nothing was stated.');
  const [erasing, voiding] = [ids.drawnFrom('erasing'), ids.drawnFrom('voiding')];
  const askedBy = ['ru-negotiator', 'us-negotiator'];
  const derived = [
    { id: erasing, type: 'ContentErased', data: { target: cause.id, basis: 'security', askedBy } },
    { id: voiding, type: 'AttributionVoid', data: { target: erasing } },
  ];
  for (const [at, { id: own, type, data }] of derived.entries()) {
    const decided = { type, data, content: {} };
    const event = derivedEvent(ids, registry.ofStream(stream), { id: own, decided, cause });
    await store.append(stream, [event], { expected: BigInt(at + 1) });
  }
  await projected(projections);
  expect(expectAsFolded(projections, stream)).toBe(4);
  expect(
    keptOf(projections.view('irritants').tables, id, projections.record.ordinalOf(stream, 1n)!).words,
  ).toContain('[null,"They wait"]');
  await desk.record.close();
});

it('A wording never takes the place of one that was erased, by which a search that is under way would find it', async () => {
  const { desk, id } = await contested();
  const { RU, US } = principals;
  const target = (await desk.record.streams.events(`irritant-${id}`)).at(-1)?.id;
  await desk.settled();
  const rowsOf = (words: string) =>
    desk.record.projections
      .view('irritants')
      .tables.prepare('SELECT row FROM {wordings} WHERE searched = ?')
      .all(words)
      .map(({ row }) => Number(row));
  const [erased = 0] = rowsOf('They wait');
  const asked = { target, basis: 'security', reason: { en: 'It is secret.' } };
  for (const who of [US, RU]) await desk.do(who, 'irritants.RequestErasure', id, asked);
  await desk.do(RU, 'irritants.StatePosition', id, { stance: 'contests', text: { en: 'They come' } });
  await desk.settled();
  expect(rowsOf('They wait')).toEqual([]);
  const [next = 0] = rowsOf('They come');
  expect(next).toBeGreaterThan(erased);
  await desk.record.close();
});
