import type { Decision } from '#libs/decider';
import { refuse } from '#libs/decider';
import { isAmendment } from '../record/amendment-events.js';
import { erasedIn } from '../record/amendments.js';
import { lacksRole } from './amending-terms.js';
import type { Amending } from './amending-terms.js';
import { standingsIn } from '../record/dropping.js';
import type { Stored } from '../record/envelope.js';
import type { PlatformCode } from '../problems/platform.problems.js';
import { commandFor } from '../record/slice.js';
import { takenUp } from './taken-up.js';

/**
 * What the service enters beside an act, such as the key of an irritant, is nobody's word to put right; and whoever has
 * joined can't leave.
 */
export function isBesideAnAct({ slice, declared }: Amending, target: Stored): boolean {
  const { type } = target;
  return (
    declared(target)?.final === true ||
    (Object.hasOwn(slice.schemas, type) && commandFor(slice, type) === undefined)
  );
}

export const whoCorrects =
  'An act is corrected by its party; one recorded in its name by whoever recorded it or a secretariat, until that party has joined or endorsed it.';

/**
 * A party corrects its own words; what was attributed to one, whoever recorded it or a secretariat, until that party
 * has endorsed it or joined; then the party alone.
 */
export function mayCorrect(amending: Amending, target: Stored, endorsed: boolean): boolean {
  const { principal, dialogue } = amending;
  const { act } = target;
  if (act.capacity === 'attributed' && act.party !== null) {
    const isOwn = endorsed || dialogue?.joined.includes(act.party) === true;
    return isOwn
      ? principal.party === act.party
      : act.recordedBy === principal.id || principal.roles.includes('secretariat');
  }
  return act.recorderParty === null
    ? act.recordedBy === principal.id || principal.roles.includes('secretariat')
    : act.recorderParty === principal.party;
}

/** Why the words of the event, or with `hasWords: false` its date alone, are not corrected by whoever asks; undefined where they may be. */
export function notCorrected(
  amending: Amending,
  target: Stored,
  { hasWords }: { readonly hasWords: boolean },
): Decision<PlatformCode> | undefined {
  const { slice, events } = amending;
  const { dropped, endorsed } = standingsIn(events);
  if (target.act.capacity === 'derived' || isAmendment(target) || isBesideAnAct(amending, target)) {
    return refuse(
      'TARGET_NOT_AMENDABLE',
      `${target.type} is not corrected itself; correct the act that it follows from, or names.`,
    );
  }
  if (dropped.has(target.id)) {
    return refuse('TARGET_RETRACTED', `The event ${target.id} no longer counts: enter it anew.`);
  }
  if (!mayCorrect(amending, target, endorsed.has(target.id))) {
    return refuse('NOT_THE_RECORDER', whoCorrects);
  }
  const role = lacksRole(amending, target);
  if (role !== undefined) {
    return refuse('ROLE_OF_THE_ACT', `${target.type} is corrected by a ${role}, as it is recorded.`);
  }
  if (hasWords && erasedIn(events).has(target.id)) {
    return refuse('TARGET_ERASED', `The words of ${target.id} are erased: new ones would go the same way.`);
  }
  if (slice.schemas[target.type]?.sealed === true) {
    return refuse(
      'CONTENT_SEALED',
      `${target.type} is sealed: the other side may rely on its words and its date. Make a new one instead.`,
    );
  }
  return hasWords ? takenUp(amending, target) : undefined;
}
