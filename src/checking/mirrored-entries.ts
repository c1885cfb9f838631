import {
  at,
  checkPayload,
  Erasures,
  erasureTypes,
  formatPayload,
  LedgerFault,
  nodeCrypto,
  parsePayloads,
  paths,
  tilePath,
  tilesAt,
  tileWidth,
  voidedBy,
} from '#libs/ledger';
import type { FileReader, Leaf, Payload, Tile } from '#libs/ledger';
import type { Folder } from './folder.js';
import { forgotten, isGone, isHeld, together } from './kept-payloads.js';
import { checkedLeaves } from './log-nodes.js';

/**
 * Entries and payloads of a mirror, a bundle at a time; each is held against its hash before it is kept. What the mirror has
 * of a payload it keeps, whatever the log hands on later, unless an event of the log says that the words were erased.
 */
export class MirroredEntries {
  /** Entries of which something was not handed on that no erasure accounts for, and the first of them. */
  withheld = 0;
  firstWithheld: number | undefined;
  /** Whether anything was erased since the mirror was last brought up to date. */
  #isErased = false;
  /** Whether anything was found void since then: it may be an erasure, whose words are there again. */
  #isVoided = false;
  /** By bundle, the entries whose words were not handed on and are said to be erased. */
  readonly #saidErased = new Map<number, Set<number>>();
  /** Those of them that the log hands on, though the mirror had let go of them. */
  readonly #handedOn = new Set<number>();
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
    if (this.#isErased || this.#isVoided || this.#saidErased.size > 0) await this.#obeyErasures(before, size);
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
      if (known.some((one) => isGone(leaf, one))) {
        this.#sayErased(tile, leaf.seq);
        if (given !== undefined && checkPayload(nodeCrypto, leaf, given) === 'complete')
          this.#handedOn.add(leaf.seq);
      } else if (checkPayload(nodeCrypto, leaf, given ?? payload) === 'withheld') this.#miss(leaf.seq, 1);
      const isNew = leaf.seq >= before || had.every(({ data }) => data === null);
      this.#isErased ||= isNew && leaf.type === 'ContentErased';
      this.#isVoided ||= isNew && voidedBy(leaf, payload) !== undefined;
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

  async #obeyErasures(before: number, size: number): Promise<void> {
    const erasures = await this.#erasures(size);
    if (this.#isVoided)
      for (const tile of tilesAt('entries', 0, size))
        if (await this.#lacksUnerased(tile, erasures)) await this.#take(tile, before);
    for (const tile of tilesAt('entries', 0, size))
      if (this.#isErased || this.#saidErased.has(tile.index)) await this.#forget(tile, erasures);
  }

  /** What the events of the log say was erased, as far as the mirror has their data. */
  async #erasures(size: number): Promise<Erasures> {
    const erasures = new Erasures();
    for (const tile of tilesAt('entries', 0, size)) {
      const entries = await this.folder.read(tilePath(tile));
      if (entries === undefined || !erasureTypes.some((type) => Buffer.from(entries).includes(type)))
        continue;
      const payloads = await this.#kept(tile);
      for (const [index, leaf] of (await this.#leaves(tile)).entries()) erasures.add(leaf, payloads[index]);
    }
    return erasures;
  }

  async #lacksUnerased(tile: Tile, erasures: Erasures): Promise<boolean> {
    const kept = await this.#kept(tile);
    return (await this.#leaves(tile)).some(
      (leaf, index) => isGone(leaf, kept[index]) && !erasures.names(leaf),
    );
  }

  /** Lets go of words that the log does not hand on any more where an event of it erased them. */
  async #forget(tile: Tile, erasures: Erasures): Promise<void> {
    const kept = await this.#kept(tile);
    const leaves = await this.#leaves(tile);
    const said = this.#saidErased.get(tile.index) ?? new Set<number>();
    const isNamed = (index: number) => erasures.names(leaves[index] as Leaf);
    const isAsked = this.#isErased && kept.some(({ content }, index) => content !== null && isNamed(index));
    const served = isAsked ? ((await this.#served(tile, leaves)) ?? []) : [];
    let isChanged = false;
    const left = kept.map((payload, index) => {
      const leaf = leaves[index] as Leaf;
      if (!said.has(leaf.seq) && !isGone(leaf, served[index])) return payload;
      if (!isNamed(index)) {
        // An erasure that is void let go of them before.
        if (this.#handedOn.has(leaf.seq)) said.delete(leaf.seq);
        return payload;
      }
      said.delete(leaf.seq);
      isChanged = true;
      return forgotten(leaf, payload);
    });
    if (isChanged) await this.#write(tile, left);
  }
}
