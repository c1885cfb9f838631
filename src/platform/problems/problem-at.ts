import { pointer, Problem } from '#libs/problem-details';
import type { ProblemKind } from '#libs/problem-details';

/** A problem with one field of what was sent: its path, what is wrong with it, and the same in a whole sentence. */
export function problemAt(
  kind: ProblemKind,
  path: readonly (string | number)[],
  fault: string,
  detail: string,
): Problem {
  return new Problem(kind, { detail, errors: [{ pointer: pointer(path), detail: fault }] });
}
