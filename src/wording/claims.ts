import type { ClaimDocument } from '../reading/documents.js';
import { term } from './terms.js';

/** What one side reports of the other is the one side's word: it stands as such until the other answers. */
export function claimInWords({ party, kind }: Pick<ClaimDocument, 'party' | 'kind'>): string {
  const whose = party ?? 'Nobody';
  return kind === 'said-by-other-side'
    ? `${whose} says that the other side said`
    : `${whose} claims: ${term(kind)}`;
}

/**
 * How the answer confirms, in brackets; nothing of a denial. Own words are those that the party recorded itself: what
 * others recorded in its name are other words.
 */
export function modeInWords({ mode, capacity }: NonNullable<ClaimDocument['answer']>): string {
  if (mode === undefined) return '';
  return ` (${mode === 'own-words' && capacity !== 'direct' ? 'other words' : term(mode)})`;
}
