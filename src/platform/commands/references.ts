import type { Shape } from '#libs/decider';
import { pointer, Problem } from '#libs/problem-details';
import { platformProblems } from '../problems/platform.problems.js';
import { problemAt } from '../problems/problem-at.js';
import type { Principal } from '../record/principal.js';
import { dialogueOf, leavesIn, referencesIn } from '../record/references.js';
import { sees } from '../access/sight.js';
import type { Once } from '../record/once.js';

type Facts = Record<string, unknown>;

/**
 * Refuses what the data refers to and does not exist, or belongs to another dialogue. What stands in a dialogue that the
 * principal does not see is not there for it.
 */
export async function refuseUnknownReferences(
  streams: Once,
  { shape, data }: { readonly shape: Shape; readonly data: Facts },
  dialogueId: string | undefined,
  principal: Principal,
): Promise<void> {
  for (const { path, slice, id } of referencesIn(streams.registry, shape, data)) {
    const folded = await streams.folded(slice, id);
    const owner = folded === undefined ? undefined : dialogueOf(folded.slice, id, folded.state);
    if (owner === undefined || !(await sees(streams, principal, owner))) {
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
  const errors = leavesIn(shape, data).flatMap(({ path, field, value }) => {
    if (path[0] === 'thirdParty') return [];
    const named =
      field.kind === 'party' ? [String(value)] : field.kind === 'byParty' ? Object.keys(value as object) : [];
    return named
      .filter((one) => !parties.includes(one))
      .map((one) => ({ pointer: pointer(path), detail: `${one} is not a party to the dialogue` }));
  });
  if (errors.length === 0) return;
  throw new Problem(platformProblems.PARTY_UNKNOWN, {
    detail: `The dialogue is between ${parties.join(' and ')}.`,
    errors,
  });
}
