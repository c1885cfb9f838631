import { decodeJwt } from 'jose';
import type { Claims } from './claims.js';
import { bytesMax, IssuedTokens } from './issued-tokens.js';
import type { IssuedTokenOptions, Verified } from './issued-tokens.js';
import { TokenRefused } from './refusals.js';

export type { Claims } from './claims.js';

const subjectMax = 255;

/** The issuer that a token names, before anything of it is checked; undefined where it names none. */
export function issuerNamedIn(token: string): string | undefined {
  if (token.length > bytesMax) return undefined;
  try {
    return decodeJwt(token).iss;
  } catch {
    // Whoever checks it says what is wrong with it.
    return undefined;
  }
}

/** Checks JWT access tokens (RFC 9068, RFC 8725) against the keys that their issuer publishes. */
export class AccessTokens {
  readonly #tokens: IssuedTokens;

  constructor(private readonly options: IssuedTokenOptions) {
    this.#tokens = new IssuedTokens(options);
  }

  /** The claims of a good token. Throws `TokenRefused` for every other one, whatever is wrong with it. */
  async verify(token: string): Promise<Claims> {
    const verified = await this.#tokens.verify(token, {
      typ: /^(application\/)?(at\+)?jwt$/i,
      typInWords: 'at+jwt or JWT',
      requiredClaims: ['exp', 'sub'],
    });
    refuseIdToken(verified);
    const { iss, sub, ...others } = verified.payload;
    if (typeof sub !== 'string' || sub === '' || sub.length > subjectMax)
      throw new TokenRefused(
        `The claim "sub" of the access token must be text of 1 to ${subjectMax} characters.`,
      );
    return { ...others, iss: iss ?? this.options.issuer, sub };
  }

  /** How many keys the issuer publishes now. Throws `KeysUnavailable`. */
  async keyCount(): Promise<number> {
    return this.#tokens.keyCount();
  }
}

/**
 * An ID token tells a client who has signed in. It is shown to browsers and carried in addresses, and its audience may
 * be the very name that an operator gives here; it must not write a record. Many issuers do not mark access tokens
 * as `at+jwt`, so what only ID tokens have is looked for.
 */
function refuseIdToken({ header: { typ }, payload }: Verified): void {
  if (typeof typ === 'string' && /at\+jwt$/i.test(typ)) return;
  const isMarked = payload['typ'] === 'ID' || payload['token_use'] === 'id';
  if (isMarked || ['nonce', 'at_hash', 'c_hash'].some((name) => Object.hasOwn(payload, name)))
    throw new TokenRefused('This is an ID token; send the access token that came with it.');
}
