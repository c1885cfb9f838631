import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Desk, isProblem } from '../support/desk.js';
import { beginnings, Ground, RU } from './one-side-ground.js';
import type { Attempt } from './one-side-ground.js';
import { otherAmendments } from './one-side-amendments.js';
import { elsewhere } from './one-side-elsewhere.js';
import { conditions } from './one-side-conditions.js';
import { debts } from './one-side-debts.js';
import { joint } from './one-side-joint.js';
import { raising } from './one-side-raising.js';
import { secondWords } from './one-side-second-words.js';
import { retractions } from './one-side-taking-back.js';
import { voices } from './one-side-voices.js';
import { wholeWay } from './one-side-whole-way.js';

const attempts: readonly Attempt[] = [
  ...[...voices, ...retractions, ...secondWords, ...otherAmendments],
  ...[...joint, ...conditions, ...debts, ...raising, ...elsewhere],
];

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

/** The code of the refusal; undefined where it was recorded. */
async function outcomeOf(attempt: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await attempt();
    return undefined;
  } catch (error) {
    if (isProblem(error)) return error.kind.code;
    throw error;
  }
}

it('There are at least forty attempts, each told in a sentence of its own', () => {
  expect(new Set(attempts.map((one) => one.says)).size).toBe(attempts.length);
  expect(attempts.length).toBeGreaterThanOrEqual(40);
});

describe.each(beginnings)('In a dialogue %s', (beginning) => {
  it.each(attempts)('$says', async ({ refused, prepare }) => {
    const ground = await Ground.lay(desk, beginning);
    const attempt = await prepare(ground);
    const before = await ground.standing();
    expect(await outcomeOf(attempt)).toBe(refused);
    expect(await ground.standing()).toEqual(before);
  });

  it('RU takes a dispute from raised to resolved by itself, whatever it registers, cites and retracts', async () => {
    const ground = await Ground.lay(desk, beginning);
    const irritantId = await wholeWay(ground);
    await desk.settled();
    const shown = await desk.read('irritants', irritantId);
    expect(shown).toMatchObject({ stage: 'raised', raisers: ['RU'], positions: {} });
    const events = await ground.eventsOf('irritants', irritantId);
    expect(events.filter((one) => one.act.party === 'US')).toEqual([]);
  });
});

describe('In a dialogue that RU keeps alone', () => {
  it('everything that RU records says that RU alone keeps it, and nothing of it is in any other dialogue', async () => {
    const joined = await Ground.lay(desk, beginnings[0]);
    const before = await joined.standing();
    const alone = await Ground.open(desk, RU);
    const irritantId = await wholeWay(alone);
    await desk.settled();
    expect(await desk.read('dialogues', alone.dialogueId)).toMatchObject({
      kept: { by: 'one', party: 'RU' },
    });
    expect((await alone.eventsOf('irritants', irritantId)).length).toBeGreaterThan(1);
    expect(await joined.standing()).toEqual(before);
  });
});
