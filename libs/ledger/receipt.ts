import { base64, decimal, fromBase64, isSame, utf8 } from './bytes.js';
import { hashBytes } from './crypto.js';
import type { Crypto } from './crypto.js';
import { LedgerFault } from './faults.js';
import { signatureTypes } from './keys.js';
import type { VerifierKey } from './keys.js';
import { TreeHasher } from './merkle.js';
import { noteText, parseNote } from './note.js';
import type { NoteSignature } from './note.js';
import type { Policy } from './policy.js';
import { verifyInclusion } from './proof-check.js';
import { splitOf } from './proofs.js';
import { verifyNote } from './signing.js';
import { parseHashLines, splitBeforeNote } from './tlog-proof.js';

/** That a leaf will stand in a log. */
export interface Promised {
  readonly seq: number;
  readonly leafHash: Uint8Array;
}

/** The log's promise that a leaf will stand in it, given with the answer to an act and before any checkpoint. */
export interface Receipt extends Promised {
  readonly origin: string;
}

const header = 'entente-receipt/v1';
/**
 * What is signed. It has no number in its second line, where a checkpoint has its size: so it can't pass for a checkpoint,
 * nor a checkpoint for it.
 */
const signedHeader = 'entente-receipts/v1';

/** What stands in the tree of promises, as its entry. */
function entryOf({ seq, leafHash }: Promised): string {
  return `${seq} ${base64(leafHash)}`;
}

function signedText(origin: string, count: number, root: Uint8Array): string {
  return `${signedHeader}\n${origin}\n${count} ${base64(root)}\n`;
}

/**
 * A receipt for each promise, under one signature for all of them: over the root of a tree (RFC 9162 §2.1) that holds them.
 * A receipt has its promise, the proof that it stands in the tree, and after an empty line the note (c2sp.org/signed-note)
 * that the log signs with its key of type 01.
 */
export function formatReceipts(
  hasher: TreeHasher,
  origin: string,
  promises: readonly Promised[],
  sign: (text: string) => readonly NoteSignature[],
): readonly string[] {
  const entries = promises.map(entryOf);
  const { root, proofs } = proven(
    hasher,
    entries.map((entry) => hasher.leafOfText(entry)),
  );
  const text = signedText(origin, entries.length, root);
  const note = noteText({ text, signatures: sign(text) });
  return entries.map((entry, index) =>
    [header, entry, `index ${index}`, ...(proofs[index] ?? []), '', note].join('\n'),
  );
}

/** The root over leaf hashes, and the inclusion proof of each in base64: every node is hashed and written once for all. */
function proven(
  hasher: TreeHasher,
  leaves: readonly Uint8Array[],
): { readonly root: Uint8Array; readonly proofs: readonly (readonly string[])[] } {
  const proofs = leaves.map((): string[] => []);
  const under = (start: number, end: number): Uint8Array => {
    if (end - start === 1) return leaves[start] as Uint8Array;
    const middle = start + splitOf(end - start);
    const [left, right] = [under(start, middle), under(middle, end)];
    const [leftText, rightText] = [base64(left), base64(right)];
    for (let at = start; at < end; at++) proofs[at]?.push(at < middle ? rightText : leftText);
    return hasher.node(left, right);
  };
  return { root: leaves.length === 0 ? hasher.emptyRoot() : under(0, leaves.length), proofs };
}

/** Throws unless it is of the promises that a key of the log signed, of which one has to be known to the policy. */
export function verifyReceipt(crypto: Crypto, bytes: Uint8Array, policy: Policy): Receipt {
  const malformed = new LedgerFault('malformed', `The receipt is not of the form ${header}.`);
  const { lines, note: signed } = splitBeforeNote(bytes, 'The receipt');
  const [first, entry = '', place = '', ...path] = lines;
  const [seq, hash, ...more] = entry.split(' ');
  if (first !== header || hash === undefined || more.length > 0 || !place.startsWith('index '))
    throw malformed;
  const note = parseNote(signed);
  const [second, origin, head = '', ...rest] = note.text.split('\n');
  const [count, root, ...others] = head.split(' ');
  const isSigned = second === signedHeader && rest.join() === '' && rest.length === 1;
  if (!isSigned || origin === undefined || root === undefined || others.length > 0) throw malformed;
  const isOfLog = ({ name, type }: VerifierKey) => name === origin && type === signatureTypes.note;
  const keys = policy.logs.map(({ key }) => key).filter(isOfLog);
  if (verifyNote(crypto, note, keys).length === 0)
    throw new LedgerFault('signature-missing', `No known key of the log ${origin} signed the receipt.`);
  const hasher = new TreeHasher(crypto);
  verifyInclusion(hasher, {
    index: decimal(place.slice('index '.length), 'The index in the receipt'),
    size: decimal(count ?? '', 'The number of promises'),
    leafHash: hasher.leaf(utf8(entry)),
    proof: parseHashLines(path, 'The proof in the receipt'),
    root: fromBase64(root, 'The root in the receipt', hashBytes),
  });
  return {
    origin,
    seq: decimal(seq ?? '', 'The seq in the receipt'),
    leafHash: fromBase64(hash, 'The leaf hash in the receipt', hashBytes),
  };
}

/**
 * Holds a receipt against what the log shows at its place. The two signatures, on the receipt and on a checkpoint that
 * covers the place, are what proves to anybody that the log broke its word.
 */
export function checkReceipt({ origin, seq, leafHash }: Receipt, logged: Uint8Array): void {
  if (!isSame(leafHash, logged))
    throw new LedgerFault(
      'receipt-broken',
      `The log ${origin} promised another leaf ${seq} than it holds.`,
      seq,
    );
}
