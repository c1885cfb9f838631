import { RU, text, US } from './one-side-ground.js';
import type { Attempt } from './one-side-ground.js';
import {
  agreedProposal,
  agreedRoadmap,
  asset,
  claim,
  debt,
  exchange,
  irritantOf,
  offer,
  proposal,
  resolved,
  retracting,
  round,
  understanding,
} from './one-side-matters.js';

const refused = 'RELIED_UPON';
const reason = text;

/** RU takes its own words back, after others have come to rely on them. */
export const retractions: readonly Attempt[] = [
  {
    says: 'RU retracts the version by which the assent of the US to an older one was dropped',
    refused,
    prepare: async (ground) => {
      const { id, irritantId, assent } = await proposal(ground);
      await ground.say(US, 'proposals.AssentToProposal', id, assent);
      const body = { form: 'proposal', irritantIds: [irritantId], texts: { en: 'Other words.' } };
      await ground.say(RU, 'proposals.ReviseProposal', id, body);
      return retracting(ground, 'proposals', id, 'ProposalRevised');
    },
  },
  {
    says: 'RU retracts its rejection of terms of the US, so as to accept them years later',
    refused,
    prepare: async (ground) => {
      const { id, resolutionId } = await offer(ground, US, await irritantOf(ground));
      await ground.say(RU, 'irritants.RejectResolution', id, { resolutionId });
      return retracting(ground, 'irritants', id, 'ResolutionRejected');
    },
  },
  {
    says: 'RU retracts its own terms, after the US has rejected them',
    refused,
    prepare: async (ground) => {
      const { id, resolutionId } = await offer(ground, RU, await irritantOf(ground));
      await ground.say(US, 'irritants.RejectResolution', id, { resolutionId });
      return retracting(ground, 'irritants', id, 'ResolutionProposed');
    },
  },
  {
    says: 'RU retracts its confirmation of what the US had claimed, and undoes the understanding',
    refused,
    prepare: async (ground) => {
      const { id } = await understanding(ground, US);
      return retracting(ground, 'irritants', id, 'UnderstandingConfirmed');
    },
  },
  {
    says: 'RU retracts the claim that the US has confirmed',
    refused,
    prepare: async (ground) => {
      const { id } = await understanding(ground, RU);
      return retracting(ground, 'irritants', id, 'UnderstandingClaimed');
    },
  },
  {
    says: 'RU retracts the claim that the US has denied, and the denial with it',
    refused,
    prepare: async (ground) => {
      const { id, claimId } = await claim(ground, RU, await irritantOf(ground));
      await ground.say(US, 'irritants.DenyUnderstanding', id, {}, { claimId });
      return retracting(ground, 'irritants', id, 'UnderstandingClaimed');
    },
  },
  {
    says: 'RU retracts its reopening, and the dispute is resolved again',
    refused,
    prepare: async (ground) => {
      const id = await resolved(ground);
      const closingEventId = await ground.last('irritants', id, 'IrritantResolved');
      await ground.say(RU, 'irritants.ReopenIrritant', id, { closingEventId, reason });
      return retracting(ground, 'irritants', id, 'IrritantReopened');
    },
  },
  {
    says: 'RU retracts its refusal to let a matter rest, so as to accept later what the US offered then',
    refused,
    prepare: async (ground) => {
      const id = await irritantOf(ground);
      await ground.say(US, 'irritants.ProposeDormancy', id);
      await ground.say(RU, 'irritants.DeclineDormancy', id);
      return retracting(ground, 'irritants', id, 'DormancyDeclined');
    },
  },
  {
    says: 'RU retracts its acknowledgement of an irritant that the US raised',
    refused,
    prepare: async (ground) => {
      const id = await irritantOf(ground, US);
      await ground.say(RU, 'irritants.AcknowledgeIrritant', id);
      return retracting(ground, 'irritants', id, 'IrritantAcknowledged');
    },
  },
  {
    says: 'RU withdraws its assent, waits for that of the US, and then retracts the withdrawal',
    refused,
    prepare: async (ground) => {
      const { id, assent } = await proposal(ground);
      const { version } = assent;
      await ground.say(RU, 'proposals.AssentToProposal', id, assent);
      await ground.say(RU, 'proposals.WithdrawAssentToProposal', id, { version });
      await ground.say(US, 'proposals.AssentToProposal', id, assent);
      return retracting(ground, 'proposals', id, 'AssentWithdrawn');
    },
  },
  {
    says: 'RU retracts its assent to an agreed proposal',
    refused,
    prepare: async (ground) => {
      const { id } = await agreedProposal(ground);
      return retracting(ground, 'proposals', id, 'AssentGiven');
    },
  },
  {
    says: 'RU retracts its assent to an agreed roadmap',
    refused,
    prepare: async (ground) => {
      const { id } = await agreedRoadmap(ground);
      return retracting(ground, 'roadmaps', id, 'RoadmapAssentGiven');
    },
  },
  {
    says: 'RU retracts its word that the notes cover the irritant, after implementation began by them',
    refused,
    prepare: async (ground) => {
      const { id } = await exchange(ground);
      return retracting(ground, 'exchanges', id, 'ExchangeCoverageAsserted');
    },
  },
  {
    says: 'RU retracts its word that the round was held, after consultations began there',
    refused,
    prepare: async (ground) => {
      const id = await round(ground);
      const irritantId = await irritantOf(ground);
      await ground.say(US, 'rounds.DiscussAgendaItem', id, { irritantId });
      for (const side of [US, RU]) await ground.say(side, 'rounds.ConfirmRoundHeld', id);
      return retracting(ground, 'rounds', id, 'RoundConfirmedHeld');
    },
  },
  {
    says: 'RU retracts its acknowledgement that the US has paid, and the debt is back',
    refused,
    prepare: async (ground) => {
      const id = await debt(ground);
      await ground.say(US, 'commitments.ReportFulfilment', id);
      await ground.say(RU, 'commitments.AcknowledgeFulfilment', id);
      return retracting(ground, 'commitments', id, 'FulfilmentAcknowledged');
    },
  },
  {
    says: 'RU retracts its waiver, and the US owes again',
    refused,
    prepare: async (ground) => {
      const id = await debt(ground);
      await ground.say(RU, 'commitments.WaiveCommitment', id);
      return retracting(ground, 'commitments', id, 'CommitmentWaived');
    },
  },
  {
    says: 'RU retracts its word that the property is back, after both said so',
    refused,
    prepare: async (ground) => {
      const id = await asset(ground);
      for (const side of [US, RU]) await ground.say(side, 'assets.RecordReturn', id, { to: 'RU' });
      return retracting(ground, 'assets', id, 'AssetReturned');
    },
  },
  {
    says: 'RU retracts its acceptance of a step that the US reported done',
    refused,
    prepare: async (ground) => {
      const { id, stepId } = await agreedRoadmap(ground, 'US');
      for (const command of ['StartStep', 'ReportStepDone'])
        await ground.say(US, `roadmaps.${command}`, id, {}, { stepId });
      await ground.say(RU, 'roadmaps.AcceptStep', id, {}, { stepId });
      return retracting(ground, 'roadmaps', id, 'StepAccepted');
    },
  },
];
