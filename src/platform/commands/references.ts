import { refOfKind } from '#libs/decider';
import type { Field, Shape } from '#libs/decider';
import { pointer, Problem } from '#libs/problem-details';
import { platformProblems } from '../problems/platform.problems.js';
import type { EventRegistry } from '../record/event-registry.js';
import type { Principal } from '../record/principal.js';
import { sees } from '../access/sight.js';
import type { Once } from '../record/once.js';

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

/** Everything that the data names in its fields, by their declarations. */
function referencesIn(registry: EventRegistry, shape: Shape, data: Facts): readonly Reference[] {
  return Object.entries(shape).flatMap(([name, field]) => named(registry, field, data[name], data, [name]));
}

function named(
  registry: EventRegistry,
  field: Field,
  value: unknown,
  beside: Facts,
  path: Reference['path'],
): readonly Reference[] {
  if (value === undefined) return [];
  switch (field.kind) {
    case 'id': {
      const kind = registry.slices.find((one) => one.prefix === beside['kind'])?.name;
      const slice = field.of === refOfKind.of ? kind : field.of;
      return slice === undefined ? [] : [{ path, slice, id: value as string }];
    }
    case 'list':
      return (value as unknown[]).flatMap((one, index) =>
        named(registry, field.of, one, beside, [...path, index]),
      );
    case 'shape': {
      const own = value as Facts;
      return Object.entries(field.of).flatMap(([name, inner]) =>
        named(registry, inner, own[name], own, [...path, name]),
      );
    }
    default:
      return [];
  }
}

/**
 * Loads what the data refers to and refuses what does not exist or belongs to another dialogue. Facts from elsewhere
 * arrive inside the command, so the deciders themselves read nothing.
 */
export async function resolveReferences(
  world: Once,
  { shape, data }: { readonly shape: Shape; readonly data: Facts },
  dialogueId: string | undefined,
  principal: Principal,
): Promise<Known> {
  const known: { dialogue?: Facts; source?: Facts } = {};
  for (const { path, slice, id } of referencesIn(world.registry, shape, data)) {
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
