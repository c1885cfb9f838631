import { describe, expect, it } from '@jest/globals';
import { endorsedAt, fact, forUs, RU, US } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import {
  acknowledged,
  alleged,
  ask,
  asserted,
  disputed,
  extended,
  given,
  reported,
  stateOf,
  undertakes,
  withdrawn,
} from '../../test/support/commitment-given.js';
import { statusOf } from './commitment-status.facts.js';

/** What one side owes the other, as that side has said itself. */
const owedBy = (obligor: typeof US, beneficiary: string) => [
  asserted({ obligors: [obligor.party], beneficiaries: [beneficiary] }, obligor),
  undertakes(obligor),
];

const after = (facts: readonly GivenFact[]) => {
  const state = stateOf(...facts);
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
      (act) => extended('2026-01', act),
      [extended('2026-02', forUs), extended('2026-02', RU)],
      { due: '2026-02' },
    ],
    [
      'a dispute, after which the report was acknowledged',
      [...byRu, reported(RU)],
      disputed,
      [acknowledged(forUs)],
      { reports: [['r', ['acknowledged']]] },
    ],
    [
      'an acknowledgement of what it disputes itself',
      [...byRu, reported(RU)],
      acknowledged,
      [disputed(US)],
      { status: 'disputed' },
    ],
    ['an allegation that was withdrawn', byRu, alleged, [withdrawn(forUs)], { breach: false }],
    ['a report that it has made itself since', byUs, reported, [reported(US)], { reports: [['r', []]] }],
  ])('endorsing %s', (_case, before, attributed, since, expected) => {
    const facts = (act: typeof US) => [...before, attributed(act), ...since];
    const then = after(facts(forUs));
    expect(then).toMatchObject(expected);
    expect(after(facts(endorsedAt(facts(forUs).length, 'US')))).toEqual(then);
  });

  it('and what is recorded in its name after that takes the place of no word that it has endorsed', () => {
    const facts = (act: typeof US) => [...byRu, reported(RU), disputed(act), acknowledged(forUs)];
    expect(after(facts(forUs)).reports).toEqual([['r', ['acknowledged']]]);
    expect(after(facts(endorsedAt(5, 'US'))).reports).toEqual([['r', ['acknowledged']]]);
    const endorsing = fact('AttributionEndorsed', US);
    const endorsed = [...byRu, reported(RU), disputed(endorsedAt(4, 'US')), endorsing, acknowledged(forUs)];
    expect(after(endorsed).reports).toEqual([['r', ['disputed']]]);
  });
});

describe('A report in the name of the obligor', () => {
  it('is one of its own, where others have reported before it', () => {
    const report = ask('ReportFulfilment', forUs, { reportId: 'second' });
    given([...owedBy(US, 'RU'), reported(forUs)], report).records({
      type: 'FulfilmentReported',
      data: { reportId: 'second' },
    });
  });
});
