import { request as requestPlain } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as requestOverTls } from 'node:https';
import type { LookupFunction } from 'node:net';
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

interface Sent {
  readonly body: string;
  readonly headers: Signed & Traced;
}

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
 * followed, and of the answer nothing but the status is read. Throws only where the signal ends it.
 */
export async function attempt(
  to: Pick<Subscription, 'url' | 'principalId'>,
  sent: Sent,
  networks: WebhookNetworks,
  ended: AbortSignal,
  withinMs = answerMs,
): Promise<Attempted> {
  const deadline = AbortSignal.timeout(withinMs);
  const signal = AbortSignal.any([deadline, ended]);
  const url = new URL(to.url);
  try {
    const address = await networks.addressOf(url, { whose: to.principalId, signal });
    return { status: await statusOf(url, address, sent, signal) };
  } catch (error) {
    ended.throwIfAborted();
    if (error instanceof AddressRefused) return { why: `is not called: ${error.message}` };
    return { why: deadline.aborted ? `no answer within ${withinMs / 1_000} s` : reasonOf(error) };
  }
}

function statusOf(
  url: URL,
  { address, family }: Resolved,
  { body, headers }: Sent,
  signal: AbortSignal,
): Promise<number> {
  const pinned: LookupFunction = (_host, { all }, done) =>
    all === true ? done(null, [{ address, family }]) : done(null, address, family);
  const send = url.protocol === 'https:' ? requestOverTls : requestPlain;
  return new Promise((resolve, reject) => {
    const options = {
      method: 'POST',
      agent: false,
      lookup: pinned,
      signal,
      headers: {
        ...headers,
        'Content-Type': 'application/cloudevents+json; charset=utf-8',
        'Content-Length': Buffer.byteLength(body),
        'User-Agent': 'Entente',
        Connection: 'close',
      },
    };
    const asked = send(url, options, (answer: IncomingMessage) => {
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
    asked.end(body);
  });
}

/** Only the code: the sentence is Node's, and may hold addresses of a network within. */
function reasonOf(error: unknown): string {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' ? `can't be reached, ${code}` : "can't be reached";
}
