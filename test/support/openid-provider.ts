import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import type { JWK, JWTPayload } from 'jose';
import { Provider } from 'oidc-provider';
import type { OidcSettings, SignInSettings } from '#config';

import { ProviderStore } from './provider-store.js';
import type { Payload } from './provider-store.js';

export const audience = 'https://entente.test';

/** Whoever has an account at a provider, and what it says of them in either kind of token. */
export interface Account {
  readonly name: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

export interface ProviderOptions {
  /** The client of the pages, and where people are sent back to. */
  readonly address: string;
  readonly id: string;
  readonly accounts: Readonly<Record<string, Account>>;
  /** How long ID tokens hold, in seconds. */
  readonly seconds?: number;
  /** The public key of the client as a set, where it has no secret. */
  readonly clientKeys?: { readonly keys: readonly object[] };
}

const secret = 'a secret of the pages, long enough to be one';

/** oidc-provider on loopback: a real one, where whoever is asked to sign in does so at once, as `person`. */
export class OpenIdProvider {
  /** The account by which the next browser signs in; nobody: it declines. */
  person: string | undefined;
  readonly provider: Provider;
  /** Takes the place of every answer while it is set. */
  failing: ((response: ServerResponse) => void) | undefined;
  /** All that it keeps. */
  readonly #held = new Map<string, Payload>();

  private constructor(
    private readonly server: Server,
    readonly issuer: string,
    private readonly options: ProviderOptions,
    private readonly key: JWK,
  ) {
    this.provider = new Provider(issuer, this.#configuration(key) as never);
    const answer = this.provider.callback();
    server.on('request', (request, response) => {
      if (this.failing !== undefined) return this.failing(response);
      if (request.url?.startsWith('/interaction/') === true) return void this.#interact(request, response);
      void answer(request, response);
    });
  }

  static async start(options: ProviderOptions): Promise<OpenIdProvider> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const key = { ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: `of ${options.id}` };
    return new OpenIdProvider(server, `http://127.0.0.1:${port}`, options, key);
  }

  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  /** The names of all sessions in which somebody has signed in to the pages, as its tokens give them, oldest first. */
  sessions(): readonly string[] {
    return [...this.#held].flatMap(([name, { authorizations }]) => {
      const { pages } = (authorizations ?? {}) as { readonly pages?: { readonly sid?: string } };
      return name.startsWith('Session ') && pages?.sid !== undefined ? [pages.sid] : [];
    });
  }

  /** A logout token of its own (OpenID Connect Back-Channel Logout 1.0 §2.4), but for what is told. */
  async logoutToken(told: JWTPayload): Promise<string> {
    const event = 'http://schemas.openid.net/event/backchannel-logout';
    const now = Math.floor(Date.now() / 1_000);
    const claims = {
      iss: this.issuer,
      aud: 'pages',
      iat: now,
      exp: now + 120,
      jti: '1',
      events: { [event]: {} },
    };
    const header = {
      alg: 'ES256',
      typ: 'logout+jwt',
      ...(this.key.kid === undefined ? {} : { kid: this.key.kid }),
    };
    return new SignJWT({ ...claims, ...told })
      .setProtectedHeader(header)
      .sign(await importJWK(this.key, 'ES256'));
  }

  settings(party: string | null, wanted: Partial<SignInSettings> = {}): OidcSettings {
    const { id, address } = this.options;
    return {
      issuer: this.issuer,
      audience,
      jwksUrl: undefined,
      rolesClaim: 'entente_roles',
      rolePrefix: '',
      partyClaim: 'entente_party',
      parties: party === null ? [] : [party],
      boundTo: { party },
      signIn: {
        id,
        name: `Ministry of ${id.toUpperCase()}`,
        address,
        clientId: 'pages',
        authentication: { kind: 'secret', secret },
        scopes: ['openid', 'profile'],
        ...wanted,
      },
    };
  }

  async #interact(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const result =
      this.person === undefined
        ? { error: 'access_denied' }
        : { login: { accountId: this.person, remember: false } };
    await this.provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }

  #configuration(key: JWK) {
    const { address, id, accounts, seconds = 3_600, clientKeys } = this.options;
    const claimsOf = (sub: string) => ({ sub, name: accounts[sub]?.name, ...accounts[sub]?.claims });
    const pages = {
      client_id: 'pages',
      id_token_signed_response_alg: 'ES256',
      redirect_uris: [`${address}/sign-in/from/${id}`],
      post_logout_redirect_uris: [`${address}/`],
      backchannel_logout_uri: `${address}/sign-out/by/${id}`,
      backchannel_logout_session_required: true,
      ...(clientKeys === undefined
        ? { client_secret: secret }
        : { token_endpoint_auth_method: 'private_key_jwt', jwks: clientKeys }),
    };
    const tool = {
      client_id: 'tool',
      id_token_signed_response_alg: 'ES256',
      redirect_uris: ['http://127.0.0.1/tool'],
      token_endpoint_auth_method: 'none',
    };
    // A client with keys can't be given by the configuration: it is cloned there, and in a test that makes strangers of objects.
    const held = this.#held.set('Client pages', pages);
    return {
      clients: [tool],
      jwks: { keys: [key] },
      adapter: (model: string) => new ProviderStore(model, held),
      cookies: { keys: ['a key of the cookies of a test'] },
      claims: { openid: ['sub', 'entente_roles', 'entente_party'], profile: ['name'] },
      conformIdTokenClaims: false,
      findAccount: (_: unknown, sub: string) =>
        accounts[sub] === undefined ? undefined : { accountId: sub, claims: () => claimsOf(sub) },
      extraTokenClaims: (_: unknown, { accountId }: { accountId: string }) => claimsOf(accountId),
      ttl: { IdToken: seconds, AccessToken: seconds, Session: 86_400, Grant: 86_400, Interaction: 600 },
      interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
      loadExistingGrant: (ctx: GrantContext) => this.#grantAll(ctx),
      renderError: (ctx: Page, out: object) => shown(ctx, JSON.stringify(out)),
      features: {
        devInteractions: { enabled: false },
        backchannelLogout: { enabled: true },
        rpInitiatedLogout: { enabled: true, logoutSource: shown },
        resourceIndicators: {
          enabled: true,
          getResourceServerInfo: () => ({
            scope: 'openid',
            audience,
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: 'ES256' } },
          }),
        },
      },
    };
  }

  /** Nobody is asked for a consent. */
  async #grantAll({ oidc }: GrantContext) {
    const grant = new this.provider.Grant({
      clientId: oidc.client.clientId,
      accountId: oidc.session.accountId,
    });
    grant.addOIDCScope('openid profile');
    grant.addResourceScope(audience, 'openid');
    await grant.save();
    return grant;
  }
}

interface Page {
  body: string;
}

function shown(ctx: Page, text: string): void {
  ctx.body = text;
}

interface GrantContext {
  readonly oidc: {
    readonly client: { readonly clientId: string };
    readonly session: { readonly accountId: string };
  };
}
