import type { Nodes, TreeHasher } from '#libs/ledger';
import { nodesOfTiles, parseLeaf } from '#libs/ledger';
import type { Tables } from '#libs/projections';

/** Of the levels of a tree those are kept of which tiles are made: each eighth. */
const kept = 8;

interface Place {
  readonly log: string;
  /** Of the tree, from the leaves up. */
  readonly level: number;
  readonly place: number;
  /** Of the event at whose leaf the node was complete. */
  readonly ordinal: number;
}

export function keepHash(tables: Tables, { log, level, place, ordinal }: Place, hash: Uint8Array): void {
  if (level % kept !== 0) return;
  tables
    .prepare('INSERT OR REPLACE INTO {hashes} (log, level, place, hash, ordinal) VALUES (?, ?, ?, ?, ?)')
    .run(log, level / kept, place, hash, ordinal);
}

/** How many leaves a log has. */
export function sizeOf(tables: Tables, log: string): number {
  const row = tables.prepare('SELECT max(place) AS last FROM {hashes} WHERE log = ? AND level = 0').get(log);
  const last = row?.['last'];
  return last === null || last === undefined ? 0 : Number(last) + 1;
}

export function leafAt(tables: Tables, ordinal: number): Uint8Array | undefined {
  const row = tables.prepare('SELECT entry FROM {leaves} WHERE ordinal = ?').get(ordinal);
  return row && (row['entry'] as Uint8Array);
}

/** So many leaves from a place on, or as many as there are. */
export function leavesFrom(tables: Tables, log: string, first: number, count: number): readonly Uint8Array[] {
  return tables
    .prepare(
      `SELECT entry FROM {hashes} JOIN {leaves} USING (ordinal)
       WHERE log = ? AND level = 0 AND place >= ? AND place < ? ORDER BY place`,
    )
    .all(log, first, first + count)
    .map((row) => row['entry'] as Uint8Array);
}

/** The name of a log in the last of so many leaves; undefined where there is none. */
export function nameAfter(tables: Tables, log: string, size: number): string | undefined {
  const [entry] = size === 0 ? [] : leavesFrom(tables, log, size - 1, 1);
  return entry && parseLeaf(entry).log;
}

/** The hashes of one level of tiles, one after the other. */
export function hashesFrom(
  tables: Tables,
  log: string,
  { level, first, count }: { readonly level: number; readonly first: number; readonly count: number },
): Uint8Array {
  const rows = tables
    .prepare(
      'SELECT hash FROM {hashes} WHERE log = ? AND level = ? AND place >= ? AND place < ? ORDER BY place',
    )
    .all(log, level, first, first + count);
  return Buffer.concat(rows.map((row) => row['hash'] as Uint8Array));
}

/** The nodes of a log's tree of that size, from the tables as far as they are asked for. */
export function nodesIn(hasher: TreeHasher, tables: Tables, log: string, size: number): Nodes {
  return nodesOfTiles(hasher, size, ({ level, index, width }) =>
    hashesFrom(tables, log, { level: Number(level), first: index * 256, count: width }),
  );
}

/** All logs, in the order of their names. */
export function logsIn(tables: Tables): readonly string[] {
  return tables
    .prepare(
      `WITH RECURSIVE log(name) AS (
         SELECT min(log) FROM {hashes}
         UNION ALL
         SELECT (SELECT min(log) FROM {hashes} WHERE log > name) FROM log WHERE name IS NOT NULL
       ) SELECT name FROM log WHERE name IS NOT NULL`,
    )
    .all()
    .map((row) => String(row['name']));
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
