import { describe, expect, it } from '@jest/globals';
import { fact, forRu, forUs, RU, US } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import {
  acknowledge,
  acknowledged,
  allege,
  alleged,
  answer,
  answered,
  ask,
  asserted,
  discharged,
  dispute,
  disputed,
  extend,
  extended,
  given,
  mutual,
  report,
  reported,
  stateOf,
  terms,
  undertake,
  undertaken,
  undertakes,
  viewOf,
  waive,
  waived,
  withdraw,
  withdrawn,
} from '../../test/support/commitment-given.js';
import type { CommitmentAct } from './commitment-terms.decider.js';
import { statusOf } from './commitment-status.facts.js';

describe('Asserting a commitment', () => {
  const assert = (act = RU, over: object = {}, content: object = {}) =>
    ask('AssertCommitment', act, { ...terms, ...over }, { content });

  it('is open to either side, whoever is to owe it', () => {
    for (const side of [RU, US]) {
      given([], assert(side)).records({ type: 'CommitmentAsserted', data: terms });
    }
    given([asserted()], assert()).changesNothing();
  });
  it('puts nobody in debt', () => {
    for (const side of [RU, US]) {
      expect(stateOf(asserted(mutual, side))).toMatchObject({ inForceFor: [], assertedFor: ['RU', 'US'] });
    }
    expect(statusOf(stateOf(asserted()))).toBe('asserted');
  });
  it('names an agreement on which it rests, or none', () => {
    expect(stateOf(asserted()).basis).toEqual({ kind: 'exchange', id: 'e' });
    expect(stateOf(asserted({ basis: undefined })).basis).toBeNull();
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
    expect(stateOf(...one)).toMatchObject({ inForceFor: ['US'], assertedFor: ['RU'] });
    expect(stateOf(...one, undertakes(RU))).toMatchObject({ inForceFor: ['RU', 'US'], assertedFor: [] });
    expect(stateOf(asserted(), undertakes(RU)).inForceFor).toEqual([]);
  });
  it('is said once; the party’s own word takes the place of one that was attributed to it', () => {
    given(undertaken(), undertake(US)).changesNothing();
    const attributed = [asserted(), undertakes(forUs)];
    expect(given(attributed, undertake(US)).reliance).toEqual({ restsOn: [1], ends: [0] });
    expect(viewOf(...attributed, undertakes(US)).undertakings).toMatchObject([{ capacity: 'direct' }]);
    expect(viewOf(...undertaken(), undertakes(forUs)).undertakings).toMatchObject([{ capacity: 'direct' }]);
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
    expect(stateOf(asserted(), waived(RU))).toMatchObject({ ended: 'waived', endedBy: [{ party: 'RU' }] });
  });
});

describe('A date', () => {
  it('is extended once both sides have named the same one', () => {
    given(undertaken(), extend(US, '2025-09-30')).records('CommitmentExtended');
    const proposed = [...undertaken(), extended('2025-09-30')];
    expect(viewOf(...proposed)).toMatchObject({
      due: '2025-06-30',
      extensions: [{ due: '2025-09-30', byBoth: false, said: [{ party: 'US' }] }],
      awaiting: [{ what: 'answer-to-extension', from: 'RU' }],
    });
    expect(viewOf(...proposed, extended('2025-09-30', RU))).toMatchObject({
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
    expect(viewOf(...other)).toMatchObject({
      due: '2025-06-30',
      extensions: [
        { due: '2025-12-31', byBoth: false },
        { due: '2025-09-30', byBoth: false },
      ],
    });
    given([...undertaken(), extended('2025-09-30')], extend(US, '2025-06-30')).records('CommitmentExtended');
    expect(viewOf(...undertaken(), extended('2025-09-30'), extended('2025-06-30'))).toMatchObject({
      due: '2025-06-30',
      extensions: [],
    });
  });
  it('may come back after another one held', () => {
    const facts = ['2025-09-30', '2025-12-31', '2025-09-30'].flatMap((due) => [
      extended(due),
      extended(due, RU),
    ]);
    expect(stateOf(...undertaken(), ...facts).due).toBe('2025-09-30');
    expect(viewOf(...undertaken(), ...facts).extensions).toHaveLength(3);
  });
  it('is what it was before where one of the two words is retracted', () => {
    expect(stateOf(...undertaken(), extended('2025-09-30', RU)).due).toBe('2025-06-30');
  });
});

describe('A waiver', () => {
  it('is the word of a beneficiary, and ends the commitment', () => {
    given(undertaken(), waive(RU)).records('CommitmentWaived');
    given(undertaken(), waive(US)).refuses('NOT_A_BENEFICIARY');
    expect(statusOf(stateOf(...undertaken(), waived(RU)))).toBe('waived');
    expect(given([...undertaken(), alleged(RU)], waive(RU)).reliance).toEqual({ restsOn: [], ends: [1, 2] });
  });
  it('ends it once every beneficiary has waived, and drops the allegation of its own party only', () => {
    const both = [...undertaken(mutual), alleged(RU), alleged(US, 'c'), waived(RU)];
    expect(stateOf(...both)).toMatchObject({ ended: null, breachOpen: true });
    expect(viewOf(...both).allegations).toMatchObject([{ state: 'dropped' }, { state: 'alleged' }]);
    given(both, allege(RU)).refuses('COMMITMENT_ENDED');
    expect(viewOf(...undertaken(mutual), waived(RU), reported(US))).toMatchObject({
      status: 'open',
      awaiting: [],
    });
    given([...both, reported(US)], acknowledge(RU)).refuses('COMMITMENT_ENDED');
    given(both, waive(US)).records('CommitmentWaived');
    expect(stateOf(...both, waived(US))).toMatchObject({ ended: 'waived', breachOpen: false });
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
    ['reports', [reported(forUs)], report(US)],
    ['disputes', [reported(), disputed(forRu)], dispute(RU, 'r')],
    ['answers', [alleged(RU), answered(forUs)], answer(US)],
    ['withdraws', [alleged(RU), withdrawn(forRu)], withdraw(RU)],
    ['extends', [extended('2025-09-30', forUs)], extend(US, '2025-09-30')],
    [
      'names a date that holds',
      [extended('2025-09-30', RU), extended('2025-09-30', forUs)],
      extend(US, '2025-09-30'),
    ],
    ['waives', [waived(forRu)], waive(RU)],
  ])('counts where a party %s itself what was attributed to it', (_name, facts, asked) => {
    given([...undertaken(), ...facts], asked).records(asked.event.type);
    const by = { act: asked.act, data: asked.event.data };
    const { reports, allegations, extensions, waivers } = viewOf(...undertaken(), ...facts, {
      ...by,
      type: asked.event.type,
    });
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
    expect(stateOf(...undertaken(), { ...reported(), occurred }).lastHeard).toBe('2025-05-02');
    expect(stateOf(...undertaken(), reported()).lastHeard).toBe('2025-04-10T09:00:02.000Z');
  });
  it('is no amendment of the record', () => {
    const correction = fact('EventCorrected', RU, { target: 't' });
    expect(stateOf(...undertaken(), correction).lastHeard).toBe('2025-04-10T09:00:01.000Z');
  });
});
