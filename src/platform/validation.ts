import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import type { ValidationError } from 'class-validator';
import { pointer, Problem } from '#libs/problem-details';
import type { FieldError } from '#libs/problem-details';
import { isEmptyClass } from './body-class.js';
import type { BodyClass } from './body-class.js';
import { platformProblems } from './platform.problems.js';

/** No silent repair: what is unknown is refused, and nothing is converted. */
const strict = { whitelist: true, forbidNonWhitelisted: true } as const;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as the class says, or the faults of it, each with a JSON Pointer below `at`. */
export async function faultsOf(
  drawn: BodyClass,
  value: unknown,
  at: readonly string[] = [],
): Promise<FieldError[]> {
  if (!isObject(value)) return [{ pointer: pointer([...at]), detail: 'must be a JSON object' }];
  const errors = await validate(plainToInstance(drawn, value), {
    ...strict,
    // A class without any field looks unknown to class-validator; the white list alone refuses all it is given.
    forbidUnknownValues: !isEmptyClass(drawn),
  });
  return errors.flatMap((error) => flattened(error, at));
}

function flattened(error: ValidationError, above: readonly string[]): FieldError[] {
  const path = [...above, error.property];
  const isUnknown = error.constraints?.['whitelistValidation'] !== undefined;
  if (error.value === undefined && !isUnknown) return [{ pointer: pointer(path), detail: 'is required' }];
  const own = Object.entries(error.constraints ?? {}).map(([kind, message]) => ({
    pointer: pointer(path),
    detail:
      kind === 'whitelistValidation'
        ? 'is not a field of this operation'
        : withoutName(message, error.property),
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => flattened(child, path))];
}

/** The pointer names the field already. */
function withoutName(message: string, property: string): string {
  return message.replace(new RegExp(`^(each value in )?${property} `), '$1');
}

export async function validated<T extends object>(drawn: new () => T, value: unknown): Promise<T> {
  const errors = await faultsOf(drawn, value === undefined ? {} : value);
  if (errors.length === 0) return (value ?? {}) as T;
  throw new Problem(platformProblems.VALIDATION_FAILED, {
    detail:
      errors.length === 1
        ? 'One field is not as it should be.'
        : `${errors.length} fields are not as they should be.`,
    errors,
  });
}
