import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { attributedTo, derived, directly, factAt, proposing } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import { commitmentCommands } from '../../src/commitments/commitment.commands.js';
import { commitmentDecider } from '../../src/commitments/commitment.decider.js';
import type { CommitmentAct } from '../../src/commitments/commitment-terms.decider.js';
import type { Commitment } from '../../src/commitments/commitment.facts.js';
import { commitmentView } from '../../src/commitments/commitment.view.js';
import { pureSettings as settings } from './runs.js';

const acts = (Object.keys(commitmentCommands) as CommitmentAct['type'][]).filter(
  (one) => one !== 'AssertCommitment',
);
const sides = ['RU', 'US'] as const;
const recurring: readonly string[] = ['ReportFulfilment', 'AllegeBreach', 'AnswerBreach'];

interface Move {
  readonly act: CommitmentAct['type'];
  readonly side: (typeof sides)[number];
  readonly isDirect: boolean;
  readonly due: string;
  /** Which of the allegations is answered or withdrawn, and which of the reports. */
  readonly breach: number;
}

const move: fc.Arbitrary<Move> = fc.record({
  act: fc.constantFrom(...acts),
  side: fc.constantFrom(...sides),
  isDirect: fc.boolean(),
  due: fc.constantFrom('2025-06-30', '2025-09-30', '2025-12-31'),
  breach: fc.nat(3),
});
const undertaking = fc.record({
  mode: fc.constantFrom('once', 'continuous', 'conditional'),
  obligors: fc.constantFrom(['US'], ['RU', 'US']),
  beneficiaries: fc.constantFrom(['RU', 'US'], ['RU', 'US'], ['RU']),
});
const history = fc.tuple(
  undertaking.filter((one) => one.obligors.length === 1 || one.beneficiaries.length === 2),
  fc.array(move, { maxLength: 25 }),
);

function asked({ act, side, isDirect, due, breach }: Move, facts: readonly GivenFact[]): CommitmentAct {
  const type = commitmentCommands[act].event;
  const alleged = facts.filter((one) => one.type === 'BreachAlleged');
  // Some name the report that they answer, others leave it to the rule.
  const reports = facts.filter((one) => one.type === 'FulfilmentReported');
  const named = reports[breach]?.data ?? {};
  const data: { readonly [type: string]: object } = {
    CommitmentExtended: { due },
    FulfilmentReported: { reportId: `r${facts.length}` },
    FulfilmentAcknowledged: named,
    FulfilmentDisputed: named,
    BreachAlleged: { breachId: `b${alleged.length}` },
    BreachAnswered: { breachId: `b${breach}` },
    BreachWithdrawn: { breachId: `b${breach}` },
  };
  const by = isDirect ? directly(side) : attributedTo(side);
  return proposing(act, by, { type, data: data[type] ?? {} }) as unknown as CommitmentAct;
}

function fold(facts: readonly GivenFact[]): Commitment {
  const folded = facts
    .map((one, index) => factAt(index, 'commitment-1', one))
    .reduce<Commitment | null>((state, fact) => commitmentDecider.evolve(state, fact), null);
  if (folded === null) throw new Error('Nothing was asserted.');
  return folded;
}

function born(data: object): GivenFact {
  const known = { dialogueId: 'd', due: '2025-06-30', irritantIds: ['i'], textHash: 'h', synthetic: false };
  return { type: 'CommitmentAsserted', act: directly('US'), data: { ...known, ...data } };
}

/** The facts with what the act adds to them: nothing where it is refused or only repeats. */
function after(facts: readonly GivenFact[], one: Move): readonly GivenFact[] {
  const command = asked(one, facts);
  const decision = commitmentDecider.decide(command, fold(facts));
  if ('refused' in decision) return facts;
  const added = decision.events.map(({ type, data, derivedFrom }) => ({
    type,
    data,
    act: derivedFrom === undefined ? command.act : derived,
  }));
  return [...facts, ...added];
}

const played = (data: object, moves: readonly Move[]) => moves.reduce(after, [born(data)]);
const by = (act: Move['act'], side: Move['side']): Move => ({
  act,
  side,
  isDirect: true,
  due: '2025-06-30',
  breach: 0,
});

/** The side's answer to what the other one reported last. */
function acknowledging(facts: readonly GivenFact[], side: Move['side']): Move {
  const reports = facts.filter((one) => one.type === 'FulfilmentReported');
  const breach = reports.findLastIndex((one) => one.act?.party !== side);
  return { ...by('AcknowledgeFulfilment', side), breach };
}

describe('Whatever was said of a commitment', () => {
  it('saying the same again changes nothing, but for what can happen again and again', () => {
    fc.assert(
      fc.property(history, ([data, moves]) => {
        let facts: readonly GivenFact[] = [born(data)];
        for (const one of moves) {
          facts = after(facts, one);
          if (recurring.includes(one.act)) continue;
          const again = after(facts, one);
          expect([one.act, again.length]).toEqual([one.act, facts.length]);
        }
      }),
      settings,
    );
  });

  it('no act opens an ended commitment again, and nothing is alleged or awaited', () => {
    fc.assert(
      fc.property(history, ([data, moves]) => {
        let facts: readonly GivenFact[] = [born(data)];
        for (const one of moves) {
          const before = fold(facts);
          facts = after(facts, one);
          const now = fold(facts);
          if (before.ended !== null) expect(now.ended).toBe(before.ended);
          if (now.ended === null) continue;
          const view = commitmentView(now, () => ({}));
          expect(view).toMatchObject({ status: now.ended, breachOpen: false, awaiting: [] });
        }
      }),
      settings,
    );
  });

  it('one side alone neither discharges it nor moves its date', () => {
    fc.assert(
      fc.property(history, fc.constantFrom(...sides), ([data, moves], side) => {
        const alone = fold(
          played(
            data,
            moves.map((one) => ({ ...one, side })),
          ),
        );
        expect(alone.ended).not.toBe('discharged');
        expect(alone.due).toBe('2025-06-30');
      }),
      settings,
    );
  });

  it('binds those alone that undertook it, and nobody else is said to break it', () => {
    fc.assert(
      fc.property(history, ([data, moves]) => {
        const facts = played(data, moves);
        const bound = facts.filter((one) => one.type === 'CommitmentUndertaken').map((one) => one.act?.party);
        const { inForceFor, openBreaches } = fold(facts);
        expect(new Set(inForceFor)).toEqual(new Set(bound));
        for (const one of openBreaches) expect(inForceFor).toContain(one.obligor);
      }),
      settings,
    );
  });

  /** All that a party itself has said and that stands as its word. */
  const wordsOf = (facts: readonly GivenFact[], party: string) => {
    const { undertakenBy, reports, allegations, extensions, waivers } = fold(facts);
    const answers = reports.flatMap((one) => one.answers.map(({ kind, said }) => ({ kind, ...said })));
    const withdrawals = allegations.flatMap((one) => one.withdrawn ?? []);
    const alleging = allegations.map(({ breachId, said }) => ({ breachId, ...said }));
    const dates = extensions.flatMap(({ due, words }) => words.map((one) => ({ due, ...one })));
    const all = [
      undertakenBy,
      reports.map((one) => one.said),
      alleging,
      withdrawals,
      answers,
      dates,
      waivers,
    ];
    const defences = allegations.flatMap((one) => one.answers);
    return [...all.flat(), ...defences].filter((one) => one.party === party && one.capacity === 'direct');
  };

  it('whatever one side does, and whatever others record in a party’s name, its own words stand as it said them', () => {
    fc.assert(
      fc.property(history, ([data, moves]) => {
        let facts: readonly GivenFact[] = [born(data)];
        for (const one of moves) {
          const next = after(facts, one);
          for (const side of sides.filter((each) => each !== one.side || !one.isDirect)) {
            expect(wordsOf(next, side)).toEqual(wordsOf(facts, side));
          }
          facts = next;
        }
      }),
      settings,
    );
  });

  it('a commitment can still be fulfilled or waived after any retractions', () => {
    fc.assert(
      fc.property(history, fc.array(fc.boolean(), { maxLength: 30 }), ([data, moves], retracted) => {
        const facts = played(data, moves).filter(
          (one, index) => index === 0 || one.act?.capacity === 'derived' || retracted[index] !== true,
        );
        const undertaken = sides.map((side) => by('UndertakeCommitment', side));
        const reports = sides.map((side) => by('ReportFulfilment', side));
        const reported = [...undertaken, ...reports].reduce(after, facts);
        const fulfilled = fold(sides.map((side) => acknowledging(reported, side)).reduce(after, reported));
        if (data.mode === 'continuous') expect(fulfilled.ended).not.toBe('discharged');
        else expect(fulfilled.ended).not.toBeNull();
        const waivers = sides.map((side) => by('WaiveCommitment', side));
        expect(fold(waivers.reduce(after, facts)).ended).not.toBeNull();
      }),
      settings,
    );
  });
});
