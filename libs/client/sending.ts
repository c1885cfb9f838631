import { watched, wholeBody } from './answer-bodies.js';
import { grownPause, retryAfterMs, timerOf } from './patience.js';
import type { pause, Patience } from './patience.js';
import { NoAnswer, NotUnderstood, problemIn } from './problems.js';

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

const codingsOfProblems = /^application\/(problem\+)?json\b/;

/** By which the server knows a repeat; names of headers are in whatever case somebody wrote them. */
function idempotencyKeyOf({ headers }: Sent): string | undefined {
  return new Headers(headers).get('Idempotency-Key') || undefined;
}

/** A GET, and a POST with a key by which the server knows it again. Whatever else may be done by now. */
function isRepeatable(request: Sent): boolean {
  return request.method === 'GET' || idempotencyKeyOf(request) !== undefined;
}

/** These say nothing of what was done, or come from somebody in between. */
const isSilent = (status: number) => [502, 503, 504].includes(status);

/** 429 is answered before anything is done. */
function isForLater(status: number, request: Sent): boolean {
  return status === 429 || (isSilent(status) && isRepeatable(request));
}

/** One attempt, its body read to the end where it is JSON: an answer that was cut off is none. */
async function attempt({ fetch: send, patience }: Sender, key: string, request: Sent): Promise<Response> {
  const { method, address, body, signal, silentMs = patience.attemptMs } = request;
  const ending = new AbortController();
  const stop = () => ending.abort(signal?.reason);
  const end = () => signal?.removeEventListener('abort', stop);
  signal?.throwIfAborted();
  signal?.addEventListener('abort', stop);
  const late = timerOf(() => ending.abort(new Error('It took too long.')), patience.attemptMs);
  try {
    const response = await send(address, {
      method,
      headers: headersOf(request, key),
      ...(body === undefined ? {} : { body }),
      signal: ending.signal,
      // Whoever redirects might be sent the key, or turn an act into a reading.
      redirect: 'manual',
    });
    if (leadsElsewhere(response)) throw await elsewhere(request, response);
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

/** Names in one case, so that none stands there twice. */
function headersOf({ headers }: Sent, key: string): Readonly<Record<string, string>> {
  const all = new Headers({ Accept: 'application/json' });
  for (const [name, value] of Object.entries(headers ?? {})) all.set(name, value);
  all.set('Authorization', `Bearer ${key}`);
  return Object.fromEntries(all);
}

/** A browser shows of a redirection only that it is one. */
function leadsElsewhere({ type, status }: Response): boolean {
  return type === 'opaqueredirect' || [301, 302, 303, 307, 308].includes(status);
}

async function elsewhere(request: Sent, { body, status }: Response): Promise<Error> {
  await body?.cancel();
  return new NotUnderstood(
    whatOf(request),
    status,
    'it leads elsewhere, and the key is sent to no other address than the one that was given.',
  );
}

/** The key could stand in a header of its own making otherwise. */
async function secretOf(key: Key): Promise<string> {
  const secret: unknown = typeof key === 'function' ? await key() : key;
  if (typeof secret !== 'string' || secret === '')
    throw new TypeError('There is no key: whatever `key` was taken from has none, or none of that name.');
  if (!/^[\x21-\x7e]+$/.test(secret))
    throw new TypeError(
      'The key has signs that no key has, such as the end of a line: trim what a file holds.',
    );
  return secret;
}

function whatOf({ method, address }: Sent): string {
  return `${method} ${address.pathname}`;
}

/** What fetch throws where no answer comes, and what our own limit ends; anything else is of whoever called. */
function isOfTheNetwork(error: unknown, signal: AbortSignal | undefined): boolean {
  return signal?.aborted !== true && !(error instanceof NotUnderstood);
}

/** The last answer, or why there was none, and whether any attempt may have been done that was not answered. */
interface Tried {
  readonly found: Response | { readonly error: unknown };
  readonly isOpen: boolean;
}

async function tried(sender: Sender, request: Sent): Promise<Tried> {
  const { attempts, pausesMs } = sender.patience;
  let [leftMs, isOpen] = [pausesMs, false];
  for (let made = 1; ; made += 1) {
    const key = await secretOf(sender.key);
    const found = await attempt(sender, key, request).catch((error: unknown) => {
      if (isOfTheNetwork(error, request.signal)) return { error };
      throw error;
    });
    const isAnswer = found instanceof Response;
    if (isAnswer && found.ok) return { found, isOpen: false };
    const mayRepeat = isAnswer ? isForLater(found.status, request) : isRepeatable(request);
    if (!isAnswer || isSilent(found.status)) isOpen = true;
    // A refusal is of this attempt and of those before: the server knows them by their key.
    else if (!mayRepeat) isOpen = false;
    const waitMs = Math.max(isAnswer ? retryAfterMs(found) : 0, grownPause(sender.patience, made));
    if (!mayRepeat || made >= attempts || waitMs > leftMs) return { found, isOpen };
    if (isAnswer) await found.body?.cancel();
    leftMs -= waitMs;
    await sender.wait(waitMs, request.signal);
  }
}

function noAnswer(request: Sent, cause: unknown): NoAnswer {
  return new NoAnswer(whatOf(request), request.method !== 'GET', idempotencyKeyOf(request), cause);
}

/**
 * Sends, and sends the same again while the answer is "not now", or none at all: within the patience, never sooner than
 * `Retry-After` says, and never an act that the server would not know again. The last answer, whatever it is.
 *
 * @throws NoAnswer
 */
export async function answered(sender: Sender, request: Sent): Promise<Response> {
  const { found } = await tried(sender, request);
  if (found instanceof Response) return found;
  throw noAnswer(request, found.error);
}

/**
 * The answer, which is a success; throws what is none, as `EntenteProblem` where the server says why. Of an act that may
 * be recorded for all that was answered, `NoAnswer` says so, with what was answered last as its cause.
 */
export async function sent(sender: Sender, request: Sent): Promise<Response> {
  const { found, isOpen } = await tried(sender, request);
  if (!(found instanceof Response)) throw noAnswer(request, found.error);
  if (found.ok) return found;
  const refusal = await refusalOf(request, found);
  throw isOpen && request.method !== 'GET' ? noAnswer(request, refusal) : refusal;
}

async function refusalOf(request: Sent, response: Response): Promise<Error> {
  if (/^application\/problem\+json\b/.test(response.headers.get('Content-Type') ?? '')) {
    const problem = problemIn(await response.json().catch(() => undefined));
    if (problem !== undefined) return problem;
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
