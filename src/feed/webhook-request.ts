import { request as requestPlain } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { request as requestOverTls } from 'node:https';
import type { LookupFunction, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { AddressRefused } from './webhook-networks.js';
import type { Resolved, WebhookNetworks } from './webhook-networks.js';
import type { Signed } from './webhook-signature.js';
import type { Subscription } from './webhook-subscription.js';

/** Name, connection, TLS, and the head of the answer together. */
export const answerMs = 10_000;

/** What a receiver needs to go on with the trace of the delivery (W3C Trace Context). */
export interface Traced {
  readonly traceparent?: string;
}

export interface Sent {
  readonly body: string;
  readonly headers: Signed & Traced;
}

/** What is sent, as it may be shown at the moment of asking; undefined where it may not be told any more. */
export type Sending = () => Sent | undefined;

/** Nothing was sent: it may not be told, or could not be made, which the cause says. */
class Unsent extends Error {}

/** What came of an attempt: the status that was answered, or why there was none. */
export type Attempted = { readonly status: number } | { readonly why: string };

export function isTaken(attempted: Attempted): boolean {
  return 'status' in attempted && attempted.status >= 200 && attempted.status < 300;
}

export function saidOf(attempted: Attempted): string {
  return 'status' in attempted ? `answers ${attempted.status}` : attempted.why;
}

/**
 * One attempt. The name is looked up anew, the address is judged, and to that one, and no other, it connects; no redirect is
 * followed, and of the answer nothing but the status is read. A receiver can make all that last, so what is sent is asked
 * for once the connection is there; undefined where it may not be told by then. Throws where the signal ends it, and what `sending` throws.
 */
export async function attempt(
  to: Pick<Subscription, 'url' | 'principalId'>,
  sending: Sending,
  networks: WebhookNetworks,
  ended: AbortSignal,
  withinMs = answerMs,
): Promise<Attempted | undefined> {
  const deadline = AbortSignal.timeout(withinMs);
  const signal = AbortSignal.any([deadline, ended]);
  const url = new URL(to.url);
  try {
    const address = await networks.addressOf(url, { whose: to.principalId, signal });
    return { status: await statusOf(url, address, sending, signal) };
  } catch (error) {
    ended.throwIfAborted();
    if (error instanceof Unsent) {
      if (error.cause === undefined) return undefined;
      throw error.cause as Error;
    }
    if (error instanceof AddressRefused) return { why: `is not called: ${error.message}` };
    return { why: deadline.aborted ? `no answer within ${withinMs / 1_000} s` : reasonOf(error) };
  }
}

function statusOf(
  url: URL,
  { address, family }: Resolved,
  sending: Sending,
  signal: AbortSignal,
): Promise<number> {
  const pinned: LookupFunction = (_host, { all }, done) =>
    all === true ? done(null, [{ address, family }]) : done(null, address, family);
  const request = url.protocol === 'https:' ? requestOverTls : requestPlain;
  return new Promise((resolve, reject) => {
    const options = {
      method: 'POST',
      agent: false,
      lookup: pinned,
      signal,
      headers: {
        'Content-Type': 'application/cloudevents+json; charset=utf-8',
        'User-Agent': 'Entente',
        Connection: 'close',
      },
    };
    const asked = request(url, options, (answer: IncomingMessage) => {
      resolve(answer.statusCode ?? 0);
      // What else it says is nobody's concern, and may be endless.
      answer.on('error', () => undefined).destroy();
    });
    // A head that changes the protocol is an answer like any other, and what would follow is nobody's concern either.
    asked.on('upgrade', ({ statusCode }: IncomingMessage, socket: Duplex) => {
      resolve(statusCode ?? 0);
      socket.destroy();
    });
    asked.on('error', reject);
    // Whatever way it ended, it has ended: what nobody settled would hold up the webhook, and the end of the server.
    asked.on('close', () => reject(new Error('It was closed without an answer')));
    asked.on('socket', (socket: Socket) => {
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => send(asked, sending));
    });
  });
}

/** Nothing of a request is on its way before it is ended. */
function send(asked: ClientRequest, sending: Sending): void {
  let sent: Sent | undefined;
  try {
    sent = sending();
  } catch (cause) {
    asked.destroy(new Unsent('It could not be made.', { cause }));
    return;
  }
  if (sent === undefined) {
    asked.destroy(new Unsent('It may not be told.'));
    return;
  }
  const { body, headers } = sent;
  for (const [name, value] of Object.entries(headers)) asked.setHeader(name, String(value));
  asked.setHeader('Content-Length', Buffer.byteLength(body)).end(body);
}

/** Only the code: the sentence is Node's, and may hold addresses of a network within. */
function reasonOf(error: unknown): string {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' ? `can't be reached, ${code}` : "can't be reached";
}
