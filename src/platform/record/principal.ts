export const roles = ['registrar', 'negotiator', 'secretariat', 'reader', 'auditor', 'operator'] as const;
export type Role = (typeof roles)[number];

/** Who makes a request. Only the id, which names nobody, goes into events. */
export interface Principal {
  readonly id: string;
  readonly name: string;
  readonly party: string | null;
  readonly roles: readonly Role[];
  /** Of one without a party: the dialogues that were granted to it, by id; absent where it sees all. */
  readonly dialogues?: readonly string[];
  /** Of one that signed in by an API key: which, and until when it opens anything. */
  readonly key?: { readonly id: string; readonly issuedAt: string; readonly expiresAt: string };
  /** Of one that signed in by an access token: who issued it, when, and until when. */
  readonly token?: { readonly issuer: string; readonly issuedAt?: string; readonly expiresAt?: string };
}

/** A registrar or negotiator acts for a party; a secretariat, an auditor and an operator for none. */
export function roleFault(
  wanted: {
    readonly party?: string | null;
    readonly roles: readonly Role[];
    readonly dialogues?: readonly string[];
  },
  place: string,
): string | undefined {
  const hasParty = wanted.party !== undefined && wanted.party !== null;
  const forParties = wanted.roles.filter((one) => one === 'registrar' || one === 'negotiator');
  if (forParties.length > 0 && !hasParty)
    return `A ${forParties.join(' and ')} acts for a party: name it in ${place}.`;
  if (wanted.roles.includes('secretariat') && hasParty)
    return `A secretariat records for neither side: leave ${place} out.`;
  if (hasParty && wanted.dialogues !== undefined)
    return `Whoever acts for a party sees the dialogues of that party: leave "dialogues" or ${place} out.`;
  if (wanted.roles.includes('operator') && new Set(wanted.roles).size > 1)
    return 'An operator reads no content, so nobody is that and something else besides.';
  return undefined;
}

/** A row of the policy table: which roles may call an operation; for acts, in which capacity. */
export type RightsRow =
  | { readonly open: true }
  | { readonly roles: readonly Role[] }
  | { readonly direct: readonly Role[]; readonly attributed: readonly Role[] };

export type RightsTable = { readonly [operationId: string]: RightsRow };

export function holds(principal: Principal, allowed: readonly Role[]): boolean {
  return principal.roles.some((one) => allowed.includes(one));
}

/** Whether the principal may call the operation at all, in whichever capacity. */
export function mayCall(principal: Principal, row: RightsRow): boolean {
  if ('open' in row) return true;
  if ('roles' in row) return holds(principal, row.roles);
  return (principal.party !== null && holds(principal, row.direct)) || holds(principal, row.attributed);
}
