import { expect } from '@jest/globals';
import { Readings } from '../../src/reading/readings.js';
import { documentsOf } from '../../src/reading/holdings.js';
import { fold, represent } from '../../src/platform/record/fold.js';
import { isSame } from './same.js';
import { expectSame, ofKind, shown } from './told.js';
import type { Told } from './told.js';

/** Disavowals, voided acts and what falls with them do move a stage: a history without them is their measure. */
const amendments: readonly string[] = [
  ...['EventRetracted', 'EventCorrected', 'ErasureRequested', 'ContentErased'],
  ...['AttributionEndorsed', 'AttributionDoubted', 'ActRepudiated'],
];
const repeats = 10;
const asOfEvery = 8;

/** For every prefix of every stream: the as-of state, the fold of the prefix and the frame of the replay are one. */
export async function asOfIsFoldIsFrame({ stage, streams }: Told): Promise<void> {
  const { record } = stage.desk;
  for (const reached of streams.values()) {
    const [first] = reached;
    if (first === undefined) continue;
    const { slice, id } = first.folded;
    const frames = await Array.fromAsync(new Readings(record).replay(slice, id));
    expect(frames.map((one) => one.seq)).toEqual(reached.map((one) => one.seq));
    for (const [index, one] of reached.entries()) {
      expectSame(one, frames[index]?.state, shown(one));
      // Reading a past state costs what its prefix is long, so some of the prefixes stand for all of them.
      if (index % asOfEvery !== 0 && index !== reached.length - 1) continue;
      const folded = Readings.of(record, { knownAt: `s${one.seq}` }, slice, id).found(slice, id);
      expectSame(one, JSON.parse(JSON.stringify(represent(folded))), shown(one));
    }
  }
}

/** The lists hold what the streams fold to, and find each irritant by its stage. */
export async function listsAreFolds({ stage, streams }: Told): Promise<void> {
  const { record } = stage.desk;
  for (const slice of record.registry.slices) {
    const documents = await documentsOf(new Readings(record), slice, stage.dialogueId);
    const folds = [...streams.values()]
      .filter((reached) => reached[0]?.folded.slice === slice)
      .map((reached) => shown(reached.at(-1) as (typeof reached)[number]));
    if (!isSame(documents, folds)) expect(documents).toEqual(folds);
  }
  for (const reached of ofKind({ stage, streams } as Told, 'irritant')) {
    const { id, stage: reachedStage } = shown(reached.at(-1) as (typeof reached)[number]);
    const query = { dialogue: stage.dialogueId, stage: String(reachedStage) };
    const { items } = await Readings.over(record, query, 'all').list(record.registry.get('irritants'));
    expect(items.map((one) => (one as { id: string }).id)).toContain(id);
  }
}

/** What is agreed; its time follows the times of the assents where these are corrected. */
function agreementIn(state: unknown): object | null {
  const { agreed } = state as { agreed: { version: number; contentHash: string } | null };
  return agreed === null ? null : { version: agreed.version, contentHash: agreed.contentHash };
}

/** Neither retraction nor correction, erasure, endorsement, doubt or repudiation moves a stage or undoes an agreement. */
export function amendmentsMoveNothing(told: Told): void {
  for (const reached of ofKind(told, 'irritant')) {
    for (const [index, one] of reached.entries()) {
      const before = reached[index - 1];
      if (before === undefined || !amendments.includes(one.event.type)) continue;
      expectSame(one, shown(one)['stage'], shown(before)['stage']);
    }
  }
  for (const reached of [...ofKind(told, 'proposal'), ...ofKind(told, 'roadmap')]) {
    for (const [index, one] of reached.entries()) {
      const before = reached[index - 1];
      if (before === undefined || !amendments.includes(one.event.type)) continue;
      expectSame(one, agreementIn(one.folded.state), agreementIn(before.folded.state));
    }
  }
}

/** What decides never reads words: with every word gone, the rules see the same. */
export function wordsDecideNothing({ streams }: Told): void {
  for (const reached of streams.values()) {
    const last = reached.at(-1);
    if (last === undefined) continue;
    const wordless = reached.map(({ event }) => ({ ...event, content: {} }));
    expectSame(last, fold(last.folded.slice, wordless)?.state, last.folded.state);
  }
}

/** Nothing is left that the acts as they stand call for: each side's half is there, and so is what both make. */
export function whatFollowsIsDrawn({ streams }: Told): void {
  for (const reached of streams.values()) {
    const last = reached.at(-1);
    if (last === undefined) continue;
    const { slice, state } = last.folded;
    expectSame(
      last,
      (slice.follows?.(state) ?? []).map((one) => one.type),
      [],
    );
  }
}

/** Drawing every consequence again, ten times over, adds nothing. */
export async function policiesRepeatNothing({ stage, record }: Told): Promise<void> {
  const { store } = stage.desk.record;
  const head = await store.head();
  await record.repeatAfter(stage.beforeOrdinal, repeats);
  const added: string[] = [];
  for await (const one of store.readAll({ limit: 100, ...(head !== undefined && { after: head }) })) {
    if (one.kind === 'event') added.push(`${one.event.stream} ${one.event.type}`);
  }
  expect(added).toEqual([]);
}
