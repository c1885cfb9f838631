import { formatLeaf, leafOf, nodeCrypto, TreeHasher } from '#libs/ledger';
import type { Head, LedgerEvent } from '#libs/ledger';

const hasher = new TreeHasher(nodeCrypto);
const firstRoom = 1_024;

/** A log as it is derived from its first event on, without tables: 32 bytes a leaf, and one hash a stream. */
export class GrowingLog {
  readonly #heads = new Map<string, Head>();
  #hashes = Buffer.alloc(firstRoom * 32);
  #size = 0;

  constructor(readonly origin: string) {}

  get size(): number {
    return this.#size;
  }

  /** Throws `LedgerFault` where it does not go on with its stream. */
  entryOf(event: LedgerEvent): Uint8Array {
    const state = { origin: this.origin, size: this.#size, headOf: (one: string) => this.#heads.get(one) };
    return formatLeaf(leafOf(nodeCrypto, state, event));
  }

  /** Grows by the leaf, which `entryOf` gave for the event. */
  take({ stream, revision }: Pick<LedgerEvent, 'stream' | 'revision'>, entry: Uint8Array): void {
    const hash = hasher.leaf(entry);
    if ((this.#size + 1) * 32 > this.#hashes.length)
      this.#hashes = Buffer.concat([this.#hashes], this.#hashes.length * 2);
    this.#hashes.set(hash, this.#size * 32);
    this.#size += 1;
    this.#heads.set(stream, { rev: revision, hash: Buffer.from(hash).toString('hex') });
  }

  /** Whether this is the leaf in that place, of those that are there. */
  holds(seq: number, entry: Uint8Array): boolean {
    return this.#hashes.subarray(seq * 32, (seq + 1) * 32).equals(hasher.leaf(entry));
  }
}
