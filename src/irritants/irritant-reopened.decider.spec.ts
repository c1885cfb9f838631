import { describe, expect, it } from '@jest/globals';
import { forRu, idAt, RU, US } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import { stageOf } from './irritant-stage.facts.js';
import {
  ask,
  claimed,
  given,
  letRest,
  raised,
  reopened,
  stateOf,
  withdrawn,
} from '../../test/support/irritant-given.js';

const again = [raised, claimed('agreement'), ...letRest, reopened(3)];

describe('In a reopened irritant', () => {
  it('whatever else only an open one takes rests on the reopening', () => {
    given(again, ask('SuspendIrritant', US)).records({ type: 'IrritantSuspended', restsOn: [4] });
  });

  it('a party takes back what it said itself, and that rests on the reopening of nobody', () => {
    given(again, ask('WithdrawIrritant', RU)).records({ type: 'IrritantWithdrawn', restsOn: [0] });
    given(again, ask('WithdrawUnderstandingClaim', RU, { claimId: 'c' })).records({
      type: 'UnderstandingClaimWithdrawn',
      restsOn: [],
    });
  });

  it('that was withdrawn in between, it rests on the reopening before that as well', () => {
    given([...again, withdrawn(), reopened(5, RU)], ask('SuspendIrritant', US)).records({
      type: 'IrritantSuspended',
      restsOn: [4, 6],
    });
  });
});

describe('A withdrawal of what turns out to have been closed', () => {
  const after = (...facts: readonly GivenFact[]) => stateOf(raised, ...facts);

  it('says nothing of it, whether it rests or is withdrawn', () => {
    const dormant = after(...letRest, withdrawn());
    expect([stageOf(dormant), dormant.withdrawals]).toEqual(['dormant', []]);
    const twice = after(withdrawn(), withdrawn());
    expect(twice.milestones.map((one) => one.eventId)).toEqual([idAt(1)]);
  });

  it('reopens nothing that was closed otherwise, where it is taken back', () => {
    expect(stageOf(after(...letRest, withdrawn(), reopened(3, RU)))).toBe('dormant');
  });

  it('is the party’s own word in the place of one that was attributed to it', () => {
    const { milestones } = after(withdrawn(forRu), withdrawn());
    expect(milestones.map((one) => [one.stage, one.basis])).toEqual([
      ['withdrawn', 'attributed'],
      ['withdrawn', 'direct'],
    ]);
  });
});
