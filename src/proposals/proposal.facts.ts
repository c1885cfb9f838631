import { said, unmoved, withWord } from '#libs/decider';
import type { Fact, Infer, Said } from '#libs/decider';
import {
  agreedOn,
  assented,
  confirmed,
  emptyText,
  isFull,
  latestOf,
  tabled,
  unassented,
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
  readonly terminatedBy: readonly Said[];
}

function versionOf(
  fact: Extract<ProposalFact, { type: 'ProposalTabled' | 'ProposalRevised' }>,
): ProposalVersion {
  const { authentic = [], ...data } = fact.data;
  const { version, form, contentHash, textHash, languages, irritantIds, commitments, validUntil } = data;
  return {
    version,
    form,
    contentHash,
    languages,
    authentic,
    irritantIds,
    ...(textHash === undefined ? {} : { textHash }),
    ...(commitments === undefined ? {} : { commitments }),
    ...(validUntil === undefined ? {} : { validUntil }),
    said: said(fact),
  };
}

export function agreedVersion(proposal: Proposal): ProposalVersion | undefined {
  return proposal.versions.find((one) => one.version === proposal.agreed?.version);
}

/**
 * Whoever takes a version off the table assents to it no more; the other side's assent is its own. Its tabler lets it lapse
 * and the other side declines it, and whichever of them came first has ended it: no request records anything else.
 */
function ended(proposal: Proposal, fact: Fact, how: 'declined' | 'lapsed'): Proposal {
  const tabler = latestOf(proposal)?.said.party;
  const isTheirs = tabler === null || (how === 'lapsed') === (tabler === fact.act.party);
  if (!isTheirs || (proposal.ended !== null && proposal.ended.how !== how)) return proposal;
  return { ...unassented(proposal, fact.act.party), ended: { how, said: said(fact) } };
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
    case 'ProposalAgreed': {
      const next = agreedOn(proposal, fact);
      const { irritantIds = [], commitments = [] } = agreedVersion(next) ?? {};
      return { ...next, agreedIrritantIds: irritantIds, agreedCommitments: commitments };
    }
    case 'ProposalTerminated': {
      const terminatedBy = withWord(proposal.terminatedBy, fact);
      return { ...proposal, terminatedBy, terminated: terminatedBy[0] ?? null };
    }
    case 'ProposalDeclined':
      return ended(proposal, fact, 'declined');
    case 'ProposalLapsed':
      return ended(proposal, fact, 'lapsed');
    case 'ProposalTabled':
      return proposal;
    default:
      return unmoved(proposal, fact);
  }
}

export function evolve(proposal: Proposal | null, fact: Fact): Proposal | null {
  const known = fact as ProposalFact;
  if (proposal !== null) return next(proposal, known);
  if (known.type !== 'ProposalTabled') return null;
  return {
    ...emptyText,
    versions: [versionOf(known)],
    dialogueId: known.data.dialogueId,
    parties: known.data.parties,
    synthetic: known.data.synthetic,
    irritantIds: known.data.irritantIds,
    tabled: said(fact),
    agreedIrritantIds: [],
    agreedCommitments: [],
    terminated: null,
    terminatedBy: [],
    ended: null,
  };
}

/** The party in whose name the version on the table was tabled has disavowed it: nobody proposes that text. */
export function isDisavowed(proposal: Proposal): boolean {
  return latestOf(proposal)?.said.party === null;
}

export const proposalStatuses = [
  'non-paper',
  'tabled',
  'ad-referendum',
  'agreed',
  'terminated',
  'declined',
  'lapsed',
  'disavowed',
] as const;

export function statusOf(proposal: Proposal): (typeof proposalStatuses)[number] {
  if (proposal.agreed !== null) return proposal.terminated === null ? 'agreed' : 'terminated';
  if (isDisavowed(proposal)) return 'disavowed';
  if (proposal.ended !== null) return proposal.ended.how;
  if (latestOf(proposal)?.form === 'non-paper') return 'non-paper';
  const waitsForCapital = proposal.assents.some((one) => !isFull(one));
  return proposal.assents.length === 2 && waitsForCapital ? 'ad-referendum' : 'tabled';
}
