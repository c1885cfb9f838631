import type { Act } from '#libs/decider';
import { Problem } from '#libs/problem-details';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { problemAt } from '../platform/problems/problem-at.js';
import { mayCall } from '../platform/record/principal.js';
import type { Principal, RightsTable } from '../platform/record/principal.js';
import type { RowAct } from './row-act.js';

/** As the guard of the route has it; and what was a direct act elsewhere is brought in by nobody else. */
export function refuseWithoutRight(
  { act, capacity, by }: RowAct,
  principal: Principal,
  rights: RightsTable,
): void {
  const right = rights[act.operationId];
  if (right === undefined || !mayCall(principal, right)) {
    throw new Problem(platformProblems.FORBIDDEN, {
      detail: `The roles ${principal.roles.join(', ')} don't allow ${act.operationId}.`,
    });
  }
  // A row that says nothing of that is judged as any other act: whoever sends it speaks for its own party.
  if (capacity !== 'direct' || by === (principal.party ?? undefined)) return;
  const whose = by === undefined ? 'of whoever keeps the record for no party' : `of ${by}`;
  const mine = principal.party === null ? 'for no party' : `for ${principal.party}`;
  throw new Problem(platformProblems.DIRECT_ACT_OF_ANOTHER, {
    detail: `It is a direct act ${whose}, and this principal acts ${mine}.`,
  });
}

/** A row that says whose act it is becomes the act of nobody else: least of all the own word of whoever sends it. */
export function refuseOtherParty({ act, capacity, by, body }: RowAct, { party }: Act): void {
  if (capacity === undefined && by === undefined) return;
  const named = act.declaration.partyIsData === true ? undefined : body['party'];
  const said = by ?? (typeof named === 'string' ? named : null);
  if (said === party) return;
  const whose = (one: string | null) => (one === null ? 'an act of no party' : `an act of ${one}`);
  const fault = `says that the row is ${whose(said)}, and by its other fields it would be recorded as ${whose(party)}: say in “party” whose act it is, or leave “capacity” and “by” out`;
  const field = by === undefined ? 'capacity' : 'by';
  throw problemAt(platformProblems.VALIDATION_FAILED, [field], fault, `${field} ${fault}.`);
}
