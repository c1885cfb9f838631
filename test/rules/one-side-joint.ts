import { RU, text, US } from './one-side-ground.js';
import type { Attempt } from './one-side-ground.js';
import {
  agreedProposal,
  agreedRoadmap,
  assentTo,
  claim,
  exchange,
  irritantOf,
  offer,
  proposal,
  resolved,
  round,
  understanding,
} from './one-side-matters.js';

const reason = { en: 'Overtaken by events.' };

/** RU makes, moves or undoes by itself what takes both. */
export const joint: readonly Attempt[] = [
  {
    says: 'RU claims an understanding and cites the statement of the US that it registered itself',
    prepare: async (ground) => {
      const id = await irritantOf(ground);
      const sources = [{ sourceId: ground.sources.forged }];
      const body = { kind: 'roadmap-to-be-developed', text, sources };
      return () => ground.say(RU, 'irritants.ClaimUnderstanding', id, body);
    },
  },
  {
    says: 'RU confirms its own claim',
    refused: 'OWN_CLAIM',
    prepare: async (ground) => {
      const { id, claimId } = await claim(ground, RU, await irritantOf(ground));
      return () => ground.say(RU, 'irritants.ConfirmUnderstanding', id, { mode: 'same-text' }, { claimId });
    },
  },
  {
    says: 'RU accepts its own terms',
    refused: 'OWN_RESOLUTION',
    prepare: async (ground) => {
      const { id, ...named } = await offer(ground, RU, await irritantOf(ground));
      return () => ground.say(RU, 'irritants.AcceptResolution', id, named);
    },
  },
  {
    says: 'RU accepts terms that the US has withdrawn',
    refused: 'RESOLUTION_NOT_OPEN',
    prepare: async (ground) => {
      const { id, ...named } = await offer(ground, US, await irritantOf(ground));
      const { resolutionId } = named;
      await ground.say(US, 'irritants.WithdrawResolutionProposal', id, { resolutionId });
      return () => ground.say(RU, 'irritants.AcceptResolution', id, named);
    },
  },
  {
    says: 'RU raises an irritant, acknowledges it itself, and so puts it under consultation',
    refused: 'NOT_A_RESPONDENT',
    prepare: async (ground) => {
      const id = await irritantOf(ground);
      return () => ground.say(RU, 'irritants.AcknowledgeIrritant', id);
    },
  },
  {
    says: 'RU says alone that a round was held and the irritant discussed there',
    prepare: async (ground) => {
      const id = await round(ground, RU);
      const irritantId = await irritantOf(ground);
      return async () => {
        await ground.say(RU, 'rounds.DiscussAgendaItem', id, { irritantId });
        await ground.say(RU, 'rounds.ConcludeRound', id, { startsAt: '2025-04-10' });
        await ground.desk.settled();
        const { stage } = await ground.desk.read('irritants', irritantId);
        if (stage !== 'raised') throw new Error(`The irritant is ${String(stage)}.`);
      };
    },
  },
  {
    says: 'RU assents alone to its own proposal, revises it, and assents once more',
    prepare: async (ground) => {
      const { id, irritantId, assent } = await proposal(ground);
      const body = { form: 'proposal', irritantIds: [irritantId], texts: { en: 'Other words.' } };
      return async () => {
        await ground.say(RU, 'proposals.AssentToProposal', id, assent);
        const shown = await ground.say(RU, 'proposals.ReviseProposal', id, body);
        await ground.say(RU, 'proposals.AssentToProposal', id, assentTo(shown));
        const { agreed } = await ground.desk.read('proposals', id);
        if (agreed !== null) throw new Error('It is agreed.');
      };
    },
  },
  {
    says: 'RU assents to a version to which the US assented before RU tabled another one',
    refused: 'VERSION_SUPERSEDED',
    prepare: async (ground) => {
      const { id, irritantId, assent } = await proposal(ground);
      await ground.say(US, 'proposals.AssentToProposal', id, assent);
      const body = { form: 'proposal', irritantIds: [irritantId], texts: { en: 'Other words.' } };
      await ground.say(RU, 'proposals.ReviseProposal', id, body);
      return () => ground.say(RU, 'proposals.AssentToProposal', id, assent);
    },
  },
  {
    says: 'RU puts other words in the place of an agreed text',
    refused: 'VERSION_AGREED',
    prepare: async (ground) => {
      const { id, irritantId } = await agreedProposal(ground);
      const body = { form: 'proposal', irritantIds: [irritantId], texts: { en: 'Other words.' } };
      return () => ground.say(RU, 'proposals.ReviseProposal', id, body);
    },
  },
  {
    says: 'RU withdraws its assent from an agreed text',
    refused: 'VERSION_AGREED',
    prepare: async (ground) => {
      const { id, assent } = await agreedProposal(ground);
      const { version } = assent;
      return () => ground.say(RU, 'proposals.WithdrawAssentToProposal', id, { version });
    },
  },
  {
    says: 'RU withdraws its raising of a matter on which a roadmap is agreed',
    prepare: async (ground) => {
      const { irritantId } = await agreedRoadmap(ground);
      return () => ground.say(RU, 'irritants.WithdrawIrritant', irritantId, { reason });
    },
  },
  {
    says: 'RU withdraws its raising and reopens, to be rid of what both had reached',
    prepare: async (ground) => {
      const { id } = await understanding(ground, RU);
      return async () => {
        await ground.say(RU, 'irritants.WithdrawIrritant', id, { reason });
        const closed = await ground.say(RU, 'irritants.StatePosition', id, { stance: 'seeks-action', text });
        if (closed['stage'] !== 'withdrawn') return;
        const closingEventId = await ground.last('irritants', id, 'IrritantWithdrawn');
        await ground.say(RU, 'irritants.ReopenIrritant', id, { closingEventId, reason });
      };
    },
  },
  {
    says: 'RU withdraws and reopens, and accepts the rest that the US proposed before that',
    prepare: async (ground) => {
      const id = await irritantOf(ground);
      await ground.say(US, 'irritants.ProposeDormancy', id);
      await ground.say(RU, 'irritants.WithdrawIrritant', id, { reason });
      const closingEventId = await ground.last('irritants', id, 'IrritantWithdrawn');
      await ground.say(RU, 'irritants.ReopenIrritant', id, { closingEventId, reason });
      return () =>
        ground.say(RU, 'irritants.MakeIrritantDormant', id).then(
          () => Promise.reject(new Error('It rests on an offer of before it was closed.')),
          () => undefined,
        );
    },
  },
  {
    says: 'RU reopens a resolved dispute and accepts the old terms of the US once more',
    prepare: async (ground) => {
      const irritantId = await irritantOf(ground);
      const { id, ...named } = await offer(ground, US, irritantId);
      await ground.say(RU, 'irritants.AcceptResolution', id, named);
      await ground.desk.settled();
      const closingEventId = await ground.last('irritants', id, 'IrritantResolved');
      await ground.say(RU, 'irritants.ReopenIrritant', id, { closingEventId, reason });
      return () => ground.say(RU, 'irritants.AcceptResolution', id, named);
    },
  },
  {
    says: 'RU reopens a dispute that is not closed',
    refused: 'IRRITANT_NOT_CLOSED',
    prepare: async (ground) => {
      const id = await resolved(ground);
      const closingEventId = await ground.last('irritants', id, 'IrritantResolved');
      await ground.say(US, 'irritants.ReopenIrritant', id, { closingEventId, reason });
      return () => ground.say(RU, 'irritants.ReopenIrritant', id, { closingEventId, reason });
    },
  },
  {
    says: 'RU presents a note of the US to itself',
    refused: 'NOT_THE_SENDER',
    prepare: async (ground) => {
      const { id } = await ground.make(RU, 'exchanges.OpenExchange', {});
      const body = { form: 'note-verbale', from: 'US', to: 'RU', textHeld: false };
      return () => ground.say(RU, 'exchanges.PresentNote', id, body);
    },
  },
  {
    says: 'RU replies to its own note',
    refused: 'NOT_THE_ADDRESSEE',
    prepare: async (ground) => {
      const { id } = await ground.make(RU, 'exchanges.OpenExchange', {});
      const body = { form: 'note-verbale', from: 'RU', to: 'US', textHeld: false };
      const shown = await ground.say(RU, 'exchanges.PresentNote', id, body);
      const { noteId: inReplyTo } = (shown['notes'] as { noteId: string }[])[0]!;
      const reply = { form: 'note-verbale', textHeld: false };
      return () => ground.say(RU, 'exchanges.ReplyToNote', id, reply, { inReplyTo });
    },
  },
  {
    says: 'RU says alone that the completed notes cover a further irritant',
    prepare: async (ground) => {
      const { id } = await exchange(ground);
      const irritantId = await irritantOf(ground);
      return () => ground.say(RU, 'exchanges.AssertCoverage', id, { irritantId });
    },
  },
];
