import type { Elsewhere, LookUp } from '#libs/decider';
import type { Condition, Irritant, Linkage } from './irritant.facts.js';
import { conditionalIn } from './irritant-resolutions.facts.js';
import { isClosed } from './irritant-stage.facts.js';

/** Another irritant as the record has it; one that can't be read to its end says nothing of where it stands. */
interface Other {
  readonly irritant: Irritant;
  readonly stream: string;
  readonly revision: number;
  readonly isWhole: boolean;
}

export function otherIrritant(lookUp: LookUp, id: string): Other | undefined {
  const found: Elsewhere | undefined = lookUp('irritants', id);
  return found === undefined ? undefined : { ...found, irritant: found.facts as Irritant };
}

/** Both sides hold to it, also while one of them alone says that it ends. */
function isHeld({ state }: Linkage): boolean {
  return state === 'accepted';
}

const mutual: readonly string[] = ['together', 'package'];
const laterWaits: readonly string[] = [...mutual, 'precedes'];

/**
 * The other irritants for which this one waits, by accepted linkages: on it, those that go together with it; on others,
 * also those that precede it.
 */
export function waitsOf(irritant: Irritant, lookUp: LookUp): readonly Condition[] {
  const own = irritant.linkages
    .filter((one) => isHeld(one) && mutual.includes(one.condition))
    .map(({ linkageId, irritantId }) => ({ linkageId, on: irritantId }));
  const others = irritant.linkedFrom.flatMap((on) =>
    (otherIrritant(lookUp, on)?.irritant.linkages ?? [])
      .filter((one) => isHeld(one) && one.irritantId === irritant.id && laterWaits.includes(one.condition))
      .map(({ linkageId }) => ({ linkageId, on })),
  );
  return [...own, ...others];
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
