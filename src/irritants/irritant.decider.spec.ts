import { describe, expect, it } from '@jest/globals';
import { derived, drawn, fact, forUs, RU, US } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import { currentMilestone } from './irritant-stage.facts.js';
import type { IrritantCommand } from './irritant-terms.decider.js';
import {
  accepted,
  acknowledged,
  ask,
  claimed,
  coRaised,
  confirmed,
  denied,
  given,
  hash,
  ofNobody,
  raised,
  raising,
  rejected,
  stageAfter,
  suspended,
  tabled,
  unraised,
  withdrawn,
} from '../../test/support/irritant-given.js';

const claim = claimed('roadmap-to-be-developed');
const takenBack = fact('UnderstandingClaimWithdrawn', RU, { claimId: 'c' });
const terms = tabled();
const untabled = fact('ResolutionProposalWithdrawn', RU, { resolutionId: 'r' });
const confirm = (act = US, data: object = {}, content: object = {}) =>
  ask('ConfirmUnderstanding', act, { claimId: 'c', mode: 'same-text', ...data }, { content });
const deny = ask('DenyUnderstanding', US, { claimId: 'c' });
const takeBack = (act: typeof US) => ask('WithdrawUnderstandingClaim', act, { claimId: 'c' });
const acknowledge = (act = US) => ask('AcknowledgeIrritant', act);
const accept = (act = US, facts: object = {}, termsHash = hash) =>
  ask('AcceptResolution', act, { resolutionId: 'r', termsHash, checked: [] }, { facts });
const untable = (act: typeof US) => ask('WithdrawResolutionProposal', act, { resolutionId: 'r' });

describe('Raising an irritant', () => {
  const raise = (act = RU, data: object = {}, content: object = {}, facts: object = {}) =>
    ask('RaiseIrritant', act, { ...raising, ...data }, { content, facts });

  it('is recorded where the party that acts is among the raisers', () => {
    given([], raise()).records('IrritantRaised');
  });
  it('names no other raiser than the party that acts: each raises by its own word', () => {
    given([], raise(US)).refuses('RAISER_NOT_ACTING');
    given([], raise(RU, { raisers: ['RU', 'US'] })).refuses('RAISER_NOT_ACTING');
    given([], raise(RU, { raisers: [] })).refuses('RAISER_NOT_ACTING');
  });
  it('has no raiser where whoever keeps the record says that nobody says who raised it', () => {
    const nobodys = { raisers: [], respondents: [], raisedBasis: 'first-recorded' };
    given([], raise(ofNobody, nobodys)).records('IrritantRaised');
    given([], raise(ofNobody, { ...nobodys, raisedBasis: 'stated' })).refuses('RAISER_NOT_ACTING');
  });
  it('gives its own name for the matter, and none for the other side', () => {
    given([], raise(RU, {}, { designations: { RU: { en: 'Our houses' } } })).records('IrritantRaised');
    given([], raise(RU, {}, { designations: { US: { en: 'Their houses' } } })).refuses(
      'DESIGNATION_OF_ANOTHER',
    );
  });
  it('needs somebody else who is asked to answer', () => {
    given([], raise(RU, { respondents: ['RU'] })).refuses('NO_OTHER_RESPONDENT');
  });
  it('is not refused by a suspension, which is shown', () => {
    given([], raise(RU, {}, {}, { dialogue: { suspensions: [{ party: 'US' }] } })).records('IrritantRaised');
  });
});

describe('Acknowledging', () => {
  it('by the respondent begins consultation, without prejudice', () => {
    given([raised], acknowledge()).records({ type: 'IrritantAcknowledged', data: {} });
    expect(stageAfter(raised, acknowledged())).toBe('under-consultation');
  });
  it('is refused to the raiser: nobody answers its own matter', () => {
    given([raised], acknowledge(RU)).refuses('NOT_A_RESPONDENT');
    expect(stageAfter(raised, acknowledged(RU))).toBe('raised');
  });
  it('answers the raising of the other side, so each may acknowledge where both raised it', () => {
    given([raised, coRaised()], acknowledge(RU)).records('IrritantAcknowledged');
  });
  it('is not possible where nobody is on record as raising it', () => {
    given([unraised], acknowledge()).refuses('NO_RAISER');
    expect(stageAfter(unraised, acknowledged())).toBe('raised');
  });
  it('falls with the raising: once that is disavowed, there is no raiser and nothing to acknowledge', () => {
    const unauthored = { ...raised, act: ofNobody };
    expect(given([unauthored]).state?.raisers).toEqual([]);
    given([unauthored], acknowledge()).refuses('NO_RAISER');
  });
  it('is attributed in basis as soon as one act that it rests on is', () => {
    expect(currentMilestone(given([raised, acknowledged(forUs)]).existing).basis).toBe('attributed');
  });
});

describe('A closed irritant', () => {
  const closed = [raised, claim, terms, withdrawn()];
  it.each([
    ['is acknowledged', acknowledge()],
    ['has a claim confirmed', confirm()],
    ['is resolved', accept()],
    ['is contested', ask('ContestIrritant', US)],
    ['is suspended', ask('SuspendIrritant', US)],
    ['is reported resolved in part', ask('ReportPartialResolution', US)],
    ['is co-raised', ask('CoRaiseIrritant', US)],
  ])('no longer %s', (_name, asked) => {
    given(closed, asked).refuses('IRRITANT_CLOSED');
  });
  it('still takes statements', () => {
    given(closed, ask('StatePosition', US, { stance: 'resolved' })).records('PositionStated');
  });
});

describe('The same transition twice', () => {
  it.each<[string, readonly GivenFact[], IrritantCommand]>([
    ['acknowledging', [raised, acknowledged()], acknowledge()],
    ['contesting', [raised, fact('IrritantContested', US)], ask('ContestIrritant', US)],
    ['co-raising', [raised, coRaised()], ask('CoRaiseIrritant', US)],
    ['confirming', [raised, claim, confirmed()], confirm()],
    ['denying', [raised, claim, denied()], deny],
    ['withdrawing a claim', [raised, claim, takenBack], takeBack(RU)],
    ['accepting terms', [raised, terms, accepted()], accept()],
    ['rejecting terms', [raised, terms, rejected()], ask('RejectResolution', US, { resolutionId: 'r' })],
    ['withdrawing terms', [raised, terms, untabled], untable(RU)],
    ['suspending', [raised, suspended()], ask('SuspendIrritant', US)],
    ['resuming', [raised], ask('ResumeIrritant', US)],
    ['withdrawing', [raised, coRaised(), withdrawn()], ask('WithdrawIrritant', RU)],
    ['proposing dormancy', [raised, fact('DormancyProposed', RU)], ask('ProposeDormancy', RU)],
    [
      'making dormant',
      [raised, fact('DormancyProposed', RU), fact('IrritantMadeDormant', US)],
      ask('MakeIrritantDormant', US),
    ],
  ])('%s again changes nothing and is no error', (_name, facts, asked) => {
    given(facts, asked).changesNothing();
  });
});

describe('Breaches', () => {
  it('are noted once and cleared once', () => {
    const noted = fact('BreachNoted', derived, { commitmentId: 'k' });
    const clear = drawn('ClearBreach', { commitmentId: 'k' });
    const note = drawn('NoteBreach', { commitmentId: 'k' });
    given([raised], note).records('BreachNoted');
    given([raised, noted], note).changesNothing();
    given([raised, noted], clear).records('BreachCleared');
    given([raised], clear).changesNothing();
  });
});
