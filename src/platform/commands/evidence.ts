import type { SourceRef } from '#libs/decider';
import { pointer, Problem } from '#libs/problem-details';
import type { Talks } from './amending-terms.js';
import { platformProblems } from '../problems/platform.problems.js';
import type { Principal } from '../record/principal.js';
import { sees } from '../access/sight.js';
import type { Once } from '../record/once.js';

/** The kinds of source that carry a party's word. */
const carriers: readonly string[] = ['note', 'statement', 'joint-text'];

/** What of a source decides whose word it carries. */
interface SourceFacts {
  readonly dialogueId: string;
  readonly kind: string;
  readonly issuers: readonly string[];
  /** The party whose people registered it; null where a secretariat did. */
  readonly registrar: string | null;
  /** The parties that have said that it is not theirs. */
  readonly barredBy: readonly string[];
}

/** The sources that an act cites; throws a `Problem` where one is not registered, or in another dialogue. */
export async function sourcesOf(
  world: Once,
  sources: readonly SourceRef[],
  talks: Talks | undefined,
  principal: Principal,
): Promise<readonly SourceFacts[]> {
  return Promise.all(
    sources.map(async ({ sourceId }, index) => {
      const facts = await world.facts('sources', sourceId);
      const isSeen =
        typeof facts?.['dialogueId'] === 'string' && (await sees(world, principal, facts['dialogueId']));
      if (facts === undefined || !isSeen) {
        throw new Problem(platformProblems.REFERENCE_UNKNOWN, {
          detail: `There is no source ${sourceId}.`,
          errors: [
            { pointer: pointer(['sources', index, 'sourceId']), detail: 'names no registered source' },
          ],
        });
      }
      const source = facts as unknown as SourceFacts;
      if (talks !== undefined && source.dialogueId !== talks.dialogueId) {
        throw new Problem(platformProblems.REFERENCE_ELSEWHERE, {
          detail: `The source ${sourceId} belongs to another dialogue: a source is evidence of one.`,
          errors: [
            { pointer: pointer(['sources', index, 'sourceId']), detail: 'belongs to another dialogue' },
          ],
        });
      }
      return source;
    }),
  );
}

function isEvidence(source: SourceFacts, party: string, { joined, hasSecretariat }: Talks): boolean {
  const keeper = !hasSecretariat && joined.length === 1 ? joined[0] : undefined;
  const byWhomItMay = [null, party, ...(keeper === undefined ? [] : [keeper])];
  return (
    carriers.includes(source.kind) &&
    source.issuers.includes(party) &&
    byWhomItMay.includes(source.registrar) &&
    !source.barredBy.includes(party)
  );
}

/** Whatever is recorded in the name of a party needs a source that this party issued; never press. */
export function refuseWithoutEvidence(sources: readonly SourceFacts[], party: string, talks: Talks): void {
  if (sources.some((one) => isEvidence(one, party, talks))) return;
  throw new Problem(platformProblems.SOURCE_NOT_ISSUED_BY_PARTY, {
    detail: `One of its sources must be a note, a statement or a joint text issued by ${party}, registered by a secretariat, by ${party}, or by the side that keeps the dialogue alone, and not disowned by ${party}.`,
    errors: [{ pointer: '/sources', detail: `none of them carries the word of ${party}` }],
  });
}

export function sourceRequired(what: string): Problem {
  return new Problem(platformProblems.SOURCE_REQUIRED, {
    detail: `${what} needs at least one source.`,
    errors: [{ pointer: '/sources', detail: 'is required here' }],
  });
}
