import {
  at,
  checkPayload,
  LedgerFault,
  nodeCrypto,
  parseEntries,
  parseLeaf,
  parsePayloads,
  paths,
  tilePath,
  tilesAt,
  tileWidth,
} from '#libs/ledger';
import type { FileReader, Json, JsonObject, Leaf, Payload, Tile } from '#libs/ledger';
import type { Folder } from './folder.js';
import { hasher, isSame } from './log-nodes.js';

const hashBytes = 32;

function targetOf({ data }: Payload): Json | undefined {
  return (data?.['data'] as JsonObject | undefined)?.['target'];
}

/** Entries and payloads of a mirror, a bundle at a time; each is held against its hash before it is kept. */
export class MirroredEntries {
  withheld = 0;
  /** Of what was erased since the mirror was last brought up to date. */
  readonly #erased = new Set<Json>();
  /** Whoever may not read one bundle of payloads may not read the next. */
  #isReadable = true;

  constructor(
    private readonly log: FileReader,
    private readonly folder: Folder,
    private readonly hashesOf: (tile: Tile) => Promise<Uint8Array>,
  ) {}

  async extend(
    before: number,
    size: number,
    onProgress?: (done: number, all: number) => void,
  ): Promise<void> {
    for (const tile of tilesAt('entries', 0, size)) {
      const end = tile.index * tileWidth + tile.width;
      const isNew = end > before;
      if (isNew || !this.folder.has(paths.payloads(tile))) await this.#take(tile, isNew);
      onProgress?.(end, size);
    }
    if (this.#erased.size > 0) for (const tile of tilesAt('entries', 0, size)) await this.#forget(tile);
  }

  async #take(tile: Tile, isNew: boolean): Promise<void> {
    const leaves = await this.#leaves(tile);
    const payloads = await this.#payloads(tile, leaves);
    if (payloads === undefined) this.withheld += tile.width;
    else if (isNew)
      payloads.forEach((payload, index) => {
        const target = leaves[index]?.type === 'ContentErased' ? targetOf(payload) : undefined;
        if (target !== undefined) this.#erased.add(target);
      });
  }

  async #leaves(tile: Tile): Promise<readonly Leaf[]> {
    const path = tilePath(tile);
    const hashes = await this.hashesOf(tile);
    const local = await this.folder.read(path);
    if (local !== undefined) {
      try {
        return checkedLeaves(local, tile, hashes);
      } catch (error) {
        // A run that was ended may have taken it from somebody else; the log has the last word.
        if (!(error instanceof LedgerFault)) throw error;
      }
    }
    const served = await this.log.read(path);
    if (served === undefined)
      throw new LedgerFault('file-missing', `The log does not serve ${path}.`, tile.index * tileWidth);
    const leaves = checkedLeaves(served, tile, hashes);
    await this.folder.write(path, served);
    return leaves;
  }

  /** From the log, for what it handed on earlier may be erased by now. */
  async #payloads(tile: Tile, leaves: readonly Leaf[]): Promise<readonly Payload[] | undefined> {
    if (!this.#isReadable) return undefined;
    const served = await this.log.read(paths.payloads(tile));
    this.#isReadable = served !== undefined;
    if (served === undefined) return undefined;
    const payloads = parsePayloads(served, tile.index * tileWidth, tile.width);
    payloads.forEach((payload, index) => {
      const leaf = leaves[index] as Leaf;
      at(leaf.seq, () => checkPayload(nodeCrypto, leaf, payload));
    });
    await this.folder.write(paths.payloads(tile), served);
    return payloads;
  }

  /** Takes payloads anew whose words, or those that they corrected, were erased since. */
  async #forget(tile: Tile): Promise<void> {
    const kept = await this.folder.read(paths.payloads(tile));
    if (kept === undefined) return;
    const leaves = await this.#leaves(tile);
    const payloads = parsePayloads(kept, tile.index * tileWidth, tile.width);
    const isErased = payloads.some((payload, index) => {
      const names = [leaves[index]?.id, targetOf(payload)];
      return payload.content !== null && names.some((one) => one !== undefined && this.#erased.has(one));
    });
    if (isErased) await this.#payloads(tile, leaves);
  }
}

function checkedLeaves(bytes: Uint8Array, tile: Tile, hashes: Uint8Array): readonly Leaf[] {
  return parseEntries(bytes, tile).map((entry, index) =>
    at(tile.index * tileWidth + index, () => {
      if (!isSame(hasher.leaf(entry), hashes.subarray(index * hashBytes, (index + 1) * hashBytes)))
        throw new LedgerFault('leaf-wrong', 'The leaf is not the one that was logged.');
      return parseLeaf(entry);
    }),
  );
}
