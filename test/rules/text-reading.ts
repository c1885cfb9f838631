import { expect } from '@jest/globals';
import type { Said } from '#libs/decider';
import type { Assent, VersionedText } from '#libs/versioned-text';
import { standingsIn } from '../../src/platform/record/dropping.js';
import type { Stored } from '../../src/platform/record/envelope.js';
import type { Progress } from '../../src/roadmaps/roadmap.facts.js';
import type { Desk } from '../support/desk.js';

export type Slice = 'proposals' | 'roadmaps';

interface Text extends VersionedText {
  readonly terminatedBy: readonly Said[];
  readonly ended?: { readonly said: Said } | null | undefined;
  readonly progress?: { readonly [stepId: string]: Progress };
}

/** The text as it stands, and the events behind it. */
export interface Reading {
  readonly events: readonly Stored[];
  readonly state: Text;
  /** The events that count. */
  readonly counted: ReadonlySet<string>;
}

/** A text over one irritant, in talks that a secretariat opened and that neither side has joined yet. */
export interface Talks {
  readonly desk: Desk;
  readonly slice: Slice;
  readonly id: string;
  readonly dialogueId: string;
  readonly irritantId: string;
  readonly sources: { readonly [side in 'RU' | 'US']: string };
}

export async function told({ desk, slice, id }: Talks): Promise<Reading> {
  const stream = `${slice === 'proposals' ? 'proposal' : 'roadmap'}-${id}`;
  const { events, folded } = await desk.record.streams.stream(stream);
  const { dropped } = standingsIn(events);
  const counted = new Set(events.filter((one) => !dropped.has(one.id)).map((one) => one.id));
  return { events, state: folded?.state as Text, counted };
}

const wordsIn = (assents: readonly Assent[]): readonly Said[] =>
  assents.flatMap((one) => [one.said, ...(one.confirmed === undefined ? [] : [one.confirmed])]);

/** All words that stand in the text: the version on the table, and what was said of it and done under it. */
function standing({ state }: Reading): readonly Said[] {
  const { assents, withdrawals, agreed, terminatedBy, ended, progress = {} } = state;
  const latest = state.versions.at(-1);
  // What is agreed stays in force beside a later version on the table.
  const inSight = state.versions.filter((one) => one === latest || one.version === agreed?.version);
  return [
    ...inSight.map((one) => one.said),
    ...wordsIn(assents),
    ...withdrawals,
    ...(agreed === null ? [] : [agreed.said, ...wordsIn(agreed.assents)]),
    ...terminatedBy,
    ...(ended === null || ended === undefined ? [] : [ended.said]),
    ...Object.values(progress).flatMap((one) => Object.values(one) as Said[]),
  ];
}

const ids = (words: readonly Said[]) => [...new Set(words.map((one) => one.eventId))].toSorted();

function actOf({ before, after }: Step): Stored {
  const [act] = after.events.slice(before.events.length);
  if (act === undefined) throw new Error('Nothing was recorded.');
  return act;
}

/** In whose name: of a retraction, whose word was taken back. */
function sideOf(step: Step): string | null {
  const act = actOf(step);
  const target = step.before.events.find((one) => one.id === act.data['target']);
  return act.type === 'EventRetracted' ? (target?.act.party ?? null) : act.act.party;
}

interface Step {
  readonly before: Reading;
  readonly after: Reading;
}

/** Whatever one side does, what the other has assented to stands until another version is on the table. */
export function assentsOfTheOtherStand(step: Step): void {
  const { before, after } = step;
  const [was, is] = [before.state.versions.at(-1)?.said, after.state.versions.at(-1)?.said];
  const isSame = was !== undefined && was.eventId === is?.eventId && is.party !== null;
  if (!isSame) return;
  const party = sideOf(step);
  const others = before.state.assents.filter((one) => one.said.party !== party);
  expect(ids(after.state.assents.map((one) => one.said))).toEqual(
    expect.arrayContaining([...ids(others.map((one) => one.said))]),
  );
}

/** An agreement is an assent of each side to one hash, full, and its own or on evidence of that side. */
export function agreementsAreOfBoth({ after }: Step, { sources }: Talks): void {
  const { agreed } = after.state;
  if (agreed === null) return;
  expect(new Set(agreed.assents.map((one) => one.said.party))).toEqual(new Set(['RU', 'US']));
  expect(agreed.assents).toHaveLength(2);
  const tabling = after.events.find((one) => one.data['contentHash'] === agreed.contentHash);
  expect(after.counted.has(tabling?.id ?? '')).toBe(true);
  for (const one of agreed.assents) {
    expect(!one.adReferendum || one.confirmed !== undefined).toBe(true);
    for (const word of wordsIn([one])) {
      const event = after.events.find(({ id }) => id === word.eventId);
      const isOwn = event?.act.capacity === 'direct' || word.endorsedBy !== undefined;
      const own = sources[one.said.party as 'RU' | 'US'];
      expect({ word, isIts: isOwn || word.sources.some((each) => each.sourceId === own) }).toMatchObject({
        isIts: true,
      });
      expect(after.counted.has(word.eventId)).toBe(true);
    }
  }
  const isDirect = wordsIn(agreed.assents).every((one) => one.capacity === 'direct');
  expect(agreed.basis).toBe(isDirect ? 'direct' : 'attributed');
}

const takingOut = ['AttributionDisavowed', 'AttributionContradicted'];

/** What was agreed is never un-assented: it falls only where a side goes against what others recorded in its name. */
export function nothingJointIsUndone(step: Step): void {
  const { before, after } = step;
  if (before.state.agreed === null || after.state.agreed !== null) return;
  const { party, capacity } = actOf(step).act;
  const words = after.events
    .slice(before.events.length)
    .filter((one) => takingOut.includes(one.type))
    .map(({ data }) => before.events.find((one) => one.id === data['target'])?.act);
  expect(capacity).toBe('direct');
  expect(words).toContainEqual(expect.objectContaining({ party, capacity: 'attributed' }));
}

/** A retraction takes away the word itself and what its own party built on it; of the other side it moves nothing. */
export function retractionsMoveNothingElse(step: Step): void {
  const act = actOf(step);
  if (act.type !== 'EventRetracted') return;
  const { before, after } = step;
  const side = sideOf(step);
  const gone = before.events.filter((one) => before.counted.has(one.id) && !after.counted.has(one.id));
  for (const one of gone) expect(one.act.party).toBe(side);
  // A text that its party has disavowed is nobody's word.
  const isNobodys = (one: Said) => one.party === null && one.capacity !== 'derived';
  const others = (reading: Reading) =>
    ids(standing(reading).filter((one) => one.party !== side && !isNobodys(one)));
  expect(others(after)).toEqual(others(before));
}

/** What somebody else records in a party's name undoes nothing that the party has said itself or endorsed. */
export function ownWordsStand(step: Step): void {
  const { act } = actOf(step);
  if (act.capacity !== 'attributed') return;
  const own = (reading: Reading) =>
    ids(standing(reading).filter((one) => one.party === act.party && one.capacity === 'direct'));
  const agreedBefore = own(step.before);
  expect(own(step.after)).toEqual(expect.arrayContaining([...agreedBefore]));
}
