import { nodeCrypto, TreeHasher } from '#libs/ledger';
import type { Head } from '#libs/ledger';
import type { EventStore } from '#libs/event-store';
import { ReadModelsDamaged } from '#libs/projections';
import type { ProjectionDefinition, RecordReader, Sequenced, Tables } from '#libs/projections';
import type { Follower } from '../platform/record/follower.js';
import type { Ids } from '../platform/record/ids.js';
import { derivedLeaf, hexOf } from './derived-leaf.js';
import type { DerivedLeaf, LeafAhead } from './derived-leaf.js';
import { hostOf } from './host.js';
import { GrownTree } from './grown-tree.js';
import { leafAt, leavesFrom, nameAfter, stopAt, stoppedAt } from './ledger-tables.js';
import type { LeavesRead } from './ledger-tables.js';
import { asLedgerEvent, originOf } from './logged.js';
import { Newest } from '#libs/newest';

export const ledgerName = 'ledger';

/** How many trees and how many ends of streams are kept in memory; of others they are made of what the tables hold. */
const treesMax = 200;
const headsMax = 20_000;

/** Where the leaf of an event stands. */
export interface LeafPlace {
  /** The event's place in the record. */
  readonly ordinal: number;
  /** The dialogue. */
  readonly log: string;
  /** The name that its log has with this leaf. */
  readonly origin: string;
  readonly seq: number;
  readonly leafHash: Uint8Array;
}

/** Of a stream. */
export interface LastLeaf extends LeafPlace, Head {}

/** What is kept in memory of one slot of the tables. */
interface Kept {
  readonly trees: Newest<GrownTree>;
  readonly heads: Newest<LastLeaf>;
  /** The name of each log after so many leaves. */
  readonly names: Newest<{ readonly size: number; readonly origin: string }>;
}

/**
 * The leaves of all dialogues, as their logs hold them: bytes that are written once, and the tiles of hashes above them, of
 * which every proof and root is made. A leaf is a function of its event and of what stands
 * before it, so whoever builds the tables anew writes the same bytes.
 */
export class LedgerProjection implements Follower {
  readonly definition: ProjectionDefinition = {
    name: ledgerName,
    version: 2,
    schema: [
      'CREATE TABLE {leaves} (ordinal INTEGER PRIMARY KEY, entry BLOB NOT NULL) STRICT',
      `CREATE TABLE {tiles} (
        log TEXT NOT NULL, level INTEGER NOT NULL, place INTEGER NOT NULL, hashes BLOB NOT NULL,
        UNIQUE (log, level, place)
      ) STRICT`,
      `CREATE TABLE {stopped} (log TEXT PRIMARY KEY, seq INTEGER NOT NULL, because TEXT NOT NULL) STRICT, WITHOUT ROWID`,
    ],
    apply: (sequenced, tables, record) => this.#apply(sequenced, tables, record),
  };
  /** The leaf of an event that was derived before the read models came to it; to be asked for once. */
  ahead: (stream: string, revision: number, tables: Tables) => LeafAhead | undefined = () => undefined;
  readonly #hasher = new TreeHasher(nodeCrypto);
  readonly #kept = new WeakMap<Tables, Kept>();
  #grown = new Set<string>();
  #host: string | undefined;

  /** `wanted`: the host in the origins of the logs, where the settings say one. */
  constructor(private readonly wanted?: string) {}

  async prepare(store: EventStore, ids: Ids, readOnly: boolean): Promise<void> {
    this.#host = await hostOf(store, ids, this.wanted, readOnly);
  }

  get host(): string {
    if (this.#host === undefined) throw new Error('The ledger is asked before it knows its host.');
    return this.#host;
  }

  /** The logs that have grown since this was asked last. */
  grown(): ReadonlySet<string> {
    const grown = this.#grown;
    this.#grown = new Set();
    return grown;
  }

  #apply(sequenced: Sequenced, tables: Tables, record: RecordReader): void {
    const { log, seq } = sequenced;
    // What belongs to no dialogue is in no log.
    if (log === '') return;
    try {
      this.#grow(sequenced, tables, record);
    } catch (error) {
      // What is damaged of one log keeps none of the others back.
      if (!(error instanceof ReadModelsDamaged)) throw error;
      this.#keptOf(tables).trees.delete(log);
      stopAt(tables, log, seq, error.message);
    }
  }

  #grow({ ordinal, log, seq, event }: Sequenced, tables: Tables, record: RecordReader): void {
    const kept = this.#keptOf(tables);
    const tree = this.#treeOf(kept, { tables, record }, log, seq);
    // It has stopped before.
    if (tree === undefined) return;
    const made = this.#derived({ ordinal, log, seq, event }, tables, record);
    if (typeof made === 'string') return stopAt(tables, log, seq, made);
    const { leaf, entry, leafHash, hex } = made;
    tree.append(leafHash);
    tables.prepare('INSERT OR REPLACE INTO {leaves} (ordinal, entry) VALUES (?, ?)').run(ordinal, entry);
    kept.names.set(log, { size: seq + 1, origin: leaf.log });
    const head = { rev: Number(event.revision), hash: hex };
    kept.heads.set(event.stream, { ordinal, log, origin: leaf.log, seq, leafHash, ...head });
    this.#grown.add(log);
  }

  /** Once, if it was derived when the event was stored. */
  #derived(
    { ordinal, log, seq, event }: Sequenced,
    tables: Tables,
    record: RecordReader,
  ): DerivedLeaf | string {
    const ahead = this.ahead(event.stream, Number(event.revision), tables);
    const isOfIt = ahead?.id === event.id && ahead.ordinal === ordinal;
    if (ahead !== undefined && isOfIt && ahead.log === log && ahead.seq === seq) return ahead;
    const origin = this.nameOf({ tables, record }, log, seq);
    const headOf = () => this.headOf(tables, record, event);
    return derivedLeaf({ origin, size: seq, headOf }, asLedgerEvent(event));
  }

  #keptOf(tables: Tables): Kept {
    const kept = this.#kept.get(tables) ?? {
      trees: new Newest(treesMax),
      heads: new Newest(headsMax),
      names: new Newest(treesMax),
    };
    this.#kept.set(tables, kept);
    return kept;
  }

  /** As the tables hold it: what is in memory may be further, where a transaction was rolled back. */
  #treeOf({ trees }: Kept, read: LeavesRead, log: string, seq: number): GrownTree | undefined {
    const known = trees.get(log);
    if (known?.size === seq) return known;
    if (stoppedAt(read.tables, log) !== undefined) return undefined;
    const tree = GrownTree.of(this.#hasher, read, log, seq);
    trees.set(log, tree);
    return tree;
  }

  /** The name of a log of so many leaves, which are all there, as the last one has it. */
  nameOf(read: LeavesRead, log: string, size: number): string {
    const known = this.#keptOf(read.tables).names.get(log);
    if (known?.size === size) return known.origin;
    return nameAfter(read, log, size) ?? originOf(this.host, log);
  }

  /** Whether the tree of the log has just as many leaves. */
  hasLeaves(read: LeavesRead, log: string, size: number): boolean {
    if (this.#keptOf(read.tables).names.get(log)?.size === size) return true;
    // The last one is there, and none after it.
    const last = Math.max(size - 1, 0);
    return leavesFrom(read, log, last, size - last + 1).length === size - last;
  }

  /** The last leaf of the stream: one before this event, or there is none. */
  headOf(
    tables: Tables,
    record: Pick<RecordReader, 'ordinalOf'>,
    { stream, revision }: Pick<Sequenced['event'], 'stream' | 'revision'>,
  ): Head | undefined {
    if (revision === 0n) return undefined;
    const rev = Number(revision) - 1;
    const known = this.#keptOf(tables).heads.get(stream);
    if (known?.rev === rev) return known;
    const ordinal = record.ordinalOf(stream, revision - 1n);
    const entry = ordinal === undefined ? undefined : leafAt(tables, ordinal);
    if (entry === undefined) return undefined;
    return { rev, hash: hexOf(this.#hasher.leaf(entry)) };
  }

  /** The last leaf of a stream that was derived, if it is remembered; it counts once the tables have come as far. */
  lastLeaf(tables: Tables, stream: string): LastLeaf | undefined {
    return this.#kept.get(tables)?.heads.get(stream);
  }
}
