/** A log of three hundred leaves, and what finds a fault in it. */

import { utf8, joined } from './bytes.js';
import { LedgerFault } from './faults.js';
import type { FaultCode } from './faults.js';
import { formatVerifierKey, signatureTypes } from './keys.js';
import { formatLeaf } from './leaf-form.js';
import type { Leaf } from './leaf.js';
import { verifyMirror } from './mirror.js';
import { nodeCrypto } from './node.js';
import { formatPayload } from './payload.js';
import type { Payload } from './payload.js';
import { parsePolicy } from './policy-file.js';
import { filesOf, filledLog, signedBy, testSigner } from './testing.js';
import type { TestLog } from './testing.js';
import { formatEntries, parseEntries, tileWidth } from './tiles.js';

export const origin = 'record.example/dialogue-1';
export const signer = testSigner(origin, 1);
export const ru = testSigner('witness.ru.example', 3, signatureTypes.cosignature);
export const policy = parsePolicy(
  nodeCrypto,
  utf8(`log ${formatVerifierKey(signer.key)}\nwitness RU ${formatVerifierKey(ru.key)}\nquorum RU\n`),
);
export const size = 300;
export const log = filledLog(origin, size);
export const sign = (one: TestLog, count = one.tree.size, time = one.now) =>
  signedBy(one.checkpoint(count), [signer, ru], time);
export const signed = sign(log);

/** What is wrong, and at which leaf; undefined where nothing is. */
export async function fault(check: () => unknown): Promise<[FaultCode, number | undefined] | undefined> {
  try {
    await check();
    return undefined;
  } catch (error) {
    if (!(error instanceof LedgerFault)) throw error;
    return [error.code, error.at];
  }
}

export const mirrorFault = (files: Map<string, Uint8Array>) =>
  fault(() => verifyMirror(nodeCrypto, filesOf(files), { policy }));

export type Change = (files: Map<string, Uint8Array>) => void;
export const bundlePath = 'tile/entries/000';

/** Changes the list of entries of the first bundle, and of its payloads. */
export function entriesChanged(change: (entries: Uint8Array[], payloads: Payload[]) => void): Change {
  return (files) => {
    const tile = { level: 'entries', index: 0, width: tileWidth } as const;
    const entries = [...parseEntries(files.get(bundlePath)!, tile)];
    const payloads = log.payloads.slice(0, tileWidth);
    change(entries, payloads);
    files.set(bundlePath, formatEntries(entries));
    files.set('payloads/000', joined(...payloads.map(formatPayload)));
  };
}

export const entry = (seq: number) => log.entries[seq] as Uint8Array;
export const leaf = (seq: number) => log.leaves[seq] as Leaf;
export const payload = (seq: number) => log.payloads[seq] as Payload;
export const changedLeaf = (seq: number, change: Partial<Leaf>) => formatLeaf({ ...leaf(seq), ...change });
