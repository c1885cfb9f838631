import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Desk } from '../support/desk.js';
import { beginnings, Ground, RU, text, US } from './one-side-ground.js';
import { irritantOf, round } from './one-side-matters.js';

let desk: Desk;
let ground: Ground;
let roundId: string;

beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());
beforeEach(async () => {
  ground = await Ground.lay(desk, beginnings[0]);
  roundId = await round(ground);
});

type Side = typeof RU | typeof US;
const concludes = (side: Side) =>
  ground.say(side, 'rounds.ConcludeRound', roundId, { startsAt: '2025-04-10' });
const discusses = (side: Side, irritantId: string) =>
  ground.say(side, 'rounds.DiscussAgendaItem', roundId, { irritantId });

/** A matter that is raised now, of which RU says that it was discussed. */
async function discussedByRU(): Promise<string> {
  const matter = await irritantOf(ground);
  await discusses(RU, matter);
  return matter;
}

/** The account of a side, told from its own source; answers its id. */
async function tells(side: Side): Promise<string> {
  const sourceId = ground.sources[side.party];
  const body = { voice: 'party', sourceId, lang: 'en', rendering: 'original' };
  const { accounts } = await ground.say(side, 'rounds.PublishAccount', roundId, body);
  return (accounts as { accountId: string }[]).at(-1)?.accountId ?? '';
}
const names = (side: Side, accountId: string, irritantId: string) =>
  ground.say(side, 'rounds.RecordAccountPoint', roundId, {
    ...{ accountId, irritantId, kind: 'discussed', assertsJoint: false, quote: text },
  });

async function stageOf(irritantId: string): Promise<unknown> {
  await desk.settled();
  return (await desk.read('irritants', irritantId))['stage'];
}
/** By whose word alone the stage was reached; undefined where both have spoken. */
async function aloneBy(irritantId: string): Promise<unknown> {
  await desk.settled();
  return (await desk.read('irritants', irritantId))['byWordOf'];
}

describe('By the word of one side, a matter is under consultation that was discussed at a round', () => {
  it('which both say was held, where it had been raised before', async () => {
    const matter = await irritantOf(ground);
    await concludes(RU);
    await discusses(RU, matter);
    expect(await stageOf(matter)).toBe('raised');
    await concludes(US);
    expect(await stageOf(matter)).toBe('under-consultation');
    expect(await aloneBy(matter)).toBe('RU');
  });

  it('until the other side tells of it in its turn, whether before or after both said that it was held', async () => {
    const [before, after] = [await irritantOf(ground), await irritantOf(ground)];
    await concludes(RU);
    await discusses(RU, before);
    await discusses(US, before);
    await discusses(RU, after);
    await concludes(US);
    expect([await aloneBy(before), await aloneBy(after)]).toEqual([undefined, 'RU']);
    await names(US, await tells(US), after);
    expect(await aloneBy(after)).toBeUndefined();
    expect(await stageOf(after)).toBe('under-consultation');
  });

  it('where it was raised before the account that was the first, and by which both had said that it was held', async () => {
    await concludes(RU);
    const matter = await irritantOf(ground);
    await tells(US);
    await discusses(RU, matter);
    expect(await stageOf(matter)).toBe('under-consultation');
  });

  it('once that account is there, where the word came before it', async () => {
    await concludes(RU);
    const matter = await discussedByRU();
    expect(await stageOf(matter)).toBe('raised');
    await tells(US);
    expect(await stageOf(matter)).toBe('under-consultation');
  });

  it('where that account names it, though it was raised afterwards', async () => {
    await concludes(RU);
    const account = await tells(US);
    const matter = await discussedByRU();
    expect(await stageOf(matter)).toBe('raised');
    await names(US, account, matter);
    expect(await stageOf(matter)).toBe('under-consultation');
    const milestones = (await ground.eventsOf('irritants', matter)).filter(
      (one) => one.type === 'ConsultationBegan',
    );
    expect(milestones).toHaveLength(1);
    expect(milestones[0]?.data['restsOn']).toContain(
      await ground.last('rounds', roundId, 'AccountPointRecorded'),
    );
  });
});

describe('By the words of both sides, a matter is under consultation that was discussed at a round', () => {
  it('whenever it was raised', async () => {
    await concludes(RU);
    await concludes(US);
    const matter = await discussedByRU();
    await names(RU, await tells(RU), matter);
    expect(await stageOf(matter)).toBe('raised');
    await names(US, await tells(US), matter);
    expect(await stageOf(matter)).toBe('under-consultation');
    const [milestone] = (await ground.eventsOf('irritants', matter)).filter(
      (one) => one.type === 'ConsultationBegan',
    );
    expect(milestone?.data['restsOn']).toEqual(
      expect.arrayContaining([
        await ground.last('rounds', roundId, 'AgendaItemDiscussed'),
        await ground.last('rounds', roundId, 'AccountPointRecorded'),
      ]),
    );
  });

  it('once, also where the first account names it after both have said so', async () => {
    const account = await tells(US);
    await concludes(RU);
    const matter = await discussedByRU();
    await discusses(US, matter);
    await names(US, account, matter);
    expect(await stageOf(matter)).toBe('under-consultation');
    const types = (await ground.eventsOf('irritants', matter)).map((one) => one.type);
    expect(types.filter((one) => one === 'ConsultationBegan')).toHaveLength(1);
  });
});

describe('One side alone puts no matter under consultation', () => {
  it('by raising it once both have said that the round was held, and saying that it was discussed there', async () => {
    await concludes(US);
    await concludes(RU);
    const matter = await discussedByRU();
    expect(await stageOf(matter)).toBe('raised');
  });

  it('by raising it then, and giving the first account of the round, which names it', async () => {
    await concludes(US);
    await concludes(RU);
    const matter = await discussedByRU();
    await names(RU, await tells(RU), matter);
    expect(await stageOf(matter)).toBe('raised');
  });

  it('by raising it then, where the other side gives the first account, which does not name it', async () => {
    await concludes(US);
    await concludes(RU);
    const matter = await discussedByRU();
    await tells(US);
    expect(await stageOf(matter)).toBe('raised');
  });

  it('by raising it after the first account, and naming it in an account of its own', async () => {
    await tells(US);
    await concludes(RU);
    const matter = await discussedByRU();
    await names(RU, await tells(RU), matter);
    expect(await stageOf(matter)).toBe('raised');
  });

  it('by raising it after the first account, even where the other side confirms only then that the round was held', async () => {
    await tells(RU);
    const matter = await discussedByRU();
    await concludes(US);
    expect(await stageOf(matter)).toBe('raised');
  });
});
