import type { OidcSettings } from '#config';
import { AccessTokens, issuerNamedIn } from '#libs/access-tokens';
import type { Clock } from '../record/clock.js';
import type { Ids } from '../record/ids.js';
import type { Principal } from '../record/principal.js';
import { ClaimedPrincipals } from './claimed-principals.js';

export interface TokenPrincipalsOptions {
  /** At least one. */
  readonly issuers: readonly OidcSettings[];
  readonly clock: Clock;
  readonly ids: Ids;
  /** Told why the keys of an issuer can't be fetched. */
  readonly report: (reason: string) => void;
}

interface Issuer {
  readonly name: string;
  readonly tokens: AccessTokens;
  readonly principals: ClaimedPrincipals;
}

/** The principals that access tokens speak for, token by token, each by the rules of the issuer that it names. */
export class TokenPrincipals {
  readonly #issuers: readonly Issuer[];

  constructor({ issuers, clock, ids, report }: TokenPrincipalsOptions) {
    this.#issuers = issuers.map((settings) => ({
      name: settings.issuer,
      tokens: new AccessTokens({ ...settings, now: () => clock.now(), report }),
      principals: new ClaimedPrincipals(settings, ids),
    }));
  }

  /** Throws `TokenRefused`. What a token says of its issuer only chooses who checks it, and is checked by them. */
  async principalOf(token: string): Promise<Principal> {
    const named = issuerNamedIn(token);
    const issuer = this.#issuers.find(({ name }) => name === named) ?? this.#issuers[0];
    if (issuer === undefined) throw new Error('No issuer is configured.');
    return issuer.principals.principalOf(await issuer.tokens.verify(token), 'access token');
  }
}
