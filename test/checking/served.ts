import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { formatPayload } from '#libs/ledger';
import type { TestLog } from '#libs/ledger/testing';
import { signed } from './given.js';
import type { Files } from './given.js';

/** Stands in for the server of a record: it serves the ledger of one dialogue on loopback as it is told to. */
export class Served {
  readonly asked: string[] = [];
  dialogueId = 'dialogue-1';
  files: Files = new Map();
  payloads: readonly Uint8Array[] = [];
  /** Of as many as are asked for. */
  payloadsAtOnce = 256;
  /** Without it everybody reads all; with it entries and payloads are for whoever has it. */
  key: string | undefined;
  /** What a refusal says. */
  detail: string | undefined;
  /** Called before each answer; what it gives back is answered instead. */
  onAsked: (path: string) => number | undefined = () => undefined;
  readonly #server = createServer((request, response) => this.#answer(request, response));

  async start(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  get server(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get #base(): string {
    return `/v1/dialogues/${this.dialogueId}/ledger/`;
  }

  get url(): string {
    return `${this.server}${this.#base}`;
  }

  /** What a log holds from now on. */
  show(log: TestLog, checkpoint = signed(log)): void {
    this.files = log.mirror(checkpoint);
    this.payloads = log.payloads.map(formatPayload);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #answer({ url = '', headers }: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(url, this.server);
    const path = pathname.replace(this.#base, '');
    this.asked.push(path);
    const isPrivate = path === 'payloads' || path.startsWith('tile/entries/');
    const refused =
      this.onAsked(path) ?? (isPrivate && !this.#hasKey(headers.authorization) ? 401 : undefined);
    if (refused !== undefined)
      return void response
        .writeHead(refused, { 'Retry-After': '0', 'Content-Type': 'application/problem+json' })
        .end(JSON.stringify({ detail: this.detail ?? `That is ${refused}.` }));
    const found = this.#found(path, searchParams);
    if (found === undefined) response.writeHead(404).end();
    else response.writeHead(200).end(found);
  }

  #hasKey(authorization: string | undefined): boolean {
    return this.key === undefined || authorization === `Bearer ${this.key}`;
  }

  #found(path: string, query: URLSearchParams): Uint8Array | string | undefined {
    if (path === '/v1/irritants/RUUS-1')
      return JSON.stringify({ id: 'irritant-1', dialogueId: this.dialogueId });
    if (path !== 'payloads') return this.files.get(path);
    const first = Number(query.get('from'));
    const count = Math.min(Number(query.get('limit')), this.payloadsAtOnce);
    return Buffer.concat(this.payloads.slice(first, first + count));
  }
}
