import { anyOf, excerptOf, matchesIn } from '#libs/full-text';
import type { Piece, Term } from '#libs/full-text';
import type { Slice } from '../platform/record/slice.js';
import { allOf } from './condition.js';
import { concerning, ofEntries, standing } from './matching.js';
import type { Part, ReadModel } from './read-model.js';

export interface Asked {
  readonly terms: readonly Term[];
  readonly naming: readonly Slice[];
  readonly model: ReadModel;
}

const wording = `coalesce(shown, {wordings}.searched) AS wording
  FROM {words} JOIN {wordings} ON {wordings}.row = {words}.rowid WHERE {words} MATCH ?`;

function excerptIn(row: Readonly<Record<string, unknown>>, terms: readonly Term[]): readonly Piece[] {
  const shown = String(row['wording']);
  return excerptOf(shown, matchesIn(shown, terms));
}

/** The shortest first, which is mostly a title or a name: rows stand otherwise where an entry was folded at once. */
const byLength = 'length({wordings}.searched), coalesce(shown, {wordings}.searched)';

/**
 * By entry, why it was found, where that is in words of its own. Only what is shown is read: an entry can have the words in
 * hundreds of its wordings. The plus sign keeps SQLite from asking the index anew for each of the rows, which takes many
 * times as long as going through it once.
 */
export function excerptsOf(
  part: Part,
  ids: readonly string[],
  { terms }: Asked,
): ReadonlyMap<string, readonly Piece[]> {
  const any = anyOf(terms);
  const [stands, ...times] = standing(part);
  const chosenRows = `SELECT chosen FROM (
      SELECT {wordings}.row AS chosen, row_number() OVER (PARTITION BY id ORDER BY ${byLength}) AS place
      FROM {words} JOIN {wordings} ON {wordings}.row = {words}.rowid
      WHERE {words} MATCH ? AND id IN (SELECT value FROM json_each(?)) AND ${stands}
    ) WHERE place = 1`;
  const found = part.tables
    .prepare(`SELECT id, ${wording} AND +{words}.rowid IN (${chosenRows})`)
    .all(any, any, JSON.stringify(ids), ...times);
  return new Map(found.map((row) => [String(row['id']), excerptIn(row, terms)]));
}

/** Where the entry itself has none of the words: the name of somebody whom it concerns. */
export function excerptOfName(slice: Slice, id: string, { terms, naming, model }: Asked): readonly Piece[] {
  const bearers = concerning(slice, naming)
    .map(model.partOf)
    .flatMap((part) => {
      const [sql, ...values] = allOf([standing(part), ofEntries(part)]);
      return part.tables
        .prepare(`SELECT bearer FROM {concerns} WHERE found = ? AND ${sql}`)
        .all(id, ...values);
    });
  const among = JSON.stringify(bearers.map(({ bearer }) => bearer));
  const found = naming.map(model.partOf).flatMap((part) => {
    const [sql, ...values] = allOf([standing(part), ofEntries(part)]);
    return part.tables
      .prepare(
        `SELECT length({wordings}.searched) AS size, ${wording} AND bearer IN (SELECT value FROM json_each(?)) AND ${sql} ORDER BY ${byLength} LIMIT 1`,
      )
      .all(anyOf(terms), among, ...values);
  });
  const [row] = found.toSorted(compareWordings);
  return row === undefined ? [] : excerptIn(row, terms);
}

type Found = Readonly<Record<string, unknown>>;

/** As SQLite compares them: by length, then byte by byte. */
function compareWordings(one: Found, other: Found): number {
  const text = ({ wording: words }: Found) => Buffer.from(String(words));
  return Number(one['size']) - Number(other['size']) || Buffer.compare(text(one), text(other));
}
