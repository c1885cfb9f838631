import type { Field, Shape } from '#libs/decider';
import { pointer, Problem } from '#libs/problem-details';
import { platformProblems } from './platform.problems.js';
import type { World } from './world.js';

/** The fields of events that name something else of the record, and what they name. */
const references: { readonly [field: string]: string } = {
  dialogueId: 'dialogues',
  irritantId: 'irritants',
  roundId: 'rounds',
  exchangeId: 'exchanges',
  sourceId: 'sources',
  obtainedVia: 'sources',
};

type Facts = Record<string, unknown>;

export interface Known {
  readonly dialogue?: Facts;
  readonly source?: Facts;
}

/** The dialogue an aggregate belongs to: a dialogue is its own, a source has none. */
export function dialogueOf(state: unknown, data: Facts): string | undefined {
  const { dialogueId } = (state ?? data) as { dialogueId?: string };
  return dialogueId;
}

/**
 * Loads what the data refers to and refuses what does not exist or belongs to another dialogue. Facts from elsewhere
 * arrive inside the command, so the deciders themselves read nothing.
 */
export async function resolveReferences(
  world: World,
  data: Facts,
  dialogueId: string | undefined,
): Promise<Known> {
  const known: { dialogue?: Facts; source?: Facts } = {};
  for (const [field, sliceName] of Object.entries(references)) {
    const id = data[field];
    if (typeof id !== 'string') continue;
    const facts = await world.facts(sliceName, id);
    if (facts === undefined) throw unknownReference(field, `There is no entry ${id} in ${sliceName}.`);
    const elsewhere = facts['dialogueId'];
    if (elsewhere !== undefined && dialogueId !== undefined && elsewhere !== dialogueId) {
      throw new Problem(platformProblems.REFERENCE_ELSEWHERE, {
        detail: `${id} belongs to another dialogue, not to this one.`,
        errors: [{ pointer: pointer([field]), detail: 'belongs to another dialogue' }],
      });
    }
    if (sliceName === 'sources' && field === 'sourceId') known.source = facts;
  }
  if (dialogueId !== undefined) {
    const dialogue = await world.facts('dialogues', dialogueId);
    if (dialogue !== undefined) known.dialogue = dialogue;
  }
  return known;
}

function unknownReference(field: string, detail: string): Problem {
  return new Problem(platformProblems.REFERENCE_UNKNOWN, {
    detail,
    errors: [{ pointer: pointer([field]), detail: 'names nothing that exists' }],
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
    default:
      return [];
  }
}
