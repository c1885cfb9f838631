import { demonstrationPrincipals } from '../../src/demo/principals.js';
import { startServer } from '../../src/server.js';
import type { Server } from '../../src/server.js';
import type { Settings } from '#config';
import type { Clock } from '../../src/platform/clock.js';
import { describedAnswers } from './described-answers.js';
import { startEngine } from './engine.js';
import type { Answered } from './described-answers.js';
import type { Engine } from './engine.js';

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
  trustedProxies: [],
  logLevel: 'silent',
  key: undefined,
  oidc: undefined,
  colours: false,
};

/** What each server is asked beside what a test asks it, for tests that count: its description, once. */
export const descriptionsRead = 1;

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

/** A server of its own with a key for each demonstration principal, and a client that speaks plain HTTP to it. */
export class Api {
  #keys = 0;
  #described: Promise<string> | undefined;

  private constructor(
    readonly server: Server,
    readonly keys: Readonly<Record<string, string>>,
    private readonly engine: Engine,
  ) {}

  /** With a clock of its own where a test sets the time. */
  static async start(settings: Partial<Settings> = {}, clock?: Clock): Promise<Api> {
    const engine = await startEngine();
    const { storeUrl } = engine;
    const server = await startServer({
      settings: { ...quietSettings, storeUrl, ...settings },
      ...(clock === undefined ? {} : { clock }),
    });
    // A real server may hold much from earlier runs, and the lease of one that was killed.
    await server.record.lease.waitHeld(10_000);
    const { projections } = server.record;
    while ((await projections.settled({ timeoutMs: 20_000 })) !== 'reached') {
      const halted = projections.status().find(({ state }) => state === 'halted');
      if (halted !== undefined) throw new Error(`${halted.name} halted: ${halted.error?.message}`);
    }
    const keys: Record<string, string> = {};
    for (const { name, party, roles } of demonstrationPrincipals) {
      keys[name] = (await server.record.credentials.issue({ name, party, roles, days: 400 })).key;
    }
    return new Api(server, keys, engine);
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await this.engine.stop();
  }

  /** Asks, and holds whatever is answered against what this very server publishes of its answers. */
  async ask<T = Body>(
    method: string,
    path: string,
    { as = 'secretariat', body, headers = {} }: Asked = {},
  ): Promise<Answer<T>> {
    const response = await fetch(`${this.server.url}${path}`, {
      method,
      headers: {
        ...(as === 'nobody' ? {} : { Authorization: `Bearer ${this.keys[as]}` }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: asSent(body) }),
    });
    const text = await response.text();
    const contentType = response.headers.get('content-type');
    const faults = await this.undescribed({ method, path, status: response.status, contentType, text });
    if (faults.length > 0) throw new Error(`Not as it is described:\n${faults.join('\n')}`);
    const isJson = /json/.test(contentType ?? '') && !/ndjson/.test(contentType ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson ? JSON.parse(text) : text) as T,
    };
  }

  /** What in an answer of this server is not as it describes it; for answers that came another way than by `ask`. */
  async undescribed(answered: Answered): Promise<readonly string[]> {
    this.#described ??= fetch(`${this.server.url}/openapi.json`).then((response) => response.text());
    return describedAnswers(await this.#described).faultsIn(answered);
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

  /** An act on the present revision. */
  async act<T = Body>(
    path: string,
    body: Body,
    as: PrincipalName | 'nobody' = 'secretariat',
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const [, slice, id] = /^\/v1\/([a-z]+)\/([^/]+)\//.exec(path) ?? [];
    const present = await this.get(`/v1/${slice}/${id}`);
    return this.ask<T>('POST', path, {
      as,
      body,
      headers: { 'If-Match': present.headers.get('etag') ?? '', ...headers },
    });
  }

  /** Until policies have run, and what they brought about is in the read models. */
  async settled(): Promise<void> {
    for (let level = 0; level < 2; level += 1) {
      const waited = await this.server.record.projections.settled({ timeoutMs: 20_000 });
      if (waited !== 'reached') throw new Error('The projections lag.');
    }
  }

  /** The types of the events of one stream, for asserting also what did not happen. */
  async types(slice: string, id: string): Promise<readonly string[]> {
    const { prefix } = this.server.record.registry.get(slice);
    return (await this.server.record.world.events(`${prefix}-${id}`)).map((one) => one.type);
  }
}
