import { excerptOf, matchesIn } from '#libs/full-text';
import type { Piece, Term } from '#libs/full-text';
import type { Slice } from '../platform/record/slice.js';
import { allOf } from './condition.js';
import type { Condition } from './condition.js';
import { concerning, lettersOf, standing, standingOfEntries } from './matching.js';
import type { Looked } from './matching.js';
import type { Part } from './read-model.js';

interface Excerpt {
  readonly wording: string;
  /** Of what is searched, in characters. */
  readonly size: number;
  readonly pieces: readonly Piece[];
}

/**
 * The shortest wording that has one of the terms, which is mostly a title or a name. Nearly always it is the first one that
 * has their letters; so only where it is not are more of them read.
 */
function shortestOf(
  { tables }: Part,
  whose: readonly Condition[],
  terms: readonly Term[],
): Excerpt | undefined {
  const [where, ...values] = allOf([...whose, lettersOf(terms)]);
  const statement = tables.prepare(
    `SELECT coalesce(shown, searched) AS wording, length(searched) AS size FROM {wordings} AS word WHERE ${where}
     ORDER BY length(searched), coalesce(shown, searched) LIMIT ? OFFSET ?`,
  );
  for (let from = 0, count = 1; ; from += count, count *= 8) {
    const rows = statement.all(...values, count, from);
    for (const row of rows) {
      const wording = String(row['wording']);
      const found = matchesIn(wording, terms);
      if (found.length > 0) return { wording, size: Number(row['size']), pieces: excerptOf(wording, found) };
    }
    if (rows.length < count) return undefined;
  }
}

/** Why an entry was found: a wording of its own, or where it has none of the words, the name of somebody whom it concerns. */
export function excerptOfEntry(slice: Slice, id: string, asked: Looked): readonly Piece[] {
  const { terms, model } = asked;
  const part = model.partOf(slice);
  const own = shortestOf(part, [['word.id = ?', id], standing(part)], terms);
  return own?.pieces ?? excerptOfName(slice, id, asked);
}

function excerptOfName(slice: Slice, id: string, { terms, naming, model }: Looked): readonly Piece[] {
  const bearers = concerning(slice, naming)
    .map(model.partOf)
    .flatMap((part) => {
      const [sql, ...values] = standingOfEntries(part);
      return part.tables
        .prepare(`SELECT bearer FROM {concerns} WHERE found = ? AND ${sql}`)
        .all(id, ...values);
    });
  const among: Condition = [
    'bearer IN (SELECT value FROM json_each(?))',
    JSON.stringify(bearers.map(({ bearer }) => bearer)),
  ];
  const found = naming
    .map(model.partOf)
    .flatMap((part) => shortestOf(part, [among, standingOfEntries(part)], terms) ?? []);
  const [first] = found.toSorted(byLength);
  return first?.pieces ?? [];
}

/** As SQLite compares them: by length, then byte by byte. */
function byLength(one: Excerpt, other: Excerpt): number {
  return one.size - other.size || Buffer.compare(Buffer.from(one.wording), Buffer.from(other.wording));
}
