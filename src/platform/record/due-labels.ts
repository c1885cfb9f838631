import { choice, means } from '#libs/decider';
import { latestMoment } from '#libs/edtf';

/** The label by which a list finds what is due in a dialogue, in the order in which it is. */
export const dueLabel = 'due';

/** The label by which what is owed in whatever dialogue is found by the instant after which it is overdue. */
export const overdueLabel = 'overdue';

/** The filter of a list by it. */
export const overdueFilter = means(
  choice('true', 'false'),
  'Only what is owed and was due before now, or before the moment that is asked for; or only the rest. `overdueAt` names another instant.',
);

const atNoTime = '9999-12-31T23:59:59.999Z';

/** From which label on, within a dialogue, is due what is due at that instant or later. */
export function dueFrom(dialogueId: string, instant: string): string {
  return `${dialogueId} ${instant}`;
}

/** After all that is due in the dialogue. */
export function dueEnd(dialogueId: string): string {
  return `${dialogueId}!`;
}

/** A label for each date, EDTF as it was said, by the latest that it can mean; none of what has no date. */
export function dueLabels(dialogueId: string, dates: Dates): readonly string[] {
  return latestOf(dates).map((instant) => dueFrom(dialogueId, instant));
}

/** Both labels of what is owed by these dates. */
export function owedLabels(dialogueId: string, dates: Dates) {
  return { [dueLabel]: dueLabels(dialogueId, dates), [overdueLabel]: latestOf(dates) };
}

type Dates = readonly (string | null | undefined)[];

function latestOf(dates: Dates): readonly string[] {
  return dates.flatMap((edtf) => {
    if (typeof edtf !== 'string') return [];
    const latest = latestMoment({ edtf });
    return [Number.isFinite(latest) ? new Date(latest).toISOString() : atNoTime];
  });
}
