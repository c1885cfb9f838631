import { toldView } from '#libs/decider';
import type { Said, Words, WordsOf } from '#libs/decider';
import { isHeld } from './round.facts.js';
import type { Round } from './round.facts.js';

/** One entry with who said it and in which words; the entry's own fields win over the words. */
function entry<T extends { readonly said: Said }>({ said, ...facts }: T, wordsOf: WordsOf): Words {
  return { ...toldView(said, wordsOf), ...facts };
}

function entries(all: readonly { readonly said: Said }[], wordsOf: WordsOf): readonly Words[] {
  return all.map((one) => entry(one, wordsOf));
}

function statusOf(round: Round): 'scheduled' | 'held-by-one-account' | 'held' | 'cancelled' {
  if (isHeld(round)) return 'held';
  if (round.cancelledBy.length > 0) return 'cancelled';
  return round.heldBy.length > 0 ? 'held-by-one-account' : 'scheduled';
}

export function roundView(round: Round, wordsOf: WordsOf) {
  return {
    dialogueId: round.dialogueId,
    number: round.number,
    synthetic: round.synthetic,
    status: statusOf(round),
    held: isHeld(round),
    heldBy: round.heldBy.map((one) => toldView(one, () => ({}))),
    scheduled: entry(round.scheduled, wordsOf),
    // The party is whose delegation it is; who names it so is another matter.
    delegates: round.delegates.map((one) => ({ ...entry(one, wordsOf), saidBy: one.said.party })),
    agenda: entries(round.agenda, wordsOf),
    discussions: entries(round.discussions, wordsOf),
    conclusions: entries(round.conclusions, wordsOf),
    cancellations: round.cancelledBy.map((one) => toldView(one, wordsOf)),
    nextRound: entries(round.nextRound, wordsOf),
    accounts: round.accounts.map(({ superseded, ...account }) => ({
      ...entry(account, wordsOf),
      superseded: superseded === undefined ? null : toldView(superseded, wordsOf),
    })),
    points: entries(round.points, wordsOf),
    divergences: round.divergences.map(({ reconciledBy, ...divergence }) => ({
      ...entry(divergence, wordsOf),
      reconciledBy: reconciledBy.map((one) => toldView(one, wordsOf)),
    })),
    updatedAt: round.updated.recordedAt,
  };
}
