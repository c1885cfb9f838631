import type { Act } from '#libs/decider';
import { HeardWords, isOfKeys, isOwnWord, neverTakenOut } from '#libs/ledger';
import { amendmentEvents, isAmendment } from './amendment-events.js';
import { learnedAsItGrows } from './as-it-grows.js';
import type { Stored } from './envelope.js';
import { targetOf } from './redating.js';

type Amended = Pick<Stored, 'type' | 'act'> & { readonly unreadable?: object | undefined };
type Voice = (amending: Act, target: Amended) => boolean;

const isOfRecorder: Voice = (amending, { act }) =>
  amending.recordedBy === act.recordedBy && amending.recorderParty === act.recorderParty;
const answersForItsName: Voice = (amending, { act }) =>
  isOwnWord(amending) && act.capacity === 'attributed' && act.party === amending.party;
const isConclusion: Voice = ({ capacity }) => capacity === 'derived';
const isConclusionOfOthers: Voice = (amending, { act }) =>
  amending.capacity === 'derived' && act.capacity === 'attributed';
const concluding: ReadonlySet<Voice> = new Set([isConclusion, isConclusionOfOthers]);

/** The amendments that follow by rule, and that nobody says. */
export function isConcluded(type: string): boolean {
  return Object.hasOwn(voices, type) && concluding.has(voices[type as keyof typeof voices]);
}

/** The amendments that whoever gave them takes back by a retraction; all others are final. */
export const takenBackAlike: readonly string[] = ['EventCorrected', 'ErasureRequested', 'AttributionDoubted'];

/** By type, who alone can have recorded it, whatever else the rules ask: no order in which acts came changes that. */
const voices: { readonly [T in keyof typeof amendmentEvents]: Voice } = {
  EventCorrected: ({ capacity, recorderParty }, { act }) =>
    capacity === 'direct' &&
    act.capacity !== 'derived' &&
    (recorderParty === act.recorderParty ||
      (act.capacity === 'attributed' && [null, act.party].includes(recorderParty))),
  EventRetracted: (amending, target) =>
    amending.capacity === 'direct' &&
    target.act.capacity !== 'derived' &&
    !neverTakenOut(target.type) &&
    (!isAmendment(target) || takenBackAlike.includes(target.type)) &&
    isOfRecorder(amending, target),
  ErasureRequested: ({ capacity }) => capacity === 'direct',
  ContentErased: isConclusion,
  AttributionEndorsed: answersForItsName,
  AttributionDisavowed: answersForItsName,
  AttributionVoid: isConclusion,
  AttributionContradicted: isConclusionOfOthers,
  AttributionDoubted: (amending, target) =>
    amending.capacity === 'direct' && target.act.capacity === 'attributed' && isOfRecorder(amending, target),
  ActRepudiated: (amending, { act, type }) =>
    isOwnWord(amending) && !neverTakenOut(type) && act.capacity === 'direct' && act.party === amending.party,
  ActReviewConcluded: (amending, { act }) => isOwnWord(amending) && act.capacity === 'direct',
  MilestoneLifted: isConclusion,
};

/**
 * Whether an act can have been recorded as it says: a party's own through its own people, what is said in its name through
 * others, and a conclusion as nobody's. No request records anything else.
 */
export function isAsRecorded({ party, capacity, recorderParty }: Act): boolean {
  if (capacity === 'derived') return party === null && recorderParty === null;
  return party === null || (capacity === 'direct') === (recorderParty === party);
}

/**
 * Whether an amendment is one of whoever it is said to be, by what it names of what stands before it; what lifts milestones
 * names several.
 */
export function mayAmend(amending: Amended, target: Amended | undefined): boolean {
  const { type, act } = amending;
  if (!isAmendment(amending)) return true;
  if (isConcluded(type) && act.capacity !== 'derived') return false;
  // A newer program may read who said what this one names.
  if (target?.unreadable !== undefined) return true;
  return target === undefined ? type === 'MilestoneLifted' : voices[type as keyof typeof voices](act, target);
}

/**
 * The events of a stream that count for nothing, since they are no words of whoever they say said them: acts that nobody
 * records so, amendments of others, and in the stream of a dialogue what a party would have signed. A request for any of
 * them is refused, so they were put into the store in another way. What whoever verifies by the rules is told of them,
 * `amending-voices` says.
 */
export function unheardIn(events: readonly Stored[]): ReadonlySet<string> {
  return heard(events).unheard;
}

/** Whether the keys in force in the stream of a dialogue let an event be a word of whoever it says; events are asked in their order. */
export class HeardByKeys {
  readonly #words = new HeardWords();
  #areKnown = true;

  /** What can't be read may have changed the keys, and a newer program may read it: what stands behind it needs none. */
  hears(event: Stored): boolean {
    if (event.unreadable !== undefined) this.#areKnown = false;
    return this.#areKnown ? this.#words.hears(event) : !isOfKeys(event.type) || isOwnWord(event.act);
  }
}

/** Of each event only what stands before it tells. */
const heard = learnedAsItGrows(
  () => ({ before: new Map<string, Amended>(), words: new HeardByKeys(), unheard: new Set<string>() }),
  ({ before, words, unheard }, event) => {
    const { id, type, act, unreadable } = event;
    const isOfSpeaker = isAsRecorded(act) && mayAmend(event, before.get(targetOf(event)));
    const isHeard = words.hears(event);
    if (unreadable === undefined && !(isHeard && isOfSpeaker)) unheard.add(id);
    // No words: they may be erased while this is kept.
    before.set(id, { type, act, ...(unreadable === undefined ? {} : { unreadable: {} }) });
  },
);

/** Whether it may be that the event is unheard. */
export function mayBeUnheard({ type, act }: Amended): boolean {
  return isAmendment({ type }) || isOfKeys(type) || !isAsRecorded(act);
}
