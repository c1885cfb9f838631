import { RU } from './one-side-ground.js';
import type { Attempt } from './one-side-ground.js';
import { agreedProposal, agreedRoadmap, asset, assertedDebt, debt, irritantOf } from './one-side-matters.js';

const reason = { en: 'The payment is late.' };

/** RU makes the US owe, or settles by itself what is owed. */
export const debts: readonly Attempt[] = [
  {
    says: 'RU records that the US owes it five billion dollars',
    prepare: async (ground) => {
      const id = await assertedDebt(ground);
      return async () => {
        const { inForceFor, status } = await ground.desk.read('commitments', id);
        if ((inForceFor as string[]).length > 0) throw new Error(`It is ${String(status)}.`);
      };
    },
  },
  {
    says: 'RU takes something upon itself, reports it fulfilled, and so begins the implementation of nothing',
    prepare: async (ground) => {
      const irritantIds = [await irritantOf(ground)];
      const owed = { obligors: ['RU'], beneficiaries: ['US'], mode: 'once', due: '2025-12-31' };
      const body = { ...owed, irritantIds, text: { en: 'RU takes note.' } };
      const { id } = await ground.make(RU, 'commitments.AssertCommitment', body);
      await ground.say(RU, 'commitments.UndertakeCommitment', id);
      return async () => {
        await ground.say(RU, 'commitments.ReportFulfilment', id);
        await ground.desk.settled();
        const { stage } = await ground.desk.read('irritants', irritantIds[0] ?? '');
        if (stage !== 'raised') throw new Error(`The irritant is ${String(stage)}.`);
      };
    },
  },
  {
    says: 'RU says that what it takes upon itself is under a text that both agreed, which names nothing of it, and reports it',
    prepare: async (ground) => {
      const { id: text, irritantId } = await agreedProposal(ground);
      const owed = { obligors: ['RU'], beneficiaries: ['US'], mode: 'once', due: '2025-12-31' };
      const under = { basis: { kind: 'proposal', id: text }, irritantIds: [irritantId] };
      const body = { ...owed, ...under, text: { en: 'RU takes note.' } };
      const { id } = await ground.make(RU, 'commitments.AssertCommitment', body);
      await ground.say(RU, 'commitments.UndertakeCommitment', id);
      return async () => {
        await ground.say(RU, 'commitments.ReportFulfilment', id);
        await ground.desk.settled();
        const { stage } = await ground.desk.read('irritants', irritantId);
        if (stage !== 'agreed') throw new Error(`The irritant is ${String(stage)}.`);
      };
    },
  },
  {
    says: 'RU undertakes itself what it says the US owes',
    refused: 'NOT_AN_OBLIGOR',
    prepare: async (ground) => {
      const id = await assertedDebt(ground);
      return () => ground.say(RU, 'commitments.UndertakeCommitment', id);
    },
  },
  {
    says: 'RU alleges that the US breaches what the US never undertook',
    refused: 'NOT_IN_FORCE',
    prepare: async (ground) => {
      const id = await assertedDebt(ground);
      return () => ground.say(RU, 'commitments.AllegeBreach', id, { reason });
    },
  },
  {
    says: 'RU brings forward, by itself, the date by which the US pays',
    prepare: async (ground) => {
      const id = await debt(ground);
      return () => ground.say(RU, 'commitments.ExtendCommitment', id, { due: '2025-06-01' });
    },
  },
  {
    says: 'RU reports the debt of the US fulfilled',
    refused: 'NOT_AN_OBLIGOR',
    prepare: async (ground) => {
      const id = await debt(ground);
      return () => ground.say(RU, 'commitments.ReportFulfilment', id, {});
    },
  },
  {
    says: 'RU answers its own allegation',
    refused: 'OWN_ALLEGATION',
    prepare: async (ground) => {
      const id = await debt(ground);
      const shown = await ground.say(RU, 'commitments.AllegeBreach', id, { reason });
      const { breachId } = (shown['allegations'] as { breachId: string }[])[0]!;
      return () => ground.say(RU, 'commitments.AnswerBreach', id, { reason }, { breachId });
    },
  },
  {
    says: 'RU starts a step of the US',
    refused: 'NOT_RESPONSIBLE',
    prepare: async (ground) => {
      const { id, stepId } = await agreedRoadmap(ground, 'US');
      return () => ground.say(RU, 'roadmaps.StartStep', id, {}, { stepId });
    },
  },
  {
    says: 'RU accepts its own step',
    refused: 'OWN_STEP',
    prepare: async (ground) => {
      const { id, stepId } = await agreedRoadmap(ground, 'RU');
      for (const command of ['StartStep', 'ReportStepDone'])
        await ground.say(RU, `roadmaps.${command}`, id, {}, { stepId });
      return () => ground.say(RU, 'roadmaps.AcceptStep', id, {}, { stepId });
    },
  },
  {
    says: 'RU waives its own mandatory step',
    refused: 'OWN_STEP',
    prepare: async (ground) => {
      const { id, stepId } = await agreedRoadmap(ground, 'RU');
      return () => ground.say(RU, 'roadmaps.WaiveStep', id, {}, { stepId });
    },
  },
  {
    says: 'RU says alone that its property was returned to it',
    prepare: async (ground) => {
      const id = await asset(ground);
      return () => ground.say(RU, 'assets.RecordReturn', id, { to: 'RU' });
    },
  },
  {
    says: 'RU grants itself the access that it asked for',
    refused: 'OWN_REQUEST',
    prepare: async (ground) => {
      const id = await asset(ground);
      const shown = await ground.say(RU, 'assets.RequestAccess', id, { purpose: 'inspection' });
      const { accessId } = (shown['accesses'] as { accessId: string }[])[0]!;
      return () => ground.say(RU, 'assets.GrantAccess', id, { until: '2025-12-31' }, { accessId });
    },
  },
];
