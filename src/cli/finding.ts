export type Grade = 'well' | 'note' | 'ill';

/** What the doctor found about one thing, and what to do about it. */
export interface Finding {
  readonly grade: Grade;
  readonly about: string;
  readonly says: string;
}

export const finding = (grade: Grade, about: string, says: string): Finding => ({ grade, about, says });
