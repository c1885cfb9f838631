import type { LangText } from '#libs/decider';
import { isInForce } from '../briefing/talks.js';
import { dayOf, nextRoundOf } from '../briefing/next-round.js';
import type { CommitmentDocument, RoadmapDocument, RoundDocument } from '../reading/documents.js';
import { term } from '../wording/terms.js';

/** Something that is due, as one entry of a calendar. */
export interface Due {
  readonly uid: string;
  readonly dialogueId: string;
  /** EDTF, as it was said. */
  readonly due: string;
  readonly what: string;
  readonly words: LangText | null;
  readonly about: readonly string[];
  readonly synthetic: boolean;
  readonly changedAt: string;
  readonly revision: number;
  /** One side says that it is off. */
  readonly isTentative: boolean;
}

type Document = CommitmentDocument | RoadmapDocument | RoundDocument;

function common({ dialogueId, synthetic, updatedAt, revision }: Document) {
  return { dialogueId, synthetic, changedAt: updatedAt, revision, isTentative: false };
}

const some = (parties: readonly string[]) => parties.join(' and ');

/** A commitment that somebody is bound by. Of whom it is only asserted, nothing is due. */
export function dueCommitment(commitment: CommitmentDocument, party?: string): readonly Due[] {
  const { id, due, obligors, beneficiaries, inForceFor, status } = commitment;
  const isOf = party === undefined || [...obligors, ...beneficiaries].includes(party);
  if (typeof due !== 'string' || !isInForce(commitment) || !isOf) return [];
  return [
    {
      ...common(commitment),
      uid: `commitment-${id}`,
      due,
      what: `${some(inForceFor)} to fulfil what it undertook`,
      words: commitment.text as LangText | null,
      about: [`Owed by ${some(inForceFor)} to ${some(beneficiaries)}.`, `It is ${term(status)}.`],
    },
  ];
}

const settled: readonly string[] = ['accepted', 'waived'];

/** The steps of an agreed roadmap that are neither accepted nor waived. */
export function dueSteps(roadmap: RoadmapDocument, party?: string): readonly Due[] {
  if (roadmap.status !== 'agreed') return [];
  return roadmap.steps.flatMap((step): readonly Due[] => {
    const { stepId, due, responsible, state, mandatory } = step;
    const isOf = party === undefined || responsible === party;
    if (due === undefined || settled.includes(state) || !isOf) return [];
    return [
      {
        ...common(roadmap),
        uid: `step-${stepId}`,
        due,
        what: `${responsible} to take a step of an agreed roadmap`,
        words: step.text,
        about: [`It is ${term(state)}${mandatory ? '' : ', and not mandatory'}.`],
      },
    ];
  });
}

/** Who has announced it, and who has it on a day since; whoever only wrote that down has announced nothing. */
function announcedBy(round: RoundDocument): readonly string[] {
  const { party, startsAt } = round.scheduled as {
    readonly party: string | null;
    readonly startsAt?: string;
  };
  const day = dayOf(round);
  const isSince = day !== undefined && day !== round.scheduled;
  const another = startsAt === undefined || day?.startsAt === startsAt ? '' : ', for another day,';
  return [
    ...(party === null ? [] : [`Announced by ${party}.`]),
    ...(isSince ? [`Taken up again${another} by ${day.party ?? 'nobody'}.`] : []),
  ];
}

/** When both name the same new date it is that one; where only one side says that it is off, the old date stands. */
export function dueRound(round: RoundDocument): readonly Due[] {
  const [planned] = nextRoundOf({ rounds: [round] }).scheduled;
  if (planned === undefined) return [];
  const { number, calledOff, roundId } = planned;
  const moved = [...new Set(calledOff.map((one) => one.startsAt))];
  const due = round.status === 'postponed' ? (moved.length === 1 ? moved[0] : undefined) : planned.startsAt;
  if (typeof due !== 'string') return [];
  return [
    {
      ...common(round),
      uid: `round-${roundId}`,
      due,
      what: `Round ${number} of the consultations`,
      words: null,
      about: [
        ...announcedBy(round),
        ...calledOff.map((one) => `${one.party ?? 'Somebody'} says that it is ${one.as}.`),
      ],
      isTentative: round.status !== 'scheduled',
    },
  ];
}
