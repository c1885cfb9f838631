import { decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import type { JWTPayload, ProtectedHeaderParameters } from 'jose';
import type { Claims } from './claims.js';
import { KeySource } from './key-source.js';
import type { KeySourceOptions } from './key-source.js';
import { refusalOf, TokenRefused } from './refusals.js';

export type { Claims } from './claims.js';

/** Public keys alone verify these. One with a shared secret would take the published key for the secret. */
const algorithms = [
  ...['RS256', 'RS384', 'RS512'],
  ...['PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512'],
  ...['EdDSA', 'Ed25519'],
];
const toleranceSeconds = 30;
const bytesMax = 8 * 1024;
const subjectMax = 255;

/** A token may name a key, and never bring one along; nor demand what it does not say that we know. */
const forbiddenInHeader = ['jwk', 'jku', 'x5u', 'x5c', 'crit'];

export interface AccessTokenOptions extends KeySourceOptions {
  readonly audience: string;
}

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
  readonly #keys: KeySource;

  constructor(private readonly options: AccessTokenOptions) {
    this.#keys = new KeySource(options);
  }

  /** The claims of a good token. Throws `TokenRefused` for every other one, whatever is wrong with it. */
  async verify(token: string): Promise<Claims> {
    if (token.length > bytesMax) throw new TokenRefused('The access token is longer than 8 KiB.');
    const header = headerOf(token);
    refuseHeader(header);
    const payload = await this.#checked(token);
    refuseIdToken(header, payload);
    const { iss, sub } = payload;
    if (typeof sub !== 'string' || sub === '' || sub.length > subjectMax)
      throw new TokenRefused(
        `The claim "sub" of the access token must be text of 1 to ${subjectMax} characters.`,
      );
    return { ...payload, iss: iss ?? this.options.issuer, sub };
  }

  /** How many keys the issuer publishes now. Throws `KeysUnavailable`. */
  async keyCount(): Promise<number> {
    return this.#keys.count();
  }

  async #checked(token: string): Promise<JWTPayload> {
    const { fetchedAt } = this.#keys;
    try {
      return await this.#verified(token);
    } catch (error) {
      const isWrong = error instanceof errors.JWSSignatureVerificationFailed;
      if (!isWrong || !(await this.#keys.renewedSince(fetchedAt))) throw refusalOf(error);
    }
    return this.#verified(token).catch((error: unknown) => {
      throw refusalOf(error);
    });
  }

  async #verified(token: string): Promise<JWTPayload> {
    const { issuer, audience, now } = this.options;
    const { payload } = await jwtVerify(token, this.#keys.find, {
      algorithms,
      issuer,
      audience,
      requiredClaims: ['exp', 'sub'],
      clockTolerance: toleranceSeconds,
      currentDate: new Date(now()),
    });
    return payload;
  }
}

function headerOf(token: string): ProtectedHeaderParameters {
  try {
    return decodeProtectedHeader(token);
  } catch (cause) {
    throw new TokenRefused('It is neither an API key nor a well-formed access token.', { cause });
  }
}

function refuseHeader(header: ProtectedHeaderParameters): void {
  const { alg, typ } = header;
  if (typeof alg !== 'string' || !algorithms.includes(alg)) {
    throw new TokenRefused(
      `The access token is not signed with an algorithm that is taken: ${algorithms.join(', ')}.`,
    );
  }
  const brought = forbiddenInHeader.find((name) => Object.hasOwn(header, name));
  if (brought !== undefined)
    throw new TokenRefused(`The header of an access token must not carry "${brought}".`);
  if (typ !== undefined && (typeof typ !== 'string' || !/^(application\/)?(at\+)?jwt$/i.test(typ)))
    throw new TokenRefused('The header of the access token has a "typ" other than at+jwt or JWT.');
}

/**
 * An ID token tells a client who has signed in. It is shown to browsers and carried in addresses, and its audience may
 * be the very name that an operator gives here; it must not write a record. Many issuers do not mark access tokens
 * as `at+jwt`, so what only ID tokens have is looked for.
 */
function refuseIdToken({ typ }: ProtectedHeaderParameters, payload: JWTPayload): void {
  if (typeof typ === 'string' && /at\+jwt$/i.test(typ)) return;
  const isMarked = payload['typ'] === 'ID' || payload['token_use'] === 'id';
  if (isMarked || ['nonce', 'at_hash', 'c_hash'].some((name) => Object.hasOwn(payload, name)))
    throw new TokenRefused('This is an ID token; send the access token that came with it.');
}
