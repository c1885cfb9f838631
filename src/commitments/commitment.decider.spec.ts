import { describe, expect, it } from '@jest/globals';
import { attributedTo, derived, directly, proposing, specification } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import { commitmentDecider } from './commitment.decider.js';
import type { CommitmentCommand } from './commitment-terms.decider.js';
import { statusOf } from './commitment-standing.facts.js';
import { commitmentView } from './commitment.view.js';

const given = specification(commitmentDecider, 'commitment-1');
const RU = directly('RU');
const US = directly('US');
const command = (...args: Parameters<typeof proposing>) => proposing(...args) as unknown as CommitmentCommand;

const data = {
  dialogueId: 'd',
  obligors: ['US'],
  beneficiaries: ['RU'],
  mode: 'once',
  due: '2025-06-30',
  basis: { kind: 'exchange', id: 'e' },
  irritantIds: ['i'],
  synthetic: false,
};
const mutual = { obligors: ['RU', 'US'], beneficiaries: ['RU', 'US'] };
const undertaken = (over: object = {}): GivenFact => ({
  type: 'CommitmentUndertaken',
  act: US,
  data: { ...data, ...over },
});

const fact =
  (type: string, extra: object = {}) =>
  (act = US): GivenFact => ({ type, act, data: extra });
const reported = fact('FulfilmentReported');
const acknowledged = fact('FulfilmentAcknowledged');
const disputed = fact('FulfilmentDisputed');
const alleged = fact('BreachAlleged');
const answered = fact('BreachAnswered');
const withdrawn = fact('BreachWithdrawn');
const waived = fact('CommitmentWaived');
const extended = (due: string, act = US) => fact('CommitmentExtended', { due })(act);
const discharged: GivenFact = { type: 'CommitmentDischarged', act: derived };

const asking = (type: string, event: string) => (act: typeof US) => command(type, act, { type: event });
const report = asking('ReportFulfilment', 'FulfilmentReported');
const acknowledge = asking('AcknowledgeFulfilment', 'FulfilmentAcknowledged');
const dispute = asking('DisputeFulfilment', 'FulfilmentDisputed');
const allege = asking('AllegeBreach', 'BreachAlleged');
const answer = asking('AnswerBreach', 'BreachAnswered');
const withdraw = asking('WithdrawBreach', 'BreachWithdrawn');
const waive = asking('WaiveCommitment', 'CommitmentWaived');
const extend = (act: typeof US, due: string) =>
  command('ExtendCommitment', act, { type: 'CommitmentExtended', data: { due } });

const stateOf = (facts: readonly GivenFact[]) => {
  const { state } = given(facts);
  if (state === null) throw new Error('Nothing was undertaken.');
  return state;
};
const viewOf = (facts: readonly GivenFact[]) => commitmentView(stateOf(facts), () => ({}));

describe('Undertaking a commitment', () => {
  const coverage = (['RU', 'US'] as const).map((party) => ({ irritantId: 'i', said: { party } }));
  const exchange = (completed: object | null, over: object = {}) => ({
    basis: { completed, coverage, terminatedBy: [], ...over },
  });
  const undertake = (act = US, over: object = {}, facts: object = exchange(null), content: object = {}) =>
    command(
      'UndertakeCommitment',
      act,
      { type: 'CommitmentUndertaken', data: { ...data, ...over }, content },
      { facts },
    );

  it('is an act of an obligor', () => {
    given([])
      .when(undertake())
      .then([{ type: 'CommitmentUndertaken' }]);
    given([]).when(undertake(RU)).refuses('NOT_AN_OBLIGOR');
    given([undertaken()]).when(undertake()).changesNothing();
  });
  it('is owed to another party', () => {
    given([])
      .when(undertake(US, { beneficiaries: ['US'] }))
      .refuses('NO_OTHER_BENEFICIARY');
    given([])
      .when(undertake(US, { obligors: ['RU', 'US'] }, exchange({})))
      .refuses('NO_OTHER_BENEFICIARY');
    given([])
      .when(undertake(US, { beneficiaries: ['RU', 'US'] }))
      .then([{ type: 'CommitmentUndertaken' }]);
  });
  it('binds the other side only by what both sides have said', () => {
    given([]).when(undertake(US, mutual)).refuses('BASIS_NOT_JOINT');
    given([])
      .when(undertake(US, mutual, {}))
      .refuses('BASIS_NOT_JOINT');
    given([])
      .when(undertake(US, mutual, exchange({ eventId: 'c' })))
      .then([{ type: 'CommitmentUndertaken' }]);
    const onProposal = { ...mutual, basis: { kind: 'proposal', id: 'p' } };
    given([])
      .when(undertake(US, onProposal, { basis: { agreed: null } }))
      .refuses('BASIS_NOT_JOINT');
    given([])
      .when(undertake(US, onProposal, { basis: { agreed: { version: 1 }, irritantIds: ['i'] } }))
      .then([{ type: 'CommitmentUndertaken' }]);
  });
  it('binds the other side by an exchange only in what both say that it covers', () => {
    const completed = { eventId: 'c' };
    for (const heard of [[], coverage.slice(0, 1), [coverage[0], coverage[0]]]) {
      given([])
        .when(undertake(US, mutual, exchange(completed, { coverage: heard })))
        .refuses('BASIS_NOT_JOINT');
    }
    given([])
      .when(undertake(US, { ...mutual, irritantIds: ['i', 'other'] }, exchange(completed)))
      .refuses('BASIS_NOT_JOINT');
    given([])
      .when(undertake(US, {}, exchange(completed, { coverage: [] })))
      .then([{ type: 'CommitmentUndertaken' }]);
  });
  it('binds the other side by no exchange that either has terminated', () => {
    given([])
      .when(undertake(US, mutual, exchange({ eventId: 'c' }, { terminatedBy: [{ party: 'RU' }] })))
      .refuses('BASIS_NOT_JOINT');
  });
  it('binds the other side by a proposal only in the matters of that proposal', () => {
    const onProposal = { ...mutual, basis: { kind: 'proposal', id: 'p' }, irritantIds: ['i', 'other'] };
    given([])
      .when(undertake(US, onProposal, { basis: { agreed: { version: 1 }, irritantIds: ['i'] } }))
      .refuses('BASIS_NOT_JOINT');
  });
  it('names its conditions where it has any, and has none otherwise', () => {
    const conditions = { conditions: { en: 'Once the visas are issued.' } };
    given([])
      .when(undertake(US, { mode: 'conditional' }))
      .refuses('CONDITIONS_REQUIRED');
    given([])
      .when(undertake(US, {}, {}, conditions))
      .refuses('CONDITIONS_UNEXPECTED');
    given([])
      .when(undertake(US, { mode: 'continuous' }, {}, conditions))
      .refuses('CONDITIONS_UNEXPECTED');
    given([])
      .when(undertake(US, { mode: 'conditional' }, {}, conditions))
      .then([{ type: 'CommitmentUndertaken' }]);
  });
  it('waits while work on one of its irritants is suspended, but not while the dialogue is', () => {
    const irritants = [
      { key: 'RUUS-1', suspensions: [] },
      { key: 'RUUS-2', suspensions: [{ party: 'RU' }] },
    ];
    given([])
      .when(undertake(US, {}, { irritants }))
      .refuses('IRRITANT_SUSPENDED');
    given([])
      .when(undertake(US, {}, { irritants: irritants.slice(0, 1), dialogue: { suspendedBy: ['RU'] } }))
      .then([{ type: 'CommitmentUndertaken' }]);
  });
});

describe('Fulfilment', () => {
  it('is reported by an obligor, once while its report stands', () => {
    given([undertaken()])
      .when(report(US))
      .then([{ type: 'FulfilmentReported' }]);
    given([undertaken()]).when(report(RU)).refuses('NOT_AN_OBLIGOR');
    given([undertaken(), reported()]).when(report(US)).changesNothing();
    expect(statusOf(stateOf([undertaken(), reported()]))).toBe('fulfilment-reported');
  });
  it('that the beneficiary acknowledges discharges the commitment', () => {
    given([undertaken(), reported()])
      .when(acknowledge(RU))
      .then([{ type: 'FulfilmentAcknowledged' }, { type: 'CommitmentDischarged', data: {} }]);
    const end = [undertaken(), reported(), acknowledged(RU), discharged];
    expect(stateOf(end)).toMatchObject({ ended: 'discharged' });
    expect(statusOf(stateOf(end))).toBe('discharged');
  });
  it('under a condition discharges it in the same way', () => {
    given([undertaken({ mode: 'conditional' }), reported()])
      .when(acknowledge(RU))
      .then([{ type: 'FulfilmentAcknowledged' }, { type: 'CommitmentDischarged' }]);
  });
  it('is judged by a beneficiary other than the reporter, and only where it is reported', () => {
    for (const judge of [acknowledge, dispute]) {
      given([undertaken()]).when(judge(RU)).refuses('NOTHING_REPORTED');
      given([undertaken(), reported()]).when(judge(US)).refuses('NOT_A_BENEFICIARY');
      given([undertaken({ beneficiaries: ['RU', 'US'] }), reported()])
        .when(judge(US))
        .refuses('NOT_A_BENEFICIARY');
      given([undertaken(mutual), reported(US)])
        .when(judge(US))
        .refuses('NOTHING_REPORTED');
    }
  });
  it('that is disputed is reported anew, or acknowledged after all', () => {
    const before = [undertaken(), reported(), disputed(RU)];
    expect(statusOf(stateOf(before))).toBe('disputed');
    given([undertaken(), reported()])
      .when(dispute(RU))
      .then([{ type: 'FulfilmentDisputed' }]);
    given(before)
      .when(report(US))
      .then([{ type: 'FulfilmentReported' }]);
    given(before)
      .when(acknowledge(RU))
      .then([{ type: 'FulfilmentAcknowledged' }, { type: 'CommitmentDischarged' }]);
    expect(viewOf([...before, reported()])).toMatchObject({
      status: 'fulfilment-reported',
      reports: [{ state: 'disputed' }, { state: 'reported' }],
      awaiting: [{ what: 'answer-to-fulfilment', from: 'RU' }],
    });
  });
  it('that is acknowledged is no longer open to dispute', () => {
    given([undertaken(mutual), reported(), acknowledged(RU)])
      .when(dispute(RU))
      .refuses('NOTHING_REPORTED');
    expect(viewOf([undertaken(mutual), reported(), acknowledged(RU), disputed(RU)]).reports).toMatchObject([
      { state: 'acknowledged' },
    ]);
  });
  it('of both sides is needed where both are bound', () => {
    const first = [undertaken(mutual), reported(US), acknowledged(RU)];
    given([undertaken(mutual), reported(US)])
      .when(acknowledge(RU))
      .then([{ type: 'FulfilmentAcknowledged' }]);
    given([...first, reported(RU)])
      .when(acknowledge(US))
      .then([{ type: 'FulfilmentAcknowledged' }, { type: 'CommitmentDischarged' }]);
    expect(stateOf([...first, discharged]).ended).toBeNull();
  });
  it('of what is owed all the time is reported again and again, and ends nothing', () => {
    const kept = [undertaken({ mode: 'continuous' }), reported(), acknowledged(RU)];
    given(kept.slice(0, 2))
      .when(acknowledge(RU))
      .then([{ type: 'FulfilmentAcknowledged' }]);
    expect(statusOf(stateOf(kept))).toBe('open');
    given(kept)
      .when(report(US))
      .then([{ type: 'FulfilmentReported' }]);
    given([...kept, reported()])
      .when(report(US))
      .then([{ type: 'FulfilmentReported' }]);
    expect(viewOf([...kept, reported(), reported(), acknowledged(RU)]).reports).toMatchObject([
      { state: 'acknowledged' },
      { state: 'acknowledged' },
      { state: 'acknowledged' },
    ]);
  });
});

describe('An answer', () => {
  it('to a later report leaves the answer to an earlier one as it was', () => {
    const facts = [
      undertaken({ mode: 'continuous' }),
      reported(),
      disputed(RU),
      reported(),
      acknowledged(RU),
    ];
    expect(viewOf(facts).reports).toMatchObject([{ state: 'disputed' }, { state: 'acknowledged' }]);
  });
  it('to a new allegation is none to one that was withdrawn', () => {
    const facts = [undertaken(), alleged(RU), withdrawn(RU), alleged(RU), answered()];
    expect(viewOf(facts).allegations).toMatchObject([
      { state: 'withdrawn', answers: [] },
      { state: 'answered', answers: [{ party: 'US' }] },
    ]);
  });
});

describe('A discharge', () => {
  it('counts no longer once the acknowledgement that it was drawn from is retracted', () => {
    const retracted = [undertaken(), reported(), discharged];
    expect(stateOf(retracted).ended).toBeNull();
    expect(viewOf(retracted)).toMatchObject({ status: 'fulfilment-reported', discharged: null });
    given(retracted)
      .when(acknowledge(RU))
      .then([{ type: 'FulfilmentAcknowledged' }, { type: 'CommitmentDischarged' }]);
    expect(statusOf(stateOf([undertaken(), acknowledged(RU), discharged]))).toBe('open');
  });
  it('brings no allegation back but the one that it had ended', () => {
    const before = [undertaken(), alleged(RU), reported()];
    expect(stateOf([...before, acknowledged(RU), discharged]).breachOpen).toBe(false);
    expect(stateOf([...before, discharged]).breachOpen).toBe(true);
  });
  it('rests the firmer once a party says itself what was attributed to it', () => {
    const end = [undertaken(), reported(attributedTo('US')), acknowledged(attributedTo('RU')), discharged];
    given(end)
      .when(acknowledge(RU))
      .then([{ type: 'FulfilmentAcknowledged' }]);
    given(end)
      .when(report(US))
      .then([{ type: 'FulfilmentReported' }]);
    const firm = viewOf([...end, acknowledged(RU), reported(US)]);
    expect(firm).toMatchObject({ status: 'discharged', reports: [{ capacity: 'direct' }] });
    expect(firm.reports[0]?.answers).toMatchObject([{ capacity: 'direct' }]);
  });
});

describe('A breach', () => {
  it('is alleged by a beneficiary, once while its allegation stands', () => {
    given([undertaken()])
      .when(allege(RU))
      .then([{ type: 'BreachAlleged' }]);
    given([undertaken()]).when(allege(US)).refuses('NOT_A_BENEFICIARY');
    given([undertaken(), alleged(RU)])
      .when(allege(RU))
      .changesNothing();
    expect(stateOf([undertaken(), alleged(RU)]).breachOpen).toBe(true);
  });
  it('is answered by the party against which it is alleged, and stays open', () => {
    const before = [undertaken(), alleged(RU)];
    given(before)
      .when(answer(US))
      .then([{ type: 'BreachAnswered' }]);
    given(before).when(answer(RU)).refuses('NOT_AN_OBLIGOR');
    given([undertaken()]).when(answer(US)).refuses('NO_BREACH_ALLEGED');
    given([undertaken(mutual), alleged(RU)])
      .when(answer(RU))
      .refuses('NO_BREACH_ALLEGED');
    expect(viewOf(before).awaiting).toMatchObject([{ what: 'answer-to-breach', from: 'US' }]);
    expect(viewOf([...before, answered()])).toMatchObject({
      breachOpen: true,
      allegations: [{ state: 'answered' }],
      awaiting: [],
    });
  });
  it('is withdrawn by the party that alleged it', () => {
    const before = [undertaken(), alleged(RU)];
    given(before)
      .when(withdraw(RU))
      .then([{ type: 'BreachWithdrawn' }]);
    given(before).when(withdraw(US)).refuses('NOT_YOUR_ALLEGATION');
    given([undertaken()]).when(withdraw(RU)).refuses('NO_BREACH_ALLEGED');
    expect(stateOf([...before, withdrawn(RU)]).breachOpen).toBe(false);
    given([...before, withdrawn(RU)])
      .when(allege(RU))
      .then([{ type: 'BreachAlleged' }]);
    given([...before, withdrawn(RU)])
      .when(answer(US))
      .refuses('NO_BREACH_ALLEGED');
    expect(stateOf([...before, withdrawn(RU), alleged(RU)]).breachOpen).toBe(true);
  });
  it('that both sides allege stays open when one of them withdraws', () => {
    const both = [undertaken(mutual), alleged(RU), alleged(US), withdrawn(RU)];
    expect(stateOf(both).breachOpen).toBe(true);
    expect(stateOf([...both, withdrawn(US)]).breachOpen).toBe(false);
  });
});

describe('A date', () => {
  it('is extended once both sides have named the same one', () => {
    given([undertaken()])
      .when(extend(US, '2025-09-30'))
      .then([{ type: 'CommitmentExtended' }]);
    const proposed = [undertaken(), extended('2025-09-30')];
    expect(viewOf(proposed)).toMatchObject({
      due: '2025-06-30',
      extensions: [{ due: '2025-09-30', byBoth: false, said: [{ party: 'US' }] }],
      awaiting: [{ what: 'answer-to-extension', from: 'RU' }],
    });
    expect(viewOf([...proposed, extended('2025-09-30', RU)])).toMatchObject({
      due: '2025-09-30',
      originalDue: '2025-06-30',
      extensions: [{ byBoth: true, said: [{ party: 'US' }, { party: 'RU' }] }],
      awaiting: [],
    });
  });
  it('that a party names anew takes the place of what it proposed before', () => {
    const other = [undertaken(), extended('2025-09-30'), extended('2025-12-31'), extended('2025-09-30', RU)];
    expect(viewOf(other)).toMatchObject({
      due: '2025-06-30',
      extensions: [
        { due: '2025-12-31', byBoth: false },
        { due: '2025-09-30', byBoth: false },
      ],
    });
    given([undertaken(), extended('2025-09-30')])
      .when(extend(US, '2025-06-30'))
      .then([{ type: 'CommitmentExtended' }]);
    expect(viewOf([undertaken(), extended('2025-09-30'), extended('2025-06-30')])).toMatchObject({
      due: '2025-06-30',
      extensions: [],
    });
  });
  it('may come back after another one held', () => {
    const facts = ['2025-09-30', '2025-12-31', '2025-09-30'].flatMap((due) => [
      extended(due),
      extended(due, RU),
    ]);
    expect(stateOf([undertaken(), ...facts]).due).toBe('2025-09-30');
    expect(viewOf([undertaken(), ...facts]).extensions).toHaveLength(3);
  });
  it('is what it was before where one of the two words is retracted', () => {
    expect(stateOf([undertaken(), extended('2025-09-30', RU)]).due).toBe('2025-06-30');
  });
});

describe('A waiver', () => {
  it('is the word of a beneficiary, and ends the commitment', () => {
    given([undertaken()])
      .when(waive(RU))
      .then([{ type: 'CommitmentWaived' }]);
    given([undertaken()]).when(waive(US)).refuses('NOT_A_BENEFICIARY');
    expect(statusOf(stateOf([undertaken(), waived(RU)]))).toBe('waived');
  });
  it('ends it once every beneficiary has waived, and drops the allegation of its own party only', () => {
    const both = [undertaken(mutual), alleged(RU), alleged(US), waived(RU)];
    expect(stateOf(both)).toMatchObject({ ended: null, breachOpen: true });
    expect(viewOf(both).allegations).toMatchObject([{ state: 'dropped' }, { state: 'alleged' }]);
    given(both).when(allege(RU)).refuses('COMMITMENT_ENDED');
    expect(viewOf([undertaken(mutual), waived(RU), reported(US)])).toMatchObject({
      status: 'open',
      awaiting: [],
    });
    given([...both, reported(US)])
      .when(acknowledge(RU))
      .refuses('COMMITMENT_ENDED');
    given(both)
      .when(waive(US))
      .then([{ type: 'CommitmentWaived' }]);
    expect(stateOf([...both, waived(US)])).toMatchObject({ ended: 'waived', breachOpen: false });
  });
  it('by one side and the fulfilment of what the other is owed discharge a mutual commitment', () => {
    given([undertaken(mutual), reported(US), acknowledged(RU)])
      .when(waive(US))
      .then([{ type: 'CommitmentWaived' }, { type: 'CommitmentDischarged' }]);
    given([undertaken(mutual), waived(US), reported(US)])
      .when(acknowledge(RU))
      .then([{ type: 'FulfilmentAcknowledged' }, { type: 'CommitmentDischarged' }]);
  });
});

describe('After the end', () => {
  const fulfilled = [undertaken(), alleged(RU), reported(), acknowledged(RU), discharged];
  const released = [undertaken(), alleged(RU), answered(), reported(), extended('2025-09-30'), waived(RU)];

  it.each<[string, GivenFact[], CommitmentCommand]>([
    ['reporting what is owed all the time', [undertaken({ mode: 'continuous' }), waived(RU)], report(US)],
    ['acknowledging', released, acknowledge(RU)],
    ['disputing', released, dispute(RU)],
    ['disputing what was acknowledged', fulfilled, dispute(RU)],
    ['alleging', fulfilled, allege(RU)],
    ['answering', fulfilled, answer(US)],
    ['withdrawing', released, withdraw(RU)],
    ['extending', released, extend(US, '2026-01-31')],
    ['waiving what is discharged', fulfilled, waive(RU)],
  ])('%s is refused', (_name, facts, asked) => {
    given(facts).when(asked).refuses('COMMITMENT_ENDED');
  });

  it.each<[string, GivenFact[], CommitmentCommand]>([
    ['reporting', fulfilled, report(US)],
    ['reporting what was waived since', released, report(US)],
    ['acknowledging', fulfilled, acknowledge(RU)],
    ['waiving', released, waive(RU)],
    ['answering', released, answer(US)],
    ['proposing the same date', released, extend(US, '2025-09-30')],
  ])('%s again changes nothing and is no error', (_name, facts, asked) => {
    given(facts).when(asked).changesNothing();
  });
});

describe('The same transition twice', () => {
  it.each<[string, GivenFact[], CommitmentCommand]>([
    ['disputing', [reported(), disputed(RU)], dispute(RU)],
    ['alleging', [alleged(RU)], allege(RU)],
    ['answering', [alleged(RU), answered()], answer(US)],
    ['withdrawing', [alleged(RU), withdrawn(RU)], withdraw(RU)],
    ['naming the date in force', [], extend(RU, '2025-06-30')],
    [
      'naming a date that holds',
      [extended('2025-09-30'), extended('2025-09-30', RU)],
      extend(RU, '2025-09-30'),
    ],
    ['proposing a date', [extended('2025-09-30')], extend(US, '2025-09-30')],
  ])('%s again changes nothing and is no error', (_name, facts, asked) => {
    given([undertaken(), ...facts])
      .when(asked)
      .changesNothing();
  });

  it.each<[string, GivenFact[], CommitmentCommand]>([
    ['reports', [reported(attributedTo('US'))], report(US)],
    ['disputes', [reported(), disputed(attributedTo('RU'))], dispute(RU)],
    ['alleges', [alleged(attributedTo('RU'))], allege(RU)],
    ['answers', [alleged(RU), answered(attributedTo('US'))], answer(US)],
    ['withdraws', [alleged(RU), withdrawn(attributedTo('RU'))], withdraw(RU)],
    ['extends', [extended('2025-09-30', attributedTo('US'))], extend(US, '2025-09-30')],
    [
      'names a date that holds',
      [extended('2025-09-30', RU), extended('2025-09-30', attributedTo('US'))],
      extend(US, '2025-09-30'),
    ],
    ['waives', [waived(attributedTo('RU'))], waive(RU)],
  ])('counts where a party %s itself what was attributed to it', (_name, facts, asked) => {
    given([undertaken(), ...facts])
      .when(asked)
      .then([{ type: asked.event.type }]);
    const by = { act: asked.act, data: asked.event.data };
    const { reports, allegations, extensions, waivers } = viewOf([
      undertaken(),
      ...facts,
      { ...by, type: asked.event.type },
    ]);
    const shown = JSON.stringify([reports, allegations, extensions, waivers]);
    expect(shown).not.toContain('"attributed"');
    expect([reports.length, allegations.length, extensions.length, waivers.length]).toEqual(
      [reports, allegations, extensions, waivers].map((one) => Math.min(one.length, 1)),
    );
  });
});

describe('What was heard last', () => {
  it('is when the last act of a party happened, as claimed, or was recorded', () => {
    const occurred = { edtf: '2025-05-02' };
    expect(stateOf([undertaken(), { ...reported(), occurred }]).lastHeard).toBe('2025-05-02');
    expect(stateOf([undertaken(), reported()]).lastHeard).toBe('2025-04-10T09:00:01.000Z');
  });
  it('is no amendment of the record', () => {
    const correction: GivenFact = { type: 'EventCorrected', act: RU, data: { target: 't' } };
    expect(stateOf([undertaken(), correction]).lastHeard).toBe('2025-04-10T09:00:00.000Z');
  });
});
