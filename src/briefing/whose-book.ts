import { Problem } from '#libs/problem-details';
import type { Readings } from '../reading/readings.js';
import { parametersRefused } from '../platform/problems/parameters.js';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { holds } from '../platform/record/principal.js';
import type { Principal } from '../platform/record/principal.js';

/** A briefing book is for its own side; a secretariat and an auditor read those of both. */
export function mayReadBookOf(principal: Principal, party: string): boolean {
  return principal.party === null ? holds(principal, ['secretariat', 'auditor']) : principal.party === party;
}

/** The catalogue advises to ask for another role: no role opens the book of the other side. */
const ofAnotherSide = {
  ...platformProblems.FORBIDDEN,
  mend: 'Read the book of your own side: no role that a party has opens another’s.',
};

/** Of the readings' query, the party for whom the book would be made. Throws where it is none, or not of whoever asks. */
export function refuseBookOf(principal: Principal, readings: Readings, dialogueId: string): void {
  const party = readings.query['for'];
  if (party === undefined) return;
  refuseNoParty(party, readings.named('dialogues', dialogueId)?.parties ?? [party]);
  if (mayReadBookOf(principal, party)) return;
  throw new Problem(principal.party === null ? platformProblems.FORBIDDEN : ofAnotherSide, {
    detail: `The briefing book of ${party} is for ${party}, a secretariat or an auditor.`,
  });
}

export function refuseNoParty(party: string, parties: readonly string[]): void {
  if (!parties.includes(party))
    throw parametersRefused([{ parameter: 'for', detail: `takes a party: ${parties.join(' or ')}` }]);
}
