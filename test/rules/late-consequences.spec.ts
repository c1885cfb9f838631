import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SimulatedRecord } from '../simulation/record.js';
import { Matter, RU, US } from './matter.js';
import { Race } from './race.js';

let record: SimulatedRecord;
beforeAll(async () => {
  record = await SimulatedRecord.open();
});
afterAll(() => record.close());

async function open(isDrawnAfter: (act: number) => boolean): Promise<Race> {
  const matter = await Matter.open(record.desk, { joined: [RU, US] });
  await record.settle();
  return new Race(matter, () => record.settle(), isDrawnAfter);
}

/** What both sides do, and the stage that holds after it. */
const scenes: { readonly [says: string]: readonly [(race: Race) => Promise<unknown>, string] } = {
  'both agree on a text, and RU withdraws its raising': [
    async (race) => {
      await race.agreed();
      await race.on(RU, 'WithdrawIrritant');
    },
    'agreed',
  ],
  'both agree on a roadmap, and RU withdraws': [
    async (race) => {
      await race.roadmap('US');
      await race.on(RU, 'WithdrawIrritant');
    },
    'roadmap-agreed',
  ],
  'a step of an agreed roadmap is started, and RU withdraws': [
    async (race) => {
      const { id, stepId } = await race.roadmap('RU');
      await race.say(RU, 'roadmaps.StartStep', id, {}, { stepId });
      await race.on(RU, 'WithdrawIrritant');
    },
    'in-implementation',
  ],
  'both complete an exchange that both say covers it, and RU withdraws': [
    async (race) => {
      await race.covered();
      await race.on(RU, 'WithdrawIrritant');
    },
    'in-implementation',
  ],
  'RU withdraws before both agree': [
    async (race) => {
      await race.on(RU, 'WithdrawIrritant');
      await race.agreed();
    },
    'withdrawn',
  ],
  'both agree on a text, and conclude by a review that it stands as raised': [
    async (race) => {
      await race.agreed();
      await race.review('raised');
    },
    'raised',
  ],
  'both agree on a text about a resolved matter, and RU reopens that': [
    async (race) => {
      await race.resolve(RU, US);
      await race.agreed();
      await race.reopen(RU);
    },
    'under-consultation',
  ],
  'both agree on a text, resolve the matter, and US reopens it': [
    async (race) => {
      await race.agreed();
      await race.resolve(RU, US);
      await race.reopen(US);
    },
    'under-consultation',
  ],
  'RU asks that it rest, both agree on a text, US lets it rest, and RU reopens it': [
    async (race) => {
      await race.on(RU, 'ProposeDormancy');
      await race.agreed();
      await race.on(US, 'MakeIrritantDormant');
      await race.reopen(RU);
    },
    'agreed',
  ],
  'both agree on a roadmap and then on a text': [
    async (race) => {
      await race.roadmap('US');
      await race.agreed();
    },
    'agreed',
  ],
  'both agree on a text and then on a roadmap, and RU withdraws': [
    async (race) => {
      await race.agreed();
      await race.roadmap('US');
      await race.on(RU, 'WithdrawIrritant');
    },
    'roadmap-agreed',
  ],
  'US terminates the text that both agreed on, and RU withdraws': [
    async (race) => {
      const id = await race.agreed();
      await race.say(US, 'proposals.TerminateProposal', id);
      await race.on(RU, 'WithdrawIrritant');
    },
    'agreed',
  ],
};

describe('What follows from the acts of both sides counts as of those acts, however late it is drawn', () => {
  it.each(Object.entries(scenes))('%s', async (_says, [scene, stage]) => {
    let acts = 0;
    const prompt = await open((act) => {
      acts = act + 1;
      return true;
    });
    await scene(prompt);
    const stands = await prompt.stands();
    expect(stands.stage).toBe(stage);
    const late = [
      () => false,
      // Late after one act only.
      ...Array.from({ length: acts }, (_, skipped) => (act: number) => act !== skipped),
      // At once after one act only.
      ...Array.from({ length: acts }, (_, drawn) => (act: number) => act === drawn),
    ];
    for (const isDrawnAfter of late) {
      const race = await open(isDrawnAfter);
      await scene(race);
      expect(await race.stands()).toEqual(stands);
    }
  });

  it('a withdrawal that landed before the milestone waits for the other side, and takes effect by its word', async () => {
    const race = await open(() => false);
    await race.agreed();
    await race.on(RU, 'WithdrawIrritant');
    expect((await race.stands()).awaiting).toContain('answer-to-withdrawal from US');
    await race.on(US, 'AcceptWithdrawal');
    expect((await race.stands()).stage).toBe('withdrawn');
  });

  it('whoever reopens what an agreement had kept open has taken its withdrawal back', async () => {
    const race = await open(() => false);
    await race.agreed();
    await race.on(RU, 'WithdrawIrritant');
    await race.reopen(RU);
    expect(await race.stands()).toMatchObject({ stage: 'agreed' });
    await race.on(US, 'AcceptWithdrawal');
    expect(race.answers).toEqual(['irritants.AcceptWithdrawal NOTHING_WITHDRAWN']);
  });

  it('what was known before it was drawn stays what was known', async () => {
    const race = await open(() => false);
    await race.agreed();
    const withdrawn = await race.on(RU, 'WithdrawIrritant');
    expect(withdrawn['stage']).toBe('withdrawn');
    const known = (await race.matter.events()).length;
    expect((await race.stands()).stage).toBe('agreed');
    const events = await race.matter.events();
    const { data } = events.find(({ type }) => type === 'Agreed')!;
    expect(data).toMatchObject({ countsAfter: events[known - 1]!.revision - 1 });
  });
});
