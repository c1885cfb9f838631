import { Problem } from '#libs/problem-details';
import { platformProblems } from '../platform/platform.problems.js';
import { holds } from '../platform/principal.js';
import type { Principal } from '../platform/principal.js';

/** A briefing book is for its own side; a secretariat and an auditor read those of both. */
export function refuseBookOf(principal: Principal, party: string | undefined): void {
  const isFor =
    principal.party === null ? holds(principal, ['secretariat', 'auditor']) : principal.party === party;
  if (isFor || party === undefined) return;
  throw new Problem(platformProblems.FORBIDDEN, {
    detail: `The briefing book of ${party} is for ${party}, a secretariat or an auditor.`,
  });
}
