import { base64, decimal, fromBase64, isSame } from './bytes.js';
import { hashBytes } from './crypto.js';
import { LedgerFault } from './faults.js';

/** The head of a tree that a log signs (c2sp.org/tlog-checkpoint). */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  /** Lines after the third, of logs that have them; ours has none. */
  readonly extensions: readonly string[];
}

export function parseCheckpoint(text: string): Checkpoint {
  const wrong = (why: string) => new LedgerFault('malformed', `The checkpoint ${why}.`);
  const lines = text.split('\n');
  if (lines.pop() !== '') throw wrong('does not end with a line feed');
  const [origin, size, root, ...extensions] = lines;
  if (origin === undefined || size === undefined || root === undefined)
    throw wrong('has fewer than three lines');
  if (lines.includes('')) throw wrong('has an empty line');
  return {
    origin,
    size: decimal(size, 'The size in the checkpoint'),
    root: fromBase64(root, 'The root in the checkpoint', hashBytes),
    extensions,
  };
}

/** The body of a checkpoint, which is what is signed. */
export function formatCheckpoint({ origin, size, root }: Omit<Checkpoint, 'extensions'>): string {
  if (origin === '' || /[\p{White_Space}+]/u.test(origin))
    throw new LedgerFault('origin-wrong', `“${origin}” is no origin of a log.`);
  return `${origin}\n${size}\n${base64(root)}\n`;
}

/** Whether both are of one log and one size and yet of different leaves: the proof that a log has shown two histories. */
export function isFork(one: Checkpoint, other: Checkpoint): boolean {
  return one.origin === other.origin && one.size === other.size && !isSame(one.root, other.root);
}
