import { textOf, utf8 } from './bytes.js';
import { canonicalHex, canonicalText, contentHash } from './canonical.js';
import type { JsonObject } from './canonical.js';
import type { ActSignature } from './act-signature.js';
import type { Crypto } from './crypto.js';
import { LedgerFault } from './faults.js';
import { jsonOf } from './leaf-form.js';
import type { Leaf } from './leaf.js';

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
  const lines = textOf(bytes, 'The file of payloads').split('\n');
  if (lines.pop() !== '' || lines.length !== count)
    throw new LedgerFault(
      'payload-missing',
      `A file of payloads has ${lines.length} lines and not ${count}.`,
      first,
    );
  return lines.map((line, index) => {
    const payload = parsePayload(line);
    if (payload.seq !== first + index)
      throw new LedgerFault(
        'index-wrong',
        `The payload of ${payload.seq} stands in the place of this one.`,
        first + index,
      );
    return payload;
  });
}

/** What is there of an event beside its leaf. */
export type Completeness = 'complete' | 'erased' | 'withheld';

/** Holds what is there against the hashes in the leaf, and says what is not there. */
export function checkPayload(crypto: Crypto, leaf: Leaf, payload: Payload | undefined): Completeness {
  if (payload === undefined) return 'withheld';
  const { data, content, salt, signature, withheld } = payload;
  const { seq } = leaf;
  if (data !== null && canonicalHex(crypto, data) !== leaf.data)
    throw new LedgerFault('payload-wrong', 'The data is not what was logged.', seq);
  if (signature !== undefined && canonicalHex(crypto, { ...signature }) !== leaf.sig)
    throw new LedgerFault('act-wrong', 'The signature of the act is not the one that was logged.', seq);
  if (content !== null && leaf.content === undefined)
    throw new LedgerFault('content-wrong', 'The event has words, and none were logged.', seq);
  if (content !== null && salt !== null) {
    if (contentHash(crypto, salt, content) !== leaf.content)
      throw new LedgerFault('content-wrong', 'The words are not those that were logged.', seq);
  } else if (content !== null || salt !== null)
    throw new LedgerFault('content-wrong', 'Of words and salt only one is there.', seq);
  const lacksSignature = leaf.sig !== undefined && signature === undefined;
  if (data === null || lacksSignature) {
    if (withheld === undefined) throw new LedgerFault('payload-missing', 'Its payload is missing.', seq);
    return 'withheld';
  }
  if (leaf.content === undefined || content !== null) return 'complete';
  return withheld === undefined ? 'erased' : 'withheld';
}
