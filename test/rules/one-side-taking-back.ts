import { RU, text, US } from './one-side-ground.js';
import type { Attempt } from './one-side-ground.js';
import {
  after,
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
  retracts,
  round,
  understanding,
} from './one-side-matters.js';

const reason = text;

/** RU takes its own words back, after others have come to rely on them. */
export const retractions: readonly Attempt[] = [
  retracts(
    'RU retracts the version by which the assent of the US to an older one was dropped',
    'proposals',
    'ProposalRevised',
    async (ground) => {
      const { id, irritantId, assent } = await proposal(ground);
      await ground.say(US, 'proposals.AssentToProposal', id, assent);
      const body = { form: 'proposal', irritantIds: [irritantId], texts: { en: 'Other words.' } };
      await ground.say(RU, 'proposals.ReviseProposal', id, body);
      return id;
    },
  ),
  retracts(
    'RU retracts its rejection of terms of the US, so as to accept them years later',
    'irritants',
    'ResolutionRejected',
    async (ground) => {
      const { id, resolutionId } = await offer(ground, US, await irritantOf(ground));
      await ground.say(RU, 'irritants.RejectResolution', id, { resolutionId });
      return id;
    },
  ),
  retracts(
    'RU retracts its own terms, after the US has rejected them',
    'irritants',
    'ResolutionProposed',
    async (ground) => {
      const { id, resolutionId } = await offer(ground, RU, await irritantOf(ground));
      await ground.say(US, 'irritants.RejectResolution', id, { resolutionId });
      return id;
    },
  ),
  retracts(
    'RU retracts its confirmation of what the US had claimed, and undoes the understanding',
    'irritants',
    'UnderstandingConfirmed',
    async (ground) => (await understanding(ground, US)).id,
  ),
  retracts(
    'RU retracts the claim that the US has confirmed',
    'irritants',
    'UnderstandingClaimed',
    async (ground) => (await understanding(ground, RU)).id,
  ),
  retracts(
    'RU retracts the claim that the US has denied, and the denial with it',
    'irritants',
    'UnderstandingClaimed',
    async (ground) => {
      const { id, claimId } = await claim(ground, RU, await irritantOf(ground));
      await ground.say(US, 'irritants.DenyUnderstanding', id, {}, { claimId });
      return id;
    },
  ),
  retracts(
    'RU retracts its reopening, and the dispute is resolved again',
    'irritants',
    'IrritantReopened',
    async (ground) => {
      const id = await resolved(ground);
      const closingEventId = await ground.last('irritants', id, 'IrritantResolved');
      await ground.say(RU, 'irritants.ReopenIrritant', id, { closingEventId, reason });
      return id;
    },
  ),
  retracts(
    'RU retracts its refusal to let a matter rest, so as to accept later what the US offered then',
    'irritants',
    'DormancyDeclined',
    after(irritantOf, [US, 'irritants.ProposeDormancy'], [RU, 'irritants.DeclineDormancy']),
  ),
  retracts(
    'RU retracts its acknowledgement of an irritant that the US raised',
    'irritants',
    'IrritantAcknowledged',
    after((ground) => irritantOf(ground, US), [RU, 'irritants.AcknowledgeIrritant']),
  ),
  retracts(
    'RU withdraws its assent, waits for that of the US, and then retracts the withdrawal',
    'proposals',
    'AssentWithdrawn',
    async (ground) => {
      const { id, assent } = await proposal(ground);
      const { version } = assent;
      await ground.say(RU, 'proposals.AssentToProposal', id, assent);
      await ground.say(RU, 'proposals.WithdrawAssentToProposal', id, { version });
      await ground.say(US, 'proposals.AssentToProposal', id, assent);
      return id;
    },
  ),
  retracts(
    'RU retracts its assent to an agreed proposal',
    'proposals',
    'AssentGiven',
    async (ground) => (await agreedProposal(ground)).id,
  ),
  retracts(
    'RU retracts its assent to an agreed roadmap',
    'roadmaps',
    'RoadmapAssentGiven',
    async (ground) => (await agreedRoadmap(ground)).id,
  ),
  retracts(
    'RU retracts its word that the notes cover the irritant, after implementation began by them',
    'exchanges',
    'ExchangeCoverageAsserted',
    async (ground) => (await exchange(ground)).id,
  ),
  retracts(
    'RU retracts its word that the round was held, after consultations began there',
    'rounds',
    'RoundConfirmedHeld',
    async (ground) => {
      const id = await round(ground);
      const irritantId = await irritantOf(ground);
      await ground.say(US, 'rounds.DiscussAgendaItem', id, { irritantId });
      for (const side of [US, RU]) await ground.say(side, 'rounds.ConfirmRoundHeld', id);
      return id;
    },
  ),
  retracts(
    'RU retracts its acknowledgement that the US has paid, and the debt is back',
    'commitments',
    'FulfilmentAcknowledged',
    after(debt, [US, 'commitments.ReportFulfilment'], [RU, 'commitments.AcknowledgeFulfilment']),
  ),
  retracts(
    'RU retracts its waiver, and the US owes again',
    'commitments',
    'CommitmentWaived',
    after(debt, [RU, 'commitments.WaiveCommitment']),
  ),
  retracts(
    'RU retracts its word that the property is back, after both said so',
    'assets',
    'AssetReturned',
    async (ground) => {
      const id = await asset(ground);
      for (const side of [US, RU]) await ground.say(side, 'assets.RecordReturn', id, { to: 'RU' });
      return id;
    },
  ),
  retracts(
    'RU retracts its acceptance of a step that the US reported done',
    'roadmaps',
    'StepAccepted',
    async (ground) => {
      const { id, stepId } = await agreedRoadmap(ground, 'US');
      for (const command of ['StartStep', 'ReportStepDone'])
        await ground.say(US, `roadmaps.${command}`, id, {}, { stepId });
      await ground.say(RU, 'roadmaps.AcceptStep', id, {}, { stepId });
      return id;
    },
  ),
];
