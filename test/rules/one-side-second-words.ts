import type { Attempt, Ground } from './one-side-ground.js';
import { RU, text, US } from './one-side-ground.js';
import { after, assertedDebt, asset, debt, exchange, irritantOf, retracts } from './one-side-matters.js';

async function extending(
  ground: Ground,
  id: string,
  ...words: readonly (readonly [typeof RU | typeof US, string])[]
) {
  for (const [side, due] of words) await ground.say(side, 'commitments.ExtendCommitment', id, { due });
  return id;
}

/** RU says one thing and then another, the US says the first, and RU takes its second word back. */
export const secondWords: readonly Attempt[] = [
  retracts(
    'RU names a date, names another one, and retracts that once the US has named the first',
    'commitments',
    'CommitmentExtended',
    async (ground) => {
      const [first, second] = ['2026-03-31', '2026-06-30'];
      const id = await extending(ground, await debt(ground), [RU, first], [RU, second], [US, first]);
      return id;
    },
  ),
  retracts(
    'RU says that the property came back to the US, and retracts that once the US has said that it came to RU',
    'assets',
    'AssetReturned',
    after(
      asset,
      [RU, 'assets.RecordReturn', { to: 'RU' }],
      [RU, 'assets.RecordReturn', { to: 'US' }],
      [US, 'assets.RecordReturn', { to: 'RU' }],
    ),
  ),
  retracts(
    'RU says that another owns the property, and retracts that once the US has said who does',
    'assets',
    'AssetRegistered',
    async (ground) => {
      const id = await asset(ground);
      const irritantIds = [await irritantOf(ground)];
      const owned = { irritantIds, tenure: 'owned', holder: 'US', name: text };
      for (const [side, owner] of [
        [RU, 'US'],
        [US, 'RU'],
      ] as const)
        await ground.say(side, 'assets.AssertOwnership', id, { ...owned, owner });
      return id;
    },
  ),
  retracts(
    'RU retracts what it says of who owns the property, by which both had said the same',
    'assets',
    'AssetRegistered',
    async (ground) => {
      const id = await asset(ground);
      const irritantIds = [await irritantOf(ground)];
      const owned = { irritantIds, tenure: 'owned', holder: 'US', name: text };
      for (const side of [US, RU])
        await ground.say(side, 'assets.AssertOwnership', id, { ...owned, owner: 'US' });
      return id;
    },
  ),
  retracts(
    'RU says that the notes bind nobody, and retracts that once the US has said that they bind',
    'exchanges',
    'LegalCharacterAsserted',
    after(
      async (ground) => (await exchange(ground)).id,
      [RU, 'exchanges.AssertLegalCharacter', { character: 'binding' }],
      [RU, 'exchanges.AssertLegalCharacter', { character: 'not-binding' }],
      [US, 'exchanges.AssertLegalCharacter', { character: 'binding' }],
    ),
  ),
  retracts(
    'RU concludes a review otherwise, and retracts that once the US has concluded as RU first did',
    'irritants',
    'StageReviewConcluded',
    after(
      irritantOf,
      [US, 'irritants.AcknowledgeIrritant'],
      [RU, 'irritants.OpenStageReview', { stage: 'raised', reason: text }],
      [RU, 'irritants.ConcludeStageReview', { stage: 'under-consultation' }],
      [US, 'irritants.ConcludeStageReview', { stage: 'raised' }],
    ),
  ),
  retracts(
    'RU retracts what it has undertaken, though the US has not yet said anything to it',
    'commitments',
    'CommitmentUndertaken',
    async (ground) => {
      const irritantIds = [await irritantOf(ground)];
      const owed = { obligors: ['RU'], beneficiaries: ['US'], mode: 'once', irritantIds, text };
      const { id } = await ground.make(RU, 'commitments.AssertCommitment', owed);
      await ground.say(RU, 'commitments.UndertakeCommitment', id);
      return id;
    },
  ),
  retracts(
    'RU releases the US from what that has not undertaken yet, and retracts that',
    'commitments',
    'CommitmentWaived',
    after(assertedDebt, [RU, 'commitments.WaiveCommitment']),
  ),
  retracts(
    'RU retracts its acceptance of the title that the US gave the matter',
    'irritants',
    'TitleAccepted',
    after((ground) => irritantOf(ground, US), [RU, 'irritants.AcceptTitle']),
  ),
  retracts(
    'RU corrects the date of its position, and retracts that once the US has answered the date',
    'irritants',
    'EventCorrected',
    async (ground) => {
      const id = await irritantOf(ground);
      const position = { stance: 'seeks-action', occurred: '2025-03-01', text };
      await ground.say(RU, 'irritants.StatePosition', id, position);
      const target = await ground.last('irritants', id, 'PositionStated');
      await ground.say(RU, 'irritants.CorrectEvent', id, { target, occurred: '2025-02-01' });
      await ground.say(US, 'irritants.StatePosition', id, {
        stance: 'contests',
        occurred: '2025-02-02',
        text,
      });
      return id;
    },
  ),
  retracts(
    'RU withdraws the matter and reopens it, and retracts both, so that an old offer of the US is there again',
    'irritants',
    'IrritantWithdrawn',
    async (ground) => {
      const id = await irritantOf(ground);
      await ground.say(US, 'irritants.ProposeDormancy', id);
      await ground.say(RU, 'irritants.WithdrawIrritant', id);
      const closingEventId = await ground.last('irritants', id, 'IrritantWithdrawn');
      await ground.say(RU, 'irritants.ReopenIrritant', id, { closingEventId, reason: text });
      return id;
    },
  ),
];
