import { formatLeaf, Frontier, leafOf, nodeCrypto, TreeHasher } from '#libs/ledger';
import type { Head, Leaf, LedgerEvent } from '#libs/ledger';

const hasher = new TreeHasher(nodeCrypto);
const firstRoom = 1_024;

/** A log as it is derived from its first event on, without tables: 32 bytes a leaf, and one hash a stream. */
export class GrowingLog {
  readonly #heads = new Map<string, Head>();
  #hashes = Buffer.alloc(firstRoom * 32);
  #size = 0;

  #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Its name by now. */
  get origin(): string {
    return this.#origin;
  }

  get size(): number {
    return this.#size;
  }

  /** Throws `LedgerFault` where it does not go on with its stream. */
  leafOf(event: LedgerEvent): Leaf {
    const state = { origin: this.#origin, size: this.#size, headOf: (one: string) => this.#heads.get(one) };
    return leafOf(nodeCrypto, state, event);
  }

  /** Grows by the leaf, which `leafOf` gave. */
  take(leaf: Leaf): void {
    const hash = hasher.leaf(formatLeaf(leaf));
    this.#origin = leaf.log;
    if ((this.#size + 1) * 32 > this.#hashes.length)
      this.#hashes = Buffer.concat([this.#hashes], this.#hashes.length * 2);
    this.#hashes.set(hash, this.#size * 32);
    this.#size += 1;
    this.#heads.set(leaf.stream, { rev: leaf.rev, hash: Buffer.from(hash).toString('hex') });
  }

  /** Of the first leaves, of which there are so many; in base64. */
  root(size: number): string {
    const tree = new Frontier(hasher);
    for (let seq = 0; seq < size; seq += 1) tree.append(this.#hashes.subarray(seq * 32, (seq + 1) * 32));
    return Buffer.from(tree.root()).toString('base64');
  }

  /** Whether this is the leaf in that place, of those that are there. */
  holds(seq: number, entry: Uint8Array): boolean {
    return this.#hashes.subarray(seq * 32, (seq + 1) * 32).equals(hasher.leaf(entry));
  }
}
