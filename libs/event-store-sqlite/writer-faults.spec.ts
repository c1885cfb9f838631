import { cpSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { Fatal, OutcomeUnknown, Unavailable } from '#libs/event-store';
import { collect, idsOf, newEvents } from '#libs/event-store/testing';

import type { SqliteEventStore } from './index.js';
import { SqliteHarness, injectFault } from './testing.js';

describe('The SQLite store, when its disk fails', () => {
  let harness: SqliteHarness;
  let store: SqliteEventStore;
  let fatal: Fatal[];

  beforeEach(async () => {
    fatal = [];
    harness = new SqliteHarness({ onFatal: (error) => fatal.push(error) });
    store = await harness.open();
  });
  afterEach(() => harness.dispose());

  const large = () => newEvents(4, { content: { text: 'x'.repeat(200_000) } });

  it('stores nothing while the disk is full, says so, and goes on once there is space', async () => {
    const first = newEvents(1);
    await store.append('notes-1', first, { expected: 'no_stream' });
    await injectFault(store, { kind: 'maxPages', pages: 30 });
    for (let time = 0; time < 2; time += 1) {
      const full = store.append('notes-1', large(), { expected: 0n });
      await expect(full).rejects.toThrow(Unavailable);
      await expect(full).rejects.toThrow(/disk is full; nothing was stored/);
    }
    expect(idsOf(await collect(store.readStream('notes-1')))).toEqual(idsOf(first));
    await injectFault(store, { kind: 'maxPages', pages: 1_000_000 });
    await store.append('notes-1', large(), { expected: 0n });
    expect(await collect(store.readStream('notes-1'))).toHaveLength(5);
    expect(fatal).toEqual([]);
  });

  it('refuses the append of a failed sync, those that wait and all later ones, and calls out once', async () => {
    await store.append('notes-1', newEvents(1), { expected: 'no_stream' });
    await injectFault(store, { kind: 'failNextSync' });
    const failed = store.append('notes-1', newEvents(1), { expected: 0n });
    const waiting = Array.from({ length: 3 }, (_, index) =>
      // Each fills a batch of its own, so that some still wait when the first has failed.
      store.append(`waiting-${index}`, newEvents(512), { expected: 'no_stream' }),
    );
    for (const result of await Promise.allSettled([failed, ...waiting])) {
      expect(result).toMatchObject({ status: 'rejected', reason: expect.any(Fatal) as unknown });
    }
    await expect(store.append('later', newEvents(1), { expected: 'no_stream' })).rejects.toThrow(Fatal);
    await expect(store.eraseContent('notes-1', 0n)).rejects.toThrow(Fatal);
    expect(fatal).toHaveLength(1);
    expect(fatal[0]?.message).toMatch(/disk I\/O error.*Stop this process/);
    store = await harness.reopen();
    expect(await collect(store.readAll({ limit: 10 }))).toHaveLength(1);
  });

  it('says that the outcome is unknown when the writer ends under way, and calls out once', async () => {
    await injectFault(store, { kind: 'exitAfterNextCommit' });
    const underWay = store.append('notes-1', newEvents(1), { expected: 'no_stream' });
    await expect(underWay).rejects.toThrow(OutcomeUnknown);
    await expect(store.append('notes-1', newEvents(1), { expected: 0n })).rejects.toThrow(Fatal);
    expect(fatal).toHaveLength(1);
  });

  it('has erased words in none of its files after a crash, once it is opened again', async () => {
    const text = 'what was said in confidence';
    await store.append('notes-1', newEvents(1, { content: { text } }), { expected: 'no_stream' });
    await store.close();
    const writer = new DatabaseSync(harness.database);
    writer.exec('UPDATE events SET content = NULL, salt = NULL, words_checksum = NULL');
    const crashed = new SqliteHarness();
    cpSync(harness.directory, crashed.directory, { recursive: true });
    writer.close();
    const holding = () =>
      readdirSync(crashed.directory).filter((name) =>
        readFileSync(join(crashed.directory, name)).includes(text),
      );
    expect(holding()).toEqual(['store.sqlite']);
    await crashed.open();
    expect(holding()).toEqual([]);
    await crashed.dispose();
  });

  it('calls nothing fatal that is an ordinary close', async () => {
    await store.append('notes-1', newEvents(1), { expected: 'no_stream' });
    await store.close();
    expect(fatal).toEqual([]);
  });
});
