import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Desk } from '../support/desk.js';
import { Matter, RU, US, words } from './matter.js';
import { Race } from './race.js';

/** What both sides do, and what is refused of it, whether or not the first has had its consequences yet. */
const scenes: { readonly [says: string]: readonly [(race: Race) => Promise<unknown>, string] } = {
  'US alleges a breach, and RU accepts the terms that US had proposed': [
    async (race) => {
      const terms = await race.terms(US);
      const debt = await race.owed();
      await race.say(US, 'commitments.AllegeBreach', debt);
      await race.on(RU, 'AcceptResolution', terms);
    },
    'irritants.AcceptResolution BREACH_OPEN',
  ],
  'both agree on a roadmap with a mandatory step of RU, and RU accepts the terms that US had proposed': [
    async (race) => {
      const terms = await race.terms(US);
      await race.roadmap('RU');
      await race.on(RU, 'AcceptResolution', terms);
    },
    'irritants.AcceptResolution MANDATORY_STEPS_OPEN',
  ],
  'both agree on a text by which RU owes it, and RU declines to owe it': [
    async (race) => {
      const { debtId } = await agreedDebt(race);
      await race.say(RU, 'commitments.DeclineCommitment', debtId);
    },
    'commitments.DeclineCommitment IN_FORCE',
  ],
  'RU terminates the text by which it owes it, and US alleges a breach': [
    async (race) => {
      const { debtId, textId } = await agreedDebt(race);
      await race.say(RU, 'roadmaps.TerminateRoadmap', textId);
      await race.say(US, 'commitments.AllegeBreach', debtId);
    },
    'commitments.AllegeBreach NOT_IN_FORCE',
  ],
  'RU terminates the text by which it owes it, and reports that it has done it': [
    async (race) => {
      const { debtId, textId } = await agreedDebt(race);
      await race.say(RU, 'roadmaps.TerminateRoadmap', textId);
      await race.say(RU, 'commitments.ReportFulfilment', debtId);
    },
    'commitments.ReportFulfilment NOT_IN_FORCE',
  ],
  'RU reports that it has done what a text owes, and retracts that': [
    async (race) => {
      const { debtId } = await agreedDebt(race);
      await race.say(RU, 'commitments.ReportFulfilment', debtId);
      const target = await race.matter.idOf('FulfilmentReported', `commitment-${debtId}`);
      await race.say(RU, 'commitments.RetractEvent', debtId, { target, reason: words });
    },
    'commitments.RetractEvent RELIED_UPON',
  ],
};

/** What US says that RU owes, and a text on which both agree that names it. */
async function agreedDebt(race: Race): Promise<{ readonly debtId: string; readonly textId: string }> {
  const { irritantIds } = race;
  const debt = { obligors: ['RU'], beneficiaries: ['US'], mode: 'once', irritantIds, text: words };
  const debtId = await race.begin(US, 'commitments.AssertCommitment', debt);
  const commitments = [{ commitmentId: debtId, obligor: 'RU', beneficiary: 'US', mode: 'once' }];
  const { id: textId } = await race.roadmap('US', { commitments });
  return { debtId, textId };
}

describe.each(['memory', 'SQLite'])('With the runner of a server, in %s', (where) => {
  let desk: Desk;
  let directory: string | undefined;
  beforeAll(async () => {
    directory = where === 'memory' ? undefined : await mkdtemp(join(tmpdir(), 'entente-drawn-'));
    desk = await Desk.open(directory);
  });
  afterAll(async () => {
    await desk.close();
    if (directory !== undefined) await rm(directory, { recursive: true });
  });

  it.each(Object.entries(scenes))('%s: refused', async (_says, [scene, refusal]) => {
    const stands = [];
    for (const isDrawn of [true, false, false, false]) {
      const matter = await Matter.open(desk, { joined: [RU, US] });
      const race = new Race(
        matter,
        () => desk.settled(),
        () => isDrawn,
      );
      await scene(race);
      expect(race.answers).toEqual([refusal]);
      stands.push(await race.stands());
    }
    expect(new Set(stands.map((one) => JSON.stringify(one))).size).toBe(1);
  });

  it('terms that were tied to another matter a moment ago are accepted on that condition', async () => {
    const matter = await Matter.open(desk, { joined: [RU, US] });
    const race = new Race(
      matter,
      () => desk.settled(),
      () => false,
    );
    const other = await race.begin(US, 'irritants.RaiseIrritant', {
      raisers: ['US'],
      respondents: ['RU'],
      raisedBasis: 'stated',
      category: 'visas',
      title: { en: 'Another matter' },
    });
    const terms = await race.terms(US);
    const { linkages } = await race.say(US, 'irritants.AssertLinkage', other, {
      irritantId: matter.irritantId,
      condition: 'together',
    });
    const [{ linkageId }] = linkages as [{ readonly linkageId: string }];
    await race.say(RU, 'irritants.AcceptLinkage', other, {}, { linkageId });
    await race.on(RU, 'AcceptResolution', terms);
    expect(race.answers).toEqual([]);
    expect(await matter.present()).toMatchObject({ stage: 'raised', overlays: ['conditional'] });
  });

  it('a withdrawal at once after both have agreed waits for the other side, and is no stale act', async () => {
    for (let time = 0; time < 5; time += 1) {
      const matter = await Matter.open(desk, { joined: [RU, US] });
      const race = new Race(
        matter,
        () => desk.settled(),
        () => false,
      );
      await race.agreed();
      await race.on(RU, 'WithdrawIrritant');
      expect(race.answers).toEqual([]);
      expect(await race.stands()).toEqual({
        stage: 'agreed',
        awaiting: expect.arrayContaining(['answer-to-withdrawal from US']),
      });
    }
  });
});
