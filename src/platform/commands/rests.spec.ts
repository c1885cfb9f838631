import { describe, expect, it } from '@jest/globals';
import type { Decided } from '#libs/decider';
import { directly, idAt, on, storedStream } from '../../../test/support/stored.js';
import { slices } from '../../slices.js';
import { restingOnNamed } from './rests.js';
import type { Slice } from '../record/slice.js';

const slice = (name: string) => slices.find((one) => one.name === name) as Slice;
const claimId = idAt(700);
const noteId = idAt(701);
const restsOf = (decided: Decided) => (decided.restsOn ?? []).map((one) => Number(one.slice(-12)));

describe('An act rests on the event that brought in what it names', () => {
  const events = storedStream(`irritant-${idAt(900)}`, [
    { type: 'IrritantRaised' },
    { type: 'UnderstandingClaimed', data: { claimId, textHash: 'a'.repeat(64) } },
    { type: 'UnderstandingDenied', act: directly('US'), data: { claimId } },
  ]);
  const resting = (decided: Partial<Decided> & { type: string }) =>
    restsOf(restingOnNamed(slice('irritants'), events, { data: {}, content: {}, ...decided }));

  it('be it a claim', () => {
    expect(resting({ type: 'UnderstandingConfirmed', data: { claimId, mode: 'same-text' } })).toEqual([1]);
  });

  it('or a note, however deep its id stands', () => {
    const exchange = storedStream(`exchange-${idAt(900)}`, [
      { type: 'ExchangeReported' },
      { type: 'NotePresented', data: { within: [{ noteId }] } },
    ]);
    const received: Decided = { type: 'NoteReceived', data: { noteId }, content: {} };
    expect(restsOf(restingOnNamed(slice('exchanges'), exchange, received))).toEqual([1]);
  });

  it('beside what its rule says, and once where the rule says the same', () => {
    const data = { claimId, mode: 'same-text' };
    expect(resting({ type: 'UnderstandingConfirmed', data, restsOn: [idAt(0)] })).toEqual([0, 1]);
    expect(resting({ type: 'UnderstandingConfirmed', data, restsOn: [idAt(1)] })).toEqual([1]);
  });

  it('not on one that has dropped out', () => {
    const retracted = storedStream(`irritant-${idAt(900)}`, [
      { type: 'IrritantRaised' },
      { type: 'UnderstandingClaimed', data: { claimId } },
      { type: 'EventRetracted', data: on(1) },
    ]);
    const decided: Decided = { type: 'UnderstandingDenied', data: { claimId }, content: {} };
    expect(restingOnNamed(slice('irritants'), retracted, decided)).toEqual(decided);
  });

  it('not by naming another entry, the target of an amendment, or a word that it only says anew', () => {
    const roundId = idAt(1);
    expect(resting({ type: 'PositionStated', data: { stance: 'contests', roundId } })).toEqual([]);
    expect(resting({ type: 'PositionStated', data: { stance: 'contests', restates: claimId } })).toEqual([]);
    expect(resting({ type: 'EventRetracted', data: on(1) })).toEqual([]);
  });

  it('where it is a consequence: that rests on what it is drawn from', () => {
    expect(
      resting({ type: 'RoadmapAgreedInPrinciple', data: { claimId, basis: 'direct' }, derivedFrom: [] }),
    ).toEqual([]);
  });
});
