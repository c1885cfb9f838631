import type { CredentialView, NewCredential } from './credential.js';
import { platformProblems } from '../problems/platform.problems.js';
import { problemAt } from '../problems/problem-at.js';

function operates({ roles }: Pick<NewCredential, 'roles'>): boolean {
  return roles.includes('operator');
}

/**
 * Throws unless the further key is for the same principal. With another party it would take over what that one recorded;
 * and who operates the server reads no content, by no other key either.
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
}

function refusal(field: string, fault: string, detail: string) {
  return problemAt(platformProblems.VALIDATION_FAILED, [field], fault, detail);
}
