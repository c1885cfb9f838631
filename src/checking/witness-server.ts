import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseCheckpoint } from '#libs/ledger';
import type { FollowedLogs } from './following.js';
import type { Answer, Witness } from './witness.js';

/** A checkpoint with its signatures and 63 hashes stays far below it. */
const bodyMax = 64 * 1024;
const requestMs = 10_000;
const connectionsMax = 100;

export interface WitnessServer {
  readonly url: string;
  close(): Promise<void>;
}

interface Options {
  readonly host: string;
  readonly port: number;
  /** Told of each cosignature and each refusal. */
  readonly onAnswer: (status: number, words: string) => void;
  /** What was cosigned last can't be kept: nothing more may be answered. */
  readonly onFatal: (error: unknown) => void;
  /** Where the witness follows the logs, what `GET /alarms` answers. */
  readonly followed?: FollowedLogs;
}

/** Serves `POST /add-checkpoint` and `GET /alarms` beneath whatever path stands before it. */
export async function serveWitness(witness: Witness, options: Options): Promise<WitnessServer> {
  const server = createServer(
    { requestTimeout: requestMs, headersTimeout: requestMs },
    (request, response) => {
      void respond(witness, request, response, options);
    },
  );
  server.maxConnections = connectionsMax;
  server.listen(options.port, options.host);
  await once(server, 'listening');
  const { address, port, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
}

const said = (status: number, words: string): Answer => ({
  status,
  type: 'text/plain; charset=utf-8',
  body: `${words}\n`,
});

async function respond(
  witness: Witness,
  request: IncomingMessage,
  response: ServerResponse,
  { onAnswer, onFatal, followed }: Options,
): Promise<void> {
  if (pathOf(request).endsWith('/alarms')) return sendAlarms(request, response, followed);
  const asked = await askedBy(request).catch(() => undefined);
  // Whoever asked has gone.
  if (asked === undefined) return void response.destroy();
  try {
    const answer = asked instanceof Uint8Array ? witness.answer(asked) : asked;
    onAnswer(answer.status, answer.body.trimEnd());
    send(response, answer);
    if (answer.cosigned === undefined) return;
    const { note } = answer.cosigned;
    followed?.asked(parseCheckpoint(note.text).origin, note);
  } catch (error) {
    response
      .writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' })
      .end('The witness cannot go on.\n');
    onFatal(error);
  }
}

function send(response: ServerResponse, { status, type, body }: Answer): void {
  const length = Buffer.byteLength(body);
  const close = status === 413 ? { Connection: 'close' } : {};
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': length, ...close }).end(body);
}

const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?')[0] ?? '';

function sendAlarms(
  request: IncomingMessage,
  response: ServerResponse,
  followed: FollowedLogs | undefined,
): void {
  if (followed === undefined)
    return send(response, said(404, 'This witness follows no log: start it with --mirror.'));
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return send(response, said(405, 'Alarms are read by GET.'));
  send(response, { status: 200, type: 'application/json', body: `${JSON.stringify(followed.said)}\n` });
}

/** What the witness is asked, or why it is not. */
async function askedBy(request: IncomingMessage): Promise<Uint8Array | Answer> {
  if (!pathOf(request).endsWith('/add-checkpoint'))
    return said(404, 'A witness answers to POST /add-checkpoint.');
  if (request.method !== 'POST') return said(405, 'A witness is asked by POST.');
  const parts: Buffer[] = [];
  let length = 0;
  const body = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  for await (const part of body) {
    length += part.length;
    if (length > bodyMax) return said(413, `The request has more than ${bodyMax} bytes.`);
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}
