import { validate } from 'class-validator';
import type { ValidationError } from 'class-validator';
import type { Field } from '#libs/decider';
import { Problem } from '#libs/problem-details';
import { classOf, isEmptyClass, shapeOf } from './body-class.js';
import type { BodyClass } from './body-class.js';
import { Faults } from './faults.js';
import type { Path } from './faults.js';
import { holds } from './holding.js';
import { platformProblems } from '../problems/platform.problems.js';
import { instanceOf, isObject, withoutClass } from './sent.js';
import { faultyLanguage } from './text-checks.js';

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
  const shape = shapeOf(drawn);
  for (const error of errors) addFaults(error, at, faults, shape[error.property]);
  // A copy without the class, which has the same fields: hashes are made over plain JSON only.
  return { value: withoutClass(instance) as Checked['value'], faults };
}

function addFaults(error: ValidationError, above: Path, faults: Faults, field: Field | undefined): void {
  const { property, constraints = {}, children = [] } = error;
  const value: unknown = error.value;
  const path = [...above, property];
  const kind = otherKindThan(field, value);
  if (value === undefined) return faults.add(path, 'is required');
  // What is of another kind has no members that could be wrong.
  if (kind !== undefined) return faults.add(path, kind);
  const details = Object.values(constraints).map((one) => withoutName(one, property));
  if (details.length > 0) faults.add([...path, ...placeWithin(field, value)], details.join('; '));
  for (const child of children) addFaults(child, path, faults, within(field, child.property));
}

function otherKindThan(field: Field | undefined, value: unknown): string | undefined {
  if (field?.kind === 'list') return Array.isArray(value) ? undefined : 'must be an array';
  return field?.kind === 'shape' && !isObject(value) ? 'must be an object' : undefined;
}

function within(field: Field | undefined, name: string): Field | undefined {
  if (field?.kind === 'list') return field.of;
  return field?.kind === 'shape' ? field.of[name] : undefined;
}

/** Which of the words that the field holds are wrong: the language, below the party or key, or the place in a list. */
function placeWithin(field: Field | undefined, value: unknown): Path {
  switch (field?.kind) {
    case 'text': {
      const tag = faultyLanguage(value);
      return tag === undefined ? [] : [tag];
    }
    case 'byParty':
    case 'texts':
      return firstBelow(Object.entries(isObject(value) ? value : {}), { kind: 'text' });
    case 'list':
      return firstBelow(Object.entries(Array.isArray(value) ? value : []), field.of);
    default:
      return [];
  }
}

function firstBelow(members: readonly (readonly [string, unknown])[], field: Field): Path {
  for (const [name, one] of members) {
    const place = placeWithin(field, one);
    if (place.length > 0) return [name, ...place];
  }
  return [];
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
