import { describe, expect, it } from '@jest/globals';
import { irritantCommands } from './irritant.commands.js';
import { fact, forRu, forUs, idAt, RU, US } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import { currentMilestone } from './irritant-stage.facts.js';
import {
  ask,
  claimed,
  coRaised,
  given,
  hash,
  raised,
  reopened,
  resolved,
  stateOf,
  tabled,
} from '../../test/support/irritant-given.js';

const byRu: GivenFact = { ...raised, data: { ...raised.data, respondents: ['RU', 'US'] } };
const byBoth = [byRu, coRaised()];

type Sample = readonly [command: keyof typeof irritantCommands, data?: object];
const accepting: Sample = ['AcceptResolution', { resolutionId: 'r', termsHash: hash }];
const rejecting: Sample = ['RejectResolution', { resolutionId: 'r' }];
const denying: Sample = ['DenyUnderstanding', { claimId: 'c' }];
const withdrawing: Sample = ['WithdrawIrritant'];
const proposingRest: Sample = ['ProposeDormancy'];
const resting: Sample = ['MakeIrritantDormant'];
const suspending: Sample = ['SuspendIrritant'];
const coRaising: Sample = ['CoRaiseIrritant'];

const asked = ([type, data]: Sample, act: typeof US) => ask(type, act, data);
const said = ([type, data]: Sample, act: typeof US) => fact(irritantCommands[type].event, act, data);

const terms = tabled();
const claim = claimed('agreement');
const basisOf = (facts: readonly GivenFact[]) => {
  const { stage, basis } = currentMilestone(stateOf(...facts));
  return [stage, basis];
};

describe('A party’s own word after the same word was attributed to it', () => {
  it.each<[string, readonly GivenFact[], Sample]>([
    ['rejects a resolution', [byRu, terms], rejecting],
    ['denies an understanding', [byRu, claim], denying],
    ['withdraws the irritant', byBoth, withdrawing],
    ['proposes dormancy', [byRu], proposingRest],
    ['suspends work', [byRu], suspending],
    ['joins in raising it', [byRu], coRaising],
  ])('is recorded, once, where it %s', (_case, before, sample) => {
    const attributed = [...before, said(sample, forUs)];
    given(attributed, asked(sample, US)).records(irritantCommands[sample[0]].event);
    given(attributed, asked(sample, forUs)).changesNothing();
    const own = [...attributed, said(sample, US)];
    given(own, asked(sample, US)).changesNothing();
    given(own, asked(sample, forUs)).changesNothing();
  });

  it('resolves the irritant anew, on direct acts', () => {
    const attributed = [byRu, terms, said(accepting, forUs), resolved('attributed', 1, 2)];
    expect(basisOf(attributed)).toEqual(['resolved', 'attributed']);
    given(attributed, asked(accepting, US)).records('ResolutionAccepted', {
      type: 'IrritantResolved',
      data: { resolutionId: 'r', basis: 'direct', restsOn: [idAt(1), 'this'] },
    });
    const own = [...attributed, said(accepting, US), resolved('direct', 1, 4)];
    expect(basisOf(own)).toEqual(['resolved', 'direct']);
    given(own, asked(accepting, US)).changesNothing();
  });

  it('does not resolve again what was reopened since', () => {
    given(
      [byRu, terms, said(accepting, forUs), resolved('attributed', 1, 2), reopened(3)],
      asked(accepting, US),
    ).refuses('RESOLUTION_NOT_OPEN');
  });

  it('lets a withdrawal that closed the irritant rest on direct acts', () => {
    const attributed = [...byBoth, said(withdrawing, forUs), said(withdrawing, RU)];
    expect(basisOf(attributed)).toEqual(['withdrawn', 'attributed']);
    given(attributed, asked(withdrawing, US)).records('IrritantWithdrawn');
    expect(basisOf([...attributed, said(withdrawing, US)])).toEqual(['withdrawn', 'direct']);
  });

  it('lets dormancy rest on direct acts, whichever side speaks', () => {
    const attributed = [byRu, said(proposingRest, forRu), said(resting, forUs)];
    given(attributed, asked(resting, US)).records('IrritantMadeDormant');
    const accepted = [...attributed, said(resting, US)];
    expect(basisOf(accepted)).toEqual(['dormant', 'attributed']);
    given(accepted, asked(resting, US)).changesNothing();
    given(accepted, asked(proposingRest, RU)).records('DormancyProposed');
    const own = [...accepted, said(proposingRest, RU)];
    expect(basisOf(own)).toEqual(['dormant', 'direct']);
    given(own, asked(proposingRest, RU)).refuses('IRRITANT_CLOSED');
  });

  it('is what is shown of a denial, of a suspension, and of joining in', () => {
    const twice = (sample: Sample) => [said(sample, forUs), said(sample, US)];
    const { state } = given([byRu, claim, ...twice(denying), ...twice(suspending), ...twice(coRaising)]);
    expect(state?.claims[0]?.answer?.said.capacity).toBe('direct');
    expect(state?.suspensions.map((one) => one.capacity)).toEqual(['direct']);
    expect(state?.coRaised.map((one) => one.capacity)).toEqual(['direct']);
    expect(state?.raisers).toEqual(['RU', 'US']);
  });
});
