import type { Shape, Field } from '#libs/decider';
import { pointer, Problem } from '#libs/problem-details';
import { platformProblems } from '../problems/platform.problems.js';
import { problemAt } from '../problems/problem-at.js';
import type { Principal } from '../record/principal.js';
import { dialogueOf, referencesIn } from '../record/references.js';
import { sees } from '../access/sight.js';
import type { Once } from '../record/once.js';

type Facts = Record<string, unknown>;

/**
 * Refuses what the data refers to and does not exist, or belongs to another dialogue. What stands in a dialogue that the
 * principal does not see is not there for it.
 */
export async function refuseUnknownReferences(
  world: Once,
  { shape, data }: { readonly shape: Shape; readonly data: Facts },
  dialogueId: string | undefined,
  principal: Principal,
): Promise<void> {
  for (const { path, slice, id } of referencesIn(world.registry, shape, data)) {
    const folded = await world.folded(slice, id);
    const owner = folded === undefined ? undefined : dialogueOf(folded.slice, id, folded.state);
    if (owner === undefined || !(await sees(world, principal, owner))) {
      const detail = `There is no entry ${id} in ${slice}.`;
      throw problemAt(platformProblems.REFERENCE_UNKNOWN, path, 'names nothing that exists', detail);
    }
    if (dialogueId === undefined || owner === dialogueId) continue;
    const detail = `${id} belongs to another dialogue, not to this one.`;
    throw problemAt(platformProblems.REFERENCE_ELSEWHERE, path, 'belongs to another dialogue', detail);
  }
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
