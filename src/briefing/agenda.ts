import { byLatestMoment } from '#libs/edtf';
import type { LangText } from '#libs/decider';
import type {
  AwaitedKind,
  CommitmentDocument,
  IrritantDocument,
  ProposalDocument,
  RoadmapDocument,
} from '../audit/documents.js';
import { about, isInForce, isOpen, isPast } from './talks.js';
import type { Talks } from './talks.js';

/** Something that waits for somebody's word: on the irritant itself, or on one of its instruments. */
export interface Awaited {
  readonly what: AwaitedKind;
  readonly from: string;
  readonly since: string;
  readonly on: { readonly kind: string; readonly id: string };
  readonly [named: string]: unknown;
}

type Waiting = readonly Pick<Awaited, 'what' | 'from' | 'since'>[];

/** Words of one kind that one side owes since one moment, on several instruments: they are told in one breath. */
export function alike<A extends Awaited>(awaiting: readonly A[]): readonly (readonly [A, ...A[]])[] {
  const groups = Map.groupBy(awaiting, ({ what, from, since, on, ...about }) =>
    [what, from, since, on.kind, about['claimId'], about['resolutionId'], about['linkageId']].join(' '),
  );
  return [...groups.values()] as unknown as readonly (readonly [A, ...A[]])[];
}

function named<T extends { readonly irritantIds: readonly string[] }>(
  all: readonly T[],
  id: string,
): readonly T[] {
  return all.filter((one) => one.irritantIds.includes(id));
}

function awaitedOn(
  kind: string,
  { id, awaiting }: { readonly id: string; readonly awaiting: Waiting },
): readonly Awaited[] {
  return awaiting.map((one) => ({ ...one, on: { kind, id } }));
}

function awaitedOf(talks: Talks, irritant: IrritantDocument): readonly Awaited[] {
  const { id } = irritant;
  const all = [
    ...awaitedOn('irritant', irritant),
    ...named(talks.proposals, id).flatMap((one) => awaitedOn('proposal', one)),
    ...named(talks.roadmaps, id).flatMap((one) => awaitedOn('roadmap', one)),
    ...named(talks.commitments, id).flatMap((one) => awaitedOn('commitment', one)),
    ...named(talks.assets, id).flatMap((one) => awaitedOn('asset', one)),
  ];
  return all.toSorted((one, other) => byLatestMoment({ edtf: one.since }, { edtf: other.since }));
}

const settled: readonly string[] = ['accepted', 'waived'];

/** What is due at no time is due last. */
const never = '2025/..';

/** The steps of agreed roadmaps that nothing stands before, the earliest due first. */
function nextSteps(roadmaps: readonly RoadmapDocument[], at: number) {
  const steps = roadmaps
    .filter((one) => one.status === 'agreed')
    .flatMap((roadmap) =>
      roadmap.steps
        .filter((one) => !settled.includes(one.state) && one.waitsFor.length === 0)
        .map((one) => ({
          roadmapId: roadmap.id,
          stepId: one.stepId,
          text: one.text,
          responsible: one.responsible,
          state: one.state,
          mandatory: one.mandatory,
          due: one.due ?? null,
          overdue: one.due !== undefined && isPast(one.due, at),
          counterpart: one.counterpart ?? null,
        })),
    );
  return steps.toSorted((one, other) =>
    byLatestMoment({ edtf: one.due ?? never }, { edtf: other.due ?? never }),
  );
}

export function isOverdue(commitment: CommitmentDocument, at: number): boolean {
  const { due } = commitment;
  return isInForce(commitment) && typeof due === 'string' && isPast(due, at);
}

function overdue(commitments: readonly CommitmentDocument[], at: number) {
  return commitments
    .filter((one) => isOverdue(one, at))
    .map((one) => ({
      commitmentId: one.id,
      text: one.text,
      // Of whom it is only asserted, nothing is overdue.
      obligors: one.inForceFor,
      beneficiaries: one.beneficiaries,
      due: one.due,
      status: one.status,
      breachOpen: one.breachOpen,
    }));
}

const onTable: readonly string[] = ['non-paper', 'tabled', 'ad-referendum'];

function proposalsOnTable(proposals: readonly ProposalDocument[], at: number) {
  return proposals
    .filter((one) => onTable.includes(one.status))
    .map((one) => {
      const latest = one.versions.at(-1);
      const validUntil = latest?.validUntil ?? null;
      return {
        proposalId: one.id,
        title: one.title,
        status: one.status,
        version: one.version,
        tabledBy: latest?.party ?? null,
        assents: one.assents.map(({ party, adReferendum, confirmed }) => ({
          party,
          adReferendum: adReferendum && confirmed === null,
        })),
        validUntil,
        expired: validUntil !== null && isPast(validUntil, at),
      };
    });
}

function unansweredClaims({ claims }: IrritantDocument) {
  return claims
    .filter((one) => one.state === 'unanswered')
    .map(({ claimId, kind, party, capacity, recordedAt, occurred, sources, ...words }) => ({
      claimId,
      kind,
      by: party,
      capacity,
      since: occurred?.edtf ?? recordedAt,
      text: (words as { text?: LangText }).text ?? null,
      sources,
    }));
}

function positionsOf({ positions }: IrritantDocument) {
  return Object.fromEntries(
    Object.entries(positions).map(([party, { stance, capacity, recordedAt, occurred, ...words }]) => [
      party,
      {
        stance,
        capacity,
        since: occurred?.edtf ?? recordedAt,
        text: (words as { text?: LangText }).text ?? null,
      },
    ]),
  );
}

function itemOf(talks: Talks, irritant: IrritantDocument) {
  const { id, key, title, category, stage, basis, stageSince, overlays } = irritant;
  return {
    irritantId: id,
    key,
    title: title as LangText | null,
    category,
    raisers: irritant.raisers,
    stage,
    basis,
    stageSince,
    overlays,
    positions: positionsOf(irritant),
    awaiting: awaitedOf(talks, irritant),
    unansweredClaims: unansweredClaims(irritant),
    nextSteps: nextSteps(named(talks.roadmaps, id), talks.at),
    overdueCommitments: overdue(named(talks.commitments, id), talks.at),
    proposals: proposalsOnTable(named(talks.proposals, id), talks.at),
  };
}

/** What each side has said of the meeting to come, in the last round of which anything was said. */
function nextRoundOf({ rounds }: Talks) {
  const planned = rounds.filter((one) => one.status === 'scheduled');
  const indicated = rounds.findLast((one) => one.nextRound.length > 0);
  return {
    scheduled: planned.map(({ id, number, scheduled }) => ({
      roundId: id,
      number,
      startsAt: (scheduled as { startsAt?: string }).startsAt ?? null,
    })),
    indicated: indicated?.nextRound ?? [],
  };
}

/** For the next round: every open irritant, with what is awaited of whom, and what is due. */
export function agendaOf(talks: Talks) {
  const { dialogue } = talks;
  return {
    dialogueId: dialogue.id,
    name: dialogue.name as LangText | null,
    parties: dialogue.parties,
    suspendedBy: dialogue.suspensions.map((one) => one.party),
    nextRound: nextRoundOf(talks),
    items: talks.irritants.filter(isOpen).map((one) => itemOf(talks, one)),
    ...about(talks),
  };
}
