import { afterAll } from '@jest/globals';
import { demonstrationPrincipals } from '../../src/demo/principals.js';
import { keyIdOf } from '../../src/platform/access/key-form.js';
import { sealed } from '../../src/site/sealed.js';
import { startServer } from '../../src/server.js';
import type { Server, ServerOptions } from '../../src/server.js';
import type { Settings } from '#config';
import { entityTag } from '#libs/preconditions';
import type { Clock } from '../../src/platform/record/clock.js';
import type { ConnectionLimits } from '../../src/platform/http/connections.js';
import type { StoreWaits } from '../../src/platform/opened-store.js';
import { atLength } from './at-length.js';
import { publishedAnswers } from './described-answers.js';
import { ownStore, startEngine } from './engine.js';
import type { Engine } from './engine.js';
import { backstopMs } from './pace.js';
import { projected } from './settling.js';

export type Body = Record<string, unknown>;

export interface Answer<T = Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

export type PrincipalName = (typeof demonstrationPrincipals)[number]['name'];

export const quietSettings: Settings = {
  directory: undefined,
  storeUrl: undefined,
  host: '127.0.0.1',
  port: 0,
  requestsPerMinute: 10_000_000,
  heldBytesPerDialogue: 1024 * 1024 * 1024,
  answerMs: 10_000,
  keysUnaskedMs: 300_000,
  trustedProxies: [],
  webhookNetworks: ['127.0.0.1'],
  journal: undefined,
  logLevel: 'silent',
  tracing: undefined,
  ledgerHost: undefined,
  ledgerKey: undefined,
  ledgerGuard: undefined,
  ledgerOpen: true,
  ledgerWitnesses: undefined,
  key: undefined,
  oidc: [],
  colours: false,
};

interface Asked {
  readonly as?: PrincipalName | 'nobody';
  /** Text and bytes are sent as they are, anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

function asSent(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
}

/** Asks again as long as the read models lag behind what was asked for, as that answer tells every client to. */
async function patiently(ask: () => Promise<Response>): Promise<{ response: Response; text: string }> {
  const began = performance.now();
  for (;;) {
    const response = await ask();
    const text = await response.text();
    const isLagging = response.status === 503 && text.includes('"code":"projection-lagging"');
    if (!isLagging || performance.now() - began > backstopMs) return { response, text };
  }
}

const started: Promise<Api>[] = [];

/** Whatever a failed test, or a hook that took too long, has left running: it would keep the process from ending. */
afterAll(async () => {
  for (const starting of started.splice(0)) await starting.then((api) => api.stop()).catch(() => undefined);
});

/** A server of its own with a key for each demonstration principal, and a client that speaks plain HTTP to it. */
export class Api {
  #keys = 0;
  #stopped: Promise<void> | undefined;
  #epoch = '';

  private constructor(
    readonly server: Server,
    readonly keys: Record<string, string>,
    private readonly engine: Engine,
    private readonly isInMemory: boolean,
  ) {}

  /** With a clock of its own where a test sets the time, and limits where it can't wait as long as a server does. */
  static start(
    settings: Partial<Settings> = {},
    clock?: Clock,
    connectionLimits?: ConnectionLimits,
    storeWaits?: StoreWaits,
    storeThrough?: ServerOptions['storeThrough'],
    feedLimits?: ServerOptions['feedLimits'],
  ): Promise<Api> {
    const starting = Api.#start(settings, clock, connectionLimits, storeWaits, storeThrough, feedLimits);
    started.push(starting);
    return starting;
  }

  static async #start(
    settings: Partial<Settings>,
    clock: Clock | undefined,
    connectionLimits: ConnectionLimits | undefined,
    storeWaits: StoreWaits | undefined,
    storeThrough: ServerOptions['storeThrough'],
    feedLimits: ServerOptions['feedLimits'],
  ): Promise<Api> {
    const engine = await ('storeUrl' in settings ? ownStore() : startEngine());
    const { storeUrl } = engine;
    const options = {
      settings: { ...quietSettings, storeUrl, ...settings },
      ...(clock === undefined ? {} : { clock }),
      ...(connectionLimits === undefined ? {} : { connectionLimits }),
      ...(storeWaits === undefined ? {} : { storeWaits }),
      ...(storeThrough === undefined ? {} : { storeThrough }),
      ...(feedLimits === undefined ? {} : { feedLimits }),
    };
    const server = await atLength(() => startServer(options));
    const keys: Record<string, string> = {};
    const { directory, storeUrl: store } = options.settings;
    const isInMemory = directory === undefined && store === undefined && storeThrough === undefined;
    const api = new Api(server, keys, engine, isInMemory);
    try {
      await api.#open();
      return api;
    } catch (error) {
      await api.stop();
      throw error;
    }
  }

  async #open(): Promise<void> {
    const { record } = this.server;
    // Of two on one store, the second may have to wait for the first one's lease.
    await record.lease.waitHeld(backstopMs);
    await projected(record.projections);
    ({ epoch: this.#epoch } = await record.store.identity());
    for (const { name, party, roles } of demonstrationPrincipals) {
      const wanted = { name, party, roles, days: 400 };
      const issue = () => record.credentials.issue(wanted, { as: 'demonstration' });
      this.keys[name] = (await atLength(issue)).key;
    }
  }

  /** What a browser sends that has just given this key in the form. */
  cookieFor(key: string): string {
    const { moments, clock } = this.server.record;
    const now = clock.now();
    const session = { by: 'key', keyId: keyIdOf(key) ?? '', since: now, seen: now } as const;
    return `entente=${sealed(moments, 'session', this.#epoch, session)}`;
  }

  stop(): Promise<void> {
    return (this.#stopped ??= this.server.stop().then(() => this.engine.stop()));
  }

  /** Asks, and holds whatever is answered against what this very server publishes of its answers. */
  async ask<T = Body>(
    method: string,
    path: string,
    { as = 'secretariat', body, headers = {} }: Asked = {},
  ): Promise<Answer<T>> {
    const { response, text, contentType } = await this.#described(method, path, () =>
      fetch(`${this.server.url}${path}`, {
        method,
        headers: {
          // Packing and unpacking each answer takes longer than making many of them; what is packed has its own tests.
          'Accept-Encoding': 'identity',
          ...(as === 'nobody' ? {} : { Authorization: `Bearer ${this.keys[as]}` }),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: asSent(body) }),
      }),
    );
    const isJson = /json/.test(contentType ?? '') && !/ndjson/.test(contentType ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson ? JSON.parse(text) : text) as T,
    };
  }

  /** For clients that bring all but the sending: each answer is waited for, and held against the description, as in `ask`. */
  readonly fetch: typeof fetch = async (address, request = {}) => {
    const { pathname, search } = new URL(address instanceof Request ? address.url : address);
    const { response, text } = await this.#described(request.method ?? 'GET', pathname + search, () =>
      fetch(address, request),
    );
    return new Response(text, response);
  };

  async #described(method: string, path: string, send: () => Promise<Response>) {
    const { response, text } = await patiently(send);
    const contentType = response.headers.get('content-type');
    const { status } = response;
    const faults = publishedAnswers.faultsIn({ method, path, status, contentType, text });
    if (faults.length > 0) throw new Error(`Not as it is described:\n${faults.join('\n')}`);
    return { response, text, contentType };
  }

  get<T = Body>(path: string, as: PrincipalName = 'reader'): Promise<Answer<T>> {
    return this.ask<T>('GET', path, { as });
  }

  /** A create with a key of its own. */
  create<T = Body>(
    path: string,
    body: Body,
    as: PrincipalName | 'nobody' = 'secretariat',
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    this.#keys += 1;
    return this.ask<T>('POST', path, {
      as,
      body,
      headers: { 'Idempotency-Key': `create-${this.#keys}`, ...headers },
    });
  }

  /** Bytes for a source of the dialogue, with a key of their own. */
  sendBytes<T = { bytesId: string; sha256: string; size: number }>(
    dialogueId: string,
    bytes: string | Uint8Array,
    as: PrincipalName = 'secretariat',
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    this.#keys += 1;
    return this.ask<T>('POST', `/v1/dialogues/${dialogueId}/bytes`, {
      as,
      body: bytes,
      headers: {
        'Content-Type': 'application/octet-stream',
        'Idempotency-Key': `bytes-${this.#keys}`,
        ...headers,
      },
    });
  }

  /** An act on the present revision. */
  async act<T = Body>(
    path: string,
    body: Body,
    as: PrincipalName | 'nobody' = 'secretariat',
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const [, slice = '', id = ''] = /^\/v1\/([a-z]+)\/([^/]+)\//.exec(path) ?? [];
    const present = await this.#presentTag(slice, id);
    return this.ask<T>('POST', path, { as, body, headers: { 'If-Match': present, ...headers } });
  }

  /** As a reader is given it; where the record is in this process, the same is known there at a tenth of the cost. */
  async #presentTag(slice: string, id: string): Promise<string> {
    const { streams, registry } = this.server.record;
    const isHere = this.isInMemory && registry.slices.some(({ name }) => name === slice);
    const folded = isHere ? await streams.folded(slice, id) : undefined;
    if (folded !== undefined) return entityTag(BigInt(folded.revision));
    return (await this.get(`/v1/${slice}/${id}`)).headers.get('etag') ?? '';
  }

  /** Until policies have run, and what they brought about is in the read models. */
  async settled(): Promise<void> {
    for (let level = 0; level < 2; level += 1) await projected(this.server.record.projections);
  }

  /** The types of the events of one stream, for asserting also what did not happen. */
  async types(slice: string, id: string): Promise<readonly string[]> {
    const { prefix } = this.server.record.registry.get(slice);
    return (await this.server.record.streams.events(`${prefix}-${id}`)).map((one) => one.type);
  }
}
