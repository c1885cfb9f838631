import { closeSync, copyFileSync, mkdirSync, openSync, readSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { numbersFrom } from '../bench/seeded.js';

/** One bit of the file of a store. */
export interface Flip {
  readonly byte: number;
  readonly bit: number;
}

type Value = string | number | null;
/** An event as the file has it: place, stream, revision, id, type, data, content, salt, meta, time. */
export type Row = readonly Value[];

const file = 'store.sqlite';
const columns = 'position, stream, revision, id, type, data, content, salt, meta, recorded_at';
export const rowPlace = { position: 0, stream: 1, revision: 2, json: [5, 6, 8] } as const;

/** So many flips of one file, the same from the same seed. */
export function flipsOf(folder: string, count: number, seed: number): readonly Flip[] {
  const next = numbersFrom(seed);
  const { size } = statSync(join(folder, file));
  return Array.from({ length: count }, () => ({ byte: next() % size, bit: next() % 8 }));
}

/** A copy of the file alone, with these bits flipped. */
export function flippedCopy(from: string, to: string, flips: readonly Flip[]): string {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  copyFileSync(join(from, file), join(to, file));
  for (const flip of flips) flipIn(to, flip);
  return to;
}

export function flipIn(folder: string, { byte, bit }: Flip): void {
  const handle = openSync(join(folder, file), 'r+');
  const one = new Uint8Array(1);
  readSync(handle, one, 0, 1, byte);
  one[0] = (one[0] as number) ^ (1 << bit);
  writeSync(handle, one, 0, 1, byte);
  closeSync(handle);
}

/** What SQLite gives of a file, read by nobody else: rows as they follow one another, and what it finds wrong with its make. */
export class PlainFile implements Disposable {
  readonly #database: DatabaseSync;

  constructor(private readonly folder: string) {
    this.#database = new DatabaseSync(join(folder, file), { readOnly: true });
  }

  /** Throws where SQLite does. */
  rows(): readonly Row[] {
    const statement = this.#database.prepare(`SELECT ${columns} FROM events ORDER BY position`);
    statement.setReturnArrays(true);
    return statement.all() as unknown as Row[];
  }

  /** Whether table and index agree, page by page. */
  isWhole(): boolean {
    return this.#database.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check'] === 'ok';
  }

  /** Whether each of these rows is found by its place, and by stream and revision. */
  finds(rows: readonly Row[]): boolean {
    const [byPlace, byStream] = ['position = ?', 'stream = ? AND revision = ?'].map((where) => {
      const statement = this.#database.prepare(`SELECT ${columns} FROM events WHERE ${where}`);
      statement.setReturnArrays(true);
      return statement;
    });
    return rows.every((row) => {
      const [position = null, stream = null, revision = null] = row;
      const found = [byPlace?.all(position), byStream?.all(stream, revision)] as unknown as Row[][];
      return found.every((some) => some.length === 1 && isSameRow(some[0] as Row, row));
    });
  }

  [Symbol.dispose](): void {
    this.#database.close();
    for (const ending of ['-wal', '-shm']) rmSync(join(this.folder, `${file}${ending}`), { force: true });
  }
}

function isSameRow(one: Row, other: Row): boolean {
  return one.every((value, at) => value === other[at]);
}

/** The rows of the first that are not in the second as they are. */
export function changedRows(before: readonly Row[], after: readonly Row[]): readonly Row[] {
  const isInPlace = before.length === after.length;
  const byPlace = isInPlace ? undefined : new Map(after.map((row) => [row[0], row]));
  const changed = before.filter((row, at) => {
    const other = byPlace === undefined ? after[at] : byPlace.get(row[0]);
    return other === undefined || !isSameRow(row, other);
  });
  // One that was not there before, while all others are as they were.
  return changed.length === 0 && !isInPlace ? after.slice(-1) : changed;
}
