import type { Part } from './shown.js';

export type Grade = 'well' | 'note' | 'ill';

/** One thing that the doctor looked at, and what there is to say of it. */
export interface Finding {
  readonly grade: Grade;
  readonly about: string;
  readonly says: Part;
}

export const finding = (grade: Grade, about: string, says: Part): Finding => ({ grade, about, says });
