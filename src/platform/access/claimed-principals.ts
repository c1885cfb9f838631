import type { OidcSettings } from '#config';
import { claimAt, TokenRefused } from '#libs/access-tokens';
import type { Claims } from '#libs/access-tokens';
import { partyPattern } from '../shapes/body-class.js';
import type { Ids } from '../record/ids.js';
import { roleFault, roles } from '../record/principal.js';
import type { Principal, Role } from '../record/principal.js';

const nameMax = 100;

/** What carries the claims: the same say the same in either. */
export type Carrier = 'access token' | 'ID token';

/**
 * The principals that the tokens of one issuer speak for. It says who they are and what they may do, and both kinds of its
 * tokens are read here: whoever signs in to the pages is who calls the interface, with the same rights.
 */
export class ClaimedPrincipals {
  constructor(
    private readonly settings: OidcSettings,
    private readonly ids: Pick<Ids, 'drawnFrom'>,
  ) {}

  /** Throws `TokenRefused`, in words for its sender. */
  principalOf(claims: Claims, carrier: Carrier): Principal {
    const party = this.#partyOf(claims, carrier);
    const held = this.#rolesOf(claims, carrier);
    const { partyClaim } = this.settings;
    const fault =
      roleFault({ party, roles: held }, `the claim "${partyClaim}"`) ?? this.#boundFault(party, held);
    if (fault !== undefined)
      throw new TokenRefused(`The claims of the ${carrier} contradict each other. ${fault}`);
    return {
      id: this.#idOf(claims, party),
      name: nameOf(claims, carrier),
      party,
      roles: held,
      token: tokenOf(claims),
    };
  }

  /** Whether the issuer may still say so of somebody, as it is set now. */
  mayName(party: string | null): boolean {
    const { boundTo, parties } = this.settings;
    if (boundTo !== undefined) return boundTo.party === party;
    return party === null || parties.includes(party);
  }

  /** The principal of that subject; of an issuer that is bound, which says it of all. */
  idOf(sub: string): string {
    const { issuer, boundTo } = this.settings;
    return this.#idOf({ iss: issuer, sub }, boundTo?.party ?? null);
  }

  /**
   * The subject may be somebody's address, and events are for ever, so the id only stands for it. The party is part of
   * it: whoever changes sides must not be able to take back what it recorded for the other one.
   */
  #idOf({ iss, sub }: Claims, party: string | null): string {
    return this.ids.drawnFrom('access token', iss, sub, party ?? '');
  }

  /** An issuer speaks for those parties alone that it is bound to, or it could name whichever it likes. */
  #partyOf(claims: Claims, carrier: Carrier): string | null {
    const { partyClaim, boundTo } = this.settings;
    const party = claimAt(claims, partyClaim) ?? boundTo?.party ?? null;
    if (party === null) return null;
    if (typeof party !== 'string' || !partyPattern.test(party))
      throw new TokenRefused(`The claim "${partyClaim}" of the ${carrier} must be a party code such as RU.`);
    if (this.mayName(party)) return party;
    const says =
      boundTo === undefined
        ? 'ENTENTE_OIDC_PARTIES says which it may'
        : `it is bound to ${boundTo.party ?? 'no party'}`;
    throw new TokenRefused(`The issuer of the ${carrier} may not name the party ${party}: ${says}.`);
  }

  /** Whoever runs the service keeps the keys of both sides: no issuer of one of them makes such a one. */
  #boundFault(party: string | null, held: readonly Role[]): string | undefined {
    return this.settings.boundTo !== undefined && party !== null && held.includes('operator')
      ? `An operator serves both sides, and this issuer is bound to ${party}.`
      : undefined;
  }

  /** Issuers keep the roles of other services beside ours, so what we don't know is passed over. */
  #rolesOf(claims: Claims, carrier: Carrier): readonly Role[] {
    const { rolesClaim, rolePrefix } = this.settings;
    const claimed = claimAt(claims, rolesClaim) ?? [];
    const names: unknown = typeof claimed === 'string' ? claimed.split(' ') : claimed;
    if (!Array.isArray(names) || !names.every((one) => typeof one === 'string')) {
      throw new TokenRefused(
        `The claim "${rolesClaim}" of the ${carrier} must be a list of roles, or text with spaces between them.`,
      );
    }
    return roles.filter((role) => names.includes(`${rolePrefix}${role}`));
  }
}

function tokenOf({ iss, iat, exp }: Claims): NonNullable<Principal['token']> {
  const [issuedAt, expiresAt] = [iat, exp].map(instantOf);
  return {
    issuer: iss,
    ...(issuedAt === undefined ? {} : { issuedAt }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}

/** A NumericDate of RFC 7519 as an instant; undefined for what is none. */
function instantOf(seconds: unknown): string | undefined {
  if (typeof seconds !== 'number') return undefined;
  const at = new Date(seconds * 1_000);
  return Number.isFinite(at.getTime()) ? at.toISOString() : undefined;
}

/** For display alone; it is in no event. */
function nameOf(claims: Claims, carrier: Carrier): string {
  const name = [claims['name'], claims['preferred_username']].find(
    (one) => typeof one === 'string' && one !== '',
  );
  const unnamed =
    carrier === 'ID token' ? 'Somebody whom the issuer does not name' : 'Bearer of an access token';
  return typeof name === 'string' ? name.slice(0, nameMax) : unnamed;
}
