import { importPKCS8 } from 'jose';
import * as client from 'openid-client';
import type { Claims } from '#libs/access-tokens';
import { askedWithin } from './asking.js';
import { IssuerMetadata, usualAnswerMs } from './issuer-metadata.js';
import type { Metadata, MetadataOptions } from './issuer-metadata.js';
import { ClaimFault, refusalOf, refusalOfToken, refusedClient } from './refusal-words.js';

const toleranceSeconds = 30;
/** As in access tokens, for both name the same people. */
const subjectMax = 255;

export type ClientAuthentication =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'key'; readonly pem: string; readonly algorithm: string; readonly keyId?: string };

export interface RelyingPartyOptions extends MetadataOptions {
  readonly clientId: string;
  readonly authentication: ClientAuthentication;
  /** As it is registered with the issuer; nobody is ever sent anywhere else. */
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  /** Undefined: what the issuer's discovery document says. */
  readonly jwksUrl?: string | undefined;
}

/** What ties the way back to the way out. It stays with the browser that began, sealed. */
export interface Begun {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export interface SignedIn {
  readonly claims: Claims;
  /** When what the issuer said of them ends, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/**
 * Signs people in at one issuer: the code flow of OpenID Connect Core 1.0 §3.1 with PKCE (RFC 7636, S256), state and nonce;
 * the answer has to be that issuer's (RFC 9207), and the ID token its own word, by its published keys.
 */
export class RelyingParty {
  readonly #metadata: IssuerMetadata;
  readonly #ask: client.CustomFetch;
  #key: Promise<client.CryptoKey> | undefined;

  constructor(private readonly options: RelyingPartyOptions) {
    this.#metadata = new IssuerMetadata(options);
    this.#ask = askedWithin(options.answerMs ?? usualAnswerMs);
  }

  /** Whether the issuer answers, as far as that is known within the time. */
  async answersWithin(ms: number): Promise<boolean> {
    const late = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => late.resolve(false), ms);
    const asked = this.#metadata.fresh().then(
      () => true,
      () => false,
    );
    return Promise.race([asked, late.promise]).finally(() => clearTimeout(timer));
  }

  /** Where to send the browser. Throws `IssuerAway`. */
  async begin(): Promise<{ readonly address: string; readonly begun: Begun }> {
    const configuration = await this.#configuration(await this.#metadata.fresh());
    const begun = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    };
    const { redirectUri, scopes } = this.options;
    const address = client.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: scopes.join(' '),
      state: begun.state,
      nonce: begun.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(begun.verifier),
      code_challenge_method: 'S256',
    });
    return { address: address.href, begun };
  }

  /** Who has come back with that query, in answer to what was begun. Throws `SignInRefused` or `IssuerAway`. */
  async finish(query: string, { state, nonce, verifier }: Begun): Promise<SignedIn> {
    const configuration = await this.#configuration(await this.#metadata.known());
    // By our own address, whatever name the request called us by.
    const returned = new URL(this.options.redirectUri);
    returned.search = query;
    let isAnswered = false;
    const ask = this.#ask;
    configuration[client.customFetch] = async (...request) => {
      const answer = await ask(...request);
      isAnswered ||= answer.ok;
      return answer;
    };
    try {
      const tokens = await client.authorizationCodeGrant(configuration, returned, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new ClaimFault('there is none');
      this.#refuse(claims);
      return { claims: { ...claims }, expiresAt: claims.exp * 1_000 };
    } catch (error) {
      throw (isAnswered ? refusalOfToken : refusalOf)(error, this.options.report);
    }
  }

  /** What OpenID Connect Core 1.0, §2 and §3.1.3.7, leaves to a client. */
  #refuse({ azp, iat, sub }: { readonly azp?: unknown; readonly iat: number; readonly sub: string }): void {
    if (azp !== undefined && azp !== this.options.clientId)
      throw new ClaimFault('another client has asked for it, azp');
    if (iat * 1_000 > Date.now() + toleranceSeconds * 1_000) throw new ClaimFault('it is of the future, iat');
    if (sub === '' || sub.length > subjectMax)
      throw new ClaimFault(`the subject is text of 1 to ${subjectMax} characters, sub`);
  }

  /** Where the issuer signs people out of itself; undefined where it does not, or does not answer. */
  async endSessionAddress(backTo: string): Promise<string | undefined> {
    const metadata = await this.#metadata.known().catch(() => undefined);
    if (metadata?.endSessionEndpoint === undefined) return undefined;
    const address = new URL(metadata.endSessionEndpoint);
    address.searchParams.set('client_id', this.options.clientId);
    address.searchParams.set('post_logout_redirect_uri', backTo);
    return address.href;
  }

  /**
   * What an operator would want to know before anybody signs in: undefined where all is well, else what the issuer refuses.
   * A code that it never gave is shown to it, which it refuses as such once it knows the client. Throws `IssuerAway`.
   */
  async refusedAtTheIssuer(): Promise<string | undefined> {
    const metadata = await this.#metadata.fresh();
    const methods = metadata.document['code_challenge_methods_supported'];
    if (Array.isArray(methods) && !methods.includes('S256')) return 'it takes no PKCE with S256';
    try {
      await client.genericGrantRequest(await this.#configuration(metadata), 'authorization_code', {
        code: 'none',
        redirect_uri: this.options.redirectUri,
        code_verifier: client.randomPKCECodeVerifier(),
      });
      return 'it took a code that it never gave';
    } catch (error) {
      return refusedClient(error);
    }
  }

  async #configuration({ document, ...found }: Metadata): Promise<client.Configuration> {
    const { clientId, jwksUrl } = this.options;
    const configuration = new client.Configuration(
      { ...document, jwks_uri: jwksUrl ?? found.jwksUri },
      clientId,
      { [client.clockTolerance]: toleranceSeconds },
      await this.#authentication(document),
    );
    client.enableNonRepudiationChecks(configuration);
    // Each address is looked at by our own rule, which lets http pass on loopback.
    client.allowInsecureRequests(configuration);
    configuration[client.customFetch] = this.#ask;
    return configuration;
  }

  async #authentication({
    token_endpoint_auth_methods_supported: methods,
  }: Metadata['document']): Promise<client.ClientAuth> {
    const { authentication } = this.options;
    if (authentication.kind === 'secret') {
      // What an issuer takes that does not say so (Discovery 1.0 §3).
      const takesBasic = !Array.isArray(methods) || methods.includes('client_secret_basic');
      const { secret } = authentication;
      return takesBasic ? client.ClientSecretBasic(secret) : client.ClientSecretPost(secret);
    }
    const { pem, algorithm, keyId } = authentication;
    this.#key ??= importPKCS8(pem, algorithm);
    const key = await this.#key;
    return client.PrivateKeyJwt(keyId === undefined ? key : { key, kid: keyId });
  }
}
