import { LedgerFault, nodeCrypto, parseCheckpoint, parseNote, verifyNote } from '#libs/ledger';
import type { NoteSignature, Verified, VerifierKey } from '#libs/ledger';

/** A countersignature that verifies, with its line. */
export interface Cosignature extends Verified {
  readonly signature: NoteSignature;
}

/** A checkpoint as it was released, and the countersignatures of it that verify. */
export interface CosignedCheckpoint {
  readonly size: number;
  /** What is signed. */
  readonly text: string;
  /** With the signatures of the log and of those who countersigned. */
  readonly note: string;
  readonly cosigned: readonly Cosignature[];
}

/** Throws `LedgerFault` where a signature of one of the keys does not verify. */
export function checkedNote(bytes: Uint8Array, keys: readonly VerifierKey[]): CosignedCheckpoint {
  const { text, signatures } = parseNote(bytes);
  const cosigned = signatures.flatMap((signature) =>
    verifyNote(nodeCrypto, { text, signatures: [signature] }, keys).map((one) => ({ ...one, signature })),
  );
  return { size: parseCheckpoint(text).size, text, note: Buffer.from(bytes).toString('utf8'), cosigned };
}

/** Whoever changes the store by hand does not make us show a signature that is none. */
export function checkedOrNothing(note: string, keys: readonly VerifierKey[]): readonly CosignedCheckpoint[] {
  try {
    const checked = checkedNote(Buffer.from(note), keys);
    return checked.cosigned.length === 0 ? [] : [checked];
  } catch (error) {
    if (!(error instanceof LedgerFault)) throw error;
    return [];
  }
}

export function isBy(id: string): (one: CosignedCheckpoint) => boolean {
  return ({ cosigned }) => cosigned.some(({ key }) => key.id === id);
}

/** So many as there are witnesses, and one: the newest of each, and the newest of those that most of them countersigned. */
export function worthKeeping(checkpoints: readonly CosignedCheckpoint[]): readonly CosignedCheckpoint[] {
  const newestFirst = checkpoints.toSorted((one, other) => other.size - one.size);
  const most = Math.max(0, ...newestFirst.map(({ cosigned }) => cosigned.length));
  const best = newestFirst.find(({ cosigned }) => cosigned.length === most);
  const seen = new Set<string>();
  return newestFirst.filter((one) => {
    const fresh = one.cosigned.filter(({ key }) => !seen.has(key.id));
    for (const { key } of fresh) seen.add(key.id);
    return fresh.length > 0 || one === best;
  });
}
