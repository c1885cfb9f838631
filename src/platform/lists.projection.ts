import type { ProjectionDefinition, Sequenced, Tables } from '#libs/projections';
import type { EventRegistry } from './event-registry.js';
import { foldNext, represent } from './fold.js';
import type { Folded } from './fold.js';
import type { Slice } from './slice.js';

/** How many folds are kept in memory; a stream that falls out is folded anew from the record. */
const foldsKept = 2_000;

const schema = [
  `CREATE TABLE {entries} (
    id TEXT PRIMARY KEY, dialogue TEXT, updated_at TEXT NOT NULL, updated_seq INTEGER NOT NULL,
    created_seq INTEGER NOT NULL, document TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX {entries_by_update} ON {entries} (updated_at, id)`,
  `CREATE INDEX {entries_by_creation} ON {entries} (created_seq)`,
  `CREATE TABLE {labels} (
    name TEXT NOT NULL, value TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (name, value, id)
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX {labels_by_entry} ON {labels} (id)`,
];

/** The values by which the entry can be found, one row each. */
export function labelsOf(slice: Slice, state: unknown): readonly (readonly [string, string])[] {
  return Object.entries(slice.labels(state)).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return (typeof value === 'string' ? [value] : value).map((one) => [name, one] as const);
  });
}

function write(slice: Slice, folded: Folded, { seq, event }: Sequenced, tables: Tables): void {
  const document = represent(folded);
  const dialogue =
    slice.name === 'dialogues' ? folded.id : ((document['dialogueId'] as string | undefined) ?? null);
  tables
    .prepare(
      `INSERT INTO {entries} (id, dialogue, updated_at, updated_seq, created_seq, document) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at, updated_seq = excluded.updated_seq,
         document = excluded.document`,
    )
    .run(folded.id, dialogue, event.recordedAt, seq, seq, JSON.stringify(document));
  tables.prepare('DELETE FROM {labels} WHERE id = ?').run(folded.id);
  const insert = tables.prepare('INSERT OR IGNORE INTO {labels} (name, value, id) VALUES (?, ?, ?)');
  for (const [name, value] of labelsOf(slice, folded.state)) insert.run(name, value, folded.id);
}

/** The read model behind the list of one slice: each entry's representation, and labels to find it by. */
export function listProjection(slice: Slice, registry: EventRegistry): ProjectionDefinition {
  const folds = new Map<string, Folded>();
  return {
    name: slice.name,
    version: slice.foldVersion,
    schema,
    apply(sequenced, tables, record) {
      const { seq, event } = sequenced;
      if (!event.stream.startsWith(`${slice.prefix}-`)) return;
      const read = () =>
        record.ofStream(event.stream, { uptoSeq: seq }).map((one) => registry.read(one.event));
      const folded = foldNext(slice, folds.get(event.stream), registry.read(event), read);
      folds.delete(event.stream);
      if (folded === undefined) return;
      folds.set(event.stream, folded);
      const [oldest] = folds.keys();
      if (folds.size > foldsKept && oldest !== undefined) folds.delete(oldest);
      write(slice, folded, sequenced, tables);
    },
  };
}
