import { afterAll, expect, it } from '@jest/globals';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { openUnchanged } from './unchanged-file.js';

const top = mkdtempSync(join(tmpdir(), 'unchanged-'));
afterAll(() => rmSync(top, { recursive: true }));

it('What is copied to be read with its log lies nowhere while it is read, so who is killed leaves nothing', () => {
  const name = `${basename(top)}.sqlite`;
  const database = new DatabaseSync(join(top, name));
  database.exec('PRAGMA journal_mode = WAL; CREATE TABLE said (words TEXT)');
  const say = database.prepare('INSERT INTO said VALUES (?)');
  for (let at = 0; at < 500; at += 1) say.run(`in confidence ${at}`);
  const left = join(top, 'left');
  mkdirSync(left);
  for (const one of [name, `${name}-wal`]) cpSync(join(top, one), join(left, one));
  database.close();
  const opened = openUnchanged(join(left, name));
  const copies = () => readdirSync(tmpdir()).filter((folder) => existsSync(join(tmpdir(), folder, name)));
  expect(copies()).toEqual([basename(top)]);
  const words = opened.database.prepare('SELECT words FROM said').all();
  expect([words.length, words.at(-1)?.['words']]).toEqual([500, 'in confidence 499']);
  expect(opened.database.prepare('PRAGMA integrity_check').get()?.['integrity_check']).toBe('ok');
  opened.close();
  expect(readdirSync(left)).toEqual([name, `${name}-wal`]);
});
