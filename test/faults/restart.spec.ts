import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { istanbulRecord } from '../../src/demo/istanbul.record.js';
import { loadRecord } from '../../src/demo/load.js';
import { Child, endAll, run } from './child.js';
import { compiledProgram } from './program.js';
import { caughtUp, serve } from './served.js';
import { snapshotOf } from './snapshot.js';
import { Stored } from './stored.js';

const directory = mkdtempSync(join(tmpdir(), 'entente-restart-'));
let before: ReadonlyMap<string, readonly string[]>;
let events: number;

beforeAll(async () => {
  await compiledProgram();
  const served = await serve(directory);
  const { child, client, secretariat } = served;
  await loadRecord(istanbulRecord, { url: client.url, key: secretariat });
  await caughtUp(served, directory);
  before = await snapshotOf(client);
  events = Stored.read(directory).events.length;
  client.close();
  await child.stop();
});

afterAll(async () => {
  await endAll();
  rmSync(directory, { recursive: true, force: true });
});

function deleteReadModels(): void {
  expect(existsSync(join(directory, 'views.sqlite'))).toBe(true);
  for (const ending of ['', '-wal', '-shm'])
    rmSync(join(directory, `views.sqlite${ending}`), { force: true });
}

/** What the file of the read models is marked as, where SQLite has the mark of the program that it is of. */
function markOfReadModels(): string {
  const file = join(directory, 'views.sqlite');
  return existsSync(file) ? readFileSync(file).toString('latin1', 68, 72) : '';
}

/** Kills the program while it builds the read models, which takes it a moment; gives their mark. */
async function killWhileBuilding(): Promise<string> {
  deleteReadModels();
  const child = await Child.start(['serve', '--data', directory, '--port', '0'], { cwd: directory });
  while (markOfReadModels() === '') await turnOfTheLoop();
  child.signal('SIGKILL');
  await child.ended;
  return markOfReadModels();
}

async function rebuild(): Promise<void> {
  const { code, stdout, stderr } = await run(['rebuild', '--data', directory], { cwd: directory });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('is built anew');
}

/** Starts the server on what is left, and compares all that can be read with what could be read at first. */
async function expectTheSame(): Promise<void> {
  const served = await serve(directory);
  const { child, client } = served;
  await caughtUp(served, directory);
  const after = await snapshotOf(client);
  client.close();
  await child.stop();
  const differing = [...new Set([...before.keys(), ...after.keys()])].filter(
    (path) => JSON.stringify(before.get(path)) !== JSON.stringify(after.get(path)),
  );
  expect(differing).toEqual([]);
  expect(Stored.read(directory).events.length).toBe(events);
}

describe('everything that can be read, byte for byte', () => {
  it('covers lists of several pages, histories, overviews and comparisons', () => {
    const pages = [...before.values()].map((one) => one.length);
    expect(Math.max(...pages)).toBeGreaterThan(2);
    expect([...before.keys()].filter((one) => one.endsWith('/comparison')).length).toBe(2);
  });

  it('is the same after a restart', async () => {
    await expectTheSame();
  });

  it('is the same after a rebuild beside the old read models', async () => {
    await rebuild();
    await expectTheSame();
  });

  it('is the same after the read models were deleted, and no policy acts a second time', async () => {
    deleteReadModels();
    await expectTheSame();
  });

  it('is the same after it was killed while it built the read models, whose file says that it is not whole', async () => {
    let mark = await killWhileBuilding();
    // The moment may be missed.
    for (let tries = 1; mark === 'EnRM' && tries < 10; tries += 1) mark = await killWhileBuilding();
    expect(mark).toBe('EnRB');
    await expectTheSame();
    expect(markOfReadModels()).toBe('EnRM');
  });

  it('is the same after the read models were deleted and rebuilt by hand', async () => {
    deleteReadModels();
    await rebuild();
    await expectTheSame();
  });
});
