import type { Crypto } from './crypto.js';
import { hashBytes, sha256 } from './crypto.js';
import { LedgerFault } from './faults.js';

/** A leaf is at most what the two bytes before it in an entry bundle can count. */
export const entryMax = 65_535;

/** The hashes of RFC 9162 §2.1.1 in buffers that are made once. */
export class TreeHasher {
  readonly #leaf = new Uint8Array(1 + entryMax);
  readonly #node = Uint8Array.of(1, ...new Uint8Array(2 * hashBytes));

  constructor(private readonly crypto: Crypto) {}

  /** Of the tree without leaves. */
  emptyRoot(): Uint8Array {
    return sha256(this.crypto, new Uint8Array());
  }

  leaf(entry: Uint8Array): Uint8Array {
    const output = new Uint8Array(hashBytes);
    this.leafInto(entry, output);
    return output;
  }

  leafInto(entry: Uint8Array, output: Uint8Array): void {
    if (entry.length > entryMax)
      throw new LedgerFault('too-large', `A leaf has ${entry.length} bytes, and ${entryMax} at the most.`);
    this.#leaf.set(entry, 1);
    this.crypto.sha256(this.#leaf.subarray(0, 1 + entry.length), output, 0);
  }

  node(left: Uint8Array, right: Uint8Array): Uint8Array {
    const output = new Uint8Array(hashBytes);
    this.nodeInto(left, right, output);
    return output;
  }

  /** Of an entry that is well-formed text: the byte that marks a leaf is a character as well. */
  leafOfText(entry: string): Uint8Array {
    return sha256(this.crypto, `\0${entry}`);
  }

  /** The output may be one of the two. */
  nodeInto(left: Uint8Array, right: Uint8Array, output: Uint8Array): void {
    this.#node.set(left, 1);
    this.#node.set(right, 1 + hashBytes);
    this.crypto.sha256(this.#node, output, 0);
  }
}

/** Told of each node whose leaves are all there; the hash is lent and has to be copied. */
export type OnNode = (level: number, index: number, hash: Uint8Array) => void;

/**
 * A tree that only grows, of which no more is kept than what growing needs: one hash for each level. It is what a log has
 * to remember, and what streams.
 */
export class Frontier {
  /** By level, as far as there ever was a complete subtree. */
  readonly #edge: Uint8Array[] = [];
  readonly #current = new Uint8Array(hashBytes);
  #size = 0;

  constructor(
    private readonly hasher: TreeHasher,
    private readonly onNode?: OnNode,
  ) {}

  get size(): number {
    return this.#size;
  }

  appendEntry(entry: Uint8Array): void {
    this.hasher.leafInto(entry, this.#current);
    this.#grow();
  }

  append(leafHash: Uint8Array): void {
    this.#current.set(leafHash);
    this.#grow();
  }

  #grow(): void {
    const current = this.#current;
    let count = this.#size;
    let level = 0;
    this.onNode?.(0, count, current);
    for (; count % 2 === 1; count = (count - 1) / 2) {
      this.hasher.nodeInto(this.#edge[level] as Uint8Array, current, current);
      level += 1;
      this.onNode?.(level, (count - 1) / 2, current);
    }
    this.#keep(level, current);
    this.#size += 1;
  }

  #keep(level: number, hash: Uint8Array): void {
    const kept = this.#edge[level];
    if (kept === undefined) this.#edge[level] = hash.slice();
    else kept.set(hash);
  }

  root(): Uint8Array {
    let root: Uint8Array | undefined;
    for (let rest = this.#size, level = 0; rest > 0; rest = Math.floor(rest / 2), level++) {
      const left = this.#edge[level] as Uint8Array;
      if (rest % 2 === 1) root = root === undefined ? left.slice() : this.hasher.node(left, root);
    }
    return root ?? this.hasher.emptyRoot();
  }

  /** What is kept of it: the hashes of its complete subtrees, the greatest first. */
  edge(): readonly Uint8Array[] {
    const hashes: Uint8Array[] = [];
    for (let rest = this.#size, level = 0; rest > 0; rest = Math.floor(rest / 2), level++)
      if (rest % 2 === 1) hashes.unshift((this.#edge[level] as Uint8Array).slice());
    return hashes;
  }

  /** Goes on from what was kept. */
  static from(hasher: TreeHasher, size: number, edge: readonly Uint8Array[], onNode?: OnNode): Frontier {
    const frontier = new Frontier(hasher, onNode);
    frontier.#size = size;
    let kept = edge.length;
    for (let rest = size, level = 0; rest > 0; rest = Math.floor(rest / 2), level++) {
      if (rest % 2 === 0) continue;
      kept -= 1;
      const hash = edge[kept];
      if (hash === undefined) throw new RangeError(`A tree of ${size} leaves has more complete subtrees.`);
      frontier.#keep(level, hash);
    }
    if (kept !== 0) throw new RangeError(`A tree of ${size} leaves has fewer complete subtrees.`);
    return frontier;
  }
}
