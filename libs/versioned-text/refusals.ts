/** Why a version isn't tabled. */
export const tablingRefusals = ['WORDS_REQUIRED', 'AUTHENTIC_WITHOUT_TEXT', 'COMMITMENT_WRONG'] as const;
/** Why nobody assents to what was named. */
export const assentRefusals = ['VERSION_UNKNOWN', 'VERSION_SUPERSEDED', 'TEXT_MISMATCH'] as const;
/** Why an assent isn't withdrawn. */
export const withdrawalRefusals = [
  'VERSION_UNKNOWN',
  'VERSION_SUPERSEDED',
  'NO_ASSENT',
  'VERSION_AGREED',
  'OWN_WORD_STANDS',
] as const;

export type TextRefusal = (
  typeof tablingRefusals | typeof assentRefusals | typeof withdrawalRefusals
)[number];
