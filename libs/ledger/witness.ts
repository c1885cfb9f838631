import { base64, decimal, isSame, textOf, utf8 } from './bytes.js';
import { parseCheckpoint } from './checkpoint.js';
import type { Checkpoint } from './checkpoint.js';
import type { Crypto } from './crypto.js';
import { LedgerFault } from './faults.js';
import type { VerifierKey } from './keys.js';
import { TreeHasher } from './merkle.js';
import { parseNote } from './note.js';
import type { Note } from './note.js';
import { verifyConsistency } from './proof-check.js';
import { verifyNote } from './signing.js';
import { parseHashLines, splitBeforeNote } from './tlog-proof.js';

/** The body of `add-checkpoint` (c2sp.org/tlog-witness). */
export interface AddCheckpoint {
  readonly oldSize: number;
  readonly proof: readonly Uint8Array[];
  /** The signed checkpoint as the log served it. */
  readonly checkpoint: Uint8Array;
}

export const sizeMediaType = 'text/x.tlog.size';

export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): Uint8Array {
  const lines = [`old ${oldSize}`, ...proof.map(base64), ''];
  return utf8(`${lines.join('\n')}\n${textOf(checkpoint, 'The checkpoint')}`);
}

export function parseAddCheckpoint(bytes: Uint8Array): AddCheckpoint {
  const { lines, note } = splitBeforeNote(bytes, 'The request');
  const [old, ...hashes] = lines;
  if (old?.startsWith('old ') !== true)
    throw new LedgerFault('malformed', 'The request does not begin with the old size.');
  return {
    oldSize: decimal(old.slice('old '.length), 'The old size'),
    proof: parseHashLines(hashes, 'The consistency proof'),
    checkpoint: note,
  };
}

/** The size that a witness answers with 409. */
export function parseSizeAnswer(bytes: Uint8Array): number {
  const text = textOf(bytes, 'The size that the witness answered');
  if (!text.endsWith('\n'))
    throw new LedgerFault('malformed', 'The size that the witness answered does not end with a line feed.');
  return decimal(text.slice(0, -1), 'The size that the witness answered');
}

/** What a witness has cosigned last of one log. */
export interface Witnessed {
  readonly size: number;
  readonly root: Uint8Array;
}

/** What a witness remembers, and of whom. */
export interface WitnessState {
  /** The keys that it trusts for an origin; undefined where it does not know the log. */
  keysOf(origin: string): readonly VerifierKey[] | undefined;
  latestOf(origin: string): Witnessed | undefined;
}

export type WitnessAnswer =
  | { readonly status: 200; readonly checkpoint: Checkpoint; readonly note: Note }
  | { readonly status: 400 | 403 | 404 | 422; readonly why: string }
  | { readonly status: 409; readonly size: number };

/**
 * What a witness answers. Where that is 200 it makes the checkpoint its latest, and durable, before it cosigns and answers;
 * nothing may come between this look at the latest and that.
 */
export function judgeCheckpoint(crypto: Crypto, body: Uint8Array, state: WitnessState): WitnessAnswer {
  try {
    return judged(crypto, body, state);
  } catch (error) {
    if (!(error instanceof LedgerFault)) throw error;
    const statuses: Readonly<Record<string, 403 | 422>> = {
      'signature-wrong': 403,
      'consistency-wrong': 422,
    };
    return { status: statuses[error.code] ?? 400, why: error.message };
  }
}

function judged(crypto: Crypto, body: Uint8Array, state: WitnessState): WitnessAnswer {
  const { oldSize, proof, checkpoint: signed } = parseAddCheckpoint(body);
  const note = parseNote(signed);
  const checkpoint = parseCheckpoint(note.text);
  const { origin, size, root } = checkpoint;
  const keys = state.keysOf(origin);
  if (keys === undefined) return { status: 404, why: `The log ${origin} is not known here.` };
  if (verifyNote(crypto, note, keys).length === 0)
    return { status: 403, why: `No known key of ${origin} signed the checkpoint.` };
  if (oldSize > size)
    return { status: 400, why: `The old size ${oldSize} is greater than the size ${size}.` };
  const latest = state.latestOf(origin);
  if (oldSize !== (latest?.size ?? 0)) return { status: 409, size: latest?.size ?? 0 };
  const hasher = new TreeHasher(crypto);
  if (size === 0 && !isSame(root, hasher.emptyRoot()))
    return { status: 422, why: 'The root of a tree without leaves is the hash of nothing.' };
  if (latest === undefined || latest.size === 0) {
    if (proof.length > 0) return { status: 422, why: 'Nothing has to be proven from no leaves.' };
  } else
    verifyConsistency(hasher, {
      first: oldSize,
      second: size,
      firstRoot: latest.root,
      secondRoot: root,
      proof,
    });
  return { status: 200, checkpoint, note };
}
