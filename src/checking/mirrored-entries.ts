import {
  at,
  checkPayload,
  formatPayload,
  hashBytes,
  isSame,
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
import type { FileReader, Json, Leaf, Payload, Tile } from '#libs/ledger';
import type { Folder } from './folder.js';
import { forgotten, isHeld, targetOf, together } from './kept-payloads.js';
import { hasher } from './log-nodes.js';

/**
 * Entries and payloads of a mirror, a bundle at a time; each is held against its hash before it is kept. What the mirror has
 * of a payload it keeps, whatever the log hands on later, unless an event of the log says that the words were erased.
 */
export class MirroredEntries {
  /** Entries of which something was not handed on that no erasure accounts for, and the first of them. */
  withheld = 0;
  firstWithheld: number | undefined;
  /** What was erased since the mirror was last brought up to date. */
  readonly #erased = new Set<Json>();
  /** By bundle, the entries whose words were not handed on and are said to be erased. */
  readonly #saidErased = new Map<number, Set<number>>();
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
      if (end > before || (await this.#lacks(tile))) await this.#take(tile, before);
      onProgress?.(end, size);
    }
    const erased = this.#saidErased.size > 0 ? await this.#erasures(size) : this.#erased;
    for (const tile of tilesAt('entries', 0, size))
      if (this.#erased.size > 0 || this.#saidErased.has(tile.index)) await this.#forget(tile, erased);
    for (const seqs of this.#saidErased.values()) for (const seq of seqs) this.#miss(seq, 1);
  }

  #miss(first: number, count: number): void {
    this.withheld += count;
    this.firstWithheld = Math.min(this.firstWithheld ?? first, first);
  }

  /** Whether the mirror has the payloads not, or not all of each. Most bundles are not parsed for it. */
  async #lacks(tile: Tile): Promise<boolean> {
    const bytes = await this.folder.read(paths.payloads(tile));
    if (bytes === undefined) return true;
    if (!Buffer.from(bytes).includes('"withheld":')) return false;
    const leaves = await this.#leaves(tile);
    const kept = await this.#kept(tile);
    return leaves.some((leaf, index) => isHeld(leaf, kept[index]) !== 'whole');
  }

  async #take(tile: Tile, before: number): Promise<void> {
    const first = tile.index * tileWidth;
    const leaves = await this.#leaves(tile);
    const served = await this.#served(tile, leaves);
    const held = await this.#held(tile, leaves, before);
    if (served === undefined && held.every((one) => one.length === 0)) return this.#miss(first, tile.width);
    const all = leaves.map((leaf, index) => {
      const [had, given] = [held[index] ?? [], served?.[index]];
      const known = given === undefined ? had : [given, ...had];
      const payload = together(leaf, known);
      if (known.some((one) => checkPayload(nodeCrypto, leaf, one) === 'erased'))
        this.#sayErased(tile, leaf.seq);
      else if (checkPayload(nodeCrypto, leaf, given ?? payload) === 'withheld') this.#miss(leaf.seq, 1);
      const isNew = leaf.seq >= before || had.every(({ data }) => data === null);
      const target = leaf.type === 'ContentErased' && isNew ? targetOf(payload) : undefined;
      if (target !== undefined) this.#erased.add(target);
      return payload;
    });
    await this.#write(tile, all);
  }

  #sayErased({ index }: Tile, seq: number): void {
    this.#saidErased.set(index, (this.#saidErased.get(index) ?? new Set()).add(seq));
  }

  #write(tile: Tile, payloads: readonly Payload[]): Promise<void> {
    return this.folder.write(
      paths.payloads(tile),
      new Uint8Array(Buffer.concat(payloads.map(formatPayload))),
    );
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

  /** Each held against its leaf; undefined where the log hands on none. */
  async #served(tile: Tile, leaves: readonly Leaf[]): Promise<readonly Payload[] | undefined> {
    if (!this.#isReadable) return undefined;
    const served = await this.log.read(paths.payloads(tile));
    this.#isReadable = served !== undefined;
    if (served === undefined) return undefined;
    const payloads = parsePayloads(served, tile.index * tileWidth, tile.width);
    payloads.forEach((payload, index) => {
      const leaf = leaves[index] as Leaf;
      at(leaf.seq, () => checkPayload(nodeCrypto, leaf, payload));
    });
    return payloads;
  }

  /** What the mirror has of each payload, also from when the bundle was shorter; what is not of its leaf is passed over. */
  async #held(tile: Tile, leaves: readonly Leaf[], before: number): Promise<readonly Payload[][]> {
    const first = tile.index * tileWidth;
    const shorter = before > first && before < first + tile.width ? [{ ...tile, width: before - first }] : [];
    const held = leaves.map((): Payload[] => []);
    for (const one of [tile, ...shorter])
      (await this.#kept(one)).forEach((payload, index) => {
        if (isHeld(leaves[index] as Leaf, payload) !== 'wrong') held[index]?.push(payload);
      });
    return held;
  }

  async #kept(tile: Tile): Promise<readonly Payload[]> {
    const bytes = await this.folder.read(paths.payloads(tile));
    if (bytes === undefined) return [];
    try {
      return parsePayloads(bytes, tile.index * tileWidth, tile.width);
    } catch (error) {
      if (!(error instanceof LedgerFault)) throw error;
      return [];
    }
  }

  /** What any event of the log says was erased, as far as the mirror has its data. */
  async #erasures(size: number): Promise<ReadonlySet<Json>> {
    const erased = new Set(this.#erased);
    for (const tile of tilesAt('entries', 0, size)) {
      const entries = await this.folder.read(tilePath(tile));
      if (entries === undefined || !Buffer.from(entries).includes('ContentErased')) continue;
      const leaves = await this.#leaves(tile);
      for (const [index, payload] of (await this.#kept(tile)).entries()) {
        const target = leaves[index]?.type === 'ContentErased' ? targetOf(payload) : undefined;
        if (target !== undefined) erased.add(target);
      }
    }
    return erased;
  }

  /** Lets go of words that the log does not hand on any more where they, or those that they corrected, were erased. */
  async #forget(tile: Tile, erased: ReadonlySet<Json>): Promise<void> {
    const kept = await this.#kept(tile);
    const leaves = await this.#leaves(tile);
    const said = this.#saidErased.get(tile.index) ?? new Set<number>();
    const isNamed = (payload: Payload, index: number, by: ReadonlySet<Json>) =>
      [leaves[index]?.id, targetOf(payload)].some((one) => one !== undefined && by.has(one));
    const isAsked = kept.some(
      (payload, index) =>
        payload.content !== null &&
        leaves[index]?.type !== 'ContentErased' &&
        isNamed(payload, index, this.#erased),
    );
    const served = isAsked ? ((await this.#served(tile, leaves)) ?? []) : [];
    let isChanged = false;
    const left = kept.map((payload, index) => {
      const leaf = leaves[index] as Leaf;
      const given = served[index];
      const isGone =
        said.has(leaf.seq) || (given !== undefined && checkPayload(nodeCrypto, leaf, given) === 'erased');
      if (!isGone || !isNamed(payload, index, erased)) return payload;
      said.delete(leaf.seq);
      isChanged = true;
      return forgotten(leaf, payload);
    });
    if (isChanged) await this.#write(tile, left);
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
