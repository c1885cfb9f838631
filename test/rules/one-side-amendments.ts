import { RU, secretariat, text, US } from './one-side-ground.js';
import type { Attempt, Ground } from './one-side-ground.js';
import { contestedIrritant, irritantOf, understanding } from './one-side-matters.js';

const reason = { en: 'Entered in error.' };

const onTheUS = async (ground: Ground) => {
  const id = await contestedIrritant(ground);
  return { id, target: await ground.last('irritants', id, 'PositionStated') };
};

/** RU corrects, erases, disavows, repudiates or reviews. */
export const otherAmendments: readonly Attempt[] = [
  {
    says: 'RU retracts what the US said',
    refused: 'NOT_THE_RECORDER',
    prepare: async (ground) => {
      const { id, target } = await onTheUS(ground);
      return () => ground.say(RU, 'irritants.RetractEvent', id, { target, reason });
    },
  },
  {
    says: 'RU corrects the words in which the US stated its position',
    refused: 'NOT_THE_RECORDER',
    prepare: async (ground) => {
      const { id, target } = await onTheUS(ground);
      const content = { text: { en: 'We agree with RU.' } };
      return () => ground.say(RU, 'irritants.CorrectEvent', id, { target, content });
    },
  },
  {
    says: 'RU puts other words under the claim that the US has confirmed',
    refused: 'CONTENT_SEALED',
    prepare: async (ground) => {
      const { id } = await understanding(ground, RU);
      const target = await ground.last('irritants', id, 'UnderstandingClaimed');
      const content = { text: { en: 'The US returns everything.' } };
      return () => ground.say(RU, 'irritants.CorrectEvent', id, { target, content });
    },
  },
  {
    says: 'RU and a secretariat have the words of the US erased',
    prepare: async (ground) => {
      const { id, target } = await onTheUS(ground);
      const body = { target, basis: 'security', reason };
      await ground.say(RU, 'irritants.RequestErasure', id, body);
      return async () => {
        const shown = await ground.say(secretariat, 'irritants.RequestErasure', id, body);
        const { US: position } = shown['positions'] as { US: { text?: unknown } };
        if (position.text === undefined || position.text === null) throw new Error('The words are gone.');
      };
    },
  },
  {
    says: 'RU disavows what the US said',
    refused: 'NOT_ATTRIBUTED_TO_YOU',
    prepare: async (ground) => {
      const { id, target } = await onTheUS(ground);
      return () => ground.say(RU, 'irritants.DisavowAttribution', id, { target, ground: 'not-what-we-said' });
    },
  },
  {
    says: 'RU endorses, in the name of the US, what stands in the record',
    refused: 'PARTY_SPEAKS_FOR_ITSELF',
    prepare: async (ground) => {
      const { id, target } = await onTheUS(ground);
      return () => ground.say(RU, 'irritants.EndorseAttribution', id, { target, party: 'US' });
    },
  },
  {
    says: 'RU repudiates what the US said',
    refused: 'NOT_A_DIRECT_ACT_OF_YOURS',
    prepare: async (ground) => {
      const { id, target } = await onTheUS(ground);
      return () => ground.say(RU, 'irritants.RepudiateAct', id, { target });
    },
  },
  {
    says: 'RU repudiates its confirmation, and concludes by itself that it is void',
    prepare: async (ground) => {
      const { id } = await understanding(ground, US);
      const target = await ground.last('irritants', id, 'UnderstandingConfirmed');
      return async () => {
        await ground.say(RU, 'irritants.RepudiateAct', id, { target });
        await ground.say(RU, 'irritants.ConcludeActReview', id, { target, outcome: 'void' });
      };
    },
  },
  {
    says: 'RU concludes a review of the stage that nobody has opened',
    refused: 'NO_REVIEW_OPEN',
    prepare: async (ground) => {
      const id = await irritantOf(ground);
      return () => ground.say(RU, 'irritants.ConcludeStageReview', id, { stage: 'resolved' });
    },
  },
  {
    says: 'RU corrects the date of its question to one after the answer of the US',
    refused: 'RELIED_UPON',
    prepare: async (ground) => {
      const id = await irritantOf(ground);
      await ground.say(RU, 'irritants.ProposeDormancy', id, { occurred: '2025-03-01', reason: text });
      await ground.say(US, 'irritants.MakeIrritantDormant', id, { occurred: '2025-04-01' });
      const target = await ground.last('irritants', id, 'DormancyProposed');
      return () => ground.say(RU, 'irritants.CorrectEvent', id, { target, occurred: '2025-06-01' });
    },
  },
];
