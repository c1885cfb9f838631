import { cpSync, existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { Unavailable } from '#libs/event-store';
import { until } from '#libs/event-store/testing';

import { BackgroundCheckpoints } from './background-checkpoints.js';
import { ReadModels } from './read-models.js';
import { temporaryDirectory } from './testing.js';

const logPages = 100;
/** So many small ones are by far fewer than the 20,000 pages at which SQLite writes the log into the file by itself. */
const commitsMax = 6_000;
const secret = 'what was said in confidence';

describe('The log of the read models', () => {
  let directory: string;
  let models: ReadModels;
  const file = (name = '') => join(directory, `views.sqlite${name}`);
  const ofLog = (what: 'log' | 'checkpointed') =>
    Number(models.db.prepare('PRAGMA wal_checkpoint(NOOP)').get()?.[what]);
  const pagesInLog = () => ofLog('log');
  const inFile = () => ofLog('checkpointed');
  /** About ten pages, unless it is told to be shorter. */
  const commit = (words = 'x', length = 40_000) =>
    models.transaction(() =>
      models.db.prepare('INSERT INTO said (words) VALUES (?)').run(words.padEnd(length, ' ')),
    );
  const count = () => models.db.prepare('SELECT count(*) AS count FROM said').get()?.['count'];

  beforeEach(async () => {
    directory = temporaryDirectory();
    models = ReadModels.open({ directory, logPages });
    await models.finish();
    models.db.exec('CREATE TABLE said (id INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT');
  });
  afterEach(() => models.close());

  /** Writes without a rest until the log begins anew; gives its length then, and how much was written. */
  async function begunAnew(): Promise<{ readonly commits: number; readonly most: number }> {
    // However long a thread takes to begin.
    while (pagesInLog() < logPages) commit();
    while (inFile() === 0) await turnOfTheLoop();
    let [commits, pages, most] = [0, 0, 0];
    for (; pages >= most && commits < commitsMax; commits += 1) {
      most = pages;
      commit('x', 100);
      pages = pagesInLog();
      await turnOfTheLoop();
    }
    return { commits, most };
  }

  it('begins anew while somebody writes without a rest, by far before SQLite would see to it', async () => {
    const { commits, most } = await begunAnew();
    expect(commits).toBeLessThan(commitsMax);
    expect(most).toBeGreaterThanOrEqual(logPages);
    const all = count();
    expect(all).toBeGreaterThan(commits);
    models.close();
    models = ReadModels.open({ directory });
    expect(count()).toBe(all);
    expect(models.replaced).toBeUndefined();
  });

  it('holds nothing of what was erased, also where it is being written into the file at that moment', async () => {
    await begunAnew();
    const { lastInsertRowid } = commit(secret);
    commit('x', 20_000_000);
    models.transaction(() => models.db.prepare('DELETE FROM said WHERE id = ?').run(lastInsertRowid));
    models.truncateLog();
    expect(statSync(file('-wal')).size).toBe(0);
    expect(readFileSync(file()).includes(secret)).toBe(false);
  });

  it('is gone with the end of the program, also where it is being written into the file at that moment', async () => {
    await begunAnew();
    commit('x', 20_000_000);
    const all = count();
    models.close();
    expect(existsSync(file('-wal'))).toBe(false);
    models = ReadModels.open({ directory });
    expect(count()).toBe(all);
  });

  it('is told to be still there where another program keeps the words of an erasure in it', () => {
    commit(secret);
    const other = ReadModels.open({ directory });
    other.db.exec('BEGIN; SELECT count(*) FROM said');
    models.db.exec('PRAGMA busy_timeout = 1');
    commit();
    expect(() => models.truncateLog()).toThrow('words that were erased still stand in their log');
    other.close();
    expect(() => models.truncateLog()).not.toThrow();
  });

  it('holds no erased words once the other program is through, with nobody asking again', async () => {
    commit(secret);
    const other = ReadModels.open({ directory });
    other.db.exec('BEGIN; SELECT count(*) FROM said');
    models.db.exec('PRAGMA busy_timeout = 1');
    models.transaction(() => models.db.exec(`UPDATE said SET words = ''`));
    expect(() => models.truncateLog()).toThrow(Unavailable);
    other.close();
    await until(() => ![file(), file('-wal')].some((one) => readFileSync(one).includes(secret)));
    expect(models.db.prepare('PRAGMA busy_timeout').get()?.['timeout']).toBe(1);
  });

  it('holds no erased words, and the file neither, once a start has come after a crash that left them there', () => {
    commit(secret);
    models.truncateLog();
    models.transaction(() => models.db.exec(`UPDATE said SET words = ''`));
    const crashed = temporaryDirectory();
    cpSync(directory, crashed, { recursive: true });
    const holding = () =>
      readdirSync(crashed).filter((name) => readFileSync(join(crashed, name)).includes(secret));
    expect(holding()).toEqual(['views.sqlite']);
    const next = ReadModels.open({ directory: crashed });
    expect(holding()).toEqual([]);
    next.close();
  });

  it('is written by SQLite where there can be no thread, and no commit fails of that', () => {
    const alone = new BackgroundCheckpoints(models.db, file(), 1, new URL('https://example.org/thread'));
    commit();
    for (const _ of [1, 2]) expect(() => alone.committed()).not.toThrow();
    alone.close();
  });

  it('is not waited for where the thread can not open the file', () => {
    const alone = new BackgroundCheckpoints(models.db, join(directory, 'gone', 'views.sqlite'), 1);
    commit();
    alone.committed();
    expect(alone.settle()).toBe(true);
    alone.close();
  });
});
