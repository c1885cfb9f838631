import { markedView, toldView, toldViews } from '#libs/decider';
import type { WordsOf } from '#libs/decider';
import { agreementView, awaitedOn, latestOf, terminationView, textView } from '#libs/versioned-text';
import { array, oneOfWords, orNull, said, synthetic, text, uuid } from '../platform/shapes/json-schema.js';
import { represented, told, toldWithData } from '../platform/shapes/said-shapes.js';
import { agreement, assents, ending } from '../platform/shapes/version-shapes.js';
import { proposalEvents } from './proposal.events.js';
import { isDisavowed, statusOf, proposalStatuses } from './proposal.facts.js';
import type { Proposal } from './proposal.facts.js';

export function awaiting(proposal: Proposal) {
  if (proposal.ended !== null || isDisavowed(proposal) || latestOf(proposal)?.form === 'non-paper') return [];
  return awaitedOn(proposal, proposal.parties);
}

/** The proposal with all its versions, who assented to the latest one, and what it still waits for. */
export function proposalView(proposal: Proposal, wordsOf: WordsOf) {
  const latest = latestOf(proposal);
  const words = latest === undefined ? {} : wordsOf(latest.said.eventId);
  return {
    dialogueId: proposal.dialogueId,
    synthetic: proposal.synthetic,
    status: statusOf(proposal),
    title: words['title'] ?? wordsOf(proposal.tabled.eventId)['title'] ?? null,
    irritantIds: proposal.irritantIds,
    ...textView(proposal, wordsOf),
    agreed:
      proposal.agreed === null
        ? null
        : { ...agreementView(proposal.agreed), irritantIds: proposal.agreedIrritantIds },
    terminated: terminationView(proposal.terminatedBy),
    terminations: toldViews(proposal.terminatedBy, wordsOf),
    ended:
      proposal.ended === null ? null : { how: proposal.ended.how, ...toldView(proposal.ended.said, wordsOf) },
    awaiting: awaiting(proposal),
    tabled: markedView(proposal.tabled, wordsOf),
  };
}

export const proposalRepresentation = represented<typeof proposalView>({
  dialogueId: uuid,
  synthetic,
  status: oneOfWords(proposalStatuses),
  title: orNull(text),
  irritantIds: array(uuid),
  versions: array(toldWithData(proposalEvents.ProposalRevised)),
  ...assents(proposalEvents.AssentGiven, proposalEvents.AssentWithdrawn),
  agreed: agreement(proposalEvents.ProposalAgreed, proposalEvents.AssentGiven),
  ...ending(proposalEvents.ProposalTerminated),
  ended: orNull(told(proposalEvents.ProposalDeclined, { how: oneOfWords(['declined', 'lapsed']) })),
  tabled: said,
});
