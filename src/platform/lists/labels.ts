import type { Tables } from '#libs/projections';
import type { Aggregate } from '../record/fold.js';

/** The values by which an entry can be found, one row each, and those by which it could be until another event. */
export const labelsSchema = [
  `CREATE TABLE {labels} (
    name TEXT NOT NULL, value TEXT NOT NULL, id TEXT NOT NULL, since INTEGER NOT NULL, PRIMARY KEY (name, value, id)
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX {labels_by_entry} ON {labels} (id)`,
  `CREATE TABLE {past_labels} (
    name TEXT NOT NULL, value TEXT NOT NULL, id TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL,
    PRIMARY KEY (name, value, id, since)
  ) STRICT, WITHOUT ROWID`,
];

type Label = readonly [name: string, value: string];

/** They come of facts alone and never of words: so nothing of them has to be forgotten. */
function labelsOf({ slice, state, externalRef }: Aggregate): readonly Label[] {
  const labels = Object.entries({ ...slice.labels(state), externalRef });
  return labels.flatMap(([name, value]) => {
    if (value === undefined) return [];
    return (typeof value === 'string' ? [value] : value).map((one): Label => [name, one]);
  });
}

const keyOf = (label: Label) => JSON.stringify(label);

/** Only what is otherwise than before the event is written. */
export function writeLabels(folded: Aggregate, ordinal: number, tables: Tables): void {
  const { id } = folded;
  const wanted = new Map(labelsOf(folded).map((label) => [keyOf(label), label]));
  const kept = tables.prepare('SELECT name, value, since FROM {labels} WHERE id = ?').all(id);
  for (const row of kept) {
    const [name, value] = [String(row['name']), String(row['value'])];
    if (wanted.delete(keyOf([name, value]))) continue;
    tables
      .prepare('INSERT INTO {past_labels} (name, value, id, since, until) VALUES (?, ?, ?, ?, ?)')
      .run(name, value, id, Number(row['since']), ordinal);
    tables.prepare('DELETE FROM {labels} WHERE name = ? AND value = ? AND id = ?').run(name, value, id);
  }
  const insert = tables.prepare('INSERT INTO {labels} (name, value, id, since) VALUES (?, ?, ?, ?)');
  for (const [name, value] of wanted.values()) insert.run(name, value, id, ordinal);
}
