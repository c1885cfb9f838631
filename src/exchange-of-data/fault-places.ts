import { fieldOf } from './mapping.js';
import type { Mapping } from './mapping.js';
import type { Row } from './row.js';

/** In columns the first of a list is 1, in JSON 0. */
function fromZero(step: string): string {
  return /^[1-9]\d*$/.test(step) ? String(Number(step) - 1) : step;
}

function fromOne(step: string): string {
  return /^\d+$/.test(step) ? String(Number(step) + 1) : step;
}

function isAbove(steps: readonly string[], below: readonly string[]): boolean {
  return steps.length <= below.length && steps.every((step, at) => step === below[at]);
}

/**
 * Where in the file it is that a body is wrong at a place: the column or member as the file calls it, the one in which the
 * place lies, or the only one that lies in it; where there is none, what such a column would be called.
 */
export function placeInFile(steps: readonly string[], row: Row, mapping: Mapping): string {
  const { isText } = row;
  const named = Object.keys(row.values).map((name) => {
    const field = fieldOf(name, mapping);
    return { name, field, at: isText ? field.split('.').map(fromZero) : [field] };
  });
  const whole = steps.length === 1 ? named.find(({ field }) => field === steps[0]) : undefined;
  if (whole !== undefined) return whole.name;
  const [holding] = named
    .filter(({ at }) => isAbove(at, steps))
    .toSorted((one, other) => other.at.length - one.at.length);
  if (holding !== undefined) return isText ? holding.name : [holding.name, ...steps.slice(1)].join('.');
  const [only, ...others] = named.filter(({ at }) => isAbove(steps, at));
  if (only !== undefined && others.length === 0) return only.name;
  return (isText ? steps.map(fromOne) : steps).join('.');
}
