import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** What is sent once; `body` absent for a read. */
export interface Sent {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Got {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/**
 * One kept connection, one request at a time. Node's own client costs more than a bare server, so that the load would be
 * what is measured; this one reads what the servers measured here send: a length, or chunks.
 */
export class Connection {
  #socket: Socket | undefined;
  #received: Buffer = Buffer.alloc(0);
  #waiting: ((got: Got) => void) | undefined;
  #failed: ((error: Error) => void) | undefined;

  constructor(
    private readonly url: URL,
    private readonly common: Readonly<Record<string, string>> = {},
  ) {}

  async open(): Promise<this> {
    const socket = connect({ port: Number(this.url.port), host: this.url.hostname, noDelay: true });
    await once(socket, 'connect');
    socket.on('data', (bytes) => this.#take(bytes));
    const lost = (error?: Error) => this.#failed?.(error ?? new Error('The server closed the connection.'));
    socket.on('error', lost).on('close', () => lost());
    this.#socket = socket;
    return this;
  }

  send({ method, path, headers = {}, body }: Sent): Promise<Got> {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const all = { host: this.url.host, ...this.common, ...headers, ...length };
    const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    return new Promise((resolve, reject) => {
      this.#waiting = resolve;
      this.#failed = reject;
      this.#socket?.write(`${method} ${path} HTTP/1.1\r\n${head.join('')}\r\n${body ?? ''}`);
    });
  }

  close(): void {
    this.#failed = undefined;
    this.#socket?.destroy();
  }

  #take(bytes: Buffer): void {
    this.#received = this.#received.length === 0 ? bytes : Buffer.concat([this.#received, bytes]);
    const ends = this.#received.indexOf('\r\n\r\n');
    if (ends === -1) return;
    const [first = '', ...lines] = this.#received.toString('latin1', 0, ends).split('\r\n');
    const headers = new Map(lines.map((line) => fieldOf(line)));
    const status = Number(first.slice(9, 12));
    const body = bodyOf(this.#received.subarray(ends + 4), headers, status);
    if (body === undefined) return;
    this.#received = Buffer.alloc(0);
    const answered = this.#waiting;
    this.#waiting = undefined;
    answered?.({ status, headers, body });
  }
}

function fieldOf(line: string): readonly [string, string] {
  const at = line.indexOf(':');
  return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
}

/** Undefined while some of it is still to come. */
function bodyOf(bytes: Buffer, headers: ReadonlyMap<string, string>, status: number): string | undefined {
  if (status === 304 || status === 204) return '';
  if (headers.get('transfer-encoding') === 'chunked')
    return bytes.subarray(-5).equals(Buffer.from('0\r\n\r\n')) ? bytes.toString('utf8') : undefined;
  const length = Number(headers.get('content-length') ?? 0);
  return bytes.length < length ? undefined : bytes.toString('utf8', 0, length);
}

export interface Answers {
  /** How long each took, in milliseconds, in the order in which they came. */
  readonly ms: readonly number[];
  /** The last of each connection. */
  readonly lasts: readonly (Got | undefined)[];
}

/** So many requests of each connection, one after another; `next` may look at the last answer of its connection. */
export async function closedLoop(
  connections: readonly Connection[],
  each: number,
  next: (connection: number, last: Got | undefined) => Sent,
): Promise<Answers> {
  const ms: number[] = [];
  const lasts = await Promise.all(
    connections.map(async (connection, at) => {
      let last: Got | undefined;
      for (let done = 0; done < each; done += 1) {
        const sent = next(at, last);
        const began = performance.now();
        last = await connection.send(sent);
        ms.push(performance.now() - began);
        if (last.status >= 400)
          throw new Error(`${sent.method} ${sent.path} was answered ${last.status}: ${last.body}`);
      }
      return last;
    }),
  );
  return { ms, lasts };
}

export function openConnections(
  url: string,
  count: number,
  headers: Readonly<Record<string, string>>,
): Promise<readonly Connection[]> {
  return Promise.all(Array.from({ length: count }, () => new Connection(new URL(url), headers).open()));
}
