import { searchedText, searchIndex, takingOut } from '#libs/full-text';
import type { Tables } from '#libs/projections';
import { erasedIn } from '../record/amendments.js';
import { withoutWords } from '../record/envelope.js';
import type { Stored } from '../record/envelope.js';
import { addedBy, beforeOf, findableOf } from '../record/findable.js';
import type { Findable } from '../record/findable.js';
import { foldNext, isNext } from '../record/fold.js';
import type { Aggregate } from '../record/fold.js';
import type { Slice } from '../record/slice.js';

/**
 * Every wording is a row of its own, so that what is added to an entry leaves what stands there as it is. One that stands no
 * more is kept with the event by which it ended, so that a past moment is searched as the present is; what is erased is gone
 * at every moment.
 */
export const wordsSchema = [
  // `shown` is null where what is searched is what is shown; `bearer` is whose name the wording is.
  `CREATE TABLE {wordings} (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL, bearer TEXT, searched TEXT NOT NULL, shown TEXT,
    since INTEGER NOT NULL, until INTEGER
  ) STRICT`,
  'CREATE INDEX {wordings_by_entry} ON {wordings} (id)',
  'CREATE INDEX {wordings_by_bearer} ON {wordings} (bearer) WHERE bearer IS NOT NULL',
  ...searchIndex('{words}', '{wordings}', 'row'),
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

function writeWords(changed: Changed, wordings: Findable['wordings'], tables: Tables): void {
  const wanted = eachOnce(wordings);
  const kept = tables
    .prepare('SELECT row, bearer, searched, shown FROM {wordings} WHERE id = ? AND until IS NULL')
    .all(changed.id) as unknown as Kept[];
  const end = tables.prepare('UPDATE {wordings} SET until = ? WHERE row = ?');
  for (const { row, bearer, searched, shown } of kept)
    if (!wanted.delete(keyOf(bearer, shown ?? searched))) end.run(changed.ordinal, row);
  insertWords(changed, [...wanted.values()], tables);
}

function insertWords({ id, ordinal }: Changed, wordings: Findable['wordings'], tables: Tables): void {
  for (const { nameOf, words } of wordings) {
    const searched = searchedText(words);
    const { lastInsertRowid } = tables
      .prepare('INSERT INTO {wordings} (id, bearer, searched, shown, since) VALUES (?, ?, ?, ?, ?)')
      .run(id, nameOf, searched, searched === words ? null : words, ordinal);
    tables.prepare('INSERT INTO {words} (rowid, searched) VALUES (?, ?)').run(lastInsertRowid, searched);
  }
}

/** Whom the entry concerns, as it now stands. */
function writeConcerns(changed: Changed, concerns: Findable['concerns'], tables: Tables): void {
  const wanted = new Map(concerns.map((one) => [keyOf(one.who, one.found), one]));
  const kept = tables
    .prepare('SELECT bearer, found, since FROM {concerns} WHERE id = ? AND until IS NULL')
    .all(changed.id);
  for (const { bearer, found, since } of kept) {
    if (wanted.delete(keyOf(String(bearer), String(found)))) continue;
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
  insertWords(changed, [...eachOnce(wordings).values()], tables);
  insertConcerns(changed, concerns, tables);
}

/** Makes the entry findable by these words as well. What is said again stands there again; an amendment tidies up. */
export function addFindable(
  changed: Changed,
  { wordings, concerns }: ReturnType<typeof addedBy>,
  tables: Tables,
): void {
  insertWords(changed, wordings, tables);
  if (concerns !== undefined) writeConcerns(changed, concerns, tables);
}

/** By no words, at no moment. */
function forgetWords(id: string, tables: Tables): void {
  const kept = tables.prepare('SELECT row, searched FROM {wordings} WHERE id = ?').all(id);
  const takeOut = tables.prepare(takingOut('{words}'));
  for (const { row, searched } of kept) takeOut.run(Number(row), String(searched));
  tables.prepare('DELETE FROM {wordings} WHERE id = ?').run(id);
  tables.prepare('DELETE FROM {concerns} WHERE id = ?').run(id);
}

/**
 * Where words were erased, what the entry was findable by is written anew as its events tell it without them, from the first
 * one on: as whoever builds the list after that writes it.
 */
export function writeFindableAnew(
  slice: Slice,
  events: readonly { readonly ordinal: number; readonly event: Stored }[],
  tables: Tables,
): void {
  const erased = erasedIn(events.map(({ event }) => event));
  const left = events.map(({ event }) => (erased.has(event.id) ? withoutWords(event) : event));
  let earlier: Aggregate | undefined;
  for (const [at, event] of left.entries()) {
    const before = isNext(earlier, event) ? beforeOf(earlier) : undefined;
    const folded = foldNext(slice, earlier, event, () => left.slice(0, at + 1));
    if (folded === undefined) return;
    if (at === 0) forgetWords(folded.id, tables);
    const changed = { id: folded.id, ordinal: events[at]?.ordinal ?? 0 };
    if (before === undefined) writeFindable(changed, findableOf(folded), tables);
    else addFindable(changed, addedBy(event, before, folded), tables);
    earlier = folded;
  }
}
