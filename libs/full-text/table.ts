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

/** The statement that takes a row out of the index; its text must be given as it was put in. */
export function takingOut(index: string): string {
  return `INSERT INTO ${index} (${index}, rowid, searched) VALUES ('delete', ?, ?)`;
}
