/** Claims that were signed by the issuer; what is in them is still the issuer's to get wrong. */
export interface Claims {
  readonly iss: string;
  readonly sub: string;
  readonly [claim: string]: unknown;
}

function own(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, name)
    ? (value as { readonly [name: string]: unknown })[name]
    : undefined;
}

/**
 * The claim of that very name, else what the dots lead to: `realm_access.roles`. The name goes first because claims
 * that are addresses, as some issuers demand of private ones, have dots themselves.
 */
export function claimAt(claims: Claims, path: string): unknown {
  const direct = own(claims, path);
  return direct === undefined ? path.split('.').reduce<unknown>(own, claims) : direct;
}
