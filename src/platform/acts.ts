import type { Act, CommandDeclaration, SourceRef } from '#libs/decider';
import { pointer, Problem } from '#libs/problem-details';
import { platformProblems } from './platform.problems.js';
import { holds } from './principal.js';
import type { PolicyRow, Principal, Role } from './principal.js';
import type { Speaker } from './slice.js';
import type { World } from './world.js';

/** The kinds of source that carry a party's word. */
const carriers: readonly string[] = ['note', 'statement', 'joint-text'];

export interface Proposal {
  readonly declaration: CommandDeclaration;
  readonly row: PolicyRow;
  readonly principal: Principal;
  readonly party: string | undefined;
  readonly sources: readonly SourceRef[];
  readonly data: { readonly [field: string]: unknown };
  readonly speaker: Speaker | undefined;
  /** The parties of the dialogue, where the aggregate belongs to one. */
  readonly parties: readonly string[] | undefined;
}

export interface Acting {
  readonly act: Act;
  readonly sources: readonly SourceRef[];
}

function forbidden(detail: string): Problem {
  return new Problem(platformProblems.FORBIDDEN, { detail });
}

/**
 * Who acts, and in which capacity. A party acts directly only through its own principals; whoever records the act of
 * another cites a source, and where the act binds that party, a source that the party issued (domain rule 2).
 */
export async function resolveAct(world: World, proposal: Proposal): Promise<Acting> {
  const { declaration, principal, speaker } = proposal;
  const base = { recordedBy: principal.id, recorderParty: principal.party };
  const sources = withSpeakersSource(proposal.sources, speaker);
  const kinds = await sourceFacts(world, sources);
  refuseOutsider(proposal);
  if (declaration.standing === 'record-keeping') {
    return { act: { ...base, party: principal.party, capacity: 'direct' }, sources };
  }
  if (declaration.standing === 'commentary') {
    if (sources.length === 0) throw sourceRequired('What a third party said');
    return { act: { ...base, party: null, capacity: 'attributed' }, sources };
  }
  const party = partyOf(proposal);
  refuseStranger(proposal, party);
  if (party === principal.party) {
    const direct = mayActDirectly(proposal);
    if (direct !== undefined && !holds(principal, direct)) {
      throw forbidden(`Only a ${direct.join(' or a ')} of ${party} records this directly.`);
    }
    return { act: { ...base, party, capacity: 'direct' }, sources };
  }
  if (declaration.standing === 'own-word')
    throw forbidden(`Only ${party} itself can say this, through its negotiator.`);
  if ('attributed' in proposal.row && !holds(principal, proposal.row.attributed)) {
    throw forbidden(`The roles of this principal do not allow it to record acts of ${party}.`);
  }
  if (sources.length === 0) throw sourceRequired(`An act of ${party} recorded by somebody else`);
  if (binds(proposal) && !kinds.some((one) => carriers.includes(one.kind) && one.issuers.includes(party))) {
    throw new Problem(platformProblems.SOURCE_NOT_ISSUED_BY_PARTY, {
      detail: `This binds ${party}, so one of its sources must be a note, a statement or a joint text issued by ${party}.`,
      errors: [{ pointer: '/sources', detail: `none of them is issued by ${party}` }],
    });
  }
  return { act: { ...base, party, capacity: 'attributed' }, sources };
}

/** What binds nobody, such as a non-paper or what the press made of an account, a registrar records as well. */
function mayActDirectly(proposal: Proposal): readonly Role[] | undefined {
  const { declaration, row } = proposal;
  if (!('direct' in row)) return undefined;
  const bindsNobody = declaration.standing === 'binding' && !binds(proposal);
  return bindsNobody ? ['registrar', ...row.direct] : row.direct;
}

function partyOf({ declaration, party, principal, speaker, data }: Proposal): string {
  const named = speaker?.party ?? (declaration.partyIsData ? undefined : party) ?? principal.party;
  if (speaker !== undefined && party !== undefined && !declaration.partyIsData && party !== speaker.party) {
    throw new Problem(platformProblems.VALIDATION_FAILED, {
      detail: `The account is ${speaker.party}'s, so "party" can't be ${party}.`,
      errors: [{ pointer: pointer(['party']), detail: `must be ${speaker.party} or absent` }],
    });
  }
  const found = named ?? (declaration.partyIsData ? (data['party'] as string) : undefined);
  if (found !== undefined) return found;
  throw new Problem(platformProblems.PARTY_REQUIRED, {
    detail: 'This principal acts for no party: say in "party" whose act it records.',
    errors: [{ pointer: pointer(['party']), detail: 'is required here' }],
  });
}

/** Whoever acts for a party records in the dialogues of that party only. */
function refuseOutsider({ parties: known, data, principal }: Proposal): void {
  // A dialogue that is being opened names its parties itself.
  const parties = known ?? (data['parties'] as readonly string[] | undefined);
  if (parties === undefined || principal.party === null || parties.includes(principal.party)) return;
  throw new Problem(platformProblems.NOT_A_PARTY_HERE, {
    detail: `The dialogue is between ${parties.join(' and ')}; this principal acts for ${principal.party}.`,
  });
}

function refuseStranger({ parties }: Proposal, party: string): void {
  if (parties !== undefined && !parties.includes(party)) {
    throw new Problem(platformProblems.PARTY_UNKNOWN, {
      detail: `The dialogue is between ${parties.join(' and ')}, not ${party}.`,
      errors: [{ pointer: pointer(['party']), detail: `${party} is not a party to the dialogue` }],
    });
  }
}

function binds({ declaration, data, speaker }: Proposal): boolean {
  if (declaration.standing !== 'binding') return false;
  if (speaker !== undefined) return speaker.binding;
  const where = declaration.statementWhere;
  return where === undefined || data[where.field] !== where.value;
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

function sourceRequired(what: string): Problem {
  return new Problem(platformProblems.SOURCE_REQUIRED, {
    detail: `${what} needs at least one source.`,
    errors: [{ pointer: '/sources', detail: 'is required here' }],
  });
}

async function sourceFacts(
  world: World,
  sources: readonly SourceRef[],
): Promise<{ kind: string; issuers: readonly string[] }[]> {
  return Promise.all(
    sources.map(async ({ sourceId }, index) => {
      const facts = await world.facts('sources', sourceId);
      if (facts === undefined) {
        throw new Problem(platformProblems.REFERENCE_UNKNOWN, {
          detail: `There is no source ${sourceId}.`,
          errors: [
            { pointer: pointer(['sources', index, 'sourceId']), detail: 'names no registered source' },
          ],
        });
      }
      return facts as { kind: string; issuers: readonly string[] };
    }),
  );
}
