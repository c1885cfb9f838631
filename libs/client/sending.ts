import { watched, wholeBody } from './answer-bodies.js';
import { NoAnswer, NotUnderstood, problemFrom } from './problems.js';
import type { ProblemDocument } from './problems.js';

/** How long and how often the same is sent again. */
export interface Patience {
  /** How often at the most, the first time included. */
  readonly attempts: number;
  /** How long all pauses together may last, in milliseconds. */
  readonly pausesMs: number;
  /** How long one attempt may take, in milliseconds. */
  readonly attemptMs: number;
  /** The first pause where the answer names none, in milliseconds; it doubles with each attempt, and up to half of it is left to chance. */
  readonly firstPauseMs: number;
}

export const usualPatience: Patience = {
  attempts: 6,
  pausesMs: 60_000,
  attemptMs: 30_000,
  firstPauseMs: 250,
};

/** An API key or an access token, or what gives one; it is asked before each attempt. */
export type Key = string | (() => string | Promise<string>);

export interface Sender {
  readonly url: URL;
  readonly key: Key;
  readonly fetch: typeof fetch;
  readonly patience: Patience;
  /** How it is waited; rejects with the signal's reason. */
  readonly wait: typeof pause;
}

export interface Sent {
  readonly method: string;
  readonly address: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** For how long a stream may be silent, in milliseconds; as long as an attempt may take unless told. */
  readonly silentMs?: number;
}

const longestPauseMs = 8_000;

const codingsOfProblems = /^application\/(problem\+)?json\b/;

/** A GET, and a POST with a key by which the server knows it again. Whatever else may be done by now. */
function isRepeatable({ method, headers = {} }: Sent): boolean {
  return method === 'GET' || headers['Idempotency-Key'] !== undefined;
}

/** 429 is answered before anything is done; the others say nothing of what was done, or come from somebody in between. */
function isForLater(status: number, request: Sent): boolean {
  return status === 429 || ([502, 503, 504].includes(status) && isRepeatable(request));
}

/** Seconds or a date (RFC 9110, section 10.2.3), in milliseconds from now. */
function retryAfterMs({ headers }: Response): number {
  const value = headers.get('Retry-After');
  if (value === null) return 0;
  const ms = /^\d{1,9}$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
}

export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal?.aborted === true) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}

/** One attempt, its body read to the end where it is JSON: an answer that was cut off is none. */
async function attempt({ fetch: send, patience }: Sender, key: string, request: Sent): Promise<Response> {
  const { method, address, headers = {}, body, signal, silentMs = patience.attemptMs } = request;
  const ending = new AbortController();
  const stop = () => ending.abort(signal?.reason);
  const end = () => signal?.removeEventListener('abort', stop);
  signal?.throwIfAborted();
  signal?.addEventListener('abort', stop);
  const late = setTimeout(() => ending.abort(new Error('It took too long.')), patience.attemptMs);
  try {
    const response = await send(address, {
      method,
      headers: { Accept: 'application/json', ...headers, Authorization: `Bearer ${key}` },
      ...(body === undefined ? {} : { body }),
      signal: ending.signal,
      // Whoever redirects might be sent the key, or turn an act into a reading.
      redirect: 'error',
    });
    if (response.body !== null && !codingsOfProblems.test(response.headers.get('Content-Type') ?? ''))
      return watched(response, silentMs, ending, end);
    const whole = new Response(response.body === null ? null : await wholeBody(response), response);
    end();
    return whole;
  } catch (error) {
    end();
    throw error;
  } finally {
    clearTimeout(late);
  }
}

/** The key could stand in a header of its own making otherwise. */
async function secretOf(key: Key): Promise<string> {
  const secret = typeof key === 'string' ? key : await key();
  if (!/^[\x21-\x7e]+$/.test(secret)) throw new TypeError('The key has signs that no key has.');
  return secret;
}

function whatOf({ method, address }: Sent): string {
  return `${method} ${address.pathname}`;
}

/** What fetch throws where no answer comes, and what our own limit ends; anything else is of whoever called. */
function isOfTheNetwork(error: unknown, signal: AbortSignal | undefined): boolean {
  return signal?.aborted !== true && !(error instanceof NotUnderstood);
}

/**
 * Sends, and sends the same again while the answer is "not now", or none at all: within the patience, never sooner than
 * `Retry-After` says, and never an act that the server would not know again.
 *
 * @throws NoAnswer
 */
export async function answered(sender: Sender, request: Sent): Promise<Response> {
  const { attempts, pausesMs, firstPauseMs } = sender.patience;
  let leftMs = pausesMs;
  for (let made = 1; ; made += 1) {
    const key = await secretOf(sender.key);
    const found = await attempt(sender, key, request).catch((error: unknown) => {
      if (isOfTheNetwork(error, request.signal)) return { error };
      throw error;
    });
    const isAnswer = found instanceof Response;
    if (isAnswer && found.ok) return found;
    const grown = Math.min(firstPauseMs * 2 ** (made - 1), longestPauseMs);
    const waitMs = Math.max(isAnswer ? retryAfterMs(found) : 0, grown * (1 - Math.random() / 2));
    const mayRepeat = isAnswer ? isForLater(found.status, request) : isRepeatable(request);
    if (!mayRepeat || made >= attempts || waitMs > leftMs) {
      if (isAnswer) return found;
      const idempotencyKey = request.headers?.['Idempotency-Key'];
      throw new NoAnswer(whatOf(request), request.method !== 'GET', idempotencyKey, found.error);
    }
    if (isAnswer) await found.body?.cancel();
    leftMs -= waitMs;
    await sender.wait(waitMs, request.signal);
  }
}

/** The answer, which is a success; throws what is none, as `EntenteProblem` where the server says why. */
export async function sent(sender: Sender, request: Sent): Promise<Response> {
  const response = await answered(sender, request);
  if (response.ok) return response;
  throw await refusalOf(request, response);
}

async function refusalOf(request: Sent, response: Response): Promise<Error> {
  if (/^application\/problem\+json\b/.test(response.headers.get('Content-Type') ?? '')) {
    const document = (await response.json().catch(() => undefined)) as ProblemDocument | undefined;
    if (typeof document?.code === 'string') return problemFrom(document);
  }
  if (!response.bodyUsed) await response.body?.cancel();
  return new NotUnderstood(whatOf(request), response.status, 'that is no problem as Entente answers it.');
}

/** The JSON of an answer that is a success. */
export async function jsonOf<T>(request: Sent, response: Response): Promise<T> {
  try {
    return (await response.json()) as T;
  } catch {
    throw new NotUnderstood(whatOf(request), response.status, 'that is no JSON.');
  }
}
