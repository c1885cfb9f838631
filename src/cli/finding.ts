export type Grade = 'well' | 'note' | 'ill';

/** One thing that the doctor looked at, and what there is to say of it. */
export interface Finding {
  readonly grade: Grade;
  readonly about: string;
  readonly says: string;
}

export const finding = (grade: Grade, about: string, says: string): Finding => ({ grade, about, says });
