import type { CredentialView, NewCredential } from './credential.js';
import { platformProblems } from '../problems/platform.problems.js';
import { problemAt } from '../problems/problem-at.js';

function operates({ roles }: Pick<NewCredential, 'roles'>): boolean {
  return roles.includes('operator');
}

/**
 * Throws unless the further key is for the same principal. With another party it would take over what that one recorded;
 * and who operates the server reads no content, by no other key either. What acts without a request, a webhook or a secret
 * address, sees what its principal sees: so no key of it may see less than another.
 */
export function refuseAnother(wanted: NewCredential, all: readonly CredentialView[]): void {
  const { principalId, party } = wanted;
  const earlier = all.filter((one) => one.principalId === principalId);
  if (earlier.length === 0 || earlier.some((one) => one.party !== party)) {
    const detail =
      earlier.length === 0
        ? `No key was ever made for a principal ${principalId}.`
        : `The principal ${principalId} acts for ${earlier[0]?.party ?? 'no party'}.`;
    throw refusal('principalId', 'is not a principal of that party', detail);
  }
  if (earlier.some((one) => operates(one) !== operates(wanted)))
    throw refusal(
      'roles',
      'must be those of an operator in each key of a principal, or in none',
      'An operator reads no content, so no principal is that by one key and something else by another.',
    );
  const inForce = earlier.find(({ revokedAt }) => revokedAt === null);
  if (inForce !== undefined && sightIn(inForce) !== sightIn(wanted))
    throw problemAt(
      platformProblems.VALIDATION_FAILED,
      ['dialogues'],
      'must be those that the other keys of the principal see',
      `The principal ${principalId} sees ${inForce.dialogues === undefined ? 'all dialogues: leave this out' : 'the dialogues that /v1/grants lists for it'}. A grant changes what all its keys see; a key that is to see something else is of another principal.`,
    );
}

function sightIn({ dialogues }: Pick<NewCredential, 'dialogues'>): string {
  return dialogues === undefined ? 'all' : [...new Set(dialogues)].toSorted().join(' ');
}

function refusal(field: string, fault: string, detail: string) {
  return problemAt(platformProblems.VALIDATION_FAILED, [field], fault, detail);
}
