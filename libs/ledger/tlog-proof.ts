import { base64, decimal, fromBase64, textOf, utf8 } from './bytes.js';
import { parseCheckpoint } from './checkpoint.js';
import { hashBytes } from './crypto.js';
import type { Crypto } from './crypto.js';
import { LedgerFault } from './faults.js';
import { TreeHasher } from './merkle.js';
import { parseNote } from './note.js';
import { checkPolicy } from './policy.js';
import type { Policy, Trusted } from './policy.js';
import { verifyInclusion } from './proof-check.js';

/** That an entry stands in a log, to be checked away from it (c2sp.org/tlog-proof). */
export interface TlogProof {
  readonly index: number;
  readonly hashes: readonly Uint8Array[];
  /** The signed checkpoint as the log served it. */
  readonly checkpoint: Uint8Array;
  /** Of no standing: nothing signs it. */
  readonly extra?: Uint8Array;
}

const header = 'c2sp.org/tlog-proof@v1';
/** A tree has no more levels than this. */
export const proofHashesMax = 63;

export function formatTlogProof({ index, hashes, checkpoint, extra }: TlogProof): Uint8Array {
  const lines = [
    header,
    ...(extra === undefined ? [] : [`extra ${base64(extra)}`]),
    `index ${index}`,
    ...hashes.map(base64),
    '',
  ];
  return utf8(`${lines.join('\n')}\n${textOf(checkpoint, 'The checkpoint')}`);
}

/** Base64 of hashes, one a line. */
export function parseHashLines(lines: readonly string[], what: string): readonly Uint8Array[] {
  if (lines.length > proofHashesMax)
    throw new LedgerFault(
      'too-large',
      `${what} has ${lines.length} hashes, and ${proofHashesMax} at the most.`,
    );
  return lines.map((line) => fromBase64(line, `A hash in ${what.toLowerCase()}`, hashBytes));
}

/** The lines before the first empty one, and the note after it. */
export function splitBeforeNote(bytes: Uint8Array, what: string) {
  const text = textOf(bytes, what);
  const end = text.indexOf('\n\n');
  if (end === -1) throw new LedgerFault('malformed', `${what} has no empty line before a checkpoint.`);
  return { lines: text.slice(0, end).split('\n'), note: utf8(text.slice(end + 2)) };
}

export function parseTlogProof(bytes: Uint8Array): TlogProof {
  const what = 'The inclusion proof';
  const { lines, note } = splitBeforeNote(bytes, what);
  const wrong = (why: string) => new LedgerFault('malformed', `${what} ${why}.`);
  if (lines.shift() !== header) throw wrong(`does not begin with ${header}`);
  const extra = lines[0]?.startsWith('extra ') === true ? lines.shift()?.slice('extra '.length) : undefined;
  const index = lines.shift();
  if (index?.startsWith('index ') !== true) throw wrong('has no index');
  return {
    index: decimal(index.slice('index '.length), 'The index in the proof'),
    hashes: parseHashLines(lines, what),
    checkpoint: note,
    ...(extra === undefined ? {} : { extra: fromBase64(extra, 'The extra line of the proof') }),
  };
}

/**
 * Checks that the entry stands in a log of the policy, at the index that the proof says, in a tree that the log and enough
 * witnesses have signed.
 */
export function verifyTlogProof(
  crypto: Crypto,
  entry: Uint8Array,
  { index, hashes, checkpoint }: TlogProof,
  policy: Policy,
): Trusted {
  const note = parseNote(checkpoint);
  const trusted = checkPolicy(crypto, note, policy);
  const { size, root } = parseCheckpoint(note.text);
  const hasher = new TreeHasher(crypto);
  verifyInclusion(hasher, { index, size, leafHash: hasher.leaf(entry), proof: hashes, root });
  return trusted;
}
