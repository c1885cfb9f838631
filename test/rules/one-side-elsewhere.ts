import { aStepOf, Ground, RU, text, US } from './one-side-ground.js';
import type { Attempt } from './one-side-ground.js';
import { agreedProposal, exchange, irritantOf, offer, resolved } from './one-side-matters.js';

/** A dialogue that RU keeps alone, where it records what it likes in the name of the US. */
async function keptAlone(ground: Ground): Promise<Ground> {
  return Ground.open(ground.desk, RU);
}

/** RU uses another irritant, a linkage, or another dialogue. */
export const elsewhere: readonly Attempt[] = [
  {
    says: 'RU cites in this dialogue a source of one that it keeps alone',
    refused: 'REFERENCE_ELSEWHERE',
    prepare: async (ground) => {
      const id = await irritantOf(ground);
      const other = await keptAlone(ground);
      const sources = [{ sourceId: other.sources.US }];
      const body = { stance: 'seeks-action', text, sources };
      return () => ground.say(RU, 'irritants.StatePosition', id, body);
    },
  },
  {
    says: 'RU rests a debt here on notes that it recorded alone elsewhere',
    refused: 'REFERENCE_ELSEWHERE',
    prepare: async (ground) => {
      const irritantIds = [await irritantOf(ground)];
      const other = await keptAlone(ground);
      const { id } = await other.make(RU, 'exchanges.OpenExchange', {});
      await other.say(RU, 'exchanges.ReportExchange', id, other.forUS('US'));
      const owed = { obligors: ['US'], beneficiaries: ['RU'], mode: 'once', due: '2025-12-31' };
      const body = { ...owed, basis: { kind: 'exchange', id }, irritantIds, text };
      return () => ground.make(RU, 'commitments.AssertCommitment', body);
    },
  },
  {
    says: 'RU says that notes which it recorded alone elsewhere cover an irritant of this dialogue',
    refused: 'REFERENCE_ELSEWHERE',
    prepare: async (ground) => {
      const irritantId = await irritantOf(ground);
      const other = await keptAlone(ground);
      const { id } = await other.make(RU, 'exchanges.OpenExchange', {});
      return () => other.say(RU, 'exchanges.AssertCoverage', id, { irritantId });
    },
  },
  {
    says: 'RU discusses an irritant of this dialogue at a round that it recorded alone elsewhere',
    refused: 'REFERENCE_ELSEWHERE',
    prepare: async (ground) => {
      const irritantId = await irritantOf(ground);
      const other = await keptAlone(ground);
      const { id } = await other.make(RU, 'rounds.ScheduleRound', {});
      return () => other.say(RU, 'rounds.DiscussAgendaItem', id, { irritantId });
    },
  },
  {
    says: 'RU links an irritant of this dialogue with one that it keeps alone',
    refused: 'REFERENCE_ELSEWHERE',
    prepare: async (ground) => {
      const id = await irritantOf(ground);
      const other = await keptAlone(ground);
      const body = { irritantId: await irritantOf(other), condition: 'together' };
      return () => ground.say(RU, 'irritants.AssertLinkage', id, body);
    },
  },
  {
    says: 'RU accepts the linkage that it asserted itself',
    refused: 'OWN_LINKAGE',
    prepare: async (ground) => {
      const [id, irritantId] = [await irritantOf(ground), await irritantOf(ground)];
      const body = { irritantId, condition: 'together' };
      const shown = await ground.say(RU, 'irritants.AssertLinkage', id, body);
      const { linkageId } = (shown['linkages'] as { linkageId: string }[])[0]!;
      return () => ground.say(RU, 'irritants.AcceptLinkage', id, {}, { linkageId });
    },
  },
  {
    says: 'RU asserts, without the US, a linkage of a resolved dispute with one that is open',
    prepare: async (ground) => {
      const [id, irritantId] = [await resolved(ground), await irritantOf(ground)];
      return () =>
        ground.say(RU, 'irritants.AssertLinkage', irritantId, { irritantId: id, condition: 'together' });
    },
  },
  {
    says: 'RU accepts for one irritant the terms that the US proposed for another',
    refused: 'RESOLUTION_UNKNOWN',
    prepare: async (ground) => {
      const { resolutionId, termsHash } = await offer(ground, US, await irritantOf(ground));
      const id = await irritantOf(ground);
      return () => ground.say(RU, 'irritants.AcceptResolution', id, { resolutionId, termsHash });
    },
  },
  {
    says: 'RU tables a roadmap on an irritant on which another text is agreed',
    prepare: async (ground) => {
      const { irritantId } = await agreedProposal(ground);
      const irritantIds = [irritantId];
      const { id } = await ground.make(RU, 'roadmaps.DraftRoadmap', { irritantIds });
      const step = aStepOf('US');
      const body = { irritantIds, steps: [step], texts: { [step.stepId]: text } };
      return () => ground.say(RU, 'roadmaps.TableRoadmapVersion', id, body);
    },
  },
  {
    says: 'RU says that what it recorded alone elsewhere holds here: the stage of the same matter is what it was',
    prepare: async (ground) => {
      await exchange(ground);
      const other = await keptAlone(ground);
      const id = await irritantOf(other);
      return () => other.say(RU, 'irritants.AcknowledgeIrritant', id, other.forUS('US'));
    },
  },
  {
    says: 'RU says in the name of the US that the US joins a dialogue that RU keeps alone',
    refused: 'FORBIDDEN',
    prepare: async (ground) => {
      const other = await keptAlone(ground);
      return () => ground.say(RU, 'dialogues.JoinDialogue', other.dialogueId, other.forUS('US'));
    },
  },
];
