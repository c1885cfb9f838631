import {
  consistencyProof,
  formatEntries,
  Frontier,
  hashBytes,
  inclusionProof,
  nodeCrypto,
  rangeHash,
  tileWidth,
  TreeHasher,
} from '#libs/ledger';
import { Unavailable } from '#libs/event-store';
import { Newest } from '#libs/newest';
import type { Nodes, Tile } from '#libs/ledger';
import { ProjectionNotReady, Projections, ReadModelsDamaged } from '#libs/projections';
import type { Tables } from '#libs/projections';
import type { DialogueLogs } from '../platform/record/dialogue-logs.js';
import {
  hashesIn,
  keptLeaf,
  keptTile,
  leafAt,
  leavesFrom,
  nodesIn,
  stoppedAt,
  stoppedIn,
} from './ledger-tables.js';
import type { LeavesRead } from './ledger-tables.js';
import { LedgerProjection, ledgerName } from './ledger.projection.js';
import type { LeafPlace } from './ledger.projection.js';
import type { Head } from './guard.js';
import { dialogueIn, originOf } from './logged.js';

/** Of how many logs the last root is kept: the one that is judged is mostly the one that was signed before. */
const rootsMax = 200;

interface Root {
  readonly tables: Tables;
  readonly size: number;
  readonly root: Uint8Array;
}

/** The logs of all dialogues as far as they are derived, by the ids of the dialogues. */
export class Logs implements DialogueLogs {
  readonly #hasher = new TreeHasher(nodeCrypto);
  readonly #roots = new Newest<Root>(rootsMax);

  constructor(
    private readonly projections: Pick<Projections, 'view' | 'record'>,
    private readonly projection: LedgerProjection,
  ) {}

  get #tables(): Tables {
    return this.projections.view(ledgerName).tables;
  }

  get #read(): LeavesRead {
    return { tables: this.#tables, record: this.projections.record };
  }

  /** Whether anything can be read: not while its tables are being filled for the first time, nor where they are another store's. */
  get isReady(): boolean {
    try {
      this.projections.view(ledgerName);
      return true;
    } catch (error) {
      if (error instanceof ProjectionNotReady || error instanceof Unavailable) return false;
      throw error;
    }
  }

  /** The ordinal of the last event whose leaf is derived. */
  get ordinal(): number {
    return this.projections.view(ledgerName).ordinal;
  }

  /** The tables as they are read now, other ones where the leaves were derived anew, and the last event in them. */
  read(): { readonly tables: object; readonly ordinal: number } {
    return this.projections.view(ledgerName);
  }

  /** The name of the log by now: another one than its first where it began anew. */
  originOf(log: string): string {
    return this.projection.nameOf(this.#read, log, this.size(log));
  }

  /** With which the names of all logs begin. */
  get prefix(): string {
    return originOf(this.projection.host, '');
  }

  all(): readonly string[] {
    return this.projections.record.logs().filter((log) => this.size(log) > 0);
  }

  stopped(): ReturnType<typeof stoppedIn> {
    return stoppedIn(this.#tables);
  }

  size(log: string): number {
    const { tables, ordinal } = this.projections.view(ledgerName);
    return stoppedAt(tables, log) ?? this.projections.record.seqAt(log, ordinal) + 1;
  }

  /** Of the first leaves; as many have to be there. */
  root(log: string, size: number): Uint8Array {
    if (size === 0) return this.#hasher.emptyRoot();
    const tables = this.#tables;
    const known = this.#roots.get(log);
    if (known?.tables === tables && known.size === size) return known.root;
    const root = rangeHash(this.#hasher, this.#nodes(log, size), { start: 0, end: size });
    this.#roots.set(log, { tables, size, root });
    return root;
  }

  /**
   * Of as many leaves as that or more, made of the very hashes of which the root that was signed before is made. Throws
   * `ReadModelsDamaged` where they give another one: what is signed can't be taken back.
   */
  rootAfter(log: string, signed: Head | undefined, size: number): Uint8Array {
    if (signed === undefined || signed.size === 0) return this.root(log, size);
    const nodes = this.#nodes(log, size);
    const [before, root] = [signed.size, size].map((end) =>
      rangeHash(this.#hasher, nodes, { start: 0, end }),
    );
    if (before === undefined || root === undefined || Buffer.from(before).toString('base64') !== signed.root)
      throw new ReadModelsDamaged();
    this.#roots.set(log, { tables: this.#tables, size, root });
    return root;
  }

  /** The root where as many leaves need not be there. */
  rootAt(log: string, size: number): Uint8Array | undefined {
    return size > this.size(log) ? undefined : this.root(log, size);
  }

  /** By the event's place in the record. */
  leafOfEvent(ordinal: number): Uint8Array | undefined {
    return leafAt(this.#tables, ordinal);
  }

  /** Where the leaf of an event stands, by its place in its stream; undefined where it is not derived. */
  placeOf(stream: string, revision: number): LeafPlace | undefined {
    const tables = this.#tables;
    const last = this.projection.lastLeaf(tables, stream);
    if (last !== undefined && last.rev <= revision) return last.rev === revision ? last : undefined;
    const { record } = this.projections;
    const ordinal = record.ordinalOf(stream, BigInt(revision));
    const entry = ordinal === undefined ? undefined : leafAt(tables, ordinal);
    if (ordinal === undefined || entry === undefined) return undefined;
    const { log: origin, seq } = keptLeaf(entry);
    return { ordinal, log: dialogueIn(origin), origin, seq, leafHash: this.#hasher.leaf(entry) };
  }

  /** What the leaf of an event says of its place; undefined where there is none. */
  placeAt(ordinal: number): Pick<LeafPlace, 'log' | 'seq'> | undefined {
    const entry = leafAt(this.#tables, ordinal);
    if (entry === undefined) return undefined;
    const { log: origin, seq } = keptLeaf(entry);
    return { log: dialogueIn(origin), seq };
  }

  /** In hexadecimal digits. */
  leafHashOfEvent(ordinal: number): string | undefined {
    const entry = leafAt(this.#tables, ordinal);
    return entry && Buffer.from(this.#hasher.leaf(entry)).toString('hex');
  }

  /**
   * Whether the tree has the hash of that leaf there, and those above that are whole with it. What is in no whole tile yet is
   * hashed whenever it is asked for.
   */
  isHashed(log: string, seq: number, entry: Uint8Array): boolean {
    const size = this.size(log);
    let hash: Uint8Array | undefined = this.#hasher.leaf(entry);
    for (let [level, place] = [0, seq]; hash !== undefined; level += 1) {
      const [index, at] = [Math.floor(place / tileWidth), place % tileWidth];
      const tile = keptTile(this.#tables, { log, level, index });
      if (tile === undefined) return level === 0 && index === Math.floor(size / tileWidth);
      if (Buffer.compare(tile.subarray(at * hashBytes, (at + 1) * hashBytes), hash) !== 0) return false;
      hash = at === tileWidth - 1 ? this.#hashOf(tile) : undefined;
      place = index;
    }
    return true;
  }

  /** Of a whole tile, as the one above it has it. */
  #hashOf(tile: Uint8Array): Uint8Array {
    const tree = new Frontier(this.#hasher);
    for (let at = 0; at < tile.length; at += hashBytes) tree.append(tile.subarray(at, at + hashBytes));
    return tree.root();
  }

  /** Undefined where the log has not come as far. Throws `ReadModelsDamaged` where it has, and the tables have less. */
  tile(log: string, { level, index, width }: Tile): Uint8Array | undefined {
    const each = level === 'entries' ? 1 : tileWidth ** level;
    if ((index * tileWidth + width) * each > this.size(log)) return undefined;
    if (level === 'entries') {
      const entries = leavesFrom(this.#read, log, index * tileWidth, width);
      if (entries.length === width) return formatEntries(entries);
    } else {
      const hashes = hashesIn(this.#hasher, this.#read, { log, level, index, width });
      if (hashes.length === width * hashBytes) return hashes;
    }
    throw new ReadModelsDamaged();
  }

  inclusion(log: string, seq: number, size: number): readonly Uint8Array[] {
    return inclusionProof(this.#hasher, this.#nodes(log, size), seq, size);
  }

  consistency(log: string, first: number, second: number): readonly Uint8Array[] {
    return consistencyProof(this.#hasher, this.#nodes(log, second), first, second);
  }

  #nodes(log: string, size: number): Nodes {
    return nodesIn(this.#hasher, this.#read, log, size);
  }
}
