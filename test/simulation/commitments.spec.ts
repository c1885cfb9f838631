import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { attributedTo, derived, directly, factAt, proposing } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import { commitmentCommands } from '../../src/commitments/commitment.commands.js';
import { commitmentDecider } from '../../src/commitments/commitment.decider.js';
import type { CommitmentCommand } from '../../src/commitments/commitment-terms.decider.js';
import type { Commitment } from '../../src/commitments/commitment.facts.js';
import { commitmentView } from '../../src/commitments/commitment.view.js';
import { pureSettings as settings } from './runs.js';

const acts = (Object.keys(commitmentCommands) as CommitmentCommand['type'][]).filter(
  (one) => one !== 'UndertakeCommitment',
);
const sides = ['RU', 'US'] as const;

interface Move {
  readonly act: CommitmentCommand['type'];
  readonly side: (typeof sides)[number];
  readonly isDirect: boolean;
  readonly due: string;
}

const move: fc.Arbitrary<Move> = fc.record({
  act: fc.constantFrom(...acts),
  side: fc.constantFrom(...sides),
  isDirect: fc.boolean(),
  due: fc.constantFrom('2025-06-30', '2025-09-30', '2025-12-31'),
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

function asked({ act, side, isDirect, due }: Move): CommitmentCommand {
  const type = commitmentCommands[act].event;
  const data = type === 'CommitmentExtended' ? { due } : {};
  const by = isDirect ? directly(side) : attributedTo(side);
  return proposing(act, by, { type, data }) as unknown as CommitmentCommand;
}

function fold(facts: readonly GivenFact[]): Commitment {
  const folded = facts
    .map((one, index) => factAt(index, 'commitment-1', one))
    .reduce<Commitment | null>((state, fact) => commitmentDecider.evolve(state, fact), null);
  if (folded === null) throw new Error('Nothing was undertaken.');
  return folded;
}

function born(data: object): GivenFact {
  const basis = { kind: 'exchange', id: 'e' };
  const whole = { dialogueId: 'd', due: '2025-06-30', basis, irritantIds: ['i'], synthetic: false, ...data };
  return { type: 'CommitmentUndertaken', act: directly('US'), data: whole };
}

/** The facts with what the act adds to them: nothing where it is refused or only repeats. */
function after(facts: readonly GivenFact[], one: Move): readonly GivenFact[] {
  const command = asked(one);
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
const by = (act: Move['act'], side: Move['side']): Move => ({ act, side, isDirect: true, due: '2025-06-30' });

describe('Whatever was said of a commitment', () => {
  it('saying the same again changes nothing, but for reports of what is owed all the time', () => {
    fc.assert(
      fc.property(history, ([data, moves]) => {
        let facts: readonly GivenFact[] = [born(data)];
        for (const one of moves) {
          facts = after(facts, one);
          const command = asked(one);
          if (data.mode === 'continuous' && one.act === 'ReportFulfilment') continue;
          const again = after(facts, one);
          expect([command.type, again.length]).toEqual([command.type, facts.length]);
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

  it('a commitment can still be fulfilled or waived after any retractions', () => {
    fc.assert(
      fc.property(history, fc.array(fc.boolean(), { maxLength: 30 }), ([data, moves], retracted) => {
        const facts = played(data, moves).filter(
          (one, index) => index === 0 || one.act?.capacity === 'derived' || retracted[index] !== true,
        );
        const reports = sides.map((side) => by('ReportFulfilment', side));
        const answers = sides.map((side) => by('AcknowledgeFulfilment', side));
        const fulfilled = fold([...reports, ...answers].reduce(after, facts));
        if (data.mode === 'continuous') expect(fulfilled.ended).not.toBe('discharged');
        else expect(fulfilled.ended).not.toBeNull();
        const waivers = sides.map((side) => by('WaiveCommitment', side));
        expect(fold(waivers.reduce(after, facts)).ended).not.toBeNull();
      }),
      settings,
    );
  });
});
