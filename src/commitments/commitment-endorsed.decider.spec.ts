import { describe, expect, it } from '@jest/globals';
import { attributedTo, directly, endorsedAt, proposing, specification } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import { commitmentDecider } from './commitment.decider.js';
import type { CommitmentAct } from './commitment-terms.decider.js';
import { statusOf } from './commitment-standing.facts.js';

const given = specification(commitmentDecider, 'commitment-1');
const RU = directly('RU');
const US = directly('US');
const forUs = attributedTo('US');

const said =
  (type: string, data: object = {}) =>
  (act: typeof US): GivenFact =>
    fact(type, act, data);
/** What one side owes the other, as that side has said itself. */
const owedBy = (obligor: typeof US, beneficiary: string): readonly GivenFact[] => [
  said('CommitmentAsserted', {
    dialogueId: 'd',
    obligors: [obligor.party],
    beneficiaries: [beneficiary],
    mode: 'once',
    due: '2025-06-30',
    irritantIds: ['i'],
    textHash: 'h',
    synthetic: false,
  })(obligor),
  said('CommitmentUndertaken')(obligor),
];
const reports = said('FulfilmentReported', { reportId: 'r' });
const acknowledges = said('FulfilmentAcknowledged', { reportId: 'r' });
const disputes = said('FulfilmentDisputed', { reportId: 'r' });
const alleges = said('BreachAlleged', { breachId: 'b' });
const withdraws = said('BreachWithdrawn', { breachId: 'b' });
const dated = (due: string) => said('CommitmentExtended', { due });

const after = (facts: readonly GivenFact[]) => {
  const { state } = given(facts);
  if (state === null) throw new Error('Nothing was asserted.');
  return {
    status: statusOf(state),
    due: state.due,
    breach: state.breachOpen,
    reports: state.reports.map((one) => [one.reportId, one.answers.map((answer) => answer.kind)]),
  };
};

describe('Endorsing what was recorded in its name, a party changes nothing of what stood after it', () => {
  const byRu = owedBy(RU, 'US');
  const byUs = owedBy(US, 'RU');
  it.each<[string, readonly GivenFact[], (act: typeof US) => GivenFact, readonly GivenFact[], object]>([
    [
      'a date, after which another one was agreed',
      byRu,
      dated('2026-01'),
      [dated('2026-02')(forUs), dated('2026-02')(RU)],
      { due: '2026-02' },
    ],
    [
      'a dispute, after which the report was acknowledged',
      [...byRu, reports(RU)],
      disputes,
      [acknowledges(forUs)],
      { reports: [['r', ['acknowledged']]] },
    ],
    [
      'an acknowledgement of what it disputes itself',
      [...byRu, reports(RU)],
      acknowledges,
      [disputes(US)],
      { status: 'disputed' },
    ],
    ['an allegation that was withdrawn', byRu, alleges, [withdraws(forUs)], { breach: false }],
    ['a report that it has made itself since', byUs, reports, [reports(US)], { reports: [['r', []]] }],
  ])('endorsing %s', (_case, before, attributed, since, expected) => {
    const facts = (act: typeof US) => [...before, attributed(act), ...since];
    const then = after(facts(forUs));
    expect(then).toMatchObject(expected);
    expect(after(facts(endorsedAt(facts(forUs).length, 'US')))).toEqual(then);
  });

  it('and what is recorded in its name after that takes the place of no word that it has endorsed', () => {
    const facts = (act: typeof US) => [...byRu, reports(RU), disputes(act), acknowledges(forUs)];
    expect(after(facts(forUs)).reports).toEqual([['r', ['acknowledged']]]);
    expect(after(facts(endorsedAt(5, 'US'))).reports).toEqual([['r', ['acknowledged']]]);
    const endorsing = said('AttributionEndorsed')(US);
    const endorsed = [...byRu, reports(RU), disputes(endorsedAt(4, 'US')), endorsing, acknowledges(forUs)];
    expect(after(endorsed).reports).toEqual([['r', ['disputed']]]);
  });
});

describe('A report in the name of the obligor', () => {
  it('is one of its own, where others have reported before it', () => {
    const report = proposing('ReportFulfilment', forUs, {
      type: 'FulfilmentReported',
      data: { reportId: 'second' },
    }) as unknown as CommitmentAct;
    given([...owedBy(US, 'RU'), reports(forUs)], report).records({
      type: 'FulfilmentReported',
      data: { reportId: 'second' },
    });
  });
});
