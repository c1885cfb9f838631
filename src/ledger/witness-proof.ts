import { formatAddCheckpoint } from '#libs/ledger';
import type { CosignedCheckpoint } from './cosigned.js';
import type { Logs } from './logs.js';
import type { Release } from './release-check.js';

/** What a witness is sent that has countersigned so many leaves: a checkpoint, and that the log has only grown since. */
export function checkpointFor(logs: Logs, log: string, { size, note }: Release, oldSize: number): Uint8Array {
  const proof = oldSize === 0 || oldSize === size ? [] : logs.consistency(log, oldSize, size);
  return formatAddCheckpoint({ oldSize, proof, checkpoint: Buffer.from(note) });
}

/** Whether the log has the leaves that were countersigned. */
export function hasRoot(logs: Logs, log: string, { text, size }: CosignedCheckpoint): boolean {
  return text.split('\n')[2] === Buffer.from(logs.root(log, size)).toString('base64');
}

/** Within a sentence. */
export function lowered(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1).replace(/\.$/, '')}`;
}
