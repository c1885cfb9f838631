import type { ProblemKind } from '#libs/problem-details';

/** A problem of a slice before its code is known: the key under which it stands. */
export type RefusalKind = Omit<ProblemKind, 'code'>;

/** A rule refused the act: HTTP 409, with what it means and how to mend it. */
export function rule(title: string, meaning: string, mend: string): RefusalKind {
  return { status: 409, title, meaning, mend };
}
