import type { Tables } from '#libs/projections';
import type { Aggregate } from '../record/fold.js';
import { madeOnce } from '../shapes/made-once.js';

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
const labelsOf = madeOnce(({ slice, state, externalRef }: Aggregate): readonly Label[] => {
  const labels = Object.entries({ ...slice.labels(state), externalRef });
  return labels.flatMap(([name, value]) => {
    if (value === undefined) return [];
    return (typeof value === 'string' ? [value] : value).map((one): Label => [name, one]);
  });
});

const keyOf = (label: Label) => JSON.stringify(label);

/** Only what is otherwise than the tables have it is written. */
export function writeLabels(folded: Aggregate, ordinal: number, tables: Tables): void {
  const rows = tables.prepare('SELECT name, value FROM {labels} WHERE id = ?').all(folded.id);
  const kept = rows.map((row): Label => [String(row['name']), String(row['value'])]);
  change(kept, folded, ordinal, tables);
}

/** The same of an entry of which the tables have nothing yet. */
export function writeFirstLabels(folded: Aggregate, ordinal: number, tables: Tables): void {
  change([], folded, ordinal, tables);
}

/** The same where the tables are known to have what the fold before the event gave: so nothing is asked of them. */
export function changeLabels(before: Aggregate, folded: Aggregate, ordinal: number, tables: Tables): void {
  if (before.state !== folded.state) change(labelsOf(before), folded, ordinal, tables);
}

function change(kept: readonly Label[], folded: Aggregate, ordinal: number, tables: Tables): void {
  const { id } = folded;
  const wanted = new Map(labelsOf(folded).map((label) => [keyOf(label), label]));
  const gone = new Map(kept.map((label) => [keyOf(label), label]));
  for (const key of [...gone.keys()]) if (wanted.delete(key)) gone.delete(key);
  for (const [name, value] of gone.values()) {
    tables
      .prepare(
        `INSERT INTO {past_labels} (name, value, id, since, until)
         SELECT name, value, id, since, ? FROM {labels} WHERE name = ? AND value = ? AND id = ?`,
      )
      .run(ordinal, name, value, id);
    tables.prepare('DELETE FROM {labels} WHERE name = ? AND value = ? AND id = ?').run(name, value, id);
  }
  for (const [name, value] of wanted.values())
    tables
      .prepare('INSERT INTO {labels} (name, value, id, since) VALUES (?, ?, ?, ?)')
      .run(name, value, id, ordinal);
}
