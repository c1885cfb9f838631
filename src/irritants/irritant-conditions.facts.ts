import { entries, restOnSaid } from '#libs/decider';
import type { LookUp, Rest, Said } from '#libs/decider';
import type { Irritant } from './irritant.facts.js';
import type { Condition } from './irritant-resolutions.facts.js';
import type { Linkage } from './irritant-linkages.facts.js';
import { conditionalIn } from './irritant-resolutions.facts.js';
import { isClosed, currentMilestone } from './irritant-stage.facts.js';

/** Another irritant as the record has it; one that can't be read to its end says nothing of where it stands. */
interface Other {
  readonly irritant: Irritant;
  readonly stream: string;
  readonly revision: number;
  readonly isWhole: boolean;
}

export const irritants = entries<Irritant>('irritants');

export function otherIrritant(lookUp: LookUp, id: string): Other | undefined {
  const found = lookUp(irritants, id);
  return found === undefined ? undefined : { ...found, irritant: found.facts };
}

const mutual: readonly string[] = ['together', 'package'];
const laterWaits: readonly string[] = [...mutual, 'precedes'];

/** A linkage by which the irritant waits for the other one, where both sides hold to it. */
interface Tie {
  readonly linkage: Linkage;
  readonly on: string;
}

/** On it, the linkages with those that go together with it; on others, also with those that precede it. */
function tiesOf(irritant: Irritant, lookUp: LookUp): readonly Tie[] {
  const own = irritant.linkages
    .filter((one) => mutual.includes(one.condition))
    .map((linkage) => ({ linkage, on: linkage.irritantId }));
  const others = irritant.linkedFrom.flatMap((on) =>
    (otherIrritant(lookUp, on)?.irritant.linkages ?? [])
      .filter((one) => one.irritantId === irritant.id && laterWaits.includes(one.condition))
      .map((linkage) => ({ linkage, on })),
  );
  return [...own, ...others];
}

/**
 * The other irritants for which this one waits, by accepted linkages: both sides hold to them, also while one of them
 * alone says that it ends.
 */
export function waitsOf(irritant: Irritant, lookUp: LookUp): readonly Condition[] {
  return tiesOf(irritant, lookUp)
    .filter(({ linkage }) => linkage.state === 'accepted')
    .map(({ linkage, on }) => ({ linkageId: linkage.linkageId, on }));
}

/** The words that undid the linkage. */
function untying({ linkage }: Tie, since: Said | undefined): readonly Said[] {
  if (linkage.state === 'ended') return linkage.released;
  // A party's own rejection in the place of an acceptance that was attributed to it.
  const isUndone = linkage.state === 'rejected' && since !== undefined && linkage.answer !== undefined;
  return isUndone && linkage.answer.recordedAt >= since.recordedAt ? [linkage.answer] : [];
}

/** What ended the linkages by which it would wait: without those words it would wait still. */
export function untied(irritant: Irritant, lookUp: LookUp, since?: Said): readonly Rest[] {
  return tiesOf(irritant, lookUp).flatMap((one) => untying(one, since).map(restOnSaid));
}

/** A closing of the irritant, as what another one rests on: its words fall with it, where they are of its own stream. */
export function restOnClosing(irritant: Irritant): readonly Rest[] {
  const { stage, eventId, basis, recordedAt, occurred, restsOn } = currentMilestone(irritant);
  const closing = { capacity: basis, recordedAt, ...(occurred === undefined ? {} : { occurred }) };
  const ids = stage === 'resolved' ? [eventId] : new Set([eventId, ...restsOn]);
  return [...ids].map((id) => ({ id, ...closing }));
}

/** All without which an acceptance would have to wait: closings of what it waits for, and ends of linkages. */
export function settledBy(irritant: Irritant, lookUp: LookUp): readonly Rest[] {
  const closings = waitsOf(irritant, lookUp).flatMap(({ on }) => {
    const other = otherIrritant(lookUp, on);
    return other !== undefined && isKnownClosed(other) ? restOnClosing(other.irritant) : [];
  });
  const all = [...closings, ...untied(irritant, lookUp)];
  return [...new Map(all.map((one) => [one.id, one])).values()];
}

/** What is known of events that stand behind a resolution: as direct as the linked irritants have them by now. */
export function asTheyStand(ids: readonly string[], irritant: Irritant, lookUp: LookUp): readonly Rest[] {
  const linked = linkedWith([irritant.id], lookUp).map((one) => one.irritant);
  const known = new Map<string, Rest>();
  for (const { resolutions, linkages } of linked) {
    const words = [...resolutions, ...linkages].flatMap((one) => [
      one.said,
      one.answer,
      ...('released' in one ? one.released : []),
    ]);
    for (const word of words) if (word !== undefined) known.set(word.eventId, restOnSaid(word));
  }
  const closings = linked.filter(isClosed).flatMap(restOnClosing);
  for (const one of closings) if (!known.has(one.id)) known.set(one.id, one);
  return ids.map((id) => known.get(id) ?? { id, capacity: 'attributed' });
}

export function isKnownClosed({ irritant, isWhole }: Other): boolean {
  return isWhole && isClosed(irritant);
}

function isAccepted({ irritant, isWhole }: Other): boolean {
  return isWhole && conditionalIn(irritant) !== undefined;
}

/** Of these, the ones that still keep an acceptance from taking effect: any closing of the other one will do. */
export function openConditions(irritant: Irritant, lookUp: LookUp): readonly Condition[] {
  return waitsOf(irritant, lookUp).filter(({ on }) => {
    const other = otherIrritant(lookUp, on);
    return other === undefined || !isKnownClosed(other);
  });
}

/** What takes effect at once, and the closed irritants that it had waited for. */
export interface Package {
  readonly members: readonly Other[];
  readonly closed: readonly Other[];
}

/**
 * The irritants that take effect with this one: all that it waits for, and all that those wait for, so that a circle
 * counts as together. Undefined while any of them is open and not accepted.
 */
export function packageOf(id: string, lookUp: LookUp): Package | undefined {
  const members = new Map<string, Other>();
  const closed = new Map<string, Other>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (members.has(next) || closed.has(next)) continue;
    const other = otherIrritant(lookUp, next);
    if (other !== undefined && isKnownClosed(other)) {
      closed.set(next, other);
      continue;
    }
    if (other === undefined || !isAccepted(other)) return undefined;
    members.set(next, other);
    open.push(...waitsOf(other.irritant, lookUp).map(({ on }) => on));
  }
  return { members: [...members.values()], closed: [...closed.values()] };
}

/** Every irritant that any linkage joins with these, directly or by way of others. */
export function linkedWith(ids: readonly string[], lookUp: LookUp): readonly Other[] {
  const found = new Map<string, Other | undefined>();
  const open = [...ids];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    const other = otherIrritant(lookUp, next);
    found.set(next, other);
    if (other === undefined) continue;
    open.push(...other.irritant.linkages.map((one) => one.irritantId), ...other.irritant.linkedFrom);
  }
  return [...found.values()].filter((one) => one !== undefined);
}
