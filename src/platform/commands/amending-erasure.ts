import type { Decision } from '#libs/decider';
import { accept, nothing, refuse, rest, restOnThis } from '#libs/decider';
import type { Amending } from './amending-terms.js';
import { erasedIn } from '../record/amendments.js';
import { standingsIn } from '../record/dropping.js';
import type { Stored } from '../record/envelope.js';
import type { PlatformCode } from '../problems/platform.problems.js';

/** Whose consent an erasure takes: each party that has joined, and a secretariat in the place of one that has not. */
function sidesOf({ dialogue }: Amending): readonly (string | null)[] {
  if (dialogue === undefined) return [null];
  return [...new Set(dialogue.parties.map((one) => (dialogue.joined.includes(one) ? one : null)))];
}

/**
 * What the one side that kept the record alone recorded in the name of the absent one goes by legal duty only, also once
 * a secretariat has entered: nobody who was absent can be consented for.
 */
function isKeptFromIt({ dialogue, request }: Amending, { act }: Stored): boolean {
  const { party, capacity, recorderParty } = act;
  const isAbsent = dialogue !== undefined && party !== null && !dialogue.joined.includes(party);
  return (
    isAbsent && capacity === 'attributed' && recorderParty !== null && request.data['basis'] !== 'legal-duty'
  );
}

/** The requests that still count, on whatever ground. */
function requestsOf(events: readonly Stored[], target: Stored): readonly Stored[] {
  const { dropped } = standingsIn(events);
  return events.filter(
    (one) => one.type === 'ErasureRequested' && one.data['target'] === target.id && !dropped.has(one.id),
  );
}

/**
 * The words go once two people have asked for it on the same ground, one for each party of the dialogue: no side alone
 * takes words out of the record, its own or the other's.
 */
export function eraseWords(amending: Amending, target: Stored): Decision<PlatformCode> {
  const { events, request } = amending;
  const { act, data } = request;
  if (target.type === 'EventCorrected') {
    return refuse(
      'TARGET_NOT_AMENDABLE',
      `Without the correction the first words would stand again: ask for ${String(target.data['target'])}, which it corrects, and both go.`,
    );
  }
  if (isKeptFromIt(amending, target)) {
    return refuse(
      'ABSENT_PARTYS_WORDS',
      `${target.act.party} has not joined and can't consent: what is recorded in its name is erased by legal duty only.`,
    );
  }
  const requests = requestsOf(events, target);
  if (erasedIn(events).has(target.id)) {
    return requests.some((one) => one.act.party === act.party)
      ? nothing
      : refuse('TARGET_ERASED', `The words of ${target.id} are erased: there is nothing left to ask for.`);
  }
  const asked = requests.filter((one) => one.data['basis'] === data['basis']);
  if (asked.some((one) => one.act.recordedBy === act.recordedBy)) return nothing;
  const askers = [...asked.map((one) => one.act), act];
  const isEach = sidesOf(amending).every((side) => askers.some((one) => one.recorderParty === side));
  const isByTwo = new Set(askers.map((one) => one.recordedBy)).size >= 2;
  const requested = { type: 'ErasureRequested', data, content: request.content };
  if (!isEach || !isByTwo) return accept(requested);
  const erasing = {
    type: 'ContentErased',
    data: {
      target: target.id,
      basis: data['basis'],
      askedBy: [...new Set(askers.map((one) => one.recordedBy))].slice(-20),
    },
    content: {},
    derivedFrom: [...asked.map(rest), restOnThis({ act })],
  };
  return accept(requested, erasing);
}
