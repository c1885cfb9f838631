import { byLatestMoment } from '#libs/edtf';
import type { LangText } from '#libs/decider';
import type {
  ClaimDocument,
  CommitmentDocument,
  IrritantDocument,
  ProposalDocument,
  RoadmapDocument,
} from '../reading/documents.js';
import { reopeningOf } from '../wording/standing.js';
import { nextRoundOf } from './next-round.js';
import { openOn, openOnDialogue } from './open-points.js';
import type { Awaited } from './open-points.js';
import { about, isInForce, isOpen, isPast, linkedWith, naming } from './talks.js';
import type { Talks } from './talks.js';

/** Words of one kind that one side owes since one moment, on several instruments: they are told in one breath. */
export function alike<A extends Awaited>(awaiting: readonly A[]): readonly (readonly [A, ...A[]])[] {
  const groups = Map.groupBy(awaiting, ({ what, from, since, on, ...about }) =>
    [what, from, since, on.kind, about['claimId'], about['resolutionId'], about['linkageId']].join(' '),
  );
  return [...groups.values()] as unknown as readonly (readonly [A, ...A[]])[];
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

function unansweredClaims({ claims }: { readonly claims: readonly ClaimDocument[] }) {
  return claims
    .filter((one) => one.state === 'unanswered')
    .map(({ claimId, kind, party, capacity, recordedAt, occurred, sources, ...words }) => ({
      claimId,
      kind,
      by: party,
      capacity,
      since: occurred?.edtf ?? recordedAt,
      text: (words as { text?: LangText }).text ?? null,
      ...(words.wording === undefined ? {} : { wording: words.wording }),
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
        ...(words.wording === undefined ? {} : { wording: words.wording }),
      },
    ]),
  );
}

/** By whom it was reopened, and what it was before. */
function reopenedIn(irritant: IrritantDocument) {
  const reopening = reopeningOf(irritant);
  if (reopening === undefined) return {};
  const { party, closed, eventId } = reopening;
  return { reopened: { party, closed, eventId } };
}

function itemOf(talks: Talks, irritant: IrritantDocument) {
  const { id, key, title, titled, category, stage, basis, byWordOf, stageSince, overlays } = irritant;
  return {
    irritantId: id,
    key,
    title: title as LangText | null,
    titled,
    category,
    raisers: irritant.raisers,
    stage,
    basis,
    ...(byWordOf === undefined ? {} : { byWordOf }),
    stageSince,
    ...reopenedIn(irritant),
    overlays,
    positions: positionsOf(irritant),
    awaiting: openOn(irritant, linkedWith(talks, irritant)).awaited,
    unansweredClaims: unansweredClaims(irritant),
    nextSteps: nextSteps(naming(talks.roadmaps, id), talks.at),
    overdueCommitments: overdue(naming(talks.commitments, id), talks.at),
    proposals: proposalsOnTable(naming(talks.proposals, id), talks.at),
  };
}

/** For the next round: what is open on the dialogue as a whole, and every open irritant, with what is awaited of whom, and what is due. */
export function agendaOf(talks: Talks) {
  const { dialogue } = talks;
  return {
    dialogueId: dialogue.id,
    name: dialogue.name as LangText | null,
    parties: dialogue.parties,
    suspendedBy: dialogue.suspensions.map((one) => one.party),
    awaiting: openOnDialogue(dialogue),
    unansweredClaims: unansweredClaims(dialogue),
    nextRound: nextRoundOf(talks),
    items: talks.irritants.filter(isOpen).map((one) => itemOf(talks, one)),
    ...about(talks),
  };
}
