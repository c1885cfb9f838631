import { said } from '#libs/decider';
import type { Fact, Infer, Said } from '#libs/decider';
import {
  agreedOn,
  assented,
  confirmed,
  emptyText,
  isFull,
  latestOf,
  tabled,
  withdrawn,
} from '#libs/versioned-text';
import type { Version, VersionedText } from '#libs/versioned-text';
import type { proposalEvents, ProposalFact, ProposalFacts } from './proposal.events.js';

type Data<T extends keyof typeof proposalEvents> = Infer<(typeof proposalEvents)[T]['data']>;
export type ProposalVersion = Data<'ProposalRevised'> & Version;

/** A proposal as the rules see it. */
export interface Proposal extends ProposalFacts, VersionedText<ProposalVersion> {
  readonly agreed: VersionedText['agreed'];
  readonly parties: readonly string[];
  readonly synthetic: boolean;
  readonly tabled: Said;
  /** How it went off the table; null while it is on it. A revision puts it back. */
  readonly ended: { readonly how: 'declined' | 'lapsed'; readonly said: Said } | null;
  readonly updated: { readonly eventId: string; readonly recordedAt: string };
}

/** What goes on counting when it is retracted: an agreement is never undone by taking back what it rests on. */
export function restsOn({ rested }: Proposal): readonly string[] {
  return rested;
}

function versionOf(
  fact: Extract<ProposalFact, { type: 'ProposalTabled' | 'ProposalRevised' }>,
): ProposalVersion {
  const { version, form, contentHash, languages, authentic, irritantIds, validUntil } = fact.data;
  return {
    version,
    form,
    contentHash,
    languages,
    authentic: authentic ?? [],
    irritantIds,
    ...(validUntil === undefined ? {} : { validUntil }),
    said: said(fact),
  };
}

function next(proposal: Proposal, fact: ProposalFact): Proposal {
  switch (fact.type) {
    case 'ProposalRevised': {
      const version = versionOf(fact);
      return { ...tabled(proposal, version), irritantIds: version.irritantIds, ended: null };
    }
    case 'AssentGiven':
      return assented(proposal, fact);
    case 'AssentConfirmed':
      return confirmed(proposal, fact);
    case 'AssentWithdrawn':
      return withdrawn(proposal, fact);
    case 'ProposalAgreed':
      return agreedOn(proposal, fact);
    case 'ProposalDeclined':
      return { ...proposal, ended: { how: 'declined', said: said(fact) } };
    case 'ProposalLapsed':
      return { ...proposal, ended: { how: 'lapsed', said: said(fact) } };
    default:
      return proposal;
  }
}

export function evolve(proposal: Proposal | null, fact: Fact): Proposal | null {
  const known = fact as ProposalFact;
  const updated = { eventId: fact.id, recordedAt: fact.recordedAt };
  if (proposal !== null) return { ...next(proposal, known), updated };
  if (known.type !== 'ProposalTabled') return null;
  return {
    ...emptyText,
    versions: [versionOf(known)],
    dialogueId: known.data.dialogueId,
    parties: known.data.parties,
    synthetic: known.data.synthetic,
    irritantIds: known.data.irritantIds,
    tabled: said(fact),
    ended: null,
    updated,
  };
}

export const proposalStatuses = [
  'non-paper',
  'tabled',
  'ad-referendum',
  'agreed',
  'declined',
  'lapsed',
] as const;

export function statusOf(proposal: Proposal): (typeof proposalStatuses)[number] {
  if (proposal.agreed !== null) return 'agreed';
  if (proposal.ended !== null) return proposal.ended.how;
  if (latestOf(proposal)?.form === 'non-paper') return 'non-paper';
  const waitsForCapital = proposal.assents.some((one) => !isFull(one));
  return proposal.assents.length === 2 && waitsForCapital ? 'ad-referendum' : 'tabled';
}
