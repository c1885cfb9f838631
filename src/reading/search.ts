import { anyOf, excerptOf, matchesIn } from '#libs/full-text';
import type { Piece, Term } from '#libs/full-text';
import { asOf, inDialogue, limitOf, paging, searching, waiting } from '../platform/http/query.js';
import type { Query } from '../platform/http/query.js';
import type { Slice } from '../platform/record/slice.js';
import type { AtMoment } from './at-moment.js';
import { cursorOf, pageOf, questionOf, readCursor } from './cursor.js';
import { concerning, givingNames, matchingAll, ofEntries, wantedTerms } from './matching.js';
import { allOf } from './condition.js';
import type { Condition } from './condition.js';
import { readingFrom } from './read-model.js';
import type { Part, ReadModel } from './read-model.js';

export const searchParameters = {
  q: searching,
  dialogue: inDialogue,
  ...paging,
  ...asOf,
  ...waiting,
};

/** An entry in which, or in a name of somebody whom it concerns, all the words stand. */
export interface Hit {
  readonly kind: string;
  readonly id: string;
  readonly key: string | null;
  readonly dialogueId: string | null;
  readonly title: string | null;
  /** The party whose wording alone the title is; null where it is nobody's, or where both use it. */
  readonly titleBy: string | null;
  /** It belongs to an exercise, and nothing in it happened. */
  readonly synthetic: boolean;
  /** Why it was found. */
  readonly excerpt: readonly Piece[];
  /** The last event of the entry. */
  readonly seq: number;
}

interface Asked {
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

/** By entry, the row of the wording of its own that is shown. */
const chosenRows = `SELECT chosen FROM (
    SELECT {wordings}.row AS chosen, row_number() OVER (PARTITION BY id ORDER BY ${byLength}) AS place
    FROM {words} JOIN {wordings} ON {wordings}.row = {words}.rowid
    WHERE {words} MATCH ? AND id IN (SELECT value FROM json_each(?))
  ) WHERE place = 1`;

/**
 * Only what is shown is read: an entry can have the words in hundreds of its wordings. The plus sign keeps SQLite from
 * asking the index anew for each of the rows, which takes many times as long as going through it once.
 */
function excerptsOf({ tables }: Part, ids: readonly string[], { terms }: Asked) {
  const any = anyOf(terms);
  const found = tables
    .prepare(`SELECT id, ${wording} AND +{words}.rowid IN (${chosenRows})`)
    .all(any, any, JSON.stringify(ids));
  return new Map(found.map((row) => [String(row['id']), excerptIn(row, terms)]));
}

/** Where the entry itself has none of the words: the name of somebody whom it concerns. */
function excerptOfName(slice: Slice, id: string, { terms, naming, model }: Asked): readonly Piece[] {
  const bearers = concerning(slice, naming)
    .flatMap(model.partsOf)
    .flatMap((part) => {
      const [sql, ...values] = ofEntries(part);
      return part.tables
        .prepare(`SELECT bearer FROM {concerns} WHERE found = ? AND ${sql}`)
        .all(id, ...values);
    });
  const among = JSON.stringify(bearers.map(({ bearer }) => bearer));
  // Every part is asked, for an entry stands in another one once it has changed since the moment.
  const found = naming.flatMap(model.partsOf).flatMap((part) => {
    const [sql, ...values] = ofEntries(part);
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

/** What the documents of lists say of a title, as whoever reads their rows asks for it. */
export const titleBySql = `CASE json_extract(document, '$.titled.isNeutral') WHEN 0 THEN json_extract(document, '$.titled.by') END`;

interface Row extends Pick<Hit, 'id' | 'key' | 'title' | 'titleBy' | 'seq'> {
  readonly dialogue: string | null;
  readonly synthetic: number | null;
  readonly ordinal: number;
}

function rowsOf({ tables }: Part, conditions: readonly Condition[], limit: number): Row[] {
  const [where, ...values] = allOf(conditions);
  return tables
    .prepare(
      `SELECT id, dialogue, title, json_extract(document, '$.key') AS key,
         ${titleBySql} AS titleBy,
         json_extract(document, '$.synthetic') AS synthetic, updated_ordinal AS ordinal, seq
       FROM {entries} WHERE ${where} ORDER BY updated_ordinal DESC LIMIT ?`,
    )
    .all(...values, limit) as unknown as Row[];
}

interface Placed {
  readonly slice: Slice;
  readonly part: Part;
  readonly row: Row;
}

function toHits(found: readonly Placed[], asked: Asked): readonly Hit[] {
  const excerpts = new Map(
    [...Map.groupBy(found, ({ part }) => part)].flatMap(([part, placed]) => [
      ...excerptsOf(
        part,
        placed.map(({ row }) => row.id),
        asked,
      ),
    ]),
  );
  return found.map(({ slice, row }) => ({
    kind: slice.prefix,
    id: row.id,
    key: row.key,
    dialogueId: row.dialogue,
    title: row.title,
    titleBy: row.titleBy,
    synthetic: row.synthetic === 1,
    excerpt: excerpts.get(row.id) ?? excerptOfName(slice, row.id, asked),
    seq: row.seq,
  }));
}

/** Over all slices at once, what changed last first: an event belongs to one entry, so every place is its own. */
export async function search(at: AtMoment, query: Query) {
  const { record } = at;
  const terms = wantedTerms(query);
  const limit = limitOf(query);
  const scope = questionOf('search', query);
  const after = readCursor(record, scope, query['cursor']);
  const { dialogue } = query;
  const narrowing: readonly Condition[] = [
    ...(dialogue === undefined ? [] : [['dialogue = ?', dialogue] as const]),
    ...(after === undefined ? [] : [['updated_ordinal < ?', after] as const]),
  ];
  const { slices } = record.registry;
  const naming = givingNames(record);
  return readingFrom(at, { slices, naming, isWordless: false }, query, (model) => {
    const asked = { terms, naming, model };
    const rows = slices
      .flatMap((slice) =>
        model.partsOf(slice).flatMap((part) => {
          const matching = matchingAll(terms, slice, part, naming, model);
          const conditions = [...part.only, ...narrowing, ...matching];
          return rowsOf(part, conditions, limit + 1).map((row) => ({ slice, part, row }));
        }),
      )
      .sort((one, other) => other.row.ordinal - one.row.ordinal);
    const { shown, last } = pageOf(rows, limit, ({ row }) => row.ordinal);
    return {
      items: toHits(shown, asked),
      at: model.at,
      asOf: model.at.sealing()(),
      ...(model.asOfSeq === undefined ? {} : { asOfSeq: model.asOfSeq }),
      next: cursorOf(record, scope, last, model.context),
      moment: model.moment,
    };
  });
}
