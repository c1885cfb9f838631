const answering = ['CLAIM_UNKNOWN', 'OWN_CLAIM', 'CLAIM_WITHDRAWN', 'OWN_WORD_STANDS'] as const;

/** The acts on claims, as every slice that has claims declares them; event and example are its own. */
export const claiming = {
  path: 'claim',
  weight: 'statement',
  refuses: ['RESTATED_UNKNOWN'],
  assigned: { claimId: 'new-id', textHash: 'hash-of-text' },
  takenBackBy: 'withdraw the claim (POST …/claims/{claimId}/withdraw)',
  recurs: true,
  citesWhere: { field: 'kind', value: 'said-by-other-side' },
} as const;

export const confirmingClaim = {
  path: 'claims/{claimId}/confirm',
  weight: 'binding',
  refuses: [...answering, 'TEXT_MISMATCH', 'TEXT_REQUIRED'],
  assigned: { textHash: 'given-or-hash-of-text' },
  recurs: true,
} as const;

export const denyingClaim = {
  path: 'claims/{claimId}/deny',
  weight: 'binding',
  refuses: [...answering, 'CLAIM_ALREADY_CONFIRMED'],
  takenBackBy: 'confirm the claim (POST …/claims/{claimId}/confirm)',
} as const;

export const withdrawingClaim = {
  path: 'claims/{claimId}/withdraw',
  weight: 'binding',
  refuses: ['CLAIM_UNKNOWN', 'NOT_OWN_CLAIM', 'CLAIM_ALREADY_CONFIRMED', 'OWN_WORD_STANDS'],
} as const;
