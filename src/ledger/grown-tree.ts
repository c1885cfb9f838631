import { Frontier, hashBytes, nodesOf, tileWidth } from '#libs/ledger';
import type { TreeHasher } from '#libs/ledger';
import { ReadModelsDamaged } from '#libs/projections';
import type { Tables } from '#libs/projections';
import { hashesIn, keepTile, keptTile, nodesIn } from './ledger-tables.js';
import type { LeavesRead } from './ledger-tables.js';

/** Of the levels of a tree those are kept of which tiles are made: each eighth. */
const tileHeight = 8;

/**
 * The tree of a log as it grows. Of its leaves a tile is written once it is whole, and not a row for each of them; what is no
 * whole tile yet is in memory, and hashed anew from the leaves by whoever begins with what the tables hold.
 */
export class GrownTree {
  readonly #tile = new Uint8Array(tileWidth * hashBytes);
  readonly #frontier: Frontier;

  private constructor(
    private readonly tables: Tables,
    private readonly log: string,
    begin: (keep: (level: number, place: number, hash: Uint8Array) => void) => Frontier,
  ) {
    this.#frontier = begin((level, place, hash) => this.#keep(level, place, hash));
  }

  /** Of so many leaves, which are all there. */
  static of(hasher: TreeHasher, read: LeavesRead, log: string, size: number): GrownTree {
    const nodes = nodesIn(hasher, read, log, size);
    const edge = nodesOf({ start: 0, end: size }).map(({ level, index }) => nodes(level, index).slice());
    const tree = new GrownTree(read.tables, log, (keep) => Frontier.from(hasher, size, edge, keep));
    const [index, width] = [Math.floor(size / tileWidth), size % tileWidth];
    if (width > 0) tree.#tile.set(hashesIn(hasher, read, { log, level: 0, index, width }));
    return tree;
  }

  get size(): number {
    return this.#frontier.size;
  }

  /** Throws `ReadModelsDamaged` where what was kept of it is not what it goes on from; then it is no tree any more. */
  append(leafHash: Uint8Array): void {
    this.#frontier.append(leafHash);
  }

  #keep(level: number, place: number, hash: Uint8Array): void {
    if (level % tileHeight !== 0) return;
    const { tables, log } = this;
    const [index, at] = [Math.floor(place / tileWidth), place % tileWidth];
    if (level > 0) {
      const tile = { log, level: level / tileHeight, index };
      const before = at === 0 ? new Uint8Array() : keptTile(tables, tile);
      if (before?.length !== at * hashBytes) throw new ReadModelsDamaged();
      keepTile(tables, tile, Buffer.concat([before, hash]));
      return;
    }
    this.#tile.set(hash, at * hashBytes);
    if (at === tileWidth - 1) keepTile(tables, { log, level: 0, index }, this.#tile);
  }
}
