export const wordingKinds = ['own', 'verbatim', 'translation', 'summary'] as const;

/**
 * Whose words those of an act are: `own` (of the party that acts), `verbatim` (as its source has them), `translation`
 * (of such words, by somebody), `summary` (those of whoever recorded it). A row without field or language holds for all
 * that no narrower row names.
 */
export interface WordingRow {
  readonly as: (typeof wordingKinds)[number];
  readonly field?: string;
  readonly language?: string;
  readonly translationFrom?: string;
  readonly by?: string;
}
