import { Problem } from '#libs/problem-details';
import type { FieldError } from '#libs/problem-details';
import { platformProblems } from './platform.problems.js';

export const unknownParameter = 'is not a parameter of this operation';

/** Throws unless the operation knows each parameter: one that is misspelt would else be passed over in silence. */
export function refuseUnknownParameters(query: object, known: readonly string[]): void {
  const unknown = Object.keys(query).filter((one) => !known.includes(one));
  if (unknown.length > 0)
    throw parametersRefused(unknown.map((parameter) => ({ parameter, detail: unknownParameter })));
}

export function parametersRefused(errors: readonly FieldError[]): Problem {
  const areUnknown = errors.every(({ detail }) => detail === unknownParameter);
  return new Problem(platformProblems[areUnknown ? 'UNKNOWN_PARAMETER' : 'PARAMETER_INVALID'], {
    detail: errors.map(({ parameter, detail }) => `${parameter} ${detail}`).join('; '),
    errors,
  });
}
