import { describe, expect, it } from '@jest/globals';
import { attributedTo, idAt } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import { stageOf } from './irritant-stage.facts.js';
import { command, given, hash, raised, RU, US } from '../../test/support/irritant-given.js';

const claimed: GivenFact = fact('UnderstandingClaimed', RU, {
  claimId: 'c',
  kind: 'agreement',
  textHash: hash,
});
const resting: readonly GivenFact[] = [fact('DormancyProposed', RU), fact('IrritantMadeDormant', US)];
const reopened: GivenFact = fact('IrritantReopened', US, { closingEventId: idAt(3) });
const again = [raised, claimed, ...resting, reopened];
const withdrawn: GivenFact = fact('IrritantWithdrawn', RU);

describe('In a reopened irritant', () => {
  it('whatever else only an open one takes rests on the reopening', () => {
    given(again, command('SuspendIrritant', US, { type: 'IrritantSuspended' })).records({
      type: 'IrritantSuspended',
      restsOn: [idAt(4)],
    });
  });

  it('a party takes back what it said itself, and that rests on the reopening of nobody', () => {
    given(again, command('WithdrawIrritant', RU, { type: 'IrritantWithdrawn' })).records({
      type: 'IrritantWithdrawn',
      restsOn: [idAt(0)],
    });
    const taking = { type: 'UnderstandingClaimWithdrawn', data: { claimId: 'c' } };
    given(again, command('WithdrawUnderstandingClaim', RU, taking)).records({
      type: 'UnderstandingClaimWithdrawn',
      restsOn: [],
    });
  });

  it('that was withdrawn in between, it rests on the reopening before that as well', () => {
    const since: GivenFact = fact('IrritantReopened', RU, { closingEventId: idAt(5) });
    given(
      [...again, withdrawn, since],
      command('SuspendIrritant', US, { type: 'IrritantSuspended' }),
    ).records({ type: 'IrritantSuspended', restsOn: [idAt(4), idAt(6)] });
  });
});

describe('A withdrawal of what turns out to have been closed', () => {
  const after = (...facts: GivenFact[]) => given([raised, ...facts]).state!;

  it('says nothing of it, whether it rests or is withdrawn', () => {
    const dormant = after(...resting, withdrawn);
    expect([stageOf(dormant), dormant.withdrawals]).toEqual(['dormant', []]);
    const twice = after(withdrawn, withdrawn);
    expect(twice.milestones.map((one) => one.eventId)).toEqual([idAt(1)]);
  });

  it('reopens nothing that was closed otherwise, where it is taken back', () => {
    const since: GivenFact = fact('IrritantReopened', RU, { closingEventId: idAt(3) });
    expect(stageOf(after(...resting, withdrawn, since))).toBe('dormant');
  });

  it('is the party’s own word in the place of one that was attributed to it', () => {
    const { milestones } = after({ ...withdrawn, act: attributedTo('RU') }, withdrawn);
    expect(milestones.map((one) => [one.stage, one.basis])).toEqual([
      ['withdrawn', 'attributed'],
      ['withdrawn', 'direct'],
    ]);
  });
});
