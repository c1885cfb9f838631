import type { Field, Shape } from '#libs/decider';
import type { Faults, Path } from './faults.js';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Ids are compared as text, so each is written in one way (RFC 9562 §4 takes capitals and gives small letters). */
export function sameId(id: string): string {
  return uuid.test(id) ? id.toLowerCase() : id;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy of what came as JSON and got classes since, in plain objects. */
export function withoutClass(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutClass);
  if (!isObject(value)) return value;
  // A member may be called __proto__, and is one like any other here.
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withoutClass(one)]));
}

/** Which class stands for a shape; class-validator looks its decorators up by it. */
export type ClassOf = (shape: Shape) => new () => object;

/**
 * What was sent as the instance that is checked, and that is stored as it is: nothing is read from the raw body
 * afterwards. Unknown fields and lists that are too long are named as faults and left out, unread.
 */
export function instanceOf(
  shape: Shape,
  sent: Readonly<Record<string, unknown>>,
  at: Path,
  faults: Faults,
  classOf: ClassOf,
): object {
  const instance = new (classOf(shape))() as Record<string, unknown>;
  for (const name of Object.keys(sent)) {
    if (faults.isFull) break;
    const field = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (field === undefined) faults.add([...at, name], 'is not a field of this operation');
    else instance[name] = taken(field, sent[name], [...at, name], faults, classOf);
  }
  return instance;
}

/** Values that are not of the kind are taken as they are: class-validator says what is wrong with them. */
function taken(field: Field, value: unknown, at: Path, faults: Faults, classOf: ClassOf): unknown {
  switch (field.kind) {
    case 'id':
      return typeof value === 'string' ? sameId(value) : value;
    case 'shape':
      return isObject(value) ? instanceOf(field.of, value, at, faults, classOf) : value;
    case 'list':
      if (!Array.isArray(value)) return value;
      if (value.length > field.max) {
        faults.add(at, `takes at most ${field.max} elements, and ${value.length} were sent`);
        return undefined;
      }
      return value.map((one: unknown, index) => taken(field.of, one, [...at, index], faults, classOf));
    default:
      return value;
  }
}
