import { GivingWay } from '../platform/record/giving-way.js';
import type { CommitmentDocument, IrritantDocument } from '../reading/documents.js';
import { categories, stages } from '../irritants/irritant.events.js';
import { isOverdue } from './agenda.js';
import { countedStagesOf } from './stages.js';
import { about, instantOfWord, isOpen, isPast } from './talks.js';
import type { ReadTalks, Talks } from './talks.js';

const dayMs = 86_400_000;

/** How long an irritant stood in each stage, in days. */
type Days = { readonly [stage: string]: number };

export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  const [below, above] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return below === undefined || above === undefined ? null : (below + above) / 2;
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10) / 10;
}

/** What is known only to have begun by a date counts from that date: the shortest that it can be. */
function daysInStages(talks: ReadTalks, irritantId: string): Days {
  const reached = countedStagesOf(talks.readings, irritantId).map(({ event, to }) => ({
    to,
    at: instantOfWord(event),
  }));
  const days: Record<string, number> = {};
  for (const [index, { to, at }] of reached.entries()) {
    // Late entry can record a later stage with an earlier date; a stage never lasts less than nothing.
    const until = Math.min(reached[index + 1]?.at ?? talks.at, talks.at);
    days[to] = (days[to] ?? 0) + Math.max(0, until - at) / dayMs;
  }
  return days;
}

function ageInDays({ raised }: IrritantDocument, at: number): number {
  return Math.max(0, at - instantOfWord(raised)) / dayMs;
}

type Claims = IrritantDocument['claims'];

function claimsOf(all: Claims, party: string) {
  const made = all.filter((one) => one.party === party);
  const count = (state: string) => made.filter((one) => one.state === state).length;
  return {
    made: made.length,
    confirmed: count('confirmed'),
    partlyConfirmed: count('partly-confirmed'),
    denied: count('denied'),
    withdrawn: count('withdrawn'),
    unanswered: count('unanswered'),
    shareConfirmed: made.length === 0 ? null : Math.round((count('confirmed') / made.length) * 100) / 100,
  };
}

/** Late is what is overdue, and what was fulfilled after it was due: by when it was done, not by when that was granted. */
function isLate(commitment: CommitmentDocument, party: string, at: number): boolean {
  const { due, discharged, reports } = commitment;
  if (isOverdue(commitment, at)) return true;
  if (typeof due !== 'string' || discharged === null) return false;
  const granted = reports.findLast((one) => one.party === party && one.state === 'acknowledged');
  return granted !== undefined && isPast(due, instantOfWord(granted));
}

function commitmentsOf(commitments: readonly CommitmentDocument[], party: string, at: number) {
  const owed = commitments.filter((one) => one.inForceFor.includes(party));
  return {
    undertaken: owed.length,
    kept: owed.filter((one) => one.status === 'discharged').length,
    late: owed.filter((one) => isLate(one, party, at)).length,
    allegedBroken: owed.filter((one) => one.breachOpen).length,
    waived: owed.filter((one) => one.status === 'waived').length,
  };
}

function sideOf(
  party: string,
  irritants: readonly IrritantDocument[],
  onDialogue: Claims,
  commitments: readonly CommitmentDocument[],
  at: number,
) {
  const raised = irritants.filter((one) => one.raisers.includes(party));
  const open = raised.filter(isOpen);
  return {
    raised: raised.length,
    open: open.length,
    medianAgeDays: rounded(median(open.map((one) => ageInDays(one, at)))),
    claims: claimsOf([...irritants.flatMap((one) => one.claims), ...onDialogue], party),
    commitments: commitmentsOf(commitments, party, at),
  };
}

function stagesIn(irritants: readonly IrritantDocument[], days: ReadonlyMap<string, Days>) {
  const entries = stages.flatMap((stage) => {
    const spent = irritants.flatMap((one) => days.get(one.id)?.[stage] ?? []);
    if (spent.length === 0) return [];
    return [
      [
        stage,
        {
          now: irritants.filter((one) => one.stage === stage).length,
          everReached: spent.length,
          medianDays: rounded(median(spent)),
        },
      ] as const,
    ];
  });
  return Object.fromEntries(entries);
}

/** What is claimed on the dialogue is of no category. */
function figuresOf(
  talks: Talks,
  irritants: readonly IrritantDocument[],
  days: ReadonlyMap<string, Days>,
  onDialogue: Claims = [],
) {
  const ids = new Set(irritants.map((one) => one.id));
  const commitments = talks.commitments.filter((one) => one.irritantIds.some((id) => ids.has(id)));
  const open = irritants.filter(isOpen);
  return {
    irritants: irritants.length,
    open: open.length,
    medianAgeDays: rounded(median(open.map((one) => ageInDays(one, talks.at)))),
    stages: stagesIn(irritants, days),
    sides: Object.fromEntries(
      talks.dialogue.parties.map((party) => [
        party,
        sideOf(party, irritants, onDialogue, commitments, talks.at),
      ]),
    ),
  };
}

/** The figures, from what the dialogue holds and from how long each irritant stood in which stage. */
export function statisticsFrom(talks: Talks, days: ReadonlyMap<string, Days>) {
  const present = categories.filter((one) => talks.irritants.some(({ category }) => category === one));
  return {
    dialogueId: talks.dialogue.id,
    parties: talks.dialogue.parties,
    total: figuresOf(talks, talks.irritants, days, talks.dialogue.claims),
    categories: present.map((category) => ({
      category,
      ...figuresOf(
        talks,
        talks.irritants.filter((one) => one.category === category),
        days,
      ),
    })),
    ...about(talks),
  };
}
export type Statistics = ReturnType<typeof statisticsFrom>;

/** Per category and side: how many are open and how old, where they stood and how long, and what became of words given. */
export async function statisticsOf(talks: ReadTalks): Promise<Statistics> {
  const days = new Map<string, Days>();
  const others = new GivingWay();
  for (const { id } of talks.irritants) {
    days.set(id, daysInStages(talks, id));
    await others.turn();
  }
  return statisticsFrom(talks, days);
}
