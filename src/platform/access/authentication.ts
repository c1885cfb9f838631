import { TokenRefused } from '#libs/access-tokens';
import { Problem } from '#libs/problem-details';
import { Credentials } from './credentials.js';
import { KeyAwaits } from './key-awaits.js';
import { isKeyLike } from './key-form.js';
import { platformProblems } from '../problems/platform.problems.js';
import type { Principal } from '../record/principal.js';
import type { TokenPrincipals } from './token-principals.js';

const challenge = 'Bearer realm="entente"';

function unauthenticated(detail: string, header: string): Problem {
  return new Problem(platformProblems.UNAUTHENTICATED, { detail, headers: { 'WWW-Authenticate': header } });
}

/** The key or token that an Authorization header carries (RFC 6750 §2.1). */
function bearerOf(header: string | undefined): string | undefined {
  return /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
}

/** Who asks, by API key or, where an issuer is configured, by one of its access tokens. */
export class Authentication {
  constructor(
    private readonly credentials: Credentials,
    private readonly tokens: TokenPrincipals | undefined,
  ) {}

  /** Who asks, where that is known without a way to the store; undefined where `principalOf` has to find it out. */
  known(authorization: string | undefined): Principal | undefined {
    const bearer = bearerOf(authorization);
    return bearer === undefined ? undefined : this.credentials.known(bearer);
  }

  /** Throws the problem 401, which names an error only where something was sent (RFC 6750 §3.1). */
  async principalOf(authorization: string | undefined): Promise<Principal> {
    const bearer = bearerOf(authorization);
    if (bearer === undefined) {
      const wanted = this.tokens === undefined ? 'no key' : 'neither a key nor an access token';
      throw unauthenticated(`The request carries ${wanted}.`, challenge);
    }
    try {
      return await this.#bearer(bearer);
    } catch (error) {
      if (!(error instanceof TokenRefused || error instanceof KeyAwaits)) throw error;
      throw unauthenticated(error.message, `${challenge}, error="invalid_token"`);
    }
  }

  /** A key is told by its form before the issuer comes into it: keys work on while the issuer is down. */
  async #bearer(bearer: string): Promise<Principal> {
    if (this.tokens !== undefined && !isKeyLike(bearer)) return this.tokens.principalOf(bearer);
    const principal = await this.credentials.authenticate(bearer);
    if (principal !== undefined) return principal;
    throw new TokenRefused('The key is unknown, expired or revoked.');
  }
}
