import { hashBytes, LedgerFault, nodesOfTiles, parseLeaf, tileWidth } from '#libs/ledger';
import type { Leaf, Nodes, Tile, TreeHasher } from '#libs/ledger';
import { ReadModelsDamaged } from '#libs/projections';
import type { RecordReader, Tables } from '#libs/projections';

/** The tables of the ledger, and the record, which says where the events of a log stand. */
export interface LeavesRead {
  readonly tables: Tables;
  readonly record: Pick<RecordReader, 'ordinalsIn'>;
}

/** Of a log's tree, as tiles have it: of the leaves, and of each eighth level above them. */
interface TilePlace {
  readonly log: string;
  readonly level: number;
  readonly index: number;
}

/** Of the leaves whole tiles alone: what is no whole one yet is hashed anew by whoever reads it. */
export function keepTile(tables: Tables, { log, level, index }: TilePlace, hashes: Uint8Array): void {
  tables
    .prepare('INSERT OR REPLACE INTO {tiles} (log, level, place, hashes) VALUES (?, ?, ?, ?)')
    .run(log, level, index, hashes);
}

export function keptTile(tables: Tables, { log, level, index }: TilePlace): Uint8Array | undefined {
  const row = tables
    .prepare('SELECT hashes FROM {tiles} WHERE log = ? AND level = ? AND place = ?')
    .get(log, level, index);
  return row && (row['hashes'] as Uint8Array);
}

/** The log can't be gone on with after so many leaves. */
export function stopAt(tables: Tables, log: string, seq: number, because: string): void {
  tables
    .prepare('INSERT OR REPLACE INTO {stopped} (log, seq, because) VALUES (?, ?, ?)')
    .run(log, seq, because);
}

/** After how many leaves the log could not be gone on with; undefined while it is. */
export function stoppedAt(tables: Tables, log: string): number | undefined {
  const row = tables.prepare('SELECT seq FROM {stopped} WHERE log = ?').get(log);
  return row && Number(row['seq']);
}

/** Throws `ReadModelsDamaged` where what the tables give is not what was written there. */
function asWritten<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof LedgerFault ? new ReadModelsDamaged({ cause: error }) : error;
  }
}

export function keptLeaf(entry: Uint8Array): Leaf {
  return asWritten(() => parseLeaf(entry));
}

export function leafAt(tables: Tables, ordinal: number): Uint8Array | undefined {
  const row = tables.prepare('SELECT entry FROM {leaves} WHERE ordinal = ?').get(ordinal);
  return row && (row['entry'] as Uint8Array);
}

/** So many leaves from a place on, or as many as there are. */
export function leavesFrom(
  { tables, record }: LeavesRead,
  log: string,
  first: number,
  count: number,
): readonly Uint8Array[] {
  const ordinals = record.ordinalsIn(log, first, count);
  return tables
    .prepare('SELECT entry FROM {leaves} WHERE ordinal IN (SELECT value FROM json_each(?)) ORDER BY ordinal')
    .all(JSON.stringify(ordinals))
    .map((row) => row['entry'] as Uint8Array);
}

/** The name of a log in the last of so many leaves; undefined where there is none. */
export function nameAfter(read: LeavesRead, log: string, size: number): string | undefined {
  const [entry] = size === 0 ? [] : leavesFrom(read, log, size - 1, 1);
  return entry && keptLeaf(entry).log;
}

/** The hashes of a tile one after the other, or as many as are there. */
export function hashesIn(
  hasher: TreeHasher,
  read: LeavesRead,
  { log, level, index, width }: TilePlace & { readonly width: number },
): Uint8Array {
  const kept = keptTile(read.tables, { log, level, index });
  if (kept !== undefined || level > 0) return kept?.subarray(0, width * hashBytes) ?? new Uint8Array();
  const leaves = leavesFrom(read, log, index * tileWidth, width);
  const hashes = new Uint8Array(leaves.length * hashBytes);
  for (const [at, entry] of leaves.entries())
    hasher.leafInto(entry, hashes.subarray(at * hashBytes, (at + 1) * hashBytes));
  return hashes;
}

/** The nodes of a log's tree of that size, whose leaves are all there, from the tables as far as they are asked for. */
export function nodesIn(hasher: TreeHasher, read: LeavesRead, log: string, size: number): Nodes {
  const nodes = nodesOfTiles(hasher, size, ({ level, index, width }: Tile) =>
    hashesIn(hasher, read, { log, level: Number(level), index, width }),
  );
  return (level, index) => asWritten(() => nodes(level, index));
}

/** The logs that could not be gone on with, each with the place and the reason. */
export function stoppedIn(
  tables: Tables,
): readonly { readonly log: string; readonly seq: number; readonly because: string }[] {
  return tables
    .prepare('SELECT log, seq, because FROM {stopped} ORDER BY log LIMIT 100')
    .all()
    .map((row) => ({
      log: String(row['log']),
      seq: Number(row['seq']),
      because: String(row['because']),
    }));
}
