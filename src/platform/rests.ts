import type { Decided, Field } from '#libs/decider';
import { schemaOf } from './amendments.js';
import type { Stored } from './envelope.js';
import { isReference } from './references.js';
import type { Slice } from './slice.js';

/** What a side says stands by itself, whatever becomes of the word that it contradicts or says anew. */
const standingWithout: readonly string[] = ['contradicts', 'restates'];

function isNaming(name: string, field: Field): boolean {
  const isPointer = isReference(name) || standingWithout.includes(name);
  return (field.kind === 'id' || field.kind === 'hash') && !isPointer;
}

function holds(value: unknown, wanted: string): boolean {
  if (value === wanted) return true;
  return (
    typeof value === 'object' && value !== null && Object.values(value).some((one) => holds(one, wanted))
  );
}

/**
 * An act that names a claim, a note, a step or a text of its own stream rests on the event that brought it in, whatever
 * its rule says beside: no slice can forget it.
 */
export function restingOnNamed(slice: Slice, events: readonly Stored[], decided: Decided): Decided {
  const schema = schemaOf(slice, decided.type);
  if (schema === undefined || decided.derivedFrom !== undefined) return decided;
  const wanted = Object.entries(schema.data).flatMap(([name, field]) => {
    const value = (decided.data as Record<string, unknown>)[name];
    return isNaming(name, field) && typeof value === 'string' ? [value] : [];
  });
  const found = wanted.flatMap((value) => events.find((one) => holds(one.data, value))?.id ?? []);
  return found.length === 0 ? decided : { ...decided, restsOn: [...(decided.restsOn ?? []), ...found] };
}
