import { holds, mayCall } from '../record/principal.js';
import type { Principal, RightsRow, RightsTable } from '../record/principal.js';

/** In which capacity somebody may give a command: as their party, or citing what a party said. */
export type Capacity = 'direct' | 'attributed';

export interface Permitted {
  readonly operationId: string;
  /** Of a command whose right depends on it. */
  readonly capacities?: readonly Capacity[];
}

function capacitiesIn(principal: Principal, row: RightsRow): Pick<Permitted, 'capacities'> {
  if (!('direct' in row)) return {};
  const isDirect = principal.party !== null && holds(principal, row.direct);
  const isAttributed = holds(principal, row.attributed);
  return {
    capacities: [
      ...(isDirect ? (['direct'] as const) : []),
      ...(isAttributed ? (['attributed'] as const) : []),
    ],
  };
}

/** What the roles of a principal give it a right to, besides what anybody may call. */
export function permittedTo(principal: Principal, table: RightsTable): readonly Permitted[] {
  return Object.entries(table)
    .filter(([, row]) => !('open' in row) && mayCall(principal, row))
    .map(([operationId, row]) => ({ operationId, ...capacitiesIn(principal, row) }));
}

/** Which dialogues it sees: all, those of its party, or those that were granted to it. */
function sightIn({ party, roles, dialogues }: Principal) {
  if (roles.includes('operator')) return { sees: 'none' as const };
  if (party !== null) return { sees: 'of-its-party' as const };
  return dialogues === undefined ? { sees: 'all' as const } : { sees: 'granted' as const, dialogues };
}

/** Who a key or an access token is, what it may, and until when. */
export function meOf(principal: Principal, table: RightsTable) {
  const { id, name, party, roles, key, token } = principal;
  const expiresAt = key?.expiresAt ?? token?.expiresAt;
  return {
    principalId: id,
    name,
    party,
    roles,
    ...sightIn(principal),
    by:
      key === undefined
        ? { kind: 'access-token' as const, ...(token === undefined ? {} : { issuer: token.issuer }) }
        : { kind: 'api-key' as const, keyId: key.id, issuedAt: key.issuedAt },
    ...(expiresAt === undefined ? {} : { expiresAt }),
    operations: permittedTo(principal, table),
  };
}
