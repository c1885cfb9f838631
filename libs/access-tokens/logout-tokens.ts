import { IssuedTokens } from './issued-tokens.js';
import type { IssuedTokenOptions } from './issued-tokens.js';
import { TokenRefused } from './refusals.js';

const event = 'http://schemas.openid.net/event/backchannel-logout';
/** Older than that it says nothing of now: somebody has kept it. */
const ageMax = '2 minutes';

/** Who is signed out: all sessions of that subject, or the one of that name, of whomever it is; one of both is there. */
export type SignedOut =
  | { readonly subject: string; readonly session?: string }
  | { readonly subject?: undefined; readonly session: string };

/** Checks the logout tokens of an issuer (OpenID Connect Back-Channel Logout 1.0 §2.6); the audience is the client's id. */
export class LogoutTokens {
  readonly #tokens: IssuedTokens;

  constructor(options: IssuedTokenOptions) {
    this.#tokens = new IssuedTokens(options);
  }

  /** Throws `TokenRefused`. */
  async verify(token: string): Promise<SignedOut> {
    const { payload } = await this.#tokens.verify(token, {
      typ: /^(application\/)?(logout\+)?jwt$/i,
      typInWords: 'logout+jwt or JWT',
      requiredClaims: ['iat', 'events'],
      maxTokenAge: ageMax,
    });
    const { sub, sid, events } = payload;
    const isLogout = typeof events === 'object' && events !== null && Object.hasOwn(events, event);
    const [subject, session] = [sub, sid].map((one) =>
      typeof one === 'string' && one !== '' ? one : undefined,
    );
    if (isLogout && !Object.hasOwn(payload, 'nonce')) {
      if (subject !== undefined) return { subject, ...(session === undefined ? {} : { session }) };
      // Whoever names neither somebody nor nobody has made it wrong, and means nobody's session.
      if (session !== undefined && sub === undefined) return { session };
    }
    throw new TokenRefused('This is no logout token.');
  }
}
