import { searchedText, searchIndex, takingOut } from '#libs/full-text';
import type { Tables } from '#libs/projections';
import type { addedBy, Findable } from '../record/findable.js';

/** Every wording is a row of its own, so that what is added to an entry leaves what stands there as it is. */
export const wordsSchema = [
  // `shown` is null where what is searched is what is shown; `bearer` is whose name the wording is.
  `CREATE TABLE {wordings} (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL, bearer TEXT, searched TEXT NOT NULL, shown TEXT
  ) STRICT`,
  'CREATE INDEX {wordings_by_entry} ON {wordings} (id)',
  'CREATE INDEX {wordings_by_bearer} ON {wordings} (bearer) WHERE bearer IS NOT NULL',
  ...searchIndex('{words}', '{wordings}', 'row'),
  `CREATE TABLE {concerns} (
    bearer TEXT NOT NULL, found TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (bearer, found, id)
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX {concerns_by_entry} ON {concerns} (id)',
  'CREATE INDEX {concerns_by_found} ON {concerns} (found)',
];

interface Kept {
  readonly row: number;
  readonly bearer: string | null;
  readonly searched: string;
  readonly shown: string | null;
}

function keyOf(bearer: string | null, words: string): string {
  return JSON.stringify([bearer, words]);
}

function eachOnce(wordings: Findable['wordings']) {
  return new Map(wordings.map((one) => [keyOf(one.nameOf, one.words), one]));
}

function writeWords(id: string, wordings: Findable['wordings'], tables: Tables): void {
  const wanted = eachOnce(wordings);
  const kept = tables
    .prepare('SELECT row, bearer, searched, shown FROM {wordings} WHERE id = ?')
    .all(id) as unknown as Kept[];
  for (const { row, bearer, searched, shown } of kept) {
    if (wanted.delete(keyOf(bearer, shown ?? searched))) continue;
    tables.prepare(takingOut('{words}')).run(row, searched);
    tables.prepare('DELETE FROM {wordings} WHERE row = ?').run(row);
  }
  insertWords(id, [...wanted.values()], tables);
}

function insertWords(id: string, wordings: Findable['wordings'], tables: Tables): void {
  for (const { nameOf, words } of wordings) {
    const searched = searchedText(words);
    const { lastInsertRowid } = tables
      .prepare('INSERT INTO {wordings} (id, bearer, searched, shown) VALUES (?, ?, ?, ?)')
      .run(id, nameOf, searched, searched === words ? null : words);
    tables.prepare('INSERT INTO {words} (rowid, searched) VALUES (?, ?)').run(lastInsertRowid, searched);
  }
}

/** Whom the entry concerns, as it now stands. */
function writeConcerns(id: string, concerns: Findable['concerns'], tables: Tables): void {
  const wanted = new Set(concerns.map(({ who, found }) => keyOf(who, found)));
  const kept = tables.prepare('SELECT bearer, found FROM {concerns} WHERE id = ?').all(id);
  const isSame =
    kept.length === wanted.size &&
    kept.every(({ bearer, found }) => wanted.has(keyOf(String(bearer), String(found))));
  if (isSame) return;
  tables.prepare('DELETE FROM {concerns} WHERE id = ?').run(id);
  insertConcerns(id, concerns, tables);
}

function insertConcerns(id: string, concerns: Findable['concerns'], tables: Tables): void {
  const insert = tables.prepare('INSERT OR IGNORE INTO {concerns} (bearer, found, id) VALUES (?, ?, ?)');
  for (const { who, found } of concerns) insert.run(who, found, id);
}

/** Makes the entry findable by its words as they now stand, and by no others. */
export function writeFindable(id: string, findable: Findable, tables: Tables): void {
  writeWords(id, findable.wordings, tables);
  writeConcerns(id, findable.concerns, tables);
}

/** The same of an entry of which the tables have nothing yet. */
export function writeFirstFindable(id: string, { wordings, concerns }: Findable, tables: Tables): void {
  insertWords(id, [...eachOnce(wordings).values()], tables);
  insertConcerns(id, concerns, tables);
}

/** Makes the entry findable by these words as well. What is said again stands there again; an amendment tidies up. */
export function addFindable(
  id: string,
  { wordings, concerns }: ReturnType<typeof addedBy>,
  tables: Tables,
): void {
  insertWords(id, wordings, tables);
  if (concerns !== undefined) writeConcerns(id, concerns, tables);
}
