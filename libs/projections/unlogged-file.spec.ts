import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { MemoryEventStore } from '#libs/event-store';

import { finishOnceBuilt } from './finishing.js';
import { inspectReadModels } from './inspection.js';
import { Progress } from './progress.js';
import { ReadModels } from './read-models.js';
import type { Runtime } from './runtime.js';
import { World, append, tally, temporaryDirectory } from './testing.js';

const seed = 29;
const pageBytes = 4_096;
const fileIn = (directory: string) => join(directory, 'views.sqlite');

/** What a kill at this moment would leave, in a folder of its own. */
function leftOf(directory: string): string {
  const left = temporaryDirectory();
  for (const one of readdirSync(directory)) copyFileSync(join(directory, one), join(left, one));
  return left;
}

/** The file as it was before each event that was applied while all was built. */
async function moments(): Promise<readonly Buffer[]> {
  const directory = temporaryDirectory();
  const store = new MemoryEventStore();
  await append(store, 'thing-1', ...Array.from({ length: 20 }, (_, at) => `${at} ${'long '.repeat(200)}`));
  const taken: Buffer[] = [];
  const counting = tally();
  const apply: typeof counting.apply = (...asked) => {
    taken.push(readFileSync(fileIn(directory)));
    counting.apply(...asked);
  };
  const world = await World.start({ store, directory, batchSize: 1, definitions: [{ ...counting, apply }] });
  await world.settled();
  await world.stop();
  return taken;
}

/** Whether anything is taken out of a file. */
function isTaken(bytes: Uint8Array): boolean {
  const directory = temporaryDirectory();
  writeFileSync(fileIn(directory), bytes);
  const models = ReadModels.open({ directory });
  const rows = models.db.prepare('SELECT count(*) AS n FROM slot').get()?.['n'];
  models.close();
  return models.replaced === undefined || rows !== 0;
}

/** What a power cut may leave: of each page any state that it ever had, if the file was as long by then. */
function torn(moments: readonly Buffer[], choices: readonly number[]): Buffer {
  const longest = moments.reduce((one, other) => (other.length > one.length ? other : one));
  const pages = Array.from({ length: longest.length / pageBytes }, (_, page) => {
    const from = page * pageBytes;
    const having = moments.filter((one) => one.length > from);
    const chosen = having[(choices[page % choices.length] ?? 0) % having.length];
    return chosen?.subarray(from, from + pageBytes) ?? Buffer.alloc(pageBytes);
  });
  return Buffer.concat(pages);
}

describe('a file of read models that is built from nothing', () => {
  it('is begun anew where it was cut short, with a log that outlives the next cut', () => {
    const directory = temporaryDirectory();
    const models = ReadModels.open({ directory });
    expect(models.isUnfinished).toBe(true);
    const left = leftOf(directory);
    models.close();
    const second = ReadModels.open({ directory: left });
    expect(String(second.replaced)).toContain('their building was cut short');
    expect(second.isUnfinished).toBe(false);
    second.close();
    const third = ReadModels.open({ directory: left });
    expect(third.replaced).toBeUndefined();
    third.close();
  });

  it(`is never taken for whole, whatever a power cut leaves of it (seed ${seed})`, async () => {
    const taken = await moments();
    expect(new Set(taken.map((one) => one.toString('latin1'))).size).toBeGreaterThan(10);
    const choices = fc.array(fc.nat(), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(choices, (chosen) => !isTaken(torn(taken, chosen))),
      { seed, numRuns: 40 },
    );
    // The same pages are taken where the mark is set too early.
    const early = taken.map((one) => Buffer.from(one));
    for (const one of early) one.write('EnRM', 68, 'latin1');
    const found = fc.check(
      fc.property(choices, (chosen) => !isTaken(torn(early, chosen))),
      { seed, numRuns: 40 },
    );
    expect(found.failed).toBe(true);
  });

  it('says to whoever looks into it that it holds nothing yet', () => {
    const directory = temporaryDirectory();
    const models = ReadModels.open({ directory });
    const db = new DatabaseSync(fileIn(leftOf(directory)));
    expect(inspectReadModels(db)).toMatchObject({ record: undefined, lists: [] });
    db.close();
    models.close();
  });

  it('is whole once all serves', async () => {
    const directory = temporaryDirectory();
    const world = await World.having(['a'], { directory, definitions: [tally()] });
    while (world.readModels.isUnfinished) await turnOfTheLoop();
    const again = ReadModels.open({ directory: leftOf(directory) });
    expect([again.replaced, again.isUnfinished]).toEqual([undefined, false]);
    again.close();
    await world.stop();
  });

  it('goes on where it was after an end in the middle that nobody forced', async () => {
    const directory = temporaryDirectory();
    const store = new MemoryEventStore();
    await append(store, 'thing-1', 'a', 'b');
    const ended = Promise.withResolvers<void>();
    const counting = tally();
    const apply: typeof counting.apply = (...asked) => {
      if (asked[0].ordinal === 1) ended.resolve();
      counting.apply(...asked);
    };
    const definitions = [{ ...counting, apply }];
    const world = await World.start({ store, directory, batchSize: 1, definitions });
    await ended.promise;
    await world.stop();
    const second = await World.start({ store, directory, definitions });
    expect(await second.settled()).toBe('reached');
    expect(second.rows('tally', 'counts')).toEqual([['thing-1', 2, 'b']]);
    expect(second.incidents).toEqual([]);
    await second.stop();
  });

  it('stays unfinished while the disk or a reader stands in the way, and is finished after that', async () => {
    const directory = temporaryDirectory();
    const models = ReadModels.open({ directory, busyTimeoutMs: 1 });
    const reader = new DatabaseSync(fileIn(directory));
    reader.exec('BEGIN; SELECT * FROM slot');
    const reports: unknown[] = [];
    const runtime = {
      ...{ models, progress: new Progress(), signal: new AbortController().signal },
      ...{ retryDelayMs: 1, longestDelayMs: 5 },
      report: (incident: unknown) => {
        reports.push(incident);
        expect(models.isUnfinished).toBe(true);
        reader.exec('COMMIT');
      },
    } as unknown as Runtime;
    await finishOnceBuilt(runtime, () => true);
    expect([reports.length, models.isUnfinished]).toEqual([1, false]);
    reader.close();
    models.close();
  });
});
