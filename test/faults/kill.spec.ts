import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child, endAll } from './child.js';
import { killsWanted } from './environment.js';
import { listed } from './lists.js';
import { layGround, record } from './load.js';
import type { Acknowledged, Ground } from './load.js';
import { compiledProgram } from './program.js';
import { caughtUp, serve } from './served.js';
import type { Served } from './served.js';
import { Stored } from './stored.js';
import { Writers } from './writers.js';

const kills = killsWanted();
const writers = 16;
const loadMaxMs = 1_000;
const startMaxMs = 1_000;

const directory = mkdtempSync(join(tmpdir(), 'entente-kill-'));
const acknowledged: Acknowledged[] = [];
let served: Served;
let ground: Ground;
const figures = { kills: 0, resent: 0, hadBeenStored: 0, lost: 0, doubled: 0 };

beforeAll(async () => {
  await compiledProgram();
  served = await serve(directory, writers);
  ground = await layGround(served.client);
});

afterAll(async () => {
  await endAll();
  rmSync(directory, { recursive: true, force: true });
  const { resent, hadBeenStored, lost, doubled } = figures;
  process.stdout.write(
    `kill -9: ${figures.kills} times, ${acknowledged.length} writes acknowledged, ${resent} resent ` +
      `(${hadBeenStored} of them had been stored), ${lost} lost, ${doubled} doubled\n`,
  );
});

/** Writes from all sides until the program is killed, at a moment that nobody chose. */
async function killUnderLoad(): Promise<Writers> {
  const load = new Writers(served.client, ground);
  const ended = load.run(writers);
  await load.reached(1);
  setTimeout(() => served.child.signal('SIGKILL'), Math.random() * loadMaxMs);
  expect((await served.child.ended).signal).toBe('SIGKILL');
  await ended;
  served.client.close();
  figures.kills += 1;
  return load;
}

/** Kills it once more while it starts, somewhere between its first instruction and its first answer. */
async function killAtStart(): Promise<void> {
  const child = await Child.start(['serve', '--data', directory, '--port', '0'], { cwd: directory });
  setTimeout(() => child.signal('SIGKILL'), Math.random() * startMaxMs);
  await child.ended;
}

/** Every acknowledged write stands where its answer said, and nowhere else. */
function expectEachOnce(): void {
  const places = Stored.read(directory).places();
  const prefixes: Record<string, string> = { sources: 'source', irritants: 'irritant' };
  const wrong = acknowledged.flatMap(({ write, id, revision }) => {
    const [, slice = ''] = /^\/v1\/(\w+)/.exec(write.path) ?? [];
    const wanted = `${prefixes[slice]}-${id}@${revision}`;
    const found = places.get(write.key) ?? [];
    if (!found.includes(wanted)) figures.lost += 1;
    if (found.length > 1) figures.doubled += 1;
    return found.length === 1 && found[0] === wanted ? [] : [{ wanted, found }];
  });
  expect(wrong).toEqual([]);
}

/** As a client must that got no answer: the same again, with the same key. */
async function resend(load: Writers): Promise<void> {
  const unknown = [...load.unanswered, ...load.cut];
  const sent = await Promise.all(unknown.map((write) => record(served.client, write)));
  figures.resent += sent.length;
  figures.hadBeenStored += sent.filter((one) => one.replayed).length;
  acknowledged.push(...sent);
}

/** A repeat of what was acknowledged long ago gets the answer of that time, byte for byte. */
async function expectSameAnswers(): Promise<void> {
  const some = Array.from(
    { length: 10 },
    () => acknowledged[Math.floor(Math.random() * acknowledged.length)],
  );
  for (const one of some.filter((each) => each !== undefined)) {
    const again = await record(served.client, one.write);
    expect([again.replayed, again.text]).toEqual([true, one.text]);
  }
}

async function expectListsToBeFolds(): Promise<void> {
  await caughtUp(served, directory);
  expect(await listed(served.client)).toEqual(Stored.read(directory).folds());
}

/** The keys of the irritants are numbered without a gap: a create that was cut in half took no second number. */
function expectKeysWithoutGap(): void {
  const irritants = [...(Stored.read(directory).folds().get('irritants')?.values() ?? [])];
  const keys = irritants.map((one) => (one as { key: string }).key).sort();
  expect(keys).toEqual(irritants.map((_, index) => `LOAD-${index + 1}`).sort());
}

describe(`killed ${kills} times in the middle of writing`, () => {
  it(
    'loses no acknowledged write, doubles none, and shows in its lists what the streams say',
    async () => {
      for (let kill = 0; kill < kills; kill += 1) {
        const load = await killUnderLoad();
        expect(load.refused).toEqual([]);
        acknowledged.push(...load.acknowledged);
        await killAtStart();
        served = await serve(directory, writers);
        expectEachOnce();
        await expectListsToBeFolds();
        await resend(load);
        expectEachOnce();
        await expectSameAnswers();
        await expectListsToBeFolds();
        expectKeysWithoutGap();
      }
      served.client.close();
      expect((await served.child.stop()).code).toBe(0);
    },
    240_000 + kills * 120_000,
  );
});
