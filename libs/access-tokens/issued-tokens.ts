import { decodeProtectedHeader, errors, jwtVerify } from 'jose';
import type { JWTPayload, JWTVerifyOptions, ProtectedHeaderParameters } from 'jose';
import { KeySource } from './key-source.js';
import type { KeySourceOptions } from './key-source.js';
import { refusalOf, TokenRefused } from './refusals.js';

/** Public keys alone verify these. One with a shared secret would take the published key for the secret. */
const algorithms = [
  ...['RS256', 'RS384', 'RS512'],
  ...['PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512'],
  ...['EdDSA', 'Ed25519'],
];
const toleranceSeconds = 30;
export const bytesMax = 8 * 1024;

/** A token may name a key, and never bring one along; nor demand what it does not say that we know. */
const forbiddenInHeader = ['jwk', 'jku', 'x5u', 'x5c', 'crit'];

export interface IssuedTokenOptions extends KeySourceOptions {
  readonly audience: string;
}

export interface Wanted extends Pick<JWTVerifyOptions, 'requiredClaims' | 'maxTokenAge'> {
  /** Which kinds of token the header may name; all of them may name none. */
  readonly typ: RegExp;
  readonly typInWords: string;
}

export interface Verified {
  readonly header: ProtectedHeaderParameters;
  readonly payload: JWTPayload;
}

/** What every JWT of an issuer is held against (RFC 8725), with the keys that the issuer publishes. */
export class IssuedTokens {
  readonly #keys: KeySource;

  constructor(private readonly options: IssuedTokenOptions) {
    this.#keys = new KeySource(options);
  }

  /** Throws `TokenRefused` for every token that is not good, whatever is wrong with it. */
  async verify(token: string, wanted: Wanted): Promise<Verified> {
    if (token.length > bytesMax) throw new TokenRefused('The access token is longer than 8 KiB.');
    const header = headerOf(token);
    refuseHeader(header, wanted);
    return { header, payload: await this.#checked(token, wanted) };
  }

  /** How many keys the issuer publishes now. Throws `KeysUnavailable`. */
  async keyCount(): Promise<number> {
    return this.#keys.count();
  }

  async #checked(token: string, wanted: Wanted): Promise<JWTPayload> {
    const { fetchedAt } = this.#keys;
    try {
      return await this.#verified(token, wanted);
    } catch (error) {
      const isWrong = error instanceof errors.JWSSignatureVerificationFailed;
      if (!isWrong || !(await this.#keys.renewedSince(fetchedAt))) throw refusalOf(error);
    }
    return this.#verified(token, wanted).catch((error: unknown) => {
      throw refusalOf(error);
    });
  }

  async #verified(token: string, { typ: _, typInWords: __, ...wanted }: Wanted): Promise<JWTPayload> {
    const { issuer, audience, now } = this.options;
    const { payload } = await jwtVerify(token, this.#keys.find, {
      ...wanted,
      algorithms,
      issuer,
      audience,
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

function refuseHeader(header: ProtectedHeaderParameters, { typ: wanted, typInWords }: Wanted): void {
  const { alg, typ } = header;
  if (typeof alg !== 'string' || !algorithms.includes(alg)) {
    throw new TokenRefused(
      `The access token is not signed with an algorithm that is taken: ${algorithms.join(', ')}.`,
    );
  }
  const brought = forbiddenInHeader.find((name) => Object.hasOwn(header, name));
  if (brought !== undefined)
    throw new TokenRefused(`The header of an access token must not carry "${brought}".`);
  if (typ !== undefined && (typeof typ !== 'string' || !wanted.test(typ)))
    throw new TokenRefused(`The header of the access token has a "typ" other than ${typInWords}.`);
}
