import { searchedText, searchIndex, takingOut, wordList } from '#libs/full-text';
import type { Tables } from '#libs/projections';
import { keyOf } from '../record/findable.js';
import type { Added, Findable, Wording } from '../record/findable.js';

/**
 * Every wording is a row of its own, so that what is added to an entry leaves what stands there as it is. One that stands no
 * more is kept with the event by which it ended, so that a past moment is searched as the present is. Each is of one event,
 * so that with the words of that event it goes at every moment, and nothing else does: no rule sees words.
 */
export const wordsSchema = [
  // A search that goes on over several turns remembers rows by their numbers, so that none may come to be another wording's.
  // `shown` is null where what is searched is what is shown; `bearer` is whose name the wording is; `said_in` is the id of
  // the event whose word it is.
  `CREATE TABLE {wordings} (
    row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, bearer TEXT, said_in TEXT, searched TEXT NOT NULL, shown TEXT,
    since INTEGER NOT NULL, until INTEGER
  ) STRICT`,
  'CREATE INDEX {wordings_by_entry} ON {wordings} (id)',
  'CREATE INDEX {wordings_by_bearer} ON {wordings} (bearer) WHERE bearer IS NOT NULL',
  ...searchIndex('{words}', '{wordings}', 'row'),
  wordList('{word_list}', '{words}'),
  `CREATE TABLE {concerns} (
    bearer TEXT NOT NULL, found TEXT NOT NULL, id TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER,
    PRIMARY KEY (bearer, found, id, since)
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX {concerns_by_entry} ON {concerns} (id)',
  'CREATE INDEX {concerns_by_found} ON {concerns} (found)',
];

/** An entry, and the place in the record of the event by which its words are as they are. */
interface Changed {
  readonly id: string;
  readonly ordinal: number;
}

interface Kept {
  readonly row: number;
  readonly nameOf: Wording['nameOf'];
  readonly saidIn: string | null;
  readonly words: string;
}

function writeWords(changed: Changed, wordings: readonly Wording[], tables: Tables): void {
  const wanted = new Map(wordings.map((one) => [keyOf(one), one]));
  const kept = tables
    .prepare(
      `SELECT row, bearer AS nameOf, said_in AS saidIn, coalesce(shown, searched) AS words
       FROM {wordings} WHERE id = ? AND until IS NULL`,
    )
    .all(changed.id) as unknown as Kept[];
  const end = tables.prepare('UPDATE {wordings} SET until = ? WHERE row = ?');
  for (const one of kept) if (!wanted.delete(keyOf(one))) end.run(changed.ordinal, one.row);
  insertWords(changed, [...wanted.values()], tables);
}

function insertWords({ id, ordinal }: Changed, wordings: readonly Wording[], tables: Tables): void {
  for (const { nameOf, saidIn, words } of wordings) {
    const searched = searchedText(words);
    const { lastInsertRowid } = tables
      .prepare(
        'INSERT INTO {wordings} (id, bearer, said_in, searched, shown, since) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(id, nameOf, saidIn, searched, searched === words ? null : words, ordinal);
    tables.prepare('INSERT INTO {words} (rowid, searched) VALUES (?, ?)').run(lastInsertRowid, searched);
  }
}

/** Whom the entry concerns, as it now stands. */
function writeConcerns(changed: Changed, concerns: Findable['concerns'], tables: Tables): void {
  const wanted = new Map(concerns.map((one) => [JSON.stringify([one.who, one.found]), one]));
  const kept = tables
    .prepare('SELECT bearer, found, since FROM {concerns} WHERE id = ? AND until IS NULL')
    .all(changed.id);
  for (const { bearer, found, since } of kept) {
    if (wanted.delete(JSON.stringify([bearer, found]))) continue;
    tables
      .prepare('UPDATE {concerns} SET until = ? WHERE bearer = ? AND found = ? AND id = ? AND since = ?')
      .run(changed.ordinal, bearer ?? null, found ?? null, changed.id, since ?? null);
  }
  insertConcerns(changed, [...wanted.values()], tables);
}

function insertConcerns({ id, ordinal }: Changed, concerns: Findable['concerns'], tables: Tables): void {
  const insert = tables.prepare(
    'INSERT OR IGNORE INTO {concerns} (bearer, found, id, since) VALUES (?, ?, ?, ?)',
  );
  for (const { who, found } of concerns) insert.run(who, found, id, ordinal);
}

/** Makes the entry findable by its words as they now stand, and by no others. */
export function writeFindable(changed: Changed, findable: Findable, tables: Tables): void {
  writeWords(changed, findable.wordings, tables);
  writeConcerns(changed, findable.concerns, tables);
}

/** The same of an entry of which the tables have nothing yet. */
export function writeFirstFindable(changed: Changed, { wordings, concerns }: Findable, tables: Tables): void {
  insertWords(changed, wordings, tables);
  insertConcerns(changed, concerns, tables);
}

/** Makes the entry findable by these words as well. What is said again stands there again; an amendment tidies up. */
export function addFindable(changed: Changed, { wordings, concerns }: Added, tables: Tables): void {
  insertWords(changed, wordings, tables);
  if (concerns !== undefined) writeConcerns(changed, concerns, tables);
}

/** Makes the entry findable by no word of these events any more, at no moment. */
export function forgetWords(id: string, eventIds: readonly string[], tables: Tables): void {
  const ofThem = 'id = ? AND said_in IN (SELECT value FROM json_each(?))';
  const events = JSON.stringify(eventIds);
  const kept = tables.prepare(`SELECT row, searched FROM {wordings} WHERE ${ofThem}`).all(id, events);
  const takeOut = tables.prepare(takingOut('{words}'));
  for (const { row, searched } of kept) takeOut.run(Number(row), String(searched));
  tables.prepare(`DELETE FROM {wordings} WHERE ${ofThem}`).run(id, events);
}
