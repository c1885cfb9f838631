import { isHexOf } from './bytes.js';
import { hashBytes } from './crypto.js';
import type { TreeHasher } from './merkle.js';
import { Frontier } from './merkle.js';
import { rangeHash } from './proofs.js';
import type { Nodes } from './proofs.js';

/** A tree in memory with all of its complete nodes: 64 bytes a leaf, for proofs and roots at every size. */
export class Tree {
  readonly #levels: Uint8Array[] = [];
  readonly #frontier: Frontier;

  constructor(private readonly hasher: TreeHasher) {
    this.#frontier = new Frontier(hasher, (level, index, hash) => this.#keep(level, index, hash));
  }

  get size(): number {
    return this.#frontier.size;
  }

  appendEntry(entry: Uint8Array): void {
    this.#frontier.appendEntry(entry);
  }

  append(leafHash: Uint8Array): void {
    this.#frontier.append(leafHash);
  }

  #keep(level: number, index: number, hash: Uint8Array): void {
    let kept = this.#levels[level];
    if (kept === undefined || kept.length < (index + 1) * hashBytes) {
      const grown = new Uint8Array(Math.max(8 * hashBytes, 2 * index * hashBytes));
      if (kept !== undefined) grown.set(kept);
      kept = grown;
      this.#levels[level] = kept;
    }
    kept.set(hash, index * hashBytes);
  }

  /** Lent: whoever keeps it copies it. */
  readonly node: Nodes = (level, index) => {
    const kept = this.#levels[level];
    if (kept === undefined || (index + 1) * 2 ** level > this.size)
      throw new RangeError(`The tree has no node ${index} at level ${level}.`);
    return kept.subarray(index * hashBytes, (index + 1) * hashBytes);
  };

  /** Whether it has the hash of that leaf there. */
  hasLeaf(index: number, hash: Uint8Array): boolean {
    const kept = this.#levels[0];
    if (kept === undefined || index >= this.size) return false;
    const start = index * hashBytes;
    for (let at = 0; at < hashBytes; at++) if (kept[start + at] !== hash[at]) return false;
    return true;
  }

  /** Whether these are the hexadecimal digits of the leaf hash there. */
  hasLeafHex(index: number, digits: string): boolean {
    const kept = this.#levels[0];
    return kept !== undefined && index < this.size && isHexOf(digits, kept, index * hashBytes, hashBytes);
  }

  /** Of the first leaves, as many as are there or fewer. */
  root(size = this.size): Uint8Array {
    if (size > this.size) throw new RangeError(`The tree has ${this.size} leaves.`);
    return size === 0 ? this.hasher.emptyRoot() : rangeHash(this.hasher, this.node, { start: 0, end: size });
  }
}
