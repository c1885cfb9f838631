import { describe, expect, it } from '@jest/globals';
import { directly, fact, forUs, idAt, RU, US } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import { currentMilestone } from './irritant-stage.facts.js';
import {
  acknowledged,
  ask,
  claimed,
  confirmed,
  denied,
  given,
  hash,
  raised,
  reviewed,
  stageAfter,
  suspended,
} from '../../test/support/irritant-given.js';

const claim = claimed('roadmap-to-be-developed');
const takenBack = fact('UnderstandingClaimWithdrawn', RU, { claimId: 'c' });
const confirm = (act = US, data: object = {}, content: object = {}) =>
  ask('ConfirmUnderstanding', act, { claimId: 'c', mode: 'same-text', ...data }, { content });
const deny = ask('DenyUnderstanding', US, { claimId: 'c' });
const takeBack = (act: typeof US) => ask('WithdrawUnderstandingClaim', act, { claimId: 'c' });
const acknowledge = (act = US) => ask('AcknowledgeIrritant', act);

describe('A claim', () => {
  it('never moves the stage by itself, however often it is made', () => {
    expect(stageAfter(raised, claim, { ...claim, data: { ...claim.data, claimId: 'c2' } })).toBe('raised');
  });
  it('that a roadmap is to be developed, confirmed by the other side, is a roadmap in principle', () => {
    given([raised, claim], confirm()).records(
      { type: 'UnderstandingConfirmed', data: { claimId: 'c', mode: 'same-text', textHash: hash } },
      {
        type: 'RoadmapAgreedInPrinciple',
        data: { claimId: 'c', basis: 'direct', restsOn: [idAt(1), 'this'] },
      },
    );
  });
  it('confirmed in part is an answer, and no more: the sides consult', () => {
    given([raised, claim], confirm(US, { mode: 'partial' }, { text: { en: 'Only two of them.' } })).records(
      'UnderstandingConfirmed',
    );
    expect(stageAfter(raised, claim, confirmed('partial'))).toBe('under-consultation');
  });
  it('of another kind is confirmed without a milestone of its own', () => {
    given([raised, claimed('factual')], confirm()).records('UnderstandingConfirmed');
  });
  it('can be answered by the other side only', () => {
    given([raised, claim], confirm(RU)).refuses('OWN_CLAIM');
  });
  it('is confirmed in the same text only by naming the hash of that text', () => {
    given([raised, claim], confirm(US, { textHash: 'b'.repeat(64) })).refuses('TEXT_MISMATCH');
    given([raised, claim], confirm(US, {}, { text: { en: 'Other words.' } })).refuses('TEXT_MISMATCH');
  });
  it('confirmed in own words needs the words', () => {
    given([raised, claim], confirm(US, { mode: 'own-words' })).refuses('TEXT_REQUIRED');
  });
  it('that does not exist cannot be answered', () => {
    given([raised], confirm()).refuses('CLAIM_UNKNOWN');
  });
  it('that was withdrawn is not answered any more', () => {
    given([raised, claim, takenBack], confirm()).refuses('CLAIM_WITHDRAWN');
  });
  it('that was denied may still be confirmed: a side may change its mind towards agreement', () => {
    given([raised, claim, denied()], confirm()).records('UnderstandingConfirmed', 'RoadmapAgreedInPrinciple');
  });
  it('that both hold can neither be denied nor withdrawn by one of them', () => {
    const understood = [raised, claim, confirmed()];
    given(understood, deny).refuses('CLAIM_ALREADY_CONFIRMED');
    given(understood, takeBack(RU)).refuses('CLAIM_ALREADY_CONFIRMED');
  });
  it('is withdrawn by its own side only', () => {
    given([raised, claim], takeBack(US)).refuses('NOT_OWN_CLAIM');
  });
  it('is made while work is suspended as well: a suspension refuses nothing, and is shown', () => {
    const asked = ask('ClaimUnderstanding', RU, claim.data);
    given([raised, suspended()], asked).records('UnderstandingClaimed');
  });
});

describe('A review of the stage', () => {
  const open = (stage: string, act = RU) => ask('OpenStageReview', act, { stage });
  const conclude = (stage: string, act = US) => ask('ConcludeStageReview', act, { stage });
  const opened = fact('StageReviewOpened', RU, { stage: 'raised' });
  const concluded = (party: 'RU' | 'US', stage: string): GivenFact =>
    fact('StageReviewConcluded', directly(party), { stage });

  it('is opened by either side, which says which stage holds in its view, and moves nothing', () => {
    given([raised, acknowledged()], open('raised')).records('StageReviewOpened');
    expect(given([raised, acknowledged(), opened]).state?.review).not.toBeNull();
    expect(stageAfter(raised, acknowledged(), opened)).toBe('under-consultation');
  });
  it('ends when each side has named the same stage, which then holds', () => {
    const review = [raised, acknowledged(), opened];
    expect(stageAfter(...review, concluded('US', 'raised'))).toBe('raised');
    expect(given([...review, concluded('US', 'raised')]).state?.review).toBeNull();
    expect(stageAfter(...review, concluded('US', 'under-consultation'))).toBe('under-consultation');
    expect(given([...review, concluded('US', 'under-consultation')]).state?.review).not.toBeNull();
    given(review, conclude('raised')).records('StageReviewConcluded');
  });
  it('never reaches higher than the present stage', () => {
    given([raised, acknowledged(), opened], conclude('agreed')).refuses('STAGE_ABOVE_PRESENT');
    given([raised], open('agreed')).refuses('STAGE_ABOVE_PRESENT');
    given([raised], conclude('raised')).refuses('NO_REVIEW_OPEN');
  });
  it('is one at a time', () => {
    given([raised, acknowledged(), opened], open('raised', US)).refuses('REVIEW_ALREADY_OPEN');
    given([raised, acknowledged(), opened], open('raised')).changesNothing();
  });
});

describe('A word that was attributed', () => {
  it('does not stand in the way of the party’s own word, which then counts as direct', () => {
    given([raised, acknowledged(forUs)], acknowledge()).records('IrritantAcknowledged');
    expect(currentMilestone(given([raised, acknowledged(forUs), acknowledged()]).existing).basis).toBe(
      'direct',
    );
    given(
      [raised, claim, confirmed('same-text', forUs)],
      confirm(US, { mode: 'own-words' }, { text: { en: 'As we see it.' } }),
    ).records('UnderstandingConfirmed', 'RoadmapAgreedInPrinciple');
  });

  it('counts anew after a review that went below it', () => {
    const after = [raised, acknowledged(forUs), ...reviewed('raised', US, RU)];
    expect(stageAfter(...after)).toBe('raised');
    given(after, acknowledge()).records('IrritantAcknowledged');
    expect(stageAfter(...after, acknowledged())).toBe('under-consultation');
  });
});
