import { setTimeout as after } from 'node:timers/promises';
import {
  fileBytesMax,
  formatEntries,
  hashBytes,
  parseEntries,
  parseTilePath,
  paths,
  tilePath,
} from '#libs/ledger';
import type { FileReader, Tile } from '#libs/ledger';
import { CannotCheck } from './cannot-check.js';

const tileWidth = 256;
const lineFeed = 0x0a;
const answerMs = 30_000;
const waitsUnlessGiven = [250, 1_000, 4_000];
/** Of what a server asks for. */
const waitMsMax = 60_000;

export interface Asked {
  /** Beneath it lie `checkpoint`, `tile/…` and `payloads`. */
  readonly url: URL;
  /** Sent with each request, over HTTPS or to this machine alone. */
  readonly key?: string | undefined;
  /** How long is waited before each further try. */
  readonly waitsMs?: readonly number[];
}

/**
 * A log that a server serves (c2sp.org/tlog-tiles), read like the files of a mirror: the payloads come by `payloads?from=&limit=`. Each file
 * is read to its greatest size and no further, is asked for three times more at the most, and every wait ends.
 */
export class ServedLog implements FileReader {
  /** The end of the log moves; whoever checks needs one end. */
  #checkpoint: Promise<Uint8Array | undefined> | undefined;

  constructor(private readonly asked: Asked) {
    refuseKeyInTheClear(asked);
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    if (path === paths.checkpoint) return (this.#checkpoint ??= this.#asked(path, path));
    if (path.startsWith('payloads/')) return this.#payloads(path);
    if (!path.startsWith('tile/')) return undefined;
    const tile = parseTilePath(path);
    return (await this.#asked(path, path)) ?? this.#cutFromWhole(tile);
  }

  /** A server may give fewer than were asked for at once; it is asked until none is left. */
  async #payloads(path: string): Promise<Uint8Array | undefined> {
    const { index, width } = parseTilePath(path.replace(/^payloads\//, 'tile/entries/'));
    const parts: Uint8Array[] = [];
    let length = 0;
    for (let count = 0; count < width;) {
      const from = index * tileWidth + count;
      const part = await this.#asked(`payloads?from=${from}&limit=${width - count}`, path);
      if (part === undefined) return undefined;
      const lines = part.filter((byte) => byte === lineFeed).length;
      if (lines === 0) break;
      parts.push(part);
      count += lines;
      length += part.length;
      if (length > fileBytesMax(path))
        throw new CannotCheck(`${this.asked.url.href} has more payloads than can be.`);
    }
    return new Uint8Array(Buffer.concat(parts));
  }

  /** A log may drop a partial tile once the whole one is there. */
  async #cutFromWhole(tile: Tile): Promise<Uint8Array | undefined> {
    if (tile.width === tileWidth) return undefined;
    const whole = { ...tile, width: tileWidth };
    const path = tilePath(whole);
    const bytes = await this.#asked(path, path);
    if (bytes === undefined) return undefined;
    if (tile.level !== 'entries') return bytes.subarray(0, tile.width * hashBytes);
    return formatEntries(parseEntries(bytes, whole).slice(0, tile.width));
  }

  async #asked(address: string, path: string): Promise<Uint8Array | undefined> {
    const url = new URL(address, this.asked.url);
    for (let tries = 0; ; tries++) {
      const answer = await this.#once(url, fileBytesMax(path));
      if (answer instanceof Uint8Array || answer === undefined) return answer;
      const wait = (this.asked.waitsMs ?? waitsUnlessGiven)[tries];
      if (wait === undefined) throw new CannotCheck(`${url.href} ${answer.why}. Try again later.`);
      await after(Math.min(waitMsMax, Math.max(wait, answer.waitMs)));
    }
  }

  /** The bytes; undefined where they are not there; or why it may be worth another try. */
  async #once(url: URL, bytesMax: number): Promise<Uint8Array | undefined | Again> {
    const { key } = this.asked;
    try {
      const response = await fetch(url, {
        redirect: 'manual',
        signal: AbortSignal.timeout(answerMs),
        headers: key === undefined ? {} : { Authorization: `Bearer ${key}` },
      });
      if (response.ok) return await bounded(url, response, bytesMax);
      return refusal(url, response, { hasKey: key !== undefined, why: await detailOf(url, response) });
    } catch (error) {
      if (error instanceof CannotCheck) throw error;
      return { why: `does not answer (${reasonOf(error)})`, waitMs: 0 };
    }
  }
}

interface Again {
  readonly why: string;
  readonly waitMs: number;
}

interface Refused {
  readonly hasKey: boolean;
  /** What the server says of it, where it does. */
  readonly why: string | undefined;
}

function refusal(url: URL, { status, headers }: Response, { hasKey, why }: Refused): Again | undefined {
  const said = why === undefined ? '' : ` (${why.replace(/\.$/, '')})`;
  if (status === 429 || status >= 500)
    return { why: `answers ${status}${said}`, waitMs: Number(headers.get('retry-after') ?? 0) * 1_000 || 0 };
  const isPayloads = url.pathname.endsWith('/payloads');
  const isGone = status === 404 || status === 410;
  if (isGone ? !url.pathname.endsWith('/checkpoint') : isPayloads && [401, 403].includes(status))
    return undefined;
  if (status >= 300 && status < 400)
    throw new CannotCheck(`${url.href} leads elsewhere (${status}): give the address that it leads to.`);
  const key = hasKey ? 'the key of ENTENTE_KEY' : 'no key';
  throw new CannotCheck(
    `${url.href} answers ${status}${said}, asked with ${key}: ${mendOf(status, hasKey)}.`,
  );
}

/** Whoever asks for a key has a ledger, as a rule; what is not there may also be what the key does not see. */
function mendOf(status: number, hasKey: boolean): string {
  if (status === 401 || status === 403)
    return `give a key that ${hasKey && status === 401 ? 'is valid' : 'may read the log'} in ENTENTE_KEY`;
  const orSeen = hasKey
    ? ', and that the key may read it'
    : ', and give a key in ENTENTE_KEY if it is not open';
  return `see that the address is that of a ledger${status === 404 ? orSeen : ''}`;
}

const problemBytesMax = 10_000;

/** The words of a problem document (RFC 9457), on one line: a server writes no lines of ours. */
async function detailOf(url: URL, response: Response): Promise<string | undefined> {
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') === true;
  if (!isProblem) {
    await response.body?.cancel();
    return undefined;
  }
  try {
    const text = Buffer.from(await bounded(url, response, problemBytesMax)).toString('utf8');
    const { detail } = JSON.parse(text) as { readonly detail?: unknown };
    return typeof detail === 'string' ? detail.replace(/\s+/g, ' ') : undefined;
  } catch {
    // What a refusal says is told where it can be read; the refusal itself is what counts.
    return undefined;
  }
}

async function bounded(url: URL, response: Response, bytesMax: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > bytesMax) throw new CannotCheck(`${url.href} answers with more than ${bytesMax} bytes.`);
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

function reasonOf(error: unknown): string {
  const { cause, message, name } = error as Error;
  if (name === 'TimeoutError') return `within ${answerMs / 1000} s`;
  return cause instanceof Error && cause.message !== '' ? cause.message : message;
}

const ownMachine = /^(localhost|127(\.\d+){3}|\[::1\])$/;

function refuseKeyInTheClear({ url, key }: Asked): void {
  if (key !== undefined && url.protocol !== 'https:' && !ownMachine.test(url.hostname))
    throw new CannotCheck(
      `The key of ENTENTE_KEY is not sent to ${url.origin} in the clear: give an https address.`,
    );
}

/** The address of a ledger from that of a dialogue, of the ledger or of its checkpoint. */
export function ledgerUrl(text: string): URL {
  const url = new URL(text);
  url.search = '';
  url.hash = '';
  let path = url.pathname.replace(/\/checkpoint$/, '/').replace(/\/?$/, '/');
  if (/\/v1\/dialogues\/[^/]+\/$/.test(path)) path += 'ledger/';
  url.pathname = path;
  return url;
}
