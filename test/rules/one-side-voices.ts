import { clerkOfRU, RU, secretariat, text, US } from './one-side-ground.js';
import type { Attempt } from './one-side-ground.js';
import {
  agreedRoadmap,
  assertedDebt,
  asset,
  claim,
  contestedIrritant,
  exchange,
  irritantOf,
  offer,
  proposal,
  roadmap,
  round,
} from './one-side-matters.js';

const attempt = (says: string, prepare: Attempt['prepare']): Attempt => ({
  says,
  refused: 'PARTY_SPEAKS_FOR_ITSELF',
  prepare,
});

/** RU speaks in the name of the US: as its negotiator, as its clerk, on whatever evidence. */
export const voices: readonly Attempt[] = [
  attempt(
    'RU acknowledges in the name of the US, citing a statement of the US that RU registered itself',
    async (ground) => {
      const id = await irritantOf(ground);
      return () => ground.say(RU, 'irritants.AcknowledgeIrritant', id, ground.forUS('forged'));
    },
  ),
  attempt('RU acknowledges in the name of the US, citing a genuine note of the US', async (ground) => {
    const id = await irritantOf(ground);
    return () => ground.say(RU, 'irritants.AcknowledgeIrritant', id, ground.forUS('US'));
  }),
  attempt('A clerk of RU acknowledges in the name of the US, citing a joint text', async (ground) => {
    const id = await irritantOf(ground);
    return () => ground.say(clerkOfRU, 'irritants.AcknowledgeIrritant', id, ground.forUS('joint'));
  }),
  attempt(
    'A clerk of RU puts a position from a blog in the place of what the US stated itself',
    async (ground) => {
      const id = await contestedIrritant(ground);
      const body = { stance: 'resolved', text, ...ground.forUS('press') };
      return () => ground.say(clerkOfRU, 'irritants.StatePosition', id, body);
    },
  ),
  attempt('A secretariat records a position of the US after the US has joined', async (ground) => {
    const id = await contestedIrritant(ground);
    const body = { stance: 'acknowledges', text, ...ground.forUS('US') };
    return () => ground.say(secretariat, 'irritants.StatePosition', id, body);
  }),
  attempt('RU confirms its own claim in the name of the US', async (ground) => {
    const { id, claimId } = await claim(ground, RU, await irritantOf(ground));
    const body = { mode: 'same-text', ...ground.forUS('forged') };
    return () => ground.say(RU, 'irritants.ConfirmUnderstanding', id, body, { claimId });
  }),
  attempt('RU accepts its own terms in the name of the US', async (ground) => {
    const { id, ...named } = await offer(ground, RU, await irritantOf(ground));
    const body = { ...named, ...ground.forUS('forged') };
    return () => ground.say(RU, 'irritants.AcceptResolution', id, body);
  }),
  attempt('RU withdraws, in the name of the US, the irritant that the US raised', async (ground) => {
    const id = await irritantOf(ground, US);
    return () => ground.say(RU, 'irritants.WithdrawIrritant', id, ground.forUS('forged'));
  }),
  attempt('RU assents to its own proposal in the name of the US', async (ground) => {
    const { id, assent } = await proposal(ground);
    await ground.say(RU, 'proposals.AssentToProposal', id, assent);
    return () => ground.say(RU, 'proposals.AssentToProposal', id, { ...assent, ...ground.forUS('joint') });
  }),
  attempt('RU assents to a roadmap in the name of the US', async (ground) => {
    const { id, assent } = await roadmap(ground);
    return () => ground.say(RU, 'roadmaps.AssentToRoadmap', id, { ...assent, ...ground.forUS('forged') });
  }),
  attempt('RU starts a step of the US in the name of the US', async (ground) => {
    const { id, stepId } = await agreedRoadmap(ground, 'US');
    return () => ground.say(RU, 'roadmaps.StartStep', id, ground.forUS('forged'), { stepId });
  }),
  attempt('RU says in the name of the US that a round was held', async (ground) => {
    const id = await round(ground);
    await ground.say(RU, 'rounds.ConfirmRoundHeld', id);
    return () => ground.say(RU, 'rounds.ConfirmRoundHeld', id, ground.forUS('US'));
  }),
  attempt(
    'A clerk of RU cancels, in the name of the US and citing a blog, the round that the US scheduled',
    async (ground) => {
      const id = await round(ground);
      return () => ground.say(clerkOfRU, 'rounds.CancelRound', id, ground.forUS('press'));
    },
  ),
  attempt('RU publishes an account of the round in the name of the US', async (ground) => {
    const id = await round(ground);
    const { forged: sourceId } = ground.sources;
    const body = { voice: 'party', sourceId, lang: 'en', rendering: 'official' };
    return () => ground.say(RU, 'rounds.PublishAccount', id, { ...body, ...ground.forUS('forged') });
  }),
  attempt('RU reports an exchange of notes in the name of the US', async (ground) => {
    const { id } = await ground.make(RU, 'exchanges.OpenExchange', {});
    return () => ground.say(RU, 'exchanges.ReportExchange', id, ground.forUS('forged'));
  }),
  attempt('RU says in the name of the US that the notes cover a further irritant', async (ground) => {
    const { id } = await exchange(ground);
    const irritantId = await irritantOf(ground);
    const body = { irritantId, ...ground.forUS('US') };
    return () => ground.say(RU, 'exchanges.AssertCoverage', id, body);
  }),
  attempt('RU undertakes, in the name of the US, the debt that RU asserts', async (ground) => {
    const id = await assertedDebt(ground);
    return () => ground.say(RU, 'commitments.UndertakeCommitment', id, ground.forUS('forged'));
  }),
  attempt('RU says in the name of the US that a property was returned', async (ground) => {
    const id = await asset(ground);
    await ground.say(RU, 'assets.RecordReturn', id, { to: 'RU' });
    return () => ground.say(RU, 'assets.RecordReturn', id, { to: 'RU', ...ground.forUS('forged') });
  }),
  attempt('RU says in its own words what the US calls itself', async (ground) => {
    await ground.say(US, 'dialogues.NameParty', ground.dialogueId, { name: { en: 'United States' } });
    const body = { name: { en: 'The other side' }, ...ground.forUS('forged') };
    return () => ground.say(RU, 'dialogues.NameParty', ground.dialogueId, body);
  }),
  {
    says: 'RU records another name of the US, which is a search word and nobody’s name',
    prepare: (ground) => {
      const body = { party: 'US', alias: 'The other side' };
      return Promise.resolve(() => ground.say(RU, 'dialogues.RecordPartyAlias', ground.dialogueId, body));
    },
  },
];
