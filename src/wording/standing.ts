import type { Standing } from '../reading/amended.js';
import type { Entry } from './tellings.js';
import { capacityInWords, rungOf, term } from './terms.js';

/** The side by whose word alone something was reached; absent where both have spoken. */
interface Alone {
  readonly byWordOf?: string | undefined;
}

/** Beside an entry that does not count: whether it once did; undefined where it counts. */
export function outInWords(standing: Standing | undefined): string | undefined {
  if (standing === 'unheard') return 'never counted';
  return standing === 'dropped' ? 'no longer counts' : undefined;
}

/** How it was recorded: what counts at no time stands in the store as if it had been. */
export function recordedInWords({ standing, event }: Pick<Entry, 'standing' | 'event'>): string {
  return standing === 'unheard'
    ? `in the store, though nobody can have recorded it as ${event.envelope.act.capacity}`
    : capacityInWords(event.envelope.act);
}

/** By whom it was reopened, and what it was before. */
interface Reopening {
  readonly party: string | null;
  readonly closed: string;
}

/** As part of a sentence: `, by RU’s word alone`; nothing where both have spoken. */
export function aloneInWords({ byWordOf }: Alone): string {
  return byWordOf === undefined ? '' : `, by ${byWordOf}’s word alone`;
}

/** By which side an open matter was last opened again; undefined where it is closed, or never was. */
export function reopeningOf<R extends Reopening>({
  stage,
  reopenings,
}: {
  readonly stage: string;
  readonly reopenings: readonly R[];
}): R | undefined {
  return rungOf(stage) === undefined ? undefined : reopenings.at(-1);
}

const closed: { readonly [stage: string]: string } = {
  resolved: 'it was resolved',
  withdrawn: 'it was withdrawn',
  dormant: 'both had let it rest',
};

/** Who reopened it, and what it was before: `reopened by A after it was resolved`. */
export function reopenedInWords({ party, closed: stage }: Reopening): string {
  return `reopened by ${party ?? 'nobody'} after ${closed[stage] ?? `it was ${term(stage)}`}`;
}

/**
 * What one side alone has to do with the stage, in short, as it stands behind it: by whose word alone it was reached, and
 * by whom it was reopened. Whoever reopened what was resolved brought it by its word alone back to consultation.
 */
export function oneSideInWords(
  { stage, byWordOf }: Alone & { readonly stage: string },
  reopening: Reopening | undefined,
): string {
  if (reopening === undefined) return aloneInWords({ byWordOf });
  const { party, closed: before } = reopening;
  const isByIt = before === 'resolved' && stage === 'under-consultation' && byWordOf === party;
  return `${isByIt ? '' : aloneInWords({ byWordOf })}, ${reopenedInWords(reopening)}`;
}

interface Titled {
  readonly by: string | null;
  readonly isNeutral: boolean;
}

/**
 * Whose wording the title is, as a note behind it: ` (title as RU words it)`. Nothing once the other side has accepted or
 * used it, and of one that a secretariat worded, which is neither side's.
 */
export function titleNote({ by, isNeutral }: Titled): string {
  const whose = titleWordedBy({ by, isNeutral });
  return whose === null ? '' : ` (${titleAs(whose)})`;
}

/** The party whose wording alone a title is; null where it is nobody's. */
export function titleWordedBy({ by, isNeutral }: Titled): string | null {
  return isNeutral ? null : by;
}

export function titleAs(party: string): string {
  return `title as ${party} words it`;
}
