import { formatLeaf, leafOf, LedgerFault, nodeCrypto, TreeHasher } from '#libs/ledger';
import type { Leaf, LedgerEvent, LogState } from '#libs/ledger';

const hasher = new TreeHasher(nodeCrypto);

/** A leaf with its bytes and their hash, the hash in hexadecimal digits too. */
export interface DerivedLeaf {
  readonly leaf: Leaf;
  readonly entry: Uint8Array;
  readonly leafHash: Uint8Array;
  readonly hex: string;
}

/** The leaf of an event that is stored, where it will stand in the record. */
export interface LeafAhead extends DerivedLeaf {
  readonly id: string;
  readonly ordinal: number;
  readonly log: string;
  readonly seq: number;
}

/** Or why there is none: what somebody put into the store by hand may be no event of ours at all. */
export function derivedLeaf(state: LogState, event: LedgerEvent): DerivedLeaf | string {
  try {
    const leaf = leafOf(nodeCrypto, state, event);
    const entry = formatLeaf(leaf);
    const leafHash = hasher.leaf(entry);
    return { leaf, entry, leafHash, hex: hexOf(leafHash) };
  } catch (error) {
    if (error instanceof LedgerFault || error instanceof TypeError) return error.message;
    throw error;
  }
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
