import { excerptOf, matchesIn } from '#libs/full-text';
import type { Piece, Term } from '#libs/full-text';
import type { Slice } from '../platform/record/slice.js';
import { allOf } from './condition.js';
import type { Condition } from './condition.js';
import { anyInWording } from './in-wording.js';
import type { Looked } from './looking.js';
import { concerning } from './matching.js';
import type { Part } from './read-model.js';
import { standing, standingOfEntries } from './standing.js';

interface Excerpt {
  readonly wording: string;
  /** Of what is searched, in characters. */
  readonly size: number;
  readonly pieces: readonly Piece[];
}

type Row = Readonly<Record<string, unknown>>;

function excerptIn(row: Row, terms: readonly Term[]): Excerpt {
  const wording = String(row['wording']);
  return { wording, size: Number(row['size']), pieces: excerptOf(wording, matchesIn(wording, terms)) };
}

const shown = 'coalesce(shown, searched) AS wording, length(searched) AS size';
/** The shortest first, which is mostly a title or a name: rows stand otherwise where an entry was folded at once. */
const byLength = 'length(searched), coalesce(shown, searched)';

/** The first wording in that order that has one of the terms. */
function shortestOf(
  { tables }: Part,
  whose: readonly Condition[],
  terms: readonly Term[],
): Excerpt | undefined {
  const [where, ...values] = allOf([...whose, anyInWording(terms, tables)]);
  const row = tables
    .prepare(`SELECT ${shown} FROM {wordings} AS word WHERE ${where} ORDER BY ${byLength} LIMIT 1`)
    .get(...values);
  return row && excerptIn(row, terms);
}

/** By entry, why it was found, where that is in words of its own. Only what is shown is read. */
export function excerptsOf(
  part: Part,
  ids: readonly string[],
  { terms }: Looked,
): ReadonlyMap<string, readonly Piece[]> {
  const [where, ...values] = allOf([
    ['word.id IN (SELECT value FROM json_each(?))', JSON.stringify(ids)],
    standing(part),
    anyInWording(terms, part.tables),
  ]);
  const rows = part.tables
    .prepare(
      `SELECT * FROM (
         SELECT id, ${shown}, row_number() OVER (PARTITION BY id ORDER BY ${byLength}) AS place
         FROM {wordings} AS word WHERE ${where}
       ) WHERE place = 1`,
    )
    .all(...values);
  return new Map(rows.map((row) => [String(row['id']), excerptIn(row, terms).pieces]));
}

/** Where the entry itself has none of the words: the name of somebody whom it concerns. */
export function excerptOfName(slice: Slice, id: string, { terms, naming, model }: Looked): readonly Piece[] {
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
  const [first] = found.toSorted(compareExcerpts);
  return first?.pieces ?? [];
}

/** As SQLite compares them: by length, then byte by byte. */
function compareExcerpts(one: Excerpt, other: Excerpt): number {
  return one.size - other.size || Buffer.compare(Buffer.from(one.wording), Buffer.from(other.wording));
}
