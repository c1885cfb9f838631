import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeChecksumsAnew } from '#libs/event-store-sqlite/testing';
import { Api } from '../support/api.js';
import { holdTalks } from '../support/talks.js';

const top = mkdtempSync(join(tmpdir(), 'entente-damage-'));
let copies = 0;

/** Talks with every kind of instrument, in a folder that is copied for each kind of damage. */
export async function talksOn(name: string): Promise<string> {
  const directory = join(top, name);
  const api = await Api.start({ directory, storeUrl: undefined });
  await holdTalks(api, { en: 'Words that were said.' });
  await api.stop();
  return directory;
}

export function copyOf(directory: string): string {
  copies += 1;
  const copy = join(top, `copy-${copies}`);
  cpSync(directory, copy, { recursive: true });
  return copy;
}

export function removeAll(): void {
  rmSync(top, { recursive: true, force: true });
}

/** What somebody does who opens the file by hand and takes the triggers away first; they stand there again after, and the checksums fit. */
export function byHand(directory: string, work: (database: DatabaseSync) => void): void {
  withoutTriggers(directory, (database) => {
    work(database);
    makeChecksumsAnew(database);
  });
}

/** The same without anybody who knows of checksums. */
export function byDisk(directory: string, sql: string): void {
  withoutTriggers(directory, (database) => database.exec(sql));
}

function withoutTriggers(directory: string, work: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(join(directory, 'store.sqlite'));
  const triggers = database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all();
  for (const { name } of triggers) database.exec(`DROP TRIGGER ${String(name)}`);
  work(database);
  for (const { sql } of triggers) database.exec(String(sql));
  database.close();
}

export function inViews(directory: string, sql: string): void {
  const database = new DatabaseSync(join(directory, 'views.sqlite'));
  database.exec(sql);
  database.close();
}

/** The stream of the irritant about which most was said. */
export function longest(directory: string): string {
  const database = new DatabaseSync(join(directory, 'store.sqlite'), { readOnly: true });
  const select = `SELECT stream FROM events WHERE stream LIKE 'irritant-%' GROUP BY stream ORDER BY count(*) DESC`;
  const stream = String(database.prepare(select).get()?.['stream']);
  database.close();
  return stream;
}

/** Every file with its size, its time of change and the hash of its bytes. */
export function fingerprint(directory: string): readonly string[] {
  return readdirSync(directory)
    .sort()
    .map((name) => {
      const { size, mtimeMs } = statSync(join(directory, name));
      const hash = createHash('sha256').update(readFileSync(join(directory, name)));
      return `${name} ${size} ${mtimeMs} ${hash.digest('hex')}`;
    });
}
