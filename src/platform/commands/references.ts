import type { Field, Shape } from '#libs/decider';
import { pointer, Problem } from '#libs/problem-details';
import { platformProblems } from '../problems/platform.problems.js';
import { slicesOfKinds } from '../record/named-facts.js';
import type { Principal } from '../record/principal.js';
import { sees } from '../access/sight.js';
import type { Once } from '../record/once.js';

/** The fields of events that name something else of the record, and what they name. */
const references: { readonly [field: string]: string } = {
  dialogueId: 'dialogues',
  irritantId: 'irritants',
  irritantIds: 'irritants',
  roundId: 'rounds',
  exchangeId: 'exchanges',
  sourceId: 'sources',
  obtainedVia: 'sources',
};

/** Names of fields that bring nothing in: other streams, persons, and the events that an act amends or ends. */
const elsewhere: readonly string[] = [
  ...Object.keys(references),
  'personId',
  'target',
  'cause',
  'eventId',
  'closingEventId',
];

/** Whether a field of this name names something of another stream. */
export function isReference(field: string): boolean {
  return elsewhere.includes(field);
}

type Facts = Record<string, unknown>;

export interface Known {
  readonly dialogue?: Facts;
  readonly source?: Facts;
  /** The exchange or the proposal that a commitment rests on. */
  readonly basis?: Facts;
}

interface Reference {
  readonly path: readonly (string | number)[];
  readonly slice: string;
  readonly id: string;
}

/** The dialogue an aggregate belongs to; a dialogue is its own. */
export function dialogueOf(state: unknown, data: Facts): string | undefined {
  const { dialogueId } = (state ?? data) as { dialogueId?: string };
  return dialogueId;
}

/** Everything that the data names: by one id, by a list of ids, or by a kind and an id. */
function referencesIn(data: Facts): readonly Reference[] {
  const byField = Object.entries(references).flatMap(([field, slice]): Reference[] => {
    const value = data[field];
    if (typeof value === 'string') return [{ path: [field], slice, id: value }];
    if (!Array.isArray(value)) return [];
    return (value as string[]).map((id, index) => ({ path: [field, index], slice, id }));
  });
  const named = (data['commitments'] ?? []) as readonly { readonly commitmentId: string }[];
  const commitments = named.map(({ commitmentId: id }, index) => ({
    path: ['commitments', index, 'commitmentId'],
    slice: 'commitments',
    id,
  }));
  const { kind, id } = (data['basis'] ?? {}) as { kind?: string; id?: string };
  const slice = slicesOfKinds[kind ?? ''];
  return slice === undefined || id === undefined
    ? [...byField, ...commitments]
    : [...byField, ...commitments, { path: ['basis', 'id'], slice, id }];
}

/**
 * Loads what the data refers to and refuses what does not exist or belongs to another dialogue. Facts from elsewhere
 * arrive inside the command, so the deciders themselves read nothing.
 */
export async function resolveReferences(
  world: Once,
  data: Facts,
  dialogueId: string | undefined,
  principal: Principal,
): Promise<Known> {
  const known: { dialogue?: Facts; source?: Facts } = {};
  for (const { path, slice, id } of referencesIn(data)) {
    const facts = await world.facts(slice, id);
    if (facts === undefined) throw unknownReference(path, `There is no entry ${id} in ${slice}.`);
    const elsewhere = facts['dialogueId'];
    // What stands in a dialogue that the principal does not see is not there for it.
    if (typeof elsewhere === 'string' && !(await sees(world, principal, elsewhere)))
      throw unknownReference(path, `There is no entry ${id} in ${slice}.`);
    if (elsewhere !== undefined && dialogueId !== undefined && elsewhere !== dialogueId) {
      throw new Problem(platformProblems.REFERENCE_ELSEWHERE, {
        detail: `${id} belongs to another dialogue, not to this one.`,
        errors: [{ pointer: pointer(path), detail: 'belongs to another dialogue' }],
      });
    }
    if (path[0] === 'sourceId') known.source = facts;
  }
  if (dialogueId !== undefined) {
    const dialogue = await world.facts('dialogues', dialogueId);
    if (dialogue !== undefined) known.dialogue = dialogue;
  }
  return known;
}

function unknownReference(path: Reference['path'], detail: string): Problem {
  return new Problem(platformProblems.REFERENCE_UNKNOWN, {
    detail,
    errors: [{ pointer: pointer(path), detail: 'names nothing that exists' }],
  });
}

/** Every party that the data names must be a party to the dialogue. */
export function refuseStrangers(shape: Shape, data: Facts, parties: readonly string[]): void {
  const errors = Object.entries(shape).flatMap(([name, field]) =>
    name === 'thirdParty' ? [] : strangers(field, data[name], parties, [name]),
  );
  if (errors.length === 0) return;
  throw new Problem(platformProblems.PARTY_UNKNOWN, {
    detail: `The dialogue is between ${parties.join(' and ')}.`,
    errors,
  });
}

function strangers(
  field: Field,
  value: unknown,
  parties: readonly string[],
  path: (string | number)[],
): { pointer: string; detail: string }[] {
  if (value === undefined) return [];
  const stranger = (party: unknown) =>
    parties.includes(String(party))
      ? []
      : [{ pointer: pointer(path), detail: `${String(party)} is not a party to the dialogue` }];
  switch (field.kind) {
    case 'party':
      return stranger(value);
    case 'list':
      return (value as unknown[]).flatMap((one, index) =>
        strangers(field.of, one, parties, [...path, index]),
      );
    case 'byParty':
      return Object.keys(value as object).flatMap(stranger);
    case 'shape':
      return Object.entries(field.of).flatMap(([name, inner]) =>
        strangers(inner, (value as Facts)[name], parties, [...path, name]),
      );
    default:
      return [];
  }
}
