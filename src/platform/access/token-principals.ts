import type { OidcSettings } from '#config';
import { AccessTokens, claimAt, TokenRefused } from '#libs/access-tokens';
import type { Claims } from '#libs/access-tokens';
import { partyPattern } from '../shapes/body-class.js';
import type { Clock } from '../record/clock.js';
import type { Ids } from '../record/ids.js';
import { roleFault, roles } from '../record/principal.js';
import type { Principal, Role } from '../record/principal.js';

const nameMax = 100;

export interface TokenPrincipalsOptions {
  readonly settings: OidcSettings;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Told why the issuer's keys can't be fetched. */
  readonly report: (reason: string) => void;
}

/** The principals that access tokens speak for. The issuer says who they are and what they may do, token by token. */
export class TokenPrincipals {
  readonly #tokens: AccessTokens;

  constructor(private readonly options: TokenPrincipalsOptions) {
    const { settings, clock, report } = options;
    this.#tokens = new AccessTokens({ ...settings, now: () => clock.now(), report });
  }

  /** Throws `TokenRefused`. */
  async principalOf(token: string): Promise<Principal> {
    const claims = await this.#tokens.verify(token);
    const party = this.#partyOf(claims);
    const held = this.#rolesOf(claims);
    const { partyClaim } = this.options.settings;
    const fault = roleFault({ party, roles: held }, `the claim "${partyClaim}"`);
    if (fault !== undefined)
      throw new TokenRefused(`The claims of the access token contradict each other. ${fault}`);
    return {
      id: this.#idOf(claims, party),
      name: nameOf(claims),
      party,
      roles: held,
      token: tokenOf(claims),
    };
  }

  /**
   * The subject may be somebody's address, and events are for ever, so the id only stands for it. The party is part of
   * it: whoever changes sides must not be able to take back what it recorded for the other one.
   */
  #idOf({ iss, sub }: Claims, party: string | null): string {
    return this.options.ids.drawnFrom('access token', iss, sub, party ?? '');
  }

  /** An issuer speaks for those parties alone that it is bound to, or it could name whichever it likes. */
  #partyOf(claims: Claims): string | null {
    const { partyClaim, parties } = this.options.settings;
    const party = claimAt(claims, partyClaim) ?? null;
    if (party === null) return null;
    if (typeof party !== 'string' || !partyPattern.test(party))
      throw new TokenRefused(
        `The claim "${partyClaim}" of the access token must be a party code such as RU.`,
      );
    if (parties.includes(party)) return party;
    throw new TokenRefused(
      `The issuer of the access token may not name the party ${party}: ENTENTE_OIDC_PARTIES says which it may.`,
    );
  }

  /** Issuers keep the roles of other services beside ours, so what we don't know is passed over. */
  #rolesOf(claims: Claims): readonly Role[] {
    const { rolesClaim, rolePrefix } = this.options.settings;
    const claimed = claimAt(claims, rolesClaim) ?? [];
    const names: unknown = typeof claimed === 'string' ? claimed.split(' ') : claimed;
    if (!Array.isArray(names) || !names.every((one) => typeof one === 'string')) {
      throw new TokenRefused(
        `The claim "${rolesClaim}" of the access token must be a list of roles, or text with spaces between them.`,
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
function nameOf(claims: Claims): string {
  const name = [claims['name'], claims['preferred_username']].find(
    (one) => typeof one === 'string' && one !== '',
  );
  return typeof name === 'string' ? name.slice(0, nameMax) : 'Bearer of an access token';
}
