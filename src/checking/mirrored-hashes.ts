import {
  Frontier,
  hashBytes,
  isSame,
  LedgerFault,
  nodesOf,
  paths,
  tilePath,
  tilesAt,
  tilesBetween,
  tileWidth,
} from '#libs/ledger';
import type { FileReader, Tile } from '#libs/ledger';
import { CannotCheck } from './cannot-check.js';
import type { Folder } from './folder.js';
import { hasher, nodesFor } from './log-nodes.js';

const tileLevels = 8;

/** The tiles of hashes of a mirror: those of the leaves are taken from the log, those above are made of them. */
export class MirroredHashes {
  #isLocalUsed = false;

  constructor(
    private readonly log: FileReader,
    private readonly folder: Folder,
    private readonly before: number,
  ) {}

  /** The hashes of the leaves of a bundle of entries, once they are there. */
  readonly levelZero = async (tile: Tile): Promise<Uint8Array> => {
    const path = tilePath({ ...tile, level: 0 });
    const bytes = await this.folder.read(path);
    if (bytes === undefined) throw new LedgerFault('file-missing', `${path} is missing.`);
    return bytes;
  };

  /** Throws where the hashes do not lead to the root, once none of a run that was ended is among them. */
  async extend(size: number, root: Uint8Array): Promise<void> {
    if (size <= this.before) return;
    const made = await this.#extended(size);
    if (isSame(made, root)) return;
    for (const tile of tilesBetween(this.before, size))
      if (tile.level !== 'entries') await this.folder.remove(tilePath(tile));
    if (!this.#isLocalUsed)
      throw new LedgerFault(
        'root-wrong',
        `The log serves hashes that are not those of its checkpoint of ${size} entries.`,
      );
    this.#isLocalUsed = false;
    await this.extend(size, root);
  }

  async #extended(size: number): Promise<Uint8Array> {
    const upper = await UpperTiles.from(this.folder, this.before);
    const frontier = await this.#frontier((level, index, hash) => upper.keep(level, index, hash));
    for (const tile of tilesAt(0, this.before, size)) {
      const bytes = await this.#tile(tile);
      for (let at = frontier.size - tile.index * tileWidth; at < tile.width; at++)
        frontier.append(bytes.subarray(at * hashBytes, (at + 1) * hashBytes));
      await upper.writeWhole();
    }
    await upper.writeRest();
    return frontier.root();
  }

  /** From what the mirror holds. */
  async #frontier(onNode: (level: number, index: number, hash: Uint8Array) => void): Promise<Frontier> {
    if (this.before === 0) return new Frontier(hasher, onNode);
    const range = { start: 0, end: this.before };
    try {
      const nodes = await nodesFor(this.folder, this.before, [range]);
      const edge = nodesOf(range).map(({ level, index }) => nodes(level, index));
      return Frontier.from(hasher, this.before, edge, onNode);
    } catch (error) {
      if (!(error instanceof LedgerFault)) throw error;
      throw new CannotCheck(
        `The mirror in ${this.folder.path} is not whole (${error.message}): where an older checkpoint was put into it, move that to ${paths.earlier(this.before)} in it, and do this again; otherwise verify it, and make a new one in another folder.`,
      );
    }
  }

  async #tile(tile: Tile): Promise<Uint8Array> {
    const path = tilePath(tile);
    const local = await this.folder.read(path);
    if (local?.length === tile.width * hashBytes) {
      this.#isLocalUsed = true;
      return local;
    }
    const served = await this.log.read(path);
    if (served?.length !== tile.width * hashBytes)
      throw new LedgerFault('tile-wrong', `The log serves ${path} not whole, or not at all.`);
    await this.folder.write(path, served);
    return served;
  }
}

/** The tiles above those of the leaves, as the tree grows. */
class UpperTiles {
  readonly #levels = new Map<number, { index: number; hashes: Uint8Array[] }>();
  readonly #whole: { readonly tile: Tile; readonly bytes: Uint8Array }[] = [];

  private constructor(private readonly folder: Folder) {}

  /** Goes on from the partial tiles of a mirror of this size. */
  static async from(folder: Folder, size: number): Promise<UpperTiles> {
    const upper = new UpperTiles(folder);
    for (
      let level = 1, count = Math.floor(size / tileWidth);
      count > 0;
      level++, count = Math.floor(count / tileWidth)
    ) {
      const [index, width] = [Math.floor(count / tileWidth), count % tileWidth];
      const bytes = width === 0 ? new Uint8Array() : await folder.read(tilePath({ level, index, width }));
      if (bytes?.length !== width * hashBytes)
        throw new CannotCheck(
          `The mirror in ${folder.path} lacks a tile of hashes: make a new one in another folder.`,
        );
      const hashes = Array.from({ length: width }, (_, at) =>
        bytes.subarray(at * hashBytes, (at + 1) * hashBytes),
      );
      upper.#levels.set(level, { index, hashes });
    }
    return upper;
  }

  keep(level: number, index: number, hash: Uint8Array): void {
    if (level === 0 || level % tileLevels !== 0) return;
    const at = level / tileLevels;
    const tile = this.#levels.get(at) ?? { index: Math.floor(index / tileWidth), hashes: [] };
    this.#levels.set(at, tile);
    tile.hashes.push(hash.slice());
    if (tile.hashes.length < tileWidth) return;
    this.#whole.push(joined(at, tile.index, tile.hashes));
    this.#levels.set(at, { index: tile.index + 1, hashes: [] });
  }

  async writeWhole(): Promise<void> {
    for (const { tile, bytes } of this.#whole.splice(0)) await this.folder.write(tilePath(tile), bytes);
  }

  async writeRest(): Promise<void> {
    for (const [level, { index, hashes }] of this.#levels)
      if (hashes.length > 0) this.#whole.push(joined(level, index, hashes));
    await this.writeWhole();
  }
}

function joined(level: number, index: number, hashes: readonly Uint8Array[]) {
  return { tile: { level, index, width: hashes.length }, bytes: new Uint8Array(Buffer.concat(hashes)) };
}
