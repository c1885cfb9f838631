import { Problem } from '#libs/problem-details';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { holds } from '../platform/record/principal.js';
import type { Principal } from '../platform/record/principal.js';

/** A briefing book is for its own side; a secretariat and an auditor read those of both. */
export function mayReadBookOf(principal: Principal, party: string): boolean {
  return principal.party === null ? holds(principal, ['secretariat', 'auditor']) : principal.party === party;
}

export function refuseBookOf(principal: Principal, party: string | undefined): void {
  if (party === undefined || mayReadBookOf(principal, party)) return;
  throw new Problem(platformProblems.FORBIDDEN, {
    detail: `The briefing book of ${party} is for ${party}, a secretariat or an auditor.`,
  });
}
