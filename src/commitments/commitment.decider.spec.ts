import { describe, expect, it } from '@jest/globals';
import { attributedTo, derived, directly, idAt, proposing, specification } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import { commitmentDecider } from './commitment.decider.js';
import { follows } from './commitment-fulfilment.decider.js';
import type { CommitmentAct } from './commitment-terms.decider.js';
import { statusOf } from './commitment-standing.facts.js';
import { commitmentView } from './commitment.view.js';

const given = specification(commitmentDecider, 'commitment-1');
const RU = directly('RU');
const US = directly('US');
const command = (...args: Parameters<typeof proposing>) => proposing(...args) as unknown as CommitmentAct;

const data = {
  dialogueId: 'd',
  obligors: ['US'],
  beneficiaries: ['RU'],
  mode: 'once',
  due: '2025-06-30',
  basis: { kind: 'exchange', id: 'e' },
  irritantIds: ['i'],
  textHash: 'h',
  synthetic: false,
};
const mutual = { obligors: ['RU', 'US'], beneficiaries: ['RU', 'US'] };
const asserted = (over: object = {}, act = RU): GivenFact =>
  fact('CommitmentAsserted', act, { ...data, ...over });

const fact =
  (type: string, extra: object = {}) =>
  (act = US): GivenFact =>
    fact(type, act, extra);
const undertakes = fact('CommitmentUndertaken');
interface Over {
  readonly obligors?: readonly string[];
  readonly beneficiaries?: readonly string[];
  readonly mode?: string;
}
/** Asserted by one side, and undertaken by all that are to owe it. */
const undertaken = (over: Over = {}): readonly GivenFact[] => [
  asserted(over),
  ...(over.obligors ?? data.obligors).map((one) => undertakes(directly(one))),
];
const reported = (act = US, reportId = 'r') => fact('FulfilmentReported', { reportId })(act);
const acknowledged = (act = US, reportId = 'r') => fact('FulfilmentAcknowledged', { reportId })(act);
const disputed = (act = US, reportId = 'r') => fact('FulfilmentDisputed', { reportId })(act);
const alleged = (act = US, breachId = 'b') => fact('BreachAlleged', { breachId })(act);
const answered = (act = US, breachId = 'b') => fact('BreachAnswered', { breachId })(act);
const withdrawn = (act = US, breachId = 'b') => fact('BreachWithdrawn', { breachId })(act);
const waived = fact('CommitmentWaived');
const extended = (due: string, act = US) => fact('CommitmentExtended', { due })(act);
const discharged: GivenFact = fact('CommitmentDischarged', derived);

const asking =
  (type: string, event: string, extra: object = {}) =>
  (act: typeof US) =>
    command(type, act, { type: event, data: extra });
const undertake = asking('UndertakeCommitment', 'CommitmentUndertaken');
const report = asking('ReportFulfilment', 'FulfilmentReported', { reportId: 'n' });
const acknowledge = asking('AcknowledgeFulfilment', 'FulfilmentAcknowledged');
const disputing = (act: typeof US, reportId: string) =>
  asking('DisputeFulfilment', 'FulfilmentDisputed', { reportId })(act);
const acknowledging = (act: typeof US, reportId: string) =>
  asking('AcknowledgeFulfilment', 'FulfilmentAcknowledged', { reportId })(act);
const dispute = asking('DisputeFulfilment', 'FulfilmentDisputed');
const allege = asking('AllegeBreach', 'BreachAlleged', { breachId: 'n' });
const answer = (act: typeof US, breachId = 'b') =>
  asking('AnswerBreach', 'BreachAnswered', { breachId })(act);
const withdraw = (act: typeof US, breachId = 'b') =>
  asking('WithdrawBreach', 'BreachWithdrawn', { breachId })(act);
const waive = asking('WaiveCommitment', 'CommitmentWaived');
const extend = (act: typeof US, due: string) =>
  asking('ExtendCommitment', 'CommitmentExtended', { due })(act);

const stateOf = (facts: readonly GivenFact[]) => {
  const { state } = given(facts);
  if (state === null) throw new Error('Nothing was asserted.');
  return state;
};
const viewOf = (facts: readonly GivenFact[]) => commitmentView(stateOf(facts), () => ({}));

/** The places of the facts that the act would rest on, and of those that it would answer or end. */
function reliance(facts: readonly GivenFact[], asked: CommitmentAct) {
  const decision = commitmentDecider.decide(asked, stateOf(facts));
  if ('refused' in decision) throw new Error(decision.because);
  const places = (ids: readonly string[] = []) =>
    ids.map((id) => facts.findIndex((_, at) => idAt(at) === id));
  const [first] = decision.events;
  return { restsOn: places(first?.restsOn), ends: places(first?.ends) };
}

describe('Asserting a commitment', () => {
  const assert = (act = RU, over: object = {}, content: object = {}) =>
    command('AssertCommitment', act, { type: 'CommitmentAsserted', data: { ...data, ...over }, content });

  it('is open to either side, whoever is to owe it', () => {
    for (const side of [RU, US]) {
      given([], assert(side)).records({ type: 'CommitmentAsserted', data });
    }
    given([asserted()], assert()).changesNothing();
  });
  it('puts nobody in debt', () => {
    for (const side of [RU, US]) {
      expect(stateOf([asserted(mutual, side)])).toMatchObject({ inForceFor: [], assertedFor: ['RU', 'US'] });
    }
    expect(statusOf(stateOf([asserted()]))).toBe('asserted');
  });
  it('names an agreement on which it rests, or none', () => {
    expect(stateOf([asserted()]).basis).toEqual({ kind: 'exchange', id: 'e' });
    expect(stateOf([asserted({ basis: undefined })]).basis).toBeNull();
  });
  it('names somebody else to whom it is owed', () => {
    given([], assert(RU, { beneficiaries: ['US'] })).refuses('NO_OTHER_BENEFICIARY');
    given([], assert(RU, { obligors: ['RU', 'US'] })).refuses('NO_OTHER_BENEFICIARY');
    given([], assert(RU, { beneficiaries: ['RU', 'US'] })).records('CommitmentAsserted');
  });
  it('names its conditions where it has any, and has none otherwise', () => {
    const conditions = { conditions: { en: 'Once the visas are issued.' } };
    given([], assert(RU, { mode: 'conditional' })).refuses('CONDITIONS_REQUIRED');
    given([], assert(RU, {}, conditions)).refuses('CONDITIONS_UNEXPECTED');
    given([], assert(RU, { mode: 'continuous' }, conditions)).refuses('CONDITIONS_UNEXPECTED');
    given([], assert(RU, { mode: 'conditional' }, conditions)).records('CommitmentAsserted');
  });
});

describe('Undertaking a commitment', () => {
  it('is the own word of an obligor, and binds nobody else', () => {
    given([asserted(mutual)], undertake(US)).records('CommitmentUndertaken');
    given([asserted()], undertake(RU)).refuses('NOT_AN_OBLIGOR');
    const one = [asserted(mutual), undertakes(US)];
    expect(stateOf(one)).toMatchObject({ inForceFor: ['US'], assertedFor: ['RU'] });
    expect(stateOf([...one, undertakes(RU)])).toMatchObject({ inForceFor: ['RU', 'US'], assertedFor: [] });
    expect(stateOf([asserted(), undertakes(RU)]).inForceFor).toEqual([]);
  });
  it('is said once; the party’s own word takes the place of one that was attributed to it', () => {
    given(undertaken(), undertake(US)).changesNothing();
    const attributed = [asserted(), undertakes(attributedTo('US'))];
    expect(given(attributed, undertake(US)).reliance).toEqual({ restsOn: [1], ends: [0] });
    expect(viewOf([...attributed, undertakes(US)]).undertakings).toMatchObject([{ capacity: 'direct' }]);
    expect(viewOf([...undertaken(), undertakes(attributedTo('US'))]).undertakings).toMatchObject([
      { capacity: 'direct' },
    ]);
  });
  it('answers the side that asserted it, and rests on no word of that side', () => {
    expect(given([asserted()], undertake(US)).reliance).toEqual({ restsOn: [], ends: [0] });
    expect(given([asserted({}, US)], undertake(US)).reliance).toEqual({ restsOn: [], ends: [] });
  });
  it('is over once the side to which it would be owed has released the obligor', () => {
    given([asserted(mutual), waived(RU)], undertake(US)).refuses('COMMITMENT_ENDED');
    given([asserted(mutual), waived(RU)], undertake(RU)).records('CommitmentUndertaken');
    given([asserted(), waived(RU)], undertake(US)).refuses('COMMITMENT_ENDED');
  });
});

describe('What is only asserted', () => {
  it('is neither reported as fulfilled nor alleged to be broken', () => {
    given([asserted()], report(US)).refuses('NOT_IN_FORCE');
    given([asserted()], allege(RU)).refuses('NOT_IN_FORCE');
    const halfway = [asserted(mutual), undertakes(RU)];
    given(halfway, allege(RU)).refuses('NOT_IN_FORCE');
    given(halfway, allege(US)).records('BreachAlleged');
    given(halfway, report(US)).refuses('NOT_IN_FORCE');
  });
  it('keeps a mutual commitment open until its obligor undertakes it or the other side lets it go', () => {
    const kept = [asserted(mutual), undertakes(RU), reported(RU)];
    given(kept, acknowledge(US)).records('FulfilmentAcknowledged');
    given([...kept, acknowledged(US)], waive(RU)).records('CommitmentWaived', 'CommitmentDischarged');
  });
  it('is let go by the side to which it would be owed', () => {
    expect(stateOf([asserted(), waived(RU)])).toMatchObject({ ended: 'waived', endedBy: [{ party: 'RU' }] });
  });
});

describe('Fulfilment', () => {
  it('is reported by an obligor, as often as it says so', () => {
    given(undertaken(), report(US)).records('FulfilmentReported');
    given(undertaken(), report(RU)).refuses('NOT_AN_OBLIGOR');
    given([...undertaken(), reported()], report(US)).records('FulfilmentReported');
    expect(viewOf([...undertaken(), reported(), reported()]).reports).toHaveLength(2);
    expect(given(undertaken(), report(US)).reliance).toEqual({ restsOn: [1], ends: [] });
    expect(statusOf(stateOf([...undertaken(), reported()]))).toBe('fulfilment-reported');
  });
  it('that the beneficiary acknowledges discharges the commitment', () => {
    given([...undertaken(), reported()], acknowledge(RU)).records('FulfilmentAcknowledged', {
      type: 'CommitmentDischarged',
      data: {},
    });
    const end = [...undertaken(), reported(), acknowledged(RU), discharged];
    expect(stateOf(end)).toMatchObject({ ended: 'discharged' });
    expect(statusOf(stateOf(end))).toBe('discharged');
  });
  it('under a condition discharges it in the same way', () => {
    given([...undertaken({ mode: 'conditional' }), reported()], acknowledge(RU)).records(
      'FulfilmentAcknowledged',
      'CommitmentDischarged',
    );
  });
  it('is judged by a beneficiary other than the reporter, and only where it is reported', () => {
    for (const judge of [acknowledge, dispute]) {
      given(undertaken(), judge(RU)).refuses('NOTHING_REPORTED');
      given([...undertaken(), reported()], judge(US)).refuses('NOT_A_BENEFICIARY');
      given([...undertaken({ beneficiaries: ['RU', 'US'] }), reported()], judge(US)).refuses(
        'NOT_A_BENEFICIARY',
      );
      given([...undertaken(mutual), reported(US)], judge(US)).refuses('NOTHING_REPORTED');
    }
  });
  it('that is disputed is reported anew, or acknowledged after all', () => {
    const before = [...undertaken(), reported(), disputed(RU)];
    expect(statusOf(stateOf(before))).toBe('disputed');
    given([...undertaken(), reported()], dispute(RU)).records('FulfilmentDisputed');
    given(before, report(US)).records('FulfilmentReported');
    given(before, acknowledge(RU)).records('FulfilmentAcknowledged', 'CommitmentDischarged');
    expect(viewOf([...before, reported()])).toMatchObject({
      status: 'fulfilment-reported',
      reports: [{ state: 'disputed' }, { state: 'reported' }],
      awaiting: [{ what: 'answer-to-fulfilment', from: 'RU' }],
    });
  });
  it('stays acknowledged, whatever the obligor reports beside', () => {
    const kept = [...undertaken(mutual), reported(), acknowledged(RU), reported()];
    given([...kept, reported(RU)], acknowledge(US)).records('FulfilmentAcknowledged', 'CommitmentDischarged');
    expect(viewOf(kept)).toMatchObject({ status: 'open', awaiting: [] });
  });
  it('is answered by a word that rests on the report', () => {
    const facts = [...undertaken(), reported()];
    for (const judge of [acknowledge, dispute]) {
      expect(given(facts, judge(RU)).reliance).toEqual({ restsOn: [2], ends: [2] });
    }
  });
  it('that is acknowledged is no longer open to dispute', () => {
    given([...undertaken(mutual), reported(), acknowledged(RU)], dispute(RU)).refuses('NOTHING_REPORTED');
    expect(viewOf([...undertaken(mutual), reported(), acknowledged(RU), disputed(RU)]).reports).toMatchObject(
      [{ state: 'acknowledged' }],
    );
  });
  it('of both sides is needed where both are bound', () => {
    const first = [...undertaken(mutual), reported(US), acknowledged(RU)];
    given([...undertaken(mutual), reported(US)], acknowledge(RU)).records('FulfilmentAcknowledged');
    given([...first, reported(RU)], acknowledge(US)).records(
      'FulfilmentAcknowledged',
      'CommitmentDischarged',
    );
    expect(stateOf([...first, discharged]).ended).toBeNull();
  });
  it('of what is owed all the time is reported again and again, and ends nothing', () => {
    const kept = [...undertaken({ mode: 'continuous' }), reported(), acknowledged(RU)];
    given(kept.slice(0, 3), acknowledge(RU)).records('FulfilmentAcknowledged');
    expect(statusOf(stateOf(kept))).toBe('open');
    given(kept, report(US)).records('FulfilmentReported');
    given([...kept, reported()], report(US)).records('FulfilmentReported');
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
      ...undertaken({ mode: 'continuous' }),
      reported(),
      disputed(RU),
      reported(US, 's'),
      acknowledged(RU, 's'),
    ];
    expect(viewOf(facts).reports).toMatchObject([{ state: 'disputed' }, { state: 'acknowledged' }]);
  });
  it('names the report that it is to; it need not where one alone is open', () => {
    const both = [...undertaken({ mode: 'continuous' }), reported(), reported(US, 's')];
    given(both, acknowledging(RU, 's')).records({ type: 'FulfilmentAcknowledged', data: { reportId: 's' } });
    given([...both, acknowledged(RU)], dispute(RU)).records({
      type: 'FulfilmentDisputed',
      data: { reportId: 's' },
    });
    given(both, acknowledge(RU)).refuses('SEVERAL_REPORTS');
    given(both, dispute(RU)).refuses('SEVERAL_REPORTS');
    given(both, disputing(RU, 'x')).refuses('REPORT_UNKNOWN');
    given([...undertaken(mutual), reported(RU)], acknowledging(RU, 'r')).refuses('REPORT_UNKNOWN');
  });
  it('said once more without a name is to the report on which the party spoke last', () => {
    const both = [
      ...undertaken({ mode: 'continuous' }),
      reported(),
      disputed(RU),
      reported(US, 's'),
      acknowledged(RU, 's'),
    ];
    given(both, acknowledge(RU)).changesNothing();
    given(both, acknowledging(RU, 'r')).records({ type: 'FulfilmentAcknowledged', data: { reportId: 'r' } });
  });
  it('that the party gave itself is not given otherwise in its name', () => {
    given([...undertaken(), reported(), disputed(RU)], acknowledge(attributedTo('RU'))).refuses(
      'OWN_WORD_STANDS',
    );
  });
  it('is awaited for each report that is open', () => {
    const both = [...undertaken({ mode: 'continuous' }), reported(), reported(US, 's'), acknowledged(RU)];
    expect(viewOf(both).awaiting).toMatchObject([
      { what: 'answer-to-fulfilment', from: 'RU', reportId: 's' },
    ]);
  });
  it('to one allegation is none to another', () => {
    const facts = [...undertaken(), alleged(RU), withdrawn(RU), alleged(RU, 'c'), answered(US, 'c')];
    expect(viewOf(facts).allegations).toMatchObject([
      { state: 'withdrawn', answers: [] },
      { state: 'answered', answers: [{ party: 'US' }] },
    ]);
  });
});

describe('A discharge', () => {
  it('counts no longer once the acknowledgement that it was drawn from is retracted', () => {
    const retracted = [...undertaken(), reported(), discharged];
    expect(stateOf(retracted).ended).toBeNull();
    expect(viewOf(retracted)).toMatchObject({ status: 'fulfilment-reported', discharged: null });
    given(retracted, acknowledge(RU)).records('FulfilmentAcknowledged', 'CommitmentDischarged');
    expect(statusOf(stateOf([...undertaken(), acknowledged(RU), discharged]))).toBe('open');
  });
  it('brings no allegation back but the one that it had ended', () => {
    const before = [...undertaken(), alleged(RU), reported()];
    expect(stateOf([...before, acknowledged(RU), discharged]).breachOpen).toBe(false);
    expect(stateOf([...before, discharged]).breachOpen).toBe(true);
  });
  it('rests the firmer once a party says itself what was attributed to it', () => {
    const end = [...undertaken(), reported(attributedTo('US')), acknowledged(attributedTo('RU')), discharged];
    given(end, acknowledge(RU)).records('FulfilmentAcknowledged');
    given(end, report(US)).records('FulfilmentReported');
    const firm = viewOf([...end, acknowledged(RU), reported(US)]);
    expect(firm).toMatchObject({ status: 'discharged', reports: [{ capacity: 'direct' }] });
    expect(firm.reports[0]?.answers).toMatchObject([{ capacity: 'direct' }]);
  });
});

describe('A breach', () => {
  const before = [...undertaken(), alleged(RU)];

  it('is alleged by the side to which it is owed, each allegation by itself', () => {
    given(undertaken(), allege(RU)).records({ type: 'BreachAlleged', data: { breachId: 'n' } });
    given(undertaken(), allege(US)).refuses('NOT_A_BENEFICIARY');
    given(before, allege(RU)).records('BreachAlleged');
    expect(stateOf([...before, alleged(RU, 'c')])).toMatchObject({
      breachOpen: true,
      openBreaches: [
        { breachId: 'b', obligor: 'US' },
        { breachId: 'c', obligor: 'US' },
      ],
    });
  });
  it('rests on the own word of the obligor that is alleged to break it', () => {
    expect(given([asserted(mutual), undertakes(US), undertakes(RU)], allege(US)).reliance).toEqual({
      restsOn: [2],
      ends: [],
    });
  });
  it('is answered by the party against which it is alleged, as often as it says more, and stays open', () => {
    given(before, answer(US)).records('BreachAnswered');
    expect(given(before, answer(US)).reliance).toEqual({ restsOn: [], ends: [2] });
    given(before, answer(RU)).refuses('OWN_ALLEGATION');
    given(before, answer(US, 'c')).refuses('BREACH_UNKNOWN');
    expect(viewOf(before).awaiting).toMatchObject([{ what: 'answer-to-breach', from: 'US', breachId: 'b' }]);
    given([...before, answered()], answer(US)).records('BreachAnswered');
    expect(viewOf([...before, answered(), answered()])).toMatchObject({
      breachOpen: true,
      allegations: [{ state: 'answered', answers: [{ party: 'US' }, { party: 'US' }] }],
      awaiting: [],
    });
  });
  it('is withdrawn by the party that alleged it, one by one', () => {
    given(before, withdraw(RU)).records('BreachWithdrawn');
    given(before, withdraw(US)).refuses('NOT_YOUR_ALLEGATION');
    given(before, withdraw(RU, 'c')).refuses('BREACH_UNKNOWN');
    const gone = [...before, withdrawn(RU)];
    expect(stateOf(gone).breachOpen).toBe(false);
    given(gone, allege(RU)).records('BreachAlleged');
    given(gone, answer(US)).refuses('BREACH_CLOSED');
    expect(stateOf([...gone, alleged(RU, 'c')]).breachOpen).toBe(true);
    expect(stateOf([...before, alleged(RU, 'c'), withdrawn(RU, 'c')]).openBreaches).toMatchObject([
      { breachId: 'b' },
    ]);
  });
  it('that both sides allege stays open when one of them withdraws', () => {
    const both = [...undertaken(mutual), alleged(RU), alleged(US, 'c'), withdrawn(RU)];
    expect(stateOf(both).breachOpen).toBe(true);
    expect(stateOf([...both, withdrawn(US, 'c')]).breachOpen).toBe(false);
  });
});

describe('A date', () => {
  it('is extended once both sides have named the same one', () => {
    given(undertaken(), extend(US, '2025-09-30')).records('CommitmentExtended');
    const proposed = [...undertaken(), extended('2025-09-30')];
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
  it('that the other side names too is answered by that, and one of its own that it leaves is ended', () => {
    const proposed = [...undertaken(), extended('2025-12-31', RU), extended('2025-09-30')];
    expect(given(proposed, extend(RU, '2025-09-30')).reliance).toEqual({ restsOn: [], ends: [3, 2] });
    expect(given(proposed, extend(RU, '2025-06-30')).reliance).toEqual({ restsOn: [], ends: [2] });
  });
  it('that a party names anew takes the place of what it proposed before', () => {
    const other = [
      ...undertaken(),
      extended('2025-09-30'),
      extended('2025-12-31'),
      extended('2025-09-30', RU),
    ];
    expect(viewOf(other)).toMatchObject({
      due: '2025-06-30',
      extensions: [
        { due: '2025-12-31', byBoth: false },
        { due: '2025-09-30', byBoth: false },
      ],
    });
    given([...undertaken(), extended('2025-09-30')], extend(US, '2025-06-30')).records('CommitmentExtended');
    expect(viewOf([...undertaken(), extended('2025-09-30'), extended('2025-06-30')])).toMatchObject({
      due: '2025-06-30',
      extensions: [],
    });
  });
  it('may come back after another one held', () => {
    const facts = ['2025-09-30', '2025-12-31', '2025-09-30'].flatMap((due) => [
      extended(due),
      extended(due, RU),
    ]);
    expect(stateOf([...undertaken(), ...facts]).due).toBe('2025-09-30');
    expect(viewOf([...undertaken(), ...facts]).extensions).toHaveLength(3);
  });
  it('is what it was before where one of the two words is retracted', () => {
    expect(stateOf([...undertaken(), extended('2025-09-30', RU)]).due).toBe('2025-06-30');
  });
});

describe('A waiver', () => {
  it('is the word of a beneficiary, and ends the commitment', () => {
    given(undertaken(), waive(RU)).records('CommitmentWaived');
    given(undertaken(), waive(US)).refuses('NOT_A_BENEFICIARY');
    expect(statusOf(stateOf([...undertaken(), waived(RU)]))).toBe('waived');
    expect(given([...undertaken(), alleged(RU)], waive(RU)).reliance).toEqual({ restsOn: [], ends: [1, 2] });
  });
  it('ends it once every beneficiary has waived, and drops the allegation of its own party only', () => {
    const both = [...undertaken(mutual), alleged(RU), alleged(US, 'c'), waived(RU)];
    expect(stateOf(both)).toMatchObject({ ended: null, breachOpen: true });
    expect(viewOf(both).allegations).toMatchObject([{ state: 'dropped' }, { state: 'alleged' }]);
    given(both, allege(RU)).refuses('COMMITMENT_ENDED');
    expect(viewOf([...undertaken(mutual), waived(RU), reported(US)])).toMatchObject({
      status: 'open',
      awaiting: [],
    });
    given([...both, reported(US)], acknowledge(RU)).refuses('COMMITMENT_ENDED');
    given(both, waive(US)).records('CommitmentWaived');
    expect(stateOf([...both, waived(US)])).toMatchObject({ ended: 'waived', breachOpen: false });
  });
  it('by one side and the fulfilment of what the other is owed discharge a mutual commitment', () => {
    given([...undertaken(mutual), reported(US), acknowledged(RU)], waive(US)).records(
      'CommitmentWaived',
      'CommitmentDischarged',
    );
    given([...undertaken(mutual), waived(US), reported(US)], acknowledge(RU)).records(
      'FulfilmentAcknowledged',
      'CommitmentDischarged',
    );
  });
});

describe('After the end', () => {
  const fulfilled = [...undertaken(), alleged(RU), reported(), acknowledged(RU), discharged];
  const released = [...undertaken(), alleged(RU), answered(), reported(), extended('2025-09-30'), waived(RU)];

  it.each<[string, GivenFact[], CommitmentAct]>([
    ['reporting what is owed all the time', [...undertaken({ mode: 'continuous' }), waived(RU)], report(US)],
    ['acknowledging', released, acknowledge(RU)],
    ['disputing', released, dispute(RU)],
    ['disputing what was acknowledged', fulfilled, dispute(RU)],
    ['alleging', fulfilled, allege(RU)],
    ['extending', released, extend(US, '2026-01-31')],
    ['waiving what is discharged', fulfilled, waive(RU)],
  ])('%s is refused', (_name, facts, asked) => {
    given(facts, asked).refuses('COMMITMENT_ENDED');
  });

  it('what was alleged has dropped, and is neither answered nor withdrawn', () => {
    given(fulfilled, answer(US)).refuses('BREACH_CLOSED');
    given(released, withdraw(RU)).refuses('BREACH_CLOSED');
  });

  it.each<[string, GivenFact[], CommitmentAct]>([
    ['reporting', fulfilled, report(US)],
    ['reporting what was waived since', released, report(US)],
    ['acknowledging', fulfilled, acknowledge(RU)],
    ['waiving', released, waive(RU)],
    ['answering', released, answer(US)],
    ['proposing the same date', released, extend(US, '2025-09-30')],
  ])('%s again changes nothing and is no error', (_name, facts, asked) => {
    given(facts, asked).changesNothing();
  });
});

describe('The same transition twice', () => {
  it.each<[string, GivenFact[], CommitmentAct]>([
    ['disputing', [reported(), disputed(RU)], dispute(RU)],
    ['withdrawing', [alleged(RU), withdrawn(RU)], withdraw(RU)],
    ['naming the date in force', [], extend(RU, '2025-06-30')],
    [
      'naming a date that holds',
      [extended('2025-09-30'), extended('2025-09-30', RU)],
      extend(RU, '2025-09-30'),
    ],
    ['proposing a date', [extended('2025-09-30')], extend(US, '2025-09-30')],
  ])('%s again changes nothing and is no error', (_name, facts, asked) => {
    given([...undertaken(), ...facts], asked).changesNothing();
  });

  it.each<[string, GivenFact[], CommitmentAct]>([
    ['reports', [reported(attributedTo('US'))], report(US)],
    ['disputes', [reported(), disputed(attributedTo('RU'))], disputing(RU, 'r')],
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
    given([...undertaken(), ...facts], asked).records(asked.event.type);
    const by = { act: asked.act, data: asked.event.data };
    const { reports, allegations, extensions, waivers } = viewOf([
      ...undertaken(),
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
    expect(stateOf([...undertaken(), { ...reported(), occurred }]).lastHeard).toBe('2025-05-02');
    expect(stateOf([...undertaken(), reported()]).lastHeard).toBe('2025-04-10T09:00:02.000Z');
  });
  it('is no amendment of the record', () => {
    const correction: GivenFact = fact('EventCorrected', RU, { target: 't' });
    expect(stateOf([...undertaken(), correction]).lastHeard).toBe('2025-04-10T09:00:01.000Z');
  });
});

describe('Once what stood in its way has fallen, a commitment is discharged', () => {
  const due = (...facts: readonly GivenFact[]) => follows(stateOf(facts)).map((one) => one.type);

  it('by the acknowledgement of what was reported', () => {
    expect(due(...undertaken(), reported(), acknowledged(RU))).toEqual(['CommitmentDischarged']);
  });
  it('not by a report alone, not where it is owed all the time or waived, and not once more', () => {
    expect(due(...undertaken(), reported())).toEqual([]);
    expect(due(...undertaken({ mode: 'continuous' }), reported(), acknowledged(RU))).toEqual([]);
    expect(due(...undertaken(), waived(RU))).toEqual([]);
    expect(due(...undertaken(), reported(), acknowledged(RU), discharged)).toEqual([]);
  });
});
