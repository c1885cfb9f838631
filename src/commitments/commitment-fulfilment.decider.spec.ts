import { describe, expect, it } from '@jest/globals';
import { forRu, forUs, RU, US } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import {
  acknowledge,
  acknowledged,
  alleged,
  answered,
  discharged,
  dispute,
  disputed,
  given,
  mutual,
  report,
  reported,
  stateOf,
  undertaken,
  viewOf,
  waived,
  withdrawn,
} from '../../test/support/commitment-given.js';
import { follows } from './commitment-fulfilment.decider.js';
import { statusOf } from './commitment-status.facts.js';

const discharge = ['FulfilmentAcknowledged', 'CommitmentDischarged'];

describe('Fulfilment', () => {
  it('is reported by an obligor, as often as it says so', () => {
    given(undertaken(), report(US)).records({ type: 'FulfilmentReported', restsOn: [1], ends: [] });
    given(undertaken(), report(RU)).refuses('NOT_AN_OBLIGOR');
    given([...undertaken(), reported()], report(US)).records('FulfilmentReported');
    expect(viewOf(...undertaken(), reported(), reported()).reports).toHaveLength(2);
    expect(statusOf(stateOf(...undertaken(), reported()))).toBe('fulfilment-reported');
  });
  it('that the beneficiary acknowledges discharges the commitment', () => {
    given([...undertaken(), reported()], acknowledge(RU)).records('FulfilmentAcknowledged', {
      type: 'CommitmentDischarged',
      data: {},
    });
    const end = [...undertaken(), reported(), acknowledged(RU), discharged];
    expect(stateOf(...end)).toMatchObject({ ended: 'discharged' });
    expect(statusOf(stateOf(...end))).toBe('discharged');
  });
  it('under a condition discharges it in the same way', () => {
    given([...undertaken({ mode: 'conditional' }), reported()], acknowledge(RU)).records(...discharge);
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
    expect(statusOf(stateOf(...before))).toBe('disputed');
    given([...undertaken(), reported()], dispute(RU)).records('FulfilmentDisputed');
    given(before, report(US)).records('FulfilmentReported');
    given(before, acknowledge(RU)).records(...discharge);
    expect(viewOf(...before, reported())).toMatchObject({
      status: 'fulfilment-reported',
      reports: [{ state: 'disputed' }, { state: 'reported' }],
      awaiting: [{ what: 'answer-to-fulfilment', from: 'RU' }],
    });
  });
  it('stays acknowledged, whatever the obligor reports beside', () => {
    const kept = [...undertaken(mutual), reported(), acknowledged(RU), reported()];
    given([...kept, reported(RU)], acknowledge(US)).records(...discharge);
    expect(viewOf(...kept)).toMatchObject({ status: 'open', awaiting: [] });
  });
  it('is answered by a word that rests on the report', () => {
    const facts = [...undertaken(), reported()];
    for (const judge of [acknowledge, dispute]) {
      expect(given(facts, judge(RU)).reliance).toEqual({ restsOn: [2], ends: [2] });
    }
  });
  it('that is acknowledged is no longer open to dispute', () => {
    given([...undertaken(mutual), reported(), acknowledged(RU)], dispute(RU)).refuses('NOTHING_REPORTED');
    expect(viewOf(...undertaken(mutual), reported(), acknowledged(RU), disputed(RU)).reports).toMatchObject([
      { state: 'acknowledged' },
    ]);
  });
  it('of both sides is needed where both are bound', () => {
    const first = [...undertaken(mutual), reported(US), acknowledged(RU)];
    given([...undertaken(mutual), reported(US)], acknowledge(RU)).records('FulfilmentAcknowledged');
    given([...first, reported(RU)], acknowledge(US)).records(...discharge);
    expect(stateOf(...first, discharged).ended).toBeNull();
  });
  it('of what is owed all the time is reported again and again, and ends nothing', () => {
    const kept = [...undertaken({ mode: 'continuous' }), reported(), acknowledged(RU)];
    given(kept.slice(0, 3), acknowledge(RU)).records('FulfilmentAcknowledged');
    expect(statusOf(stateOf(...kept))).toBe('open');
    given(kept, report(US)).records('FulfilmentReported');
    given([...kept, reported()], report(US)).records('FulfilmentReported');
    expect(viewOf(...kept, reported(), reported(), acknowledged(RU)).reports).toMatchObject([
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
    expect(viewOf(...facts).reports).toMatchObject([{ state: 'disputed' }, { state: 'acknowledged' }]);
  });
  it('names the report that it is to; it need not where one alone is open', () => {
    const both = [...undertaken({ mode: 'continuous' }), reported(), reported(US, 's')];
    given(both, acknowledge(RU, 's')).records({ type: 'FulfilmentAcknowledged', data: { reportId: 's' } });
    given([...both, acknowledged(RU)], dispute(RU)).records({
      type: 'FulfilmentDisputed',
      data: { reportId: 's' },
    });
    given(both, acknowledge(RU)).refuses('SEVERAL_REPORTS');
    given(both, dispute(RU)).refuses('SEVERAL_REPORTS');
    given(both, dispute(RU, 'x')).refuses('REPORT_UNKNOWN');
    given([...undertaken(mutual), reported(RU)], acknowledge(RU, 'r')).refuses('REPORT_UNKNOWN');
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
    given(both, acknowledge(RU, 'r')).records({ type: 'FulfilmentAcknowledged', data: { reportId: 'r' } });
  });
  it('that the party gave itself is not given otherwise in its name', () => {
    given([...undertaken(), reported(), disputed(RU)], acknowledge(forRu)).refuses('OWN_WORD_STANDS');
  });
  it('is awaited for each report that is open', () => {
    const both = [...undertaken({ mode: 'continuous' }), reported(), reported(US, 's'), acknowledged(RU)];
    expect(viewOf(...both).awaiting).toMatchObject([
      { what: 'answer-to-fulfilment', from: 'RU', reportId: 's' },
    ]);
  });
  it('to one allegation is none to another', () => {
    const facts = [...undertaken(), alleged(RU), withdrawn(RU), alleged(RU, 'c'), answered(US, 'c')];
    expect(viewOf(...facts).allegations).toMatchObject([
      { state: 'withdrawn', answers: [] },
      { state: 'answered', answers: [{ party: 'US' }] },
    ]);
  });
});

describe('A discharge', () => {
  it('counts no longer once the acknowledgement that it was drawn from is retracted', () => {
    const retracted = [...undertaken(), reported(), discharged];
    expect(stateOf(...retracted).ended).toBeNull();
    expect(viewOf(...retracted)).toMatchObject({ status: 'fulfilment-reported', discharged: null });
    given(retracted, acknowledge(RU)).records(...discharge);
    expect(statusOf(stateOf(...undertaken(), acknowledged(RU), discharged))).toBe('open');
  });
  it('brings no allegation back but the one that it had ended', () => {
    const before = [...undertaken(), alleged(RU), reported()];
    expect(stateOf(...before, acknowledged(RU), discharged).breachOpen).toBe(false);
    expect(stateOf(...before, discharged).breachOpen).toBe(true);
  });
  it('rests the firmer once a party says itself what was attributed to it', () => {
    const end = [...undertaken(), reported(forUs), acknowledged(forRu), discharged];
    given(end, acknowledge(RU)).records('FulfilmentAcknowledged');
    given(end, report(US)).records('FulfilmentReported');
    const firm = viewOf(...end, acknowledged(RU), reported(US));
    expect(firm).toMatchObject({ status: 'discharged', reports: [{ capacity: 'direct' }] });
    expect(firm.reports[0]?.answers).toMatchObject([{ capacity: 'direct' }]);
  });
});

describe('Once what stood in its way has fallen, a commitment is discharged', () => {
  const due = (...facts: readonly GivenFact[]) => follows(stateOf(...facts)).map((one) => one.type);

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
