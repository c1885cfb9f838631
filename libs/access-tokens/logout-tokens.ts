import { IssuedTokens } from './issued-tokens.js';
import type { IssuedTokenOptions } from './issued-tokens.js';
import { TokenRefused } from './refusals.js';

const event = 'http://schemas.openid.net/event/backchannel-logout';
/** Older than that it says nothing of now: somebody has kept it. */
const ageMax = '2 minutes';

/** Who is signed out: all sessions of that subject, or the one of that name. */
export interface SignedOut {
  readonly subject: string;
  readonly session?: string;
}

/** Checks the logout tokens of an issuer (OpenID Connect Back-Channel Logout 1.0 §2.6); the audience is the client's id. */
export class LogoutTokens {
  readonly #tokens: IssuedTokens;

  constructor(options: IssuedTokenOptions) {
    this.#tokens = new IssuedTokens(options);
  }

  /** Throws `TokenRefused`. One that names a session alone is refused too: sessions are found by their subject. */
  async verify(token: string): Promise<SignedOut> {
    const { payload } = await this.#tokens.verify(token, {
      typ: /^(application\/)?(logout\+)?jwt$/i,
      typInWords: 'logout+jwt or JWT',
      requiredClaims: ['iat', 'sub', 'events'],
      maxTokenAge: ageMax,
    });
    const { sub = '', sid, events } = payload;
    const isLogout = typeof events === 'object' && events !== null && Object.hasOwn(events, event);
    if (!isLogout || Object.hasOwn(payload, 'nonce') || sub === '')
      throw new TokenRefused('This is no logout token.');
    return { subject: sub, ...(typeof sid === 'string' ? { session: sid } : {}) };
  }
}
