import { validate } from 'class-validator';
import type { ValidationError } from 'class-validator';
import { Problem } from '#libs/problem-details';
import { classOf, isEmptyClass, shapeOf } from './body-class.js';
import type { BodyClass } from './body-class.js';
import { Faults } from './faults.js';
import type { Path } from './faults.js';
import { holds } from './holding.js';
import { platformProblems } from '../problems/platform.problems.js';
import { instanceOf, isObject, withoutClass } from './sent.js';

/** No silent repair: what is unknown is refused, and nothing is converted. */
const strict = { whitelist: true, forbidNonWhitelisted: true } as const;

/** What was checked, which is what may be stored, and what is wrong with it; each fault below `at`. */
export interface Checked {
  readonly value: Readonly<Record<string, unknown>>;
  readonly faults: Faults;
}

export async function checked(drawn: BodyClass, sent: unknown, at: Path = []): Promise<Checked> {
  const faults = new Faults();
  if (!isObject(sent)) {
    faults.add(at, 'must be a JSON object');
    return { value: {}, faults };
  }
  const instance = instanceOf(shapeOf(drawn), sent, at, faults, classOf);
  // Most of what is sent is right, and to find that without a report costs a fifth.
  const errors = holds(instance)
    ? []
    : await validate(instance, {
        ...strict,
        // A class without any field looks unknown to class-validator; there is nothing in it to check.
        forbidUnknownValues: !isEmptyClass(drawn),
      });
  for (const error of errors) addFaults(error, at, faults);
  // A copy without the class, which has the same fields: hashes are made over plain JSON only.
  return { value: withoutClass(instance) as Checked['value'], faults };
}

function addFaults(error: ValidationError, above: Path, faults: Faults): void {
  const path = [...above, error.property];
  const details = Object.values(error.constraints ?? {}).map((one) => withoutName(one, error.property));
  if (error.value === undefined) faults.add(path, 'is required');
  else if (details.length > 0) faults.add(path, details.join('; '));
  for (const child of error.children ?? []) addFaults(child, path, faults);
}

/** The pointer names the field already. */
function withoutName(message: string, property: string): string {
  return message.replace(new RegExp(`^(each value )?(in )?${property} `), '$1');
}

/** The body as it was checked; throws the problem that names what is wrong with it. */
export async function validated(drawn: BodyClass, sent: unknown): Promise<Checked['value']> {
  const { value, faults } = await checked(drawn, sent === undefined ? {} : sent);
  if (faults.all.length === 0) return value;
  throw new Problem(platformProblems.VALIDATION_FAILED, { detail: faults.summary, errors: faults.all });
}
