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

/** What is read as a parameter of that name, where it stands in a body: what is wrong with it points there. */
export function inBody<T>(member: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Problem) || !error.errors.some(({ parameter }) => parameter === member))
      throw error;
    const { kind, detail, errors, headers, members, cause } = error;
    const isOfForm = kind.code === platformProblems.PARAMETER_INVALID.code;
    throw new Problem(isOfForm ? platformProblems.VALIDATION_FAILED : kind, {
      detail,
      errors: errors.map((one) =>
        one.parameter === member ? { pointer: `/${member}`, detail: one.detail } : one,
      ),
      headers,
      members,
      cause,
    });
  }
}
