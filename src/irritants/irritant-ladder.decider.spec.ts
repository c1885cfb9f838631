import { describe, expect, it } from '@jest/globals';
import { overlayDetails } from './irritant-overlays.view.js';
import { derived, drawn, endorsedAt, fact, forRu, forUs, idAt, RU, US } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import { currentMilestone } from './irritant-stage.facts.js';
import {
  acknowledged,
  ask,
  begun,
  claimed,
  coRaised,
  confirmed,
  denied,
  given,
  hash,
  raised,
  reached,
  reopened,
  reviewed,
  stageAfter,
  stateOf,
  suspended,
  withdrawn,
} from '../../test/support/irritant-given.js';

const endorsed = endorsedAt(9, 'US');

const onProposal = reached('Agreed', { by: { kind: 'proposal', id: 'p' }, version: 1, contentHash: hash });
const onRoadmap = (basis = 'direct') =>
  reached('RoadmapAgreed', { roadmapId: 'r', version: 1, contentHash: hash }, basis);

const confirm = (mode: string, act = US) =>
  ask(
    'ConfirmUnderstanding',
    act,
    { claimId: 'c', mode },
    { content: mode === 'same-text' ? {} : { text: { en: 'As we see it.' } } },
  );

describe('What is agreed', () => {
  it('in principle is a claim of that, confirmed by the other side in full', () => {
    given([raised, claimed('agreement-in-principle')], confirm('own-words')).records(
      'UnderstandingConfirmed',
      'AgreedInPrinciple',
    );
    given([raised, claimed('agreement-in-principle')], confirm('partial')).records('UnderstandingConfirmed');
    const inPrinciple = reached('AgreedInPrinciple', { claimId: 'c' });
    expect(stageAfter(raised, claimed('agreement-in-principle'), confirmed(), inPrinciple)).toBe(
      'agreed-in-principle',
    );
  });

  it('is a claimed agreement that the other side confirms as the same text, not in words of its own', () => {
    given([raised, claimed('agreement')], confirm('same-text')).records('UnderstandingConfirmed', {
      type: 'Agreed',
      data: {
        by: { kind: 'claim', id: 'c' },
        contentHash: hash,
        basis: 'direct',
        restsOn: [idAt(1), 'this'],
      },
    });
    given([raised, claimed('agreement')], confirm('own-words')).records('UnderstandingConfirmed');
  });

  it('and a roadmap that is agreed are of one rank: the later reached is shown', () => {
    expect(stageAfter(raised, onProposal, onRoadmap())).toBe('roadmap-agreed');
    expect(stageAfter(raised, onRoadmap(), onProposal)).toBe('agreed');
    expect(stageAfter(raised, onRoadmap(), reached('AgreedInPrinciple', { claimId: 'c' }))).toBe(
      'roadmap-agreed',
    );
  });

  it('rests on a direct basis once the word that was attributed is endorsed', () => {
    const rests = { claimId: 'c', basis: 'attributed', restsOn: [idAt(1), idAt(2)] };
    const inPrinciple = fact('AgreedInPrinciple', derived, rests);
    const after = (act: GivenFact['act']) =>
      currentMilestone(
        stateOf(raised, claimed('agreement-in-principle'), confirmed('own-words', act), inPrinciple),
      );
    expect(after(forUs).basis).toBe('attributed');
    expect(after(endorsed).basis).toBe('direct');
  });
});

describe('A milestone that was reached by acts of another entry', () => {
  const milestone = {
    type: 'RoadmapAgreed',
    roadmapId: 'r',
    version: 1,
    contentHash: hash,
    basis: 'direct',
    restsOn: [],
  } as const;
  const better = drawn('BetterMilestone', milestone);

  it('is recorded once more on a better basis, and stands on it', () => {
    given([raised, onRoadmap('attributed')], better).records('RoadmapAgreed');
    expect(currentMilestone(stateOf(raised, onRoadmap('attributed'), onRoadmap())).basis).toBe('direct');
  });
  it('is bettered in its own place: what was reached after it stays the later', () => {
    expect(stageAfter(raised, onRoadmap('attributed'), onProposal, onRoadmap())).toBe('agreed');
  });
  it('is bettered while the matter is closed, and has that once it is reopened', () => {
    const accepted = fact('WithdrawalAccepted', US);
    given([raised, onRoadmap('attributed'), withdrawn(), accepted], better).records('RoadmapAgreed');
    const facts = [raised, onRoadmap('attributed'), withdrawn(), accepted, onRoadmap(), reopened(3, RU)];
    expect(currentMilestone(stateOf(...facts))).toMatchObject({ stage: 'roadmap-agreed', basis: 'direct' });
  });
  it('is reached by an open matter only, as its cause found that', () => {
    const reach = drawn('ReachMilestone', milestone);
    given([raised], reach).records('RoadmapAgreed');
    given([raised, withdrawn()], reach).refuses('IRRITANT_CLOSED');
  });
  it('a withdrawal that turns out to have waited for the other side waits no more after a reopening', () => {
    const state = stateOf(raised, onRoadmap(), withdrawn(), reopened(2, RU));
    expect(state.withdrawals).toEqual([]);
    expect(currentMilestone(state).stage).toBe('roadmap-agreed');
  });
  it('is not reached anew by an endorsement: not where it never was, nor where both have gone back on it', () => {
    given([raised], better).changesNothing();
    given([raised, onRoadmap()], better).changesNothing();
    given([raised, onRoadmap('attributed'), ...reviewed('raised')], better).changesNothing();
  });
});

describe('An answer of both sides to each other', () => {
  it('is consultation, whatever becomes of the claim', () => {
    expect(stageAfter(raised, claimed('factual'), confirmed('own-words'))).toBe('under-consultation');
    expect(stageAfter(raised, claimed('factual'), denied())).toBe('raised');
  });
});

describe('A withdrawal while what both agreed on stands', () => {
  const accepting = (act = US) => ask('AcceptWithdrawal', act);
  const accepted = fact('WithdrawalAccepted', US);

  it('takes effect when the other side accepts it', () => {
    expect(stageAfter(raised, onProposal, withdrawn())).toBe('agreed');
    given([raised, onProposal, withdrawn()], accepting()).records('WithdrawalAccepted');
    expect(stageAfter(raised, onProposal, withdrawn(), accepted)).toBe('withdrawn');
  });
  it('is not accepted by the side that withdrew, nor before it has withdrawn', () => {
    given([raised, onProposal, withdrawn()], accepting(RU)).refuses('OWN_WITHDRAWAL');
    given([raised, onProposal], accepting()).refuses('NOTHING_WITHDRAWN');
  });
  it('takes no acceptance where both sides have withdrawn it themselves', () => {
    const both = [coRaised(), onProposal, withdrawn()];
    expect(stageAfter(raised, ...both)).toBe('agreed');
    expect(stageAfter(raised, ...both, withdrawn(US))).toBe('withdrawn');
  });
  it('closes at once where nothing was agreed on', () => {
    expect(stageAfter(raised, acknowledged(), withdrawn())).toBe('withdrawn');
  });
});

describe('Beside the stage', () => {
  const shown = (...facts: readonly GivenFact[]) => overlayDetails(stateOf(raised, ...facts));
  const ended = (kind: string, id: string): GivenFact =>
    fact('InstrumentEnded', derived, { kind, id, by: 'US' });
  const position = (stance: string, act = RU) => fact('PositionStated', act, { stance });
  const inPart = fact('PartialResolutionReported', RU);

  it('stands that all it rests on was terminated, by whom, and not while something still holds', () => {
    expect(shown(onRoadmap(), ended('roadmap', 'r'))).toMatchObject([
      { overlay: 'instrument-ended', by: 'US', on: { kind: 'roadmap', id: 'r' } },
    ]);
    expect(shown(begun('roadmap', 'r'), begun('exchange', 'x'), ended('roadmap', 'r'))).toEqual([]);
    expect(shown(onRoadmap(), begun('exchange', 'x'), ended('roadmap', 'r'))).toEqual([]);
  });
  it('stands a resolution in part until that side takes another position', () => {
    expect(shown(inPart)).toMatchObject([{ overlay: 'part-resolved', by: 'RU', eventId: idAt(1) }]);
    expect(shown(inPart, position('part-resolved'))).toHaveLength(1);
    expect(shown(inPart, position('resolved', US))).toHaveLength(1);
    expect(shown(inPart, position('seeks-action'))).toEqual([]);
    expect(shown(inPart, position('seeks-action', forRu))).toHaveLength(1);
  });
  it('stands a suspension, by whom, and a review', () => {
    const review = fact('StageReviewOpened', US, { stage: 'raised' });
    expect(shown(suspended(), review)).toMatchObject([
      { overlay: 'suspended', by: 'US', eventId: idAt(1) },
      { overlay: 'stage-under-review', by: 'US', eventId: idAt(2) },
    ]);
  });
});
