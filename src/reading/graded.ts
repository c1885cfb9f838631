import type { Query } from '../platform/http/query.js';
import { parametersRefused } from '../platform/problems/parameters.js';
import type { RecordRead } from '../platform/record/reading.js';
import { instantIn, invalid, lagging, logOf, momentOf, refuseToCome, unreached } from './moment.js';
import type { About, Moment } from './moment.js';

/** The instant that a grade is asked of, in epoch ms. Throws 400 where none is. */
function instantAsked(knownAt: string | undefined, parameter: string): number {
  if (knownAt === undefined)
    throw parametersRefused([
      { parameter: 'grade', detail: 'tells by what an instant is found: give that as knownAt' },
    ]);
  const ms = instantIn(knownAt);
  if (ms !== undefined) return ms;
  throw invalid(
    parameter,
    'With a grade it takes an instant such as 2025-04-10T09:00:00Z or a day such as 2025-04-10; a revision, an ordinal and a moment are places already, and need none.',
  );
}

/**
 * The moment of a query that names by what an instant is told; undefined where it names nothing, for then the moment is
 * found when it is asked for. What was signed by then stands in the store, so this takes a way there.
 */
export async function gradedMoment(
  record: RecordRead,
  query: Query,
  about: About,
  parameter = 'knownAt',
): Promise<Moment | undefined> {
  const { grade } = query;
  if (grade === undefined) return undefined;
  const ms = instantAsked(query['knownAt'], parameter);
  if (grade === 'recorded') return { ...momentOf(record, query, about, parameter), grade };
  refuseToCome(record, ms);
  const log = logOf(record, about);
  if (log === undefined)
    throw parametersRefused([
      {
        parameter: 'grade',
        detail: 'other than recorded is told by the log of one dialogue: name it with dialogue=',
      },
    ]);
  const { checkpoint, isFinal } = await record.standings.checkpointBy(log, grade, ms);
  const last = checkpoint.size - 1;
  if (record.projections.record.ordinalIn(log, last) === undefined) throw lagging(unreached);
  const place = momentOf(record, { ...query, knownAt: `s${last}` }, { dialogueId: log }, parameter);
  const asked = `${new Date(ms).toISOString()} ${grade}`;
  return { ...place, knownMs: ms, final: isFinal, asked, grade, checkpoint };
}
