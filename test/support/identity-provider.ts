import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey, JWK, JWTPayload } from 'jose';
import type { OidcSettings } from '#config';
import type { Clock } from '../../src/platform/record/clock.js';

export const audience = 'https://entente.test';

export interface SigningKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly published: JWK;
}

/** What is different from a good token; undefined leaves a claim or a member of the header out. */
export interface Wanted {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly key?: SigningKey;
}

export async function signingKey(kid: string, alg = 'ES256'): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, published: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

type Answer = (response: ServerResponse, url: string) => void;

const json =
  (body: unknown): Answer =>
  (response) =>
    void response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));

/** How a provider may fail whoever asks it for anything. */
export const failings = {
  'answers 503': (response) => void response.writeHead(503).end('{"keys":[]}'),
  'breaks off': (response) => void response.destroy(),
  'answers with words': (response) => void response.writeHead(200).end('<html>Welcome</html>'),
  'answers with no object': json(null),
  'answers with a set that is none': json({ keys: 'none' }),
  'answers without end': (response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    const more = () => {
      while (!response.destroyed && response.write(' '.repeat(65_536)));
    };
    response.on('drain', more);
    more();
  },
  'sends elsewhere': (response, url) => void response.writeHead(302, { Location: `${url}/other` }).end(),
} satisfies Record<string, Answer>;

/** What an issuer publishes that has withdrawn every key. */
export const noKeys = json({ keys: [] });

/** Takes the request and says nothing, ever. */
export const silence: Answer = () => undefined;

/** An OpenID Connect provider on loopback, as far as whoever checks its tokens gets to see it. */
export class IdentityProvider {
  readonly asked: string[] = [];
  /** Takes the place of every answer while it is set. */
  failing: Answer | undefined;
  /** What the discovery document says besides, or instead. */
  document: Record<string, unknown> = {};
  #published: readonly JWK[];
  #tokens = 0;

  private constructor(
    private readonly server: Server,
    private readonly clock: Clock,
    readonly key: SigningKey,
  ) {
    this.#published = [key.published];
    server.on('request', (request, response) => this.#answer(request, response));
  }

  static async start(clock: Clock): Promise<IdentityProvider> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new IdentityProvider(server, clock, await signingKey('first'));
  }

  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/realms/entente`;
  }

  get jwksUrl(): string {
    return `${this.issuer}/keys`;
  }

  settings(wanted: Partial<OidcSettings> = {}): OidcSettings {
    return {
      issuer: this.issuer,
      audience,
      jwksUrl: undefined,
      rolesClaim: 'entente_roles',
      rolePrefix: '',
      partyClaim: 'entente_party',
      parties: ['RU', 'US'],
      ...wanted,
    };
  }

  publish(...keys: readonly SigningKey[]): void {
    this.#published = keys.map((one) => one.published);
  }

  /** Whatever is no key for us, in its place. */
  publishInstead(jwk: JWK): void {
    this.#published = [jwk];
  }

  /** The claims of a good token: a reader's, for five minutes. */
  claims(wanted: Readonly<Record<string, unknown>> = {}): JWTPayload {
    this.#tokens += 1;
    const now = Math.floor(this.clock.now() / 1_000);
    const claims = {
      iss: this.issuer,
      aud: audience,
      sub: 'somebody@ministry.test',
      iat: now,
      exp: now + 300,
      jti: `token-${this.#tokens}`,
      entente_roles: ['reader'],
      ...wanted,
    };
    return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
  }

  async token({ claims, header, key = this.key }: Wanted = {}): Promise<string> {
    const members = { alg: key.alg, kid: key.kid, typ: 'at+jwt', ...header };
    const given = Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
    return new SignJWT(this.claims(claims)).setProtectedHeader(given as { alg: string }).sign(key.privateKey);
  }

  #answer({ url = '' }: IncomingMessage, response: ServerResponse): void {
    this.asked.push(url);
    if (this.failing !== undefined) return this.failing(response, this.issuer);
    if (url === '/realms/entente/.well-known/openid-configuration')
      return json({ issuer: this.issuer, jwks_uri: this.jwksUrl, ...this.document })(response, '');
    if (url === '/realms/entente/keys') return json({ keys: this.#published })(response, '');
    response.writeHead(404).end();
  }
}
