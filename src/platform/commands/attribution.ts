import type { Act, CommandDeclaration, SourceRef } from '#libs/decider';
import { Problem } from '#libs/problem-details';
import { refuseWithoutEvidence, sourceRequired, sourcesOf } from './evidence.js';
import { platformProblems } from '../problems/platform.problems.js';
import { problemAt } from '../problems/problem-at.js';
import type { Talks } from '../record/evidence.js';
import { directRoles } from './binding-words.js';
import { rightTo } from '../access/rights.js';
import { holds } from '../record/principal.js';
import type { Principal, Role } from '../record/principal.js';
import type { Speaker } from '../record/slice.js';
import type { Once } from '../record/once.js';

export interface Proposal {
  readonly declaration: CommandDeclaration;
  readonly principal: Principal;
  readonly party: string | undefined;
  readonly sources: readonly SourceRef[];
  readonly data: { readonly [field: string]: unknown };
  readonly speaker: Speaker | undefined;
  /** The dialogue; undefined where it is only being opened. */
  readonly talks: Talks | undefined;
}

export interface Acting {
  readonly act: Act;
  readonly sources: readonly SourceRef[];
}

function ofParty(code: keyof typeof platformProblems, fault: string, detail: string): Problem {
  return problemAt(platformProblems[code], ['party'], fault, detail);
}

function forbidden(detail: string): Problem {
  return new Problem(platformProblems.FORBIDDEN, { detail });
}

/**
 * Who acts, and in which capacity (domain rule 2). A party that has joined speaks for itself, through its own principals
 * alone. In the name of one that has not, a secretariat records what it said, or the one side that keeps the dialogue
 * alone, citing a source that this party issued.
 */
export async function resolveAct(streams: Once, proposal: Proposal): Promise<Acting> {
  const { declaration, principal, speaker, talks } = proposal;
  const base = { recordedBy: principal.id, recorderParty: principal.party };
  const sources = withSpeakersSource(proposal.sources, speaker);
  const facts = await sourcesOf(streams, sources, talks, principal);
  refuseOutsider(proposal);
  if (declaration.beforeJoining !== true) refuseUnjoined(proposal);
  if (declaration.weight === 'record-keeping') {
    return { act: { ...base, party: principal.party, capacity: 'direct' }, sources };
  }
  if (declaration.weight === 'commentary' || speaker?.party === null) {
    refusePartyOfPress(proposal);
    if (sources.length === 0) throw sourceRequired('What a third party or the press said');
    return { act: { ...base, party: null, capacity: 'attributed' }, sources };
  }
  if (isNobodys(proposal)) {
    refuseUnlessKeeper(proposal, 'what nobody says');
    if (sources.length === 0) throw sourceRequired('What is on record as said by nobody');
    return { act: { ...base, party: null, capacity: 'attributed' }, sources };
  }
  const { citesWhere } = declaration;
  if (
    citesWhere !== undefined &&
    proposal.data[citesWhere.field] === citesWhere.value &&
    sources.length === 0
  )
    throw sourceRequired('What the other side is said to have said');
  const party = partyOf(proposal);
  refuseStranger(proposal, party);
  if (party === principal.party) {
    refuseRole(proposal, party);
    return { act: { ...base, party, capacity: 'direct' }, sources };
  }
  refuseSpeakingFor(proposal, party);
  if (sources.length === 0) throw sourceRequired(`An act of ${party} recorded by somebody else`);
  if (talks !== undefined) refuseWithoutEvidence(facts, party, talks);
  return { act: { ...base, party, capacity: 'attributed' }, sources };
}

/** Before it has joined, a party's people read, endorse and disavow; whoever opens a dialogue joins it with that. */
export function refuseUnjoined({ principal, talks }: Pick<Proposal, 'principal' | 'talks'>): void {
  if (talks === undefined || principal.party === null || talks.joined.includes(principal.party)) return;
  throw new Problem(platformProblems.NOT_JOINED, {
    detail: `${principal.party} has not joined the dialogue, so its people can't act in it yet.`,
  });
}

/** Nobody records an act in the name of a party that has joined; of one that has not, whoever keeps the dialogue. */
function refuseSpeakingFor({ declaration, principal, talks }: Proposal, party: string): void {
  const row = rightTo(declaration);
  if (talks?.joined.includes(party) === true) {
    throw new Problem(platformProblems.PARTY_SPEAKS_FOR_ITSELF, {
      detail: `${party} has joined the dialogue and speaks for itself: make it your own claim, or cite it as a source.`,
    });
  }
  if (declaration.weight === 'own-word')
    throw forbidden(`Only ${party} itself can say this, through its negotiator.`);
  if ('attributed' in row && !holds(principal, row.attributed)) {
    throw forbidden(`The roles of this principal do not allow it to record acts of ${party}.`);
  }
  refuseUnlessKeeper({ principal, talks }, `what ${party} said until ${party} joins`);
}

/** A secretariat keeps the record; a party's own people only where no secretariat ever did. */
function refuseUnlessKeeper({ principal, talks }: Pick<Proposal, 'principal' | 'talks'>, what: string): void {
  if (principal.party === null || talks?.hasSecretariat === false) return;
  throw new Problem(platformProblems.KEPT_BY_A_SECRETARIAT, {
    detail: `A secretariat keeps this dialogue, so it records ${what}.`,
  });
}

/** It names nobody whose act it would be. In a dialogue that both have joined, each side speaks for itself. */
function isNobodys({ declaration, data, party, principal, talks }: Proposal): boolean {
  const list = data[declaration.nobodysWhereEmpty ?? ''];
  const keeps = principal.party === null || talks?.joined.length === 1;
  return Array.isArray(list) && list.length === 0 && party === undefined && keeps;
}

function refuseRole(proposal: Proposal, party: string): void {
  const direct = mayActDirectly(proposal);
  if (direct === undefined || holds(proposal.principal, direct)) return;
  throw forbidden(`Only a ${direct.join(' or a ')} of ${party} records this directly.`);
}

/** What binds nobody, such as a non-paper, a registrar records as well. */
function mayActDirectly({ declaration, data }: Proposal): readonly Role[] | undefined {
  const row = rightTo(declaration);
  if (!('direct' in row)) return undefined;
  return directRoles(declaration, row.direct, data);
}

function refusePartyOfPress({ declaration, party }: Proposal): void {
  if (party === undefined || declaration.partyIsData === true) return;
  const detail = 'The press speaks for no party: leave "party" out.';
  throw ofParty('VALIDATION_FAILED', 'must be absent where the press speaks', detail);
}

function partyOf({ declaration, party, principal, speaker, data }: Proposal): string {
  const named = speaker?.party ?? (declaration.partyIsData ? undefined : party) ?? principal.party;
  if (speaker !== undefined && party !== undefined && !declaration.partyIsData && party !== speaker.party) {
    const detail = `The account is ${speaker.party}'s, so "party" can't be ${party}.`;
    throw ofParty('VALIDATION_FAILED', `must be ${speaker.party} or absent`, detail);
  }
  const found = named ?? (declaration.partyIsData ? (data['party'] as string) : undefined);
  if (found !== undefined) return found;
  const detail = 'This principal acts for no party: say in "party" whose act it records.';
  throw ofParty('PARTY_REQUIRED', 'is required here', detail);
}

/** Whoever acts for a party records in the dialogues of that party only. */
function refuseOutsider({ talks, data, principal }: Proposal): void {
  // A dialogue that is being opened names its parties itself.
  const parties = talks?.parties ?? (data['parties'] as readonly string[] | undefined);
  if (parties === undefined || principal.party === null || parties.includes(principal.party)) return;
  throw new Problem(platformProblems.NOT_A_PARTY_HERE, {
    detail: `The dialogue is between ${parties.join(' and ')}; this principal acts for ${principal.party}.`,
  });
}

function refuseStranger({ talks }: Proposal, party: string): void {
  if (talks !== undefined && !talks.parties.includes(party)) {
    const detail = `The dialogue is between ${talks.parties.join(' and ')}, not ${party}.`;
    throw ofParty('PARTY_UNKNOWN', `${party} is not a party to the dialogue`, detail);
  }
}

function withSpeakersSource(
  sources: readonly SourceRef[],
  speaker: Speaker | undefined,
): readonly SourceRef[] {
  const sourceId = speaker?.sourceId;
  return sourceId === undefined || sources.some((one) => one.sourceId === sourceId)
    ? sources
    : [...sources, { sourceId }];
}

/** What the recorder gives itself, with no request. */
export interface InternalCommand {
  readonly type: string;
  readonly act: Act;
}

/**
 * What the service enters beside an act, such as the key of an irritant, is nobody's word, and no party signs it; who gave
 * the occasion is known.
 */
export function recordKeepingAct({ id, party }: Principal): Act {
  return { party: null, capacity: 'direct', recordedBy: id, recorderParty: party };
}
