import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Settings } from '#config';
import { until } from './settling.js';

interface Attribute {
  readonly key: string;
  readonly value: Record<string, unknown>;
}

export interface Collected {
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly Attribute[];
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly status: { readonly code?: number; readonly message?: string };
  readonly events?: readonly unknown[];
}

interface Sent {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly Collected[] }[];
  }[];
}

/** Stands in for a collector: takes spans as OTLP over HTTP in JSON, or answers whatever it is told to. */
export class Collector {
  readonly bodies: string[] = [];
  readonly paths: string[] = [];
  readonly headers: Record<string, unknown>[] = [];
  status = 200;
  readonly #server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      this.paths.push(request.url ?? '');
      this.headers.push(request.headers);
      if (this.status === 200) this.bodies.push(body);
      response.writeHead(this.status, { 'Content-Type': 'application/json' }).end('{}');
    });
  });

  static async start(): Promise<Collector> {
    const collector = new Collector();
    collector.#server.listen(0, '127.0.0.1');
    await once(collector.#server, 'listening');
    return collector;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get spans(): readonly Collected[] {
    return this.#sent.flatMap(({ resourceSpans }) =>
      resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
    );
  }

  get resources(): readonly Record<string, unknown>[] {
    return this.#sent.flatMap(({ resourceSpans }) =>
      resourceSpans.map(({ resource }) => attributesOf(resource)),
    );
  }

  get #sent(): readonly Sent[] {
    return this.bodies.map((body) => JSON.parse(body) as Sent);
  }

  /** The spans of a trace, once there are all of these among them. */
  async trace(traceId: string, ...names: readonly string[]): Promise<readonly Collected[]> {
    const found = () => this.spans.filter((one) => one.traceId === traceId);
    await until(() => names.every((name) => found().some((one) => one.name === name)));
    return found();
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

export function attributesOf({
  attributes,
}: {
  readonly attributes: readonly Attribute[];
}): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}

/** Everything that is asked for, sent soon. */
export function tracingTo(url: string): NonNullable<Settings['tracing']> {
  return {
    url: `${url}/v1/traces`,
    headers: {},
    timeoutMs: 1_000,
    compression: 'none',
    ca: undefined,
    sampler: 'parentbased_always_on',
    ratio: 1,
    resource: { 'service.name': 'entente' },
    queueMax: 2_048,
    batchMax: 512,
    delayMs: 50,
  };
}
