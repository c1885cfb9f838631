import type { Decided, Field } from '#libs/decider';
import { schemaOf } from '../record/amendment-events.js';
import type { Stored } from '../record/envelope.js';
import { standingsIn } from '../record/dropping.js';
import { commandFor } from '../record/slice.js';
import type { Slice } from '../record/slice.js';

/** What a side says stands by itself, whatever becomes of the word that it contradicts or says anew. */
const standingWithout: readonly string[] = ['contradicts', 'restates'];
/** Persons, and the events that an act amends or ends, bring nothing in. */
const pointers: readonly string[] = ['personId', 'target', 'cause', 'eventId', 'closingEventId'];

function isNaming(name: string, field: Field): boolean {
  const isPointer = standingWithout.includes(name) || pointers.includes(name);
  return (field.kind === 'hash' || (field.kind === 'id' && field.of === undefined)) && !isPointer;
}

function holds(value: unknown, wanted: string): boolean {
  if (value === wanted) return true;
  return (
    typeof value === 'object' && value !== null && Object.values(value).some((one) => holds(one, wanted))
  );
}

/** The fields that the act itself brings in: the hash of its own text names no earlier act. */
function broughtInBy(slice: Slice, type: string): readonly string[] {
  const declaration = commandFor(slice, type);
  return Object.entries(declaration?.assigned ?? {}).flatMap(([name, assignment]) =>
    /hash-of-(text|version)$|^given-or-none$/.test(assignment) ? [name] : [],
  );
}

/**
 * An act that names a claim, a note, a step or a text of its own stream rests on the event that brought it in, whatever
 * its rule says beside: no slice can forget it. Where several brought it in, its rule says which of them it needs; else
 * it is the first that has not dropped out.
 */
export function restingOnNamed(slice: Slice, events: readonly Stored[], decided: Decided): Decided {
  const schema = schemaOf(slice, decided.type);
  if (schema === undefined || decided.derivedFrom !== undefined) return decided;
  const own = broughtInBy(slice, decided.type);
  const wanted = Object.entries(schema.data).flatMap(([name, field]) => {
    const value = (decided.data as Record<string, unknown>)[name];
    return isNaming(name, field) && typeof value === 'string' && !own.includes(name) ? [value] : [];
  });
  if (wanted.length === 0) return decided;
  const { dropped } = standingsIn(events);
  const found = wanted.flatMap((value) => {
    const holders = events.filter((one) => !dropped.has(one.id) && holds(one.data, value));
    return holders.some((one) => decided.restsOn?.includes(one.id)) ? [] : (holders[0]?.id ?? []);
  });
  return found.length === 0 ? decided : { ...decided, restsOn: [...(decided.restsOn ?? []), ...found] };
}
