import { saidView, since, toldView } from '#libs/decider';
import type { WordsOf } from '#libs/decider';
import { awaitedOn, latestOf } from '#libs/versioned-text';
import { statusOf } from './proposal.facts.js';
import type { Proposal, ProposalVersion } from './proposal.facts.js';

function awaiting(proposal: Proposal) {
  if (proposal.ended !== null || latestOf(proposal)?.form === 'non-paper') return [];
  return awaitedOn(proposal, proposal.parties).map(({ said, ...one }) => ({ ...one, since: since(said) }));
}

function versionView({ said, ...version }: ProposalVersion, wordsOf: WordsOf) {
  return { ...version, ...toldView(said, wordsOf) };
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
    version: latest?.version ?? 0,
    versions: proposal.versions.map((one) => versionView(one, wordsOf)),
    assents: proposal.assents.map(({ said, adReferendum, confirmed }) => ({
      ...saidView(said),
      adReferendum,
      confirmed: confirmed === undefined ? null : saidView(confirmed),
    })),
    withdrawals: proposal.withdrawals.map((one) => toldView(one, wordsOf)),
    agreed:
      proposal.agreed === null
        ? null
        : {
            version: proposal.agreed.version,
            contentHash: proposal.agreed.contentHash,
            basis: proposal.agreed.basis,
            ...saidView(proposal.agreed.said),
          },
    ended:
      proposal.ended === null ? null : { how: proposal.ended.how, ...toldView(proposal.ended.said, wordsOf) },
    awaiting: awaiting(proposal),
    tabled: saidView(proposal.tabled),
    updatedAt: proposal.updated.recordedAt,
  };
}
