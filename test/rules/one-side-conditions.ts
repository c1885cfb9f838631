import { RU, text, US } from './one-side-ground.js';
import type { Attempt, Ground } from './one-side-ground.js';
import {
  assentTo,
  assertedDebt,
  agreedRoadmap,
  debt,
  irritantOf,
  offer,
  proposal,
} from './one-side-matters.js';

const reason = { en: 'Each on its own merits.' };

interface Linked {
  readonly id: string;
  readonly other: string;
  readonly linkageId: string;
}

/** Two irritants of RU that both sides hold to be settled together, as one of them asserted and the other accepted. */
async function linked(ground: Ground, by: typeof RU | typeof US = RU): Promise<Linked> {
  const [id, other] = [await irritantOf(ground), await irritantOf(ground)];
  const body = { irritantId: other, condition: 'together' };
  const shown = await ground.say(by, 'irritants.AssertLinkage', id, body);
  const { linkageId } = (shown['linkages'] as { linkageId: string }[])[0]!;
  await ground.say(by === RU ? US : RU, 'irritants.AcceptLinkage', id, {}, { linkageId });
  await ground.desk.settled();
  return { id, other, linkageId };
}

/** One of the two is accepted, by RU or by the US, and waits for the other. */
async function waiting(ground: Ground, by: typeof RU | typeof US) {
  const pair = await linked(ground);
  const { resolutionId, termsHash } = await offer(ground, by === RU ? US : RU, pair.id);
  await ground.say(by, 'irritants.AcceptResolution', pair.id, { resolutionId, termsHash });
  await ground.desk.settled();
  return { ...pair, resolutionId };
}

/** A text of RU that names the debt which it says the US has. */
async function naming(ground: Ground) {
  const commitmentId = await assertedDebt(ground);
  const named = { commitmentId, obligor: 'US', beneficiary: 'RU', mode: 'once', due: '2025-12-31' };
  return { commitmentId, commitments: [named] };
}

/** RU makes or lifts a condition by itself, or ends a linkage that both hold to. */
const linkages: readonly Attempt[] = [
  {
    says: 'RU says alone that a linkage ends to which both hold',
    prepare: async (ground) => {
      const { id, linkageId } = await waiting(ground, US);
      return async () => {
        await ground.say(RU, 'irritants.ReleaseLinkage', id, { reason }, { linkageId });
        await ground.say(RU, 'irritants.ReleaseLinkage', id, { reason }, { linkageId });
      };
    },
  },
  {
    says: 'RU rejects the linkage of the US that it had accepted',
    refused: 'LINKAGE_ACCEPTED',
    prepare: async (ground) => {
      const { id, linkageId } = await linked(ground, US);
      return () => ground.say(RU, 'irritants.RejectLinkage', id, {}, { linkageId });
    },
  },
  {
    says: 'RU retracts its acceptance of the linkage of the US',
    refused: 'RELIED_UPON',
    prepare: async (ground) => {
      const { id } = await linked(ground, US);
      const target = await ground.last('irritants', id, 'LinkageAccepted');
      return () => ground.say(RU, 'irritants.RetractEvent', id, { target, reason });
    },
  },
  {
    says: 'RU retracts the linkage that the US has accepted',
    refused: 'RELIED_UPON',
    prepare: async (ground) => {
      const { id } = await linked(ground);
      const target = await ground.last('irritants', id, 'LinkageAsserted');
      return () => ground.say(RU, 'irritants.RetractEvent', id, { target, reason });
    },
  },
  {
    says: 'RU disavows, as if it were attributed, the acceptance of a linkage by the US',
    refused: 'NOT_ATTRIBUTED_TO_YOU',
    prepare: async (ground) => {
      const { id } = await linked(ground);
      const target = await ground.last('irritants', id, 'LinkageAccepted');
      return () => ground.say(RU, 'irritants.DisavowAttribution', id, { target, ground: 'not-what-we-said' });
    },
  },
  {
    says: 'RU takes back, for the US, its word that a linkage ends',
    refused: 'PARTY_SPEAKS_FOR_ITSELF',
    prepare: async (ground) => {
      const { id, linkageId } = await linked(ground);
      await ground.say(US, 'irritants.ReleaseLinkage', id, { reason }, { linkageId });
      const body = { reason, ...ground.forUS('US') };
      return () => ground.say(RU, 'irritants.RetainLinkage', id, body, { linkageId });
    },
  },
  {
    says: 'RU withdraws the acceptance of the US that waits for another irritant',
    refused: 'OWN_RESOLUTION',
    prepare: async (ground) => {
      const { id, resolutionId } = await waiting(ground, US);
      return () => ground.say(RU, 'irritants.WithdrawResolutionAcceptance', id, { resolutionId });
    },
  },
  {
    says: 'RU retracts its acceptance that waits for another irritant',
    refused: 'RELIED_UPON',
    prepare: async (ground) => {
      const { id } = await waiting(ground, RU);
      const target = await ground.last('irritants', id, 'ResolutionAccepted');
      return () => ground.say(RU, 'irritants.RetractEvent', id, { target, reason });
    },
  },
  {
    says: 'RU fulfils the condition of an acceptance by accepting its own terms for the other irritant',
    refused: 'OWN_RESOLUTION',
    prepare: async (ground) => {
      const { other } = await waiting(ground, US);
      const { id, ...named } = await offer(ground, RU, other);
      return () => ground.say(RU, 'irritants.AcceptResolution', id, named);
    },
  },
  {
    says: 'RU goes back on one of two acceptances once both are given, and keeps the other',
    refused: 'RESOLUTION_NOT_CONDITIONAL',
    prepare: async (ground) => {
      const { id, other, resolutionId } = await waiting(ground, RU);
      const { id: _, ...named } = await offer(ground, US, other);
      await ground.say(RU, 'irritants.AcceptResolution', other, named);
      await ground.desk.settled();
      return () => ground.say(RU, 'irritants.WithdrawResolutionAcceptance', id, { resolutionId });
    },
  },
  {
    says: 'RU asserts, after the US has accepted, that the terms wait for yet another irritant',
    prepare: async (ground) => {
      const { id } = await waiting(ground, US);
      const irritantId = await irritantOf(ground);
      return () => ground.say(RU, 'irritants.AssertLinkage', id, { irritantId, condition: 'package' });
    },
  },
];

/** RU puts in force by itself what the US is to do, or answers for the US what it is said to owe. */
const namedDebts: readonly Attempt[] = [
  {
    says: 'RU tables a text that names a debt of the US, and assents to it alone',
    prepare: async (ground) => {
      const { commitments } = await naming(ground);
      const irritantIds = [await irritantOf(ground)];
      const body = { form: 'proposal', irritantIds, texts: text, commitments };
      const shown = await ground.make(RU, 'proposals.TableProposal', body);
      return () => ground.say(RU, 'proposals.AssentToProposal', shown.id, assentTo(shown));
    },
  },
  {
    says: 'RU writes a debt of the US into a new version of a proposal to which the US had assented',
    prepare: async (ground) => {
      const { commitments } = await naming(ground);
      const { id, irritantId, assent } = await proposal(ground);
      await ground.say(US, 'proposals.AssentToProposal', id, assent);
      const body = { form: 'proposal', irritantIds: [irritantId], texts: text, commitments };
      const shown = await ground.say(RU, 'proposals.ReviseProposal', id, body);
      return () => ground.say(RU, 'proposals.AssentToProposal', id, assentTo(shown));
    },
  },
  {
    says: 'RU writes a debt of the US into a new version of an agreed roadmap',
    prepare: async (ground) => {
      const { commitments } = await naming(ground);
      const { id, irritantId, stepId } = await agreedRoadmap(ground);
      const step = { stepId, responsible: 'US', after: [], mandatory: true };
      const body = { irritantIds: [irritantId], steps: [step], texts: { [stepId]: text }, commitments };
      const shown = await ground.say(RU, 'roadmaps.TableRoadmapVersion', id, body);
      return () => ground.say(RU, 'roadmaps.AssentToRoadmap', id, assentTo(shown));
    },
  },
  {
    says: 'RU declines for the US what it says that the US owes',
    refused: 'PARTY_SPEAKS_FOR_ITSELF',
    prepare: async (ground) => {
      const id = await assertedDebt(ground);
      return () => ground.say(RU, 'commitments.DeclineCommitment', id, ground.forUS('US'));
    },
  },
  {
    says: 'RU declines itself what the US has undertaken',
    refused: 'NOT_AN_OBLIGOR',
    prepare: async (ground) => {
      const id = await debt(ground);
      return () => ground.say(RU, 'commitments.DeclineCommitment', id);
    },
  },
  {
    says: 'RU acknowledges its own report by naming it',
    refused: 'REPORT_UNKNOWN',
    prepare: async (ground) => {
      const irritantIds = [await irritantOf(ground)];
      const sides = ['RU', 'US'];
      const owed = { obligors: sides, beneficiaries: sides, mode: 'once', irritantIds, text };
      const { id } = await ground.make(RU, 'commitments.AssertCommitment', owed);
      await ground.say(RU, 'commitments.UndertakeCommitment', id);
      const shown = await ground.say(RU, 'commitments.ReportFulfilment', id);
      const { reportId } = (shown['reports'] as { reportId: string }[])[0]!;
      return () => ground.say(RU, 'commitments.AcknowledgeFulfilment', id, { reportId });
    },
  },
];

export const conditions: readonly Attempt[] = [...linkages, ...namedDebts];
