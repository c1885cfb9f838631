import type { SourceRef } from '#libs/decider';
import { pointer, Problem } from '#libs/problem-details';
import { carriesWordOf } from '../record/evidence.js';
import type { Evidence, Talks } from '../record/evidence.js';
import { platformProblems } from '../problems/platform.problems.js';
import type { Principal } from '../record/principal.js';
import { sees } from '../access/sight.js';
import type { Once } from '../record/once.js';

/** The sources that an act cites; throws a `Problem` where one is not registered, or in another dialogue. */
export async function sourcesOf(
  world: Once,
  sources: readonly SourceRef[],
  talks: Talks | undefined,
  principal: Principal,
): Promise<readonly Evidence[]> {
  return Promise.all(
    sources.map(async ({ sourceId }, index) => {
      const errorsOf = (detail: string) => [{ pointer: pointer(['sources', index, 'sourceId']), detail }];
      const source = await world.evidence(sourceId);
      if (source === undefined || !(await sees(world, principal, source.dialogueId))) {
        throw new Problem(platformProblems.REFERENCE_UNKNOWN, {
          detail: `There is no source ${sourceId}.`,
          errors: errorsOf('names no registered source'),
        });
      }
      if (talks !== undefined && source.dialogueId !== talks.dialogueId) {
        throw new Problem(platformProblems.REFERENCE_ELSEWHERE, {
          detail: `The source ${sourceId} belongs to another dialogue: a source is evidence of one.`,
          errors: errorsOf('belongs to another dialogue'),
        });
      }
      return source;
    }),
  );
}

/** Whatever is recorded in the name of a party needs a source that this party issued; never press. */
export function refuseWithoutEvidence(sources: readonly Evidence[], party: string, talks: Talks): void {
  if (sources.some((one) => carriesWordOf(party, one, talks) && !one.barredBy.includes(party))) return;
  throw new Problem(platformProblems.SOURCE_NOT_ISSUED_BY_PARTY, {
    detail: `One of its sources must be a note, a statement or a joint text issued by ${party}, registered by a secretariat, by ${party}, or by the side that keeps the dialogue alone, and not disowned by ${party}.`,
    errors: [{ pointer: pointer(['sources']), detail: `none of them carries the word of ${party}` }],
  });
}

export function sourceRequired(what: string): Problem {
  return new Problem(platformProblems.SOURCE_REQUIRED, {
    detail: `${what} needs at least one source.`,
    errors: [{ pointer: pointer(['sources']), detail: 'is required here' }],
  });
}
