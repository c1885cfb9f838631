import type { DatabaseSync } from 'node:sqlite';
import { standsIn } from './matches.js';

/**
 * The statements that make an index of the column `searched` of a table, in SQLite's FTS5: it keeps no copy of the
 * texts. They come as `searchedText` makes them, so all that its tokenizer does is to part them at gaps. What is deleted
 * leaves no trace in the index: without `secure-delete` its words would stay there until a merge. Both names are quoted;
 * `row` is the table's integer key.
 */
export function searchIndex(index: string, table: string, row: string): readonly string[] {
  return [
    `CREATE VIRTUAL TABLE ${index} USING fts5(
      searched, content = ${table}, content_rowid = ${row}, tokenize = "ascii"
    )`,
    `INSERT INTO ${index} (${index}, rank) VALUES ('secure-delete', 1)`,
  ];
}

/**
 * The statement that makes a table of the words in such an index: each `term` in their order, with the row `doc` of each
 * place at which it stands. It holds nothing itself, and is read no further than what is asked of it.
 */
export function wordList(list: string, index: string): string {
  return `CREATE VIRTUAL TABLE ${list} USING fts5vocab(${index}, 'instance')`;
}

/** The statement that takes a row out of the index; its text must be given as it was put in. */
export function takingOut(index: string): string {
  return `INSERT INTO ${index} (${index}, rowid, searched) VALUES ('delete', ?, ?)`;
}

const taught = new WeakSet<DatabaseSync>();

/**
 * Makes the name of a function in SQL known to the connection, and gives it: of a text as it is searched and a line that
 * `lineOf` made, whether the term stands there. To ask the index of one row after the other reads for the beginning of a
 * word all rows that have such a word, each time.
 */
export function termFunction(db: DatabaseSync): string {
  const name = 'entente_stands_in';
  if (taught.has(db)) return name;
  const options = { deterministic: true, directOnly: true };
  db.function(name, options, (searched, line) => Number(standsIn(String(searched), String(line))));
  taught.add(db);
  return name;
}
