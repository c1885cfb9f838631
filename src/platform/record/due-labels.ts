import { latestMoment } from '#libs/edtf';

/** The label by which a list finds what is due in a dialogue, in the order in which it is. */
export const dueLabel = 'due';

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
export function dueLabels(
  dialogueId: string,
  dates: readonly (string | null | undefined)[],
): readonly string[] {
  return dates.flatMap((edtf) => {
    if (typeof edtf !== 'string') return [];
    const latest = latestMoment({ edtf });
    return dueFrom(dialogueId, Number.isFinite(latest) ? new Date(latest).toISOString() : atNoTime);
  });
}
