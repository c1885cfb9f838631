import { describe, expect, it } from '@jest/globals';
import { attributedTo, derived, idAt, proposing } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import type { IrritantCommand } from './irritant-terms.decider.js';
import { standing } from './irritant-stage.facts.js';
import { given, hash, raised, RU, US } from '../../test/support/irritant-given.js';

const forRu = attributedTo('RU');
const forUs = attributedTo('US');

const byRu: GivenFact = { ...raised, data: { ...raised.data, respondents: ['RU', 'US'] } };
const joined: GivenFact = fact('IrritantCoRaised', US);
const byBoth = [byRu, joined];

type Sample = readonly [command: string, event: string, data?: object];
const accepting: Sample = ['AcceptResolution', 'ResolutionAccepted', { resolutionId: 'r', termsHash: hash }];
const rejecting: Sample = ['RejectResolution', 'ResolutionRejected', { resolutionId: 'r' }];
const denying: Sample = ['DenyUnderstanding', 'UnderstandingDenied', { claimId: 'c' }];
const withdrawing: Sample = ['WithdrawIrritant', 'IrritantWithdrawn'];
const proposingRest: Sample = ['ProposeDormancy', 'DormancyProposed'];
const resting: Sample = ['MakeIrritantDormant', 'IrritantMadeDormant'];
const suspending: Sample = ['SuspendIrritant', 'IrritantSuspended'];
const coRaising: Sample = ['CoRaiseIrritant', 'IrritantCoRaised'];

const fact = ([, type, data = {}]: Sample, act: typeof US): GivenFact => fact(type, act, data);
const asked = ([type, event, data = {}]: Sample, act: typeof US): IrritantCommand =>
  proposing(type, act, { type: event, data }) as unknown as IrritantCommand;

const terms: GivenFact = fact('ResolutionProposed', RU, { resolutionId: 'r', termsHash: hash });
const claim: GivenFact = fact('UnderstandingClaimed', RU, {
  claimId: 'c',
  kind: 'agreement',
  textHash: hash,
});
const resolvedBy = (index: number, basis: string): GivenFact =>
  fact('IrritantResolved', derived, { resolutionId: 'r', basis, restsOn: [idAt(1), idAt(index)] });
const basisOf = (facts: readonly GivenFact[]) => {
  const { state } = given(facts);
  return state === null ? undefined : [standing(state).stage, standing(state).basis];
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
    const attributed = [...before, fact(sample, forUs)];
    given(attributed, asked(sample, US)).records(sample[1]);
    given(attributed, asked(sample, forUs)).changesNothing();
    const own = [...attributed, fact(sample, US)];
    given(own, asked(sample, US)).changesNothing();
    given(own, asked(sample, forUs)).changesNothing();
  });

  it('resolves the irritant anew, on direct acts', () => {
    const attributed = [byRu, terms, fact(accepting, forUs), resolvedBy(2, 'attributed')];
    expect(basisOf(attributed)).toEqual(['resolved', 'attributed']);
    given(attributed, asked(accepting, US)).records('ResolutionAccepted', {
      type: 'IrritantResolved',
      data: { resolutionId: 'r', basis: 'direct', restsOn: [idAt(1), 'this'] },
    });
    const own = [...attributed, fact(accepting, US), resolvedBy(4, 'direct')];
    expect(basisOf(own)).toEqual(['resolved', 'direct']);
    given(own, asked(accepting, US)).changesNothing();
  });

  it('does not resolve again what was reopened since', () => {
    const reopened: GivenFact = fact('IrritantReopened', US, { closingEventId: idAt(3) });
    given(
      [byRu, terms, fact(accepting, forUs), resolvedBy(2, 'attributed'), reopened],
      asked(accepting, US),
    ).refuses('RESOLUTION_NOT_OPEN');
  });

  it('lets a withdrawal that closed the irritant rest on direct acts', () => {
    const attributed = [...byBoth, fact(withdrawing, forUs), fact(withdrawing, RU)];
    expect(basisOf(attributed)).toEqual(['withdrawn', 'attributed']);
    given(attributed, asked(withdrawing, US)).records('IrritantWithdrawn');
    expect(basisOf([...attributed, fact(withdrawing, US)])).toEqual(['withdrawn', 'direct']);
  });

  it('lets dormancy rest on direct acts, whichever side speaks', () => {
    const attributed = [byRu, fact(proposingRest, forRu), fact(resting, forUs)];
    given(attributed, asked(resting, US)).records('IrritantMadeDormant');
    const accepted = [...attributed, fact(resting, US)];
    expect(basisOf(accepted)).toEqual(['dormant', 'attributed']);
    given(accepted, asked(resting, US)).changesNothing();
    given(accepted, asked(proposingRest, RU)).records('DormancyProposed');
    const own = [...accepted, fact(proposingRest, RU)];
    expect(basisOf(own)).toEqual(['dormant', 'direct']);
    given(own, asked(proposingRest, RU)).refuses('IRRITANT_CLOSED');
  });

  it('is what is shown of a denial, of a suspension, and of joining in', () => {
    const said = (sample: Sample) => [fact(sample, forUs), fact(sample, US)];
    const { state } = given([byRu, claim, ...said(denying), ...said(suspending), ...said(coRaising)]);
    expect(state?.claims[0]?.answer?.said.capacity).toBe('direct');
    expect(state?.suspensions.map((one) => one.capacity)).toEqual(['direct']);
    expect(state?.coRaised.map((one) => one.capacity)).toEqual(['direct']);
    expect(state?.raisers).toEqual(['RU', 'US']);
  });
});
