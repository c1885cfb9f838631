import { textOf, utf8 } from './bytes.js';
import { canonicalHex, canonicalText, contentHash } from './canonical.js';
import type { JsonObject } from './canonical.js';
import type { ActSignature } from './act-signature.js';
import type { Crypto } from './crypto.js';
import { CanonicalBytes } from './canonical-bytes.js';
import { LedgerFault } from './faults.js';
import { jsonOf } from './leaf-form.js';
import type { Leaf } from './leaf.js';
import { WrittenPayload } from './written-payload.js';

/** What a leaf's hashes stand for, as it is handed to whoever may read it. */
export interface Payload {
  readonly seq: number;
  /** What `payloadOf` gives; null where it is withheld. */
  readonly data: JsonObject | null;
  /** The words; null where they are erased or withheld, or the event has none. */
  readonly content: JsonObject | null;
  readonly salt: string | null;
  /** Of a signed act. */
  readonly signature?: ActSignature;
  /** Why something of it is not handed on. Without it, words that are not there are erased. */
  readonly withheld?: string;
}

const members = ['seq', 'data', 'content', 'salt', 'signature', 'withheld'];

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function parsePayload(text: string): Payload {
  const value = jsonOf(text, 'The payload');
  const wrong = (why: string) => new LedgerFault('malformed', `The payload ${why}.`);
  if (!isObject(value)) throw wrong('is no object');
  const other = Object.keys(value).find((name) => !members.includes(name));
  if (other !== undefined) throw wrong(`has a member “${other}”`);
  const { seq, data, content, salt, signature, withheld } = value;
  if (!Number.isSafeInteger(seq)) throw wrong('has no seq');
  if (data !== null && !isObject(data)) throw wrong('has no data');
  if (content !== null && !isObject(content)) throw wrong('has no content');
  if (salt !== null && typeof salt !== 'string') throw wrong('has no salt');
  if (signature !== undefined && !isSignature(signature)) throw wrong('has a signature of another form');
  if (withheld !== undefined && typeof withheld !== 'string') throw wrong('does not say why it is withheld');
  return value as unknown as Payload;
}

function isSignature(value: unknown): boolean {
  return (
    isObject(value) &&
    Object.keys(value).toSorted().join() === 'act,input,seen,signature' &&
    Object.values(value).every((member) => typeof member === 'string')
  );
}

/** One line of JSON, ending with a line feed. */
export function formatPayload(payload: Payload): Uint8Array {
  const known = members.map((name) => [name, payload[name as keyof Payload]] as const);
  return utf8(`${canonicalText(Object.fromEntries(known) as JsonObject)}\n`);
}

/** As many payloads, one a line, as are said to be there. */
export function parsePayloads(bytes: Uint8Array, first: number, count: number): readonly Payload[] {
  const lines = linesIn(bytes);
  const isEnded = bytes.length === 0 || bytes[bytes.length - 1] === lineFeed;
  if (lines !== count || !isEnded)
    throw new LedgerFault(
      'payload-missing',
      `A file of payloads has ${lines} lines${isEnded ? '' : ', and a piece of one more,'} and not ${count}.`,
      first,
    );
  const scan = new CanonicalBytes(bytes);
  let start = 0;
  return Array.from({ length: count }, (_, index) => {
    const written = WrittenPayload.at(scan, start);
    const next = written?.next ?? bytes.indexOf(lineFeed, start) + 1;
    const payload =
      written?.payload ?? parsePayload(textOf(bytes.subarray(start, next - 1), 'The file of payloads'));
    if (payload.seq !== first + index)
      throw new LedgerFault(
        'index-wrong',
        `The payload of ${payload.seq} stands in the place of this one.`,
        first + index,
      );
    start = next;
    return payload;
  });
}

const lineFeed = 0x0a;

function linesIn(bytes: Uint8Array): number {
  let lines = 0;
  for (let end = bytes.indexOf(lineFeed); end !== -1; end = bytes.indexOf(lineFeed, end + 1)) lines++;
  return lines;
}

/** What is there of an event beside its leaf. */
export type Completeness = 'complete' | 'erased' | 'withheld';

/** The hash of the event's data; undefined where that is withheld. */
function dataHash(crypto: Crypto, payload: Payload): string | undefined {
  if (payload instanceof WrittenPayload) return payload.dataHash(crypto);
  return payload.data === null ? undefined : canonicalHex(crypto, payload.data);
}

/** The hash of the words with their salt; `half` where only one of them is there. */
function wordsHash(crypto: Crypto, payload: Payload): string | undefined {
  const isWritten = payload instanceof WrittenPayload;
  const hasContent = isWritten ? payload.hasContent : payload.content !== null;
  const hasSalt = isWritten ? payload.hasSalt : payload.salt !== null;
  if (!hasContent && !hasSalt) return undefined;
  if (hasContent !== hasSalt) return 'half';
  return isWritten
    ? payload.wordsHash(crypto)
    : contentHash(crypto, payload.salt as string, payload.content as JsonObject);
}

/** Whether the event's data is not there. */
export function isWithheld(payload: Payload | undefined): boolean {
  return payload === undefined || (!(payload instanceof WrittenPayload) && payload.data === null);
}

/** Holds what is there against the hashes in the leaf, and says what is not there. */
export function checkPayload(crypto: Crypto, leaf: Leaf, payload: Payload | undefined): Completeness {
  if (payload === undefined) return 'withheld';
  const { signature, withheld } = payload;
  const { seq } = leaf;
  const data = dataHash(crypto, payload);
  if (data !== undefined && data !== leaf.data)
    throw new LedgerFault('payload-wrong', 'The data is not what was logged.', seq);
  if (signature !== undefined && canonicalHex(crypto, { ...signature }) !== leaf.sig)
    throw new LedgerFault('act-wrong', 'The signature of the act is not the one that was logged.', seq);
  const words = wordsHash(crypto, payload);
  checkWords(words, leaf);
  const lacksSignature = leaf.sig !== undefined && signature === undefined;
  if (data === undefined || lacksSignature) {
    if (withheld === undefined) throw new LedgerFault('payload-missing', 'Its payload is missing.', seq);
    return 'withheld';
  }
  if (leaf.content === undefined || words !== undefined) return 'complete';
  return withheld === undefined ? 'erased' : 'withheld';
}

function checkWords(words: string | undefined, { content, seq }: Leaf): void {
  if (words === undefined) return;
  const wrong = (why: string) => new LedgerFault('content-wrong', why, seq);
  if (words === 'half') throw wrong('Of words and salt only one is there.');
  if (content === undefined) throw wrong('The event has words, and none were logged.');
  if (words !== content) throw wrong('The words are not those that were logged.');
}
