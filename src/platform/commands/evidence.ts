import type { SourceRef } from '#libs/decider';
import type { Problem } from '#libs/problem-details';
import { carriesWordOf } from '../record/evidence.js';
import type { Evidence, Talks } from '../record/evidence.js';
import { platformProblems } from '../problems/platform.problems.js';
import { problemAt } from '../problems/problem-at.js';
import type { Principal } from '../record/principal.js';
import { sees } from '../access/sight.js';
import type { Once } from '../record/once.js';

/** The sources that an act cites; throws a `Problem` where one is not registered, or in another dialogue. */
export async function sourcesOf(
  streams: Once,
  sources: readonly SourceRef[],
  talks: Talks | undefined,
  principal: Principal,
): Promise<readonly Evidence[]> {
  return Promise.all(
    sources.map(async ({ sourceId }, index) => {
      const source = await streams.evidence(sourceId);
      if (source === undefined || !(await sees(streams, principal, source.dialogueId))) {
        throw problemAt(
          platformProblems.REFERENCE_UNKNOWN,
          ['sources', index, 'sourceId'],
          'names no registered source',
          `There is no source ${sourceId}.`,
        );
      }
      if (talks !== undefined && source.dialogueId !== talks.dialogueId) {
        throw problemAt(
          platformProblems.REFERENCE_ELSEWHERE,
          ['sources', index, 'sourceId'],
          'belongs to another dialogue',
          `The source ${sourceId} belongs to another dialogue: a source is evidence of one.`,
        );
      }
      return source;
    }),
  );
}

/** Whatever is recorded in the name of a party needs a source that this party issued; never press. */
export function refuseWithoutEvidence(sources: readonly Evidence[], party: string, talks: Talks): void {
  if (sources.some((one) => carriesWordOf(party, one, talks) && !one.barredBy.includes(party))) return;
  throw problemAt(
    platformProblems.SOURCE_NOT_ISSUED_BY_PARTY,
    ['sources'],
    `none of them carries the word of ${party}`,
    `One of its sources must be a note, a statement or a joint text issued by ${party}, registered by a secretariat, by ${party}, or by the side that keeps the dialogue alone, and not disowned by ${party}.`,
  );
}

export function sourceRequired(what: string): Problem {
  const detail = `${what} needs at least one source.`;
  return problemAt(platformProblems.SOURCE_REQUIRED, ['sources'], 'is required here', detail);
}
