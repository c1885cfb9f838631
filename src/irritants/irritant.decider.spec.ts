import { describe, expect, it } from '@jest/globals';
import { attributedTo, derived, directly, idAt } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import type { IrritantCommand } from './irritant-terms.decider.js';
import { stageOf, standing } from './irritant-stage.facts.js';
import { command, given, hash, raised as raisedByRu, RU, US } from '../../test/support/irritant-given.js';

const ofNobody = { ...attributedTo('RU'), party: null };

const joinedByUs: GivenFact = fact('IrritantCoRaised', US);
const claimedByRu: GivenFact = fact('UnderstandingClaimed', RU, {
  claimId: 'c',
  kind: 'roadmap-to-be-developed',
  textHash: hash,
});
const proposedByRu: GivenFact = fact('ResolutionProposed', RU, { resolutionId: 'r', termsHash: hash });
const closedByWithdrawal: GivenFact = fact('IrritantWithdrawn', RU);

const confirm = (act = US, data: object = {}, content: object = {}) =>
  command('ConfirmUnderstanding', act, {
    type: 'UnderstandingConfirmed',
    data: { claimId: 'c', mode: 'same-text', ...data },
    content,
  });
const acknowledge = (act = US) => command('AcknowledgeIrritant', act, { type: 'IrritantAcknowledged' });
const accept = (act = US, facts: object = {}, termsHash = hash) =>
  command(
    'AcceptResolution',
    act,
    { type: 'ResolutionAccepted', data: { resolutionId: 'r', termsHash, checked: [] } },
    { facts },
  );

function stageAfter(...facts: GivenFact[]): string {
  const { state } = given(facts);
  return state === null ? 'none' : stageOf(state);
}

describe('Raising an irritant', () => {
  const raise = (act = RU, data: object = {}, content: object = {}, facts: object = {}) =>
    command(
      'RaiseIrritant',
      act,
      { type: 'IrritantRaised', data: { ...raisedByRu.data, ...data }, content },
      { facts },
    );

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
    given([raisedByRu], acknowledge()).records({ type: 'IrritantAcknowledged', data: {} });
    expect(stageAfter(raisedByRu, fact('IrritantAcknowledged', US))).toBe('under-consultation');
  });
  it('is refused to the raiser: nobody answers its own matter', () => {
    given([raisedByRu], acknowledge(RU)).refuses('NOT_A_RESPONDENT');
    expect(stageAfter(raisedByRu, fact('IrritantAcknowledged', RU))).toBe('raised');
  });
  it('answers the raising of the other side, so each may acknowledge where both raised it', () => {
    given([raisedByRu, joinedByUs], acknowledge(RU)).records('IrritantAcknowledged');
  });
  it('is not possible where nobody is on record as raising it', () => {
    const unraised = { ...raisedByRu, act: ofNobody, data: { ...raisedByRu.data, raisers: [] } };
    given([unraised], acknowledge()).refuses('NO_RAISER');
    expect(stageAfter(unraised, fact('IrritantAcknowledged', US))).toBe('raised');
  });
  it('falls with the raising: once that is disavowed, there is no raiser and nothing to acknowledge', () => {
    const unauthored = { ...raisedByRu, act: ofNobody };
    expect(given([unauthored]).state?.raisers).toEqual([]);
    given([unauthored], acknowledge()).refuses('NO_RAISER');
  });
  it('is attributed in basis as soon as one act that it rests on is', () => {
    const { state } = given([raisedByRu, fact('IrritantAcknowledged', attributedTo('US'))]);
    expect(state === null ? undefined : standing(state).basis).toBe('attributed');
  });
});

describe('A claim', () => {
  it('never moves the stage by itself, however often it is made', () => {
    expect(
      stageAfter(raisedByRu, claimedByRu, { ...claimedByRu, data: { ...claimedByRu.data, claimId: 'c2' } }),
    ).toBe('raised');
  });
  it('that a roadmap is to be developed, confirmed by the other side, is a roadmap in principle', () => {
    given([raisedByRu, claimedByRu], confirm()).records(
      { type: 'UnderstandingConfirmed', data: { claimId: 'c', mode: 'same-text', textHash: hash } },
      {
        type: 'RoadmapAgreedInPrinciple',
        data: { claimId: 'c', basis: 'direct', restsOn: [idAt(1), 'this'] },
      },
    );
  });
  it('confirmed in part is an answer, and no more: the sides consult', () => {
    given(
      [raisedByRu, claimedByRu],
      confirm(US, { mode: 'partial' }, { text: { en: 'Only two of them.' } }),
    ).records('UnderstandingConfirmed');
    const inPart = fact('UnderstandingConfirmed', US, { claimId: 'c', mode: 'partial' });
    expect(stageAfter(raisedByRu, claimedByRu, inPart)).toBe('under-consultation');
  });
  it('of another kind is confirmed without a milestone of its own', () => {
    given(
      [raisedByRu, { ...claimedByRu, data: { ...claimedByRu.data, kind: 'factual' } }],
      confirm(),
    ).records('UnderstandingConfirmed');
  });
  it('can be answered by the other side only', () => {
    given([raisedByRu, claimedByRu], confirm(RU)).refuses('OWN_CLAIM');
  });
  it('is confirmed in the same text only by naming the hash of that text', () => {
    given([raisedByRu, claimedByRu], confirm(US, { textHash: 'b'.repeat(64) })).refuses('TEXT_MISMATCH');
    given([raisedByRu, claimedByRu], confirm(US, {}, { text: { en: 'Other words.' } })).refuses(
      'TEXT_MISMATCH',
    );
  });
  it('confirmed in own words needs the words', () => {
    given([raisedByRu, claimedByRu], confirm(US, { mode: 'own-words' })).refuses('TEXT_REQUIRED');
  });
  it('that does not exist cannot be answered', () => {
    given([raisedByRu], confirm()).refuses('CLAIM_UNKNOWN');
  });
  it('that was withdrawn is not answered any more', () => {
    given(
      [raisedByRu, claimedByRu, fact('UnderstandingClaimWithdrawn', RU, { claimId: 'c' })],
      confirm(),
    ).refuses('CLAIM_WITHDRAWN');
  });
  it('that was denied may still be confirmed: a side may change its mind towards agreement', () => {
    given([raisedByRu, claimedByRu, fact('UnderstandingDenied', US, { claimId: 'c' })], confirm()).records(
      'UnderstandingConfirmed',
      'RoadmapAgreedInPrinciple',
    );
  });
  it('that both hold can neither be denied nor withdrawn by one of them', () => {
    const understood = [
      raisedByRu,
      claimedByRu,
      fact('UnderstandingConfirmed', US, { claimId: 'c', mode: 'same-text' }),
    ];
    given(
      understood,
      command('DenyUnderstanding', US, { type: 'UnderstandingDenied', data: { claimId: 'c' } }),
    ).refuses('CLAIM_ALREADY_CONFIRMED');
    given(
      understood,
      command('WithdrawUnderstandingClaim', RU, {
        type: 'UnderstandingClaimWithdrawn',
        data: { claimId: 'c' },
      }),
    ).refuses('CLAIM_ALREADY_CONFIRMED');
  });
  it('is withdrawn by its own side only', () => {
    given(
      [raisedByRu, claimedByRu],
      command('WithdrawUnderstandingClaim', US, {
        type: 'UnderstandingClaimWithdrawn',
        data: { claimId: 'c' },
      }),
    ).refuses('NOT_OWN_CLAIM');
  });
  it('is made while work is suspended as well: a suspension refuses nothing, and is shown', () => {
    const claim = command('ClaimUnderstanding', RU, {
      type: 'UnderstandingClaimed',
      data: claimedByRu.data ?? {},
    });
    given([raisedByRu, fact('IrritantSuspended', US)], claim).records('UnderstandingClaimed');
  });
});

describe('Resolving', () => {
  it('needs the other side to accept the same terms, and then follows at once', () => {
    given([raisedByRu, proposedByRu], accept()).records('ResolutionAccepted', {
      type: 'IrritantResolved',
      data: { resolutionId: 'r', basis: 'direct', restsOn: [idAt(1), 'this'] },
    });
  });
  it('is not done by accepting one’s own terms', () => {
    given([raisedByRu, proposedByRu], accept(RU)).refuses('OWN_RESOLUTION');
  });
  it('is refused on other terms than those proposed', () => {
    given([raisedByRu, proposedByRu], accept(US, {}, 'b'.repeat(64))).refuses('TEXT_MISMATCH');
  });
  it('is refused while a mandatory step is open', () => {
    given(
      [raisedByRu, proposedByRu],
      accept(US, {
        self: 'i-1',
        instruments: [
          {
            kind: 'roadmap',
            roadmap: {
              agreedIrritantIds: ['i-1'],
              openMandatorySteps: [{ stepId: 's1', irritantIds: ['i-1'] }],
            },
          },
          {
            kind: 'roadmap',
            roadmap: {
              agreedIrritantIds: ['i-2'],
              openMandatorySteps: [{ stepId: 's2', irritantIds: ['i-2'] }],
            },
          },
        ],
      }),
    ).refuses('MANDATORY_STEPS_OPEN');
  });
  it('is refused while a breach is open', () => {
    given(
      [raisedByRu, proposedByRu],
      accept(US, { instruments: [{ kind: 'commitment', id: 'k', commitment: { breachOpen: true } }] }),
    ).refuses('BREACH_OPEN');
  });
  it('does not come back to terms that were withdrawn or rejected', () => {
    const withdrawn = [
      raisedByRu,
      proposedByRu,
      fact('ResolutionProposalWithdrawn', RU, { resolutionId: 'r' }),
    ];
    given(withdrawn, accept()).refuses('RESOLUTION_NOT_OPEN');
    given([raisedByRu], accept()).refuses('RESOLUTION_UNKNOWN');
    given(
      [raisedByRu, proposedByRu],
      command('WithdrawResolutionProposal', US, {
        type: 'ResolutionProposalWithdrawn',
        data: { resolutionId: 'r' },
      }),
    ).refuses('NOT_OWN_RESOLUTION');
  });
});

describe('Withdrawing', () => {
  const withdraw = (act = RU) => command('WithdrawIrritant', act, { type: 'IrritantWithdrawn' });

  it('by a sole raiser closes the irritant', () => {
    given([raisedByRu], withdraw()).records('IrritantWithdrawn');
    expect(stageAfter(raisedByRu, closedByWithdrawal)).toBe('withdrawn');
  });
  it('of what both raised takes both', () => {
    const byBoth = [raisedByRu, joinedByUs];
    expect(stageAfter(...byBoth, closedByWithdrawal)).toBe('raised');
    const withdrawnByUs = fact('IrritantWithdrawn', US);
    expect(stageAfter(...byBoth, closedByWithdrawal, withdrawnByUs)).toBe('withdrawn');
  });
  it('is not possible where nobody is on record as raising it', () => {
    const unraised = { ...raisedByRu, act: ofNobody, data: { ...raisedByRu.data, raisers: [] } };
    given([unraised], withdraw()).refuses('NO_RAISER');
  });
  it('is not for a respondent', () => {
    given([raisedByRu], withdraw(US)).refuses('NOT_A_RAISER');
  });
});

describe('Dormancy', () => {
  const make = (act = US) => command('MakeIrritantDormant', act, { type: 'IrritantMadeDormant' });
  const decline = (act = US) => command('DeclineDormancy', act, { type: 'DormancyDeclined' });
  const propose = (act = RU) => command('ProposeDormancy', act, { type: 'DormancyProposed' });
  const proposed: GivenFact = fact('DormancyProposed', RU);

  it('is proposed by one and accepted by the other', () => {
    given([raisedByRu], propose()).records('DormancyProposed');
    given([raisedByRu, proposed], make()).records('IrritantMadeDormant');
    expect(stageAfter(raisedByRu, proposed, fact('IrritantMadeDormant', US))).toBe('dormant');
  });
  it('is not accepted or declined by whoever proposed it, nor without a proposal', () => {
    given([raisedByRu, proposed], make(RU)).refuses('OWN_DORMANCY_PROPOSAL');
    given([raisedByRu, proposed], decline(RU)).refuses('OWN_DORMANCY_PROPOSAL');
    given([raisedByRu], make()).refuses('NO_DORMANCY_PROPOSED');
    given([raisedByRu], decline()).refuses('NO_DORMANCY_PROPOSED');
  });
  it('proposed by both is a case for accepting', () => {
    given([raisedByRu, proposed], propose(US)).refuses('DORMANCY_ALREADY_PROPOSED');
  });
  it('is taken off the table by whoever proposed it', () => {
    const takeBack = (act = RU) =>
      command('WithdrawDormancyProposal', act, { type: 'DormancyProposalWithdrawn' });
    given([raisedByRu, proposed], takeBack()).records('DormancyProposalWithdrawn');
    given([raisedByRu, proposed], takeBack(US)).refuses('NOT_OWN_DORMANCY_PROPOSAL');
    given([raisedByRu], takeBack()).refuses('NO_DORMANCY_PROPOSED');
    given([raisedByRu, proposed, fact('DormancyProposalWithdrawn', RU)], make()).refuses(
      'NO_DORMANCY_PROPOSED',
    );
  });
  it('declined leaves the irritant where it was', () => {
    given([raisedByRu, proposed], decline()).records('DormancyDeclined');
    expect(stageAfter(raisedByRu, proposed, fact('DormancyDeclined', US))).toBe('raised');
  });
});

describe('Reopening', () => {
  const reopen = (closingEventId: string, act = US) =>
    command('ReopenIrritant', act, { type: 'IrritantReopened', data: { closingEventId } });

  it('names the event that closed the irritant', () => {
    given([raisedByRu, closedByWithdrawal], reopen(idAt(1))).records('IrritantReopened');
    given([raisedByRu, closedByWithdrawal], reopen(idAt(0))).refuses('NOT_THE_CLOSING_EVENT');
    given([raisedByRu], reopen(idAt(0))).refuses('IRRITANT_NOT_CLOSED');
  });
  const reopened = (closing: number): GivenFact =>
    fact('IrritantReopened', US, { closingEventId: idAt(closing) });
  const implementation: GivenFact = fact('ImplementationBegan', derived, {
    by: { kind: 'exchange', id: 'e' },
    basis: 'direct',
    restsOn: [],
  });

  it('of what was let go or left to rest has again what it had: one side undoes nothing joint', () => {
    expect(stageAfter(raisedByRu, closedByWithdrawal, reopened(1))).toBe('raised');
    const resting = [fact('DormancyProposed', RU), fact('IrritantMadeDormant', US)];
    expect(stageAfter(raisedByRu, implementation, ...resting)).toBe('dormant');
    expect(stageAfter(raisedByRu, implementation, ...resting, reopened(3))).toBe('in-implementation');
  });
  it('of what was resolved returns to consultation, and names who did so and what was resolved', () => {
    const resolved = [
      proposedByRu,
      fact('ResolutionAccepted', US, { resolutionId: 'r', termsHash: hash, checked: [] }),
      fact('IrritantResolved', derived, { resolutionId: 'r', basis: 'direct', restsOn: [idAt(2), idAt(3)] }),
    ];
    const facts = [raisedByRu, implementation, ...resolved, reopened(4)];
    expect(stageAfter(...facts)).toBe('under-consultation');
    expect(given(facts).state?.reopenings).toMatchObject([
      { said: { party: 'US' }, closed: 'resolved', closingEventId: idAt(4), resolutionId: 'r' },
    ]);
  });
});

describe('A closed irritant', () => {
  const closed = [raisedByRu, claimedByRu, proposedByRu, closedByWithdrawal];
  it.each([
    ['is acknowledged', acknowledge()],
    ['has a claim confirmed', confirm()],
    ['is resolved', accept()],
    ['is contested', command('ContestIrritant', US, { type: 'IrritantContested' })],
    ['is suspended', command('SuspendIrritant', US, { type: 'IrritantSuspended' })],
    [
      'is reported resolved in part',
      command('ReportPartialResolution', US, { type: 'PartialResolutionReported' }),
    ],
    ['is co-raised', command('CoRaiseIrritant', US, { type: 'IrritantCoRaised' })],
  ])('no longer %s', (_name, asked) => {
    given(closed, asked).refuses('IRRITANT_CLOSED');
  });
  it('still takes statements', () => {
    given(
      closed,
      command('StatePosition', US, { type: 'PositionStated', data: { stance: 'resolved' } }),
    ).records('PositionStated');
  });
});

describe('A review of the stage', () => {
  const open = (stage: string, act = RU) =>
    command('OpenStageReview', act, { type: 'StageReviewOpened', data: { stage } });
  const conclude = (stage: string, act = US) =>
    command('ConcludeStageReview', act, { type: 'StageReviewConcluded', data: { stage } });
  const opened: GivenFact = fact('StageReviewOpened', RU, { stage: 'raised' });
  const concluded = (party: 'RU' | 'US', stage: string): GivenFact =>
    fact('StageReviewConcluded', directly(party), { stage });
  const acknowledged: GivenFact = fact('IrritantAcknowledged', US);

  it('is opened by either side, which says which stage holds in its view, and moves nothing', () => {
    given([raisedByRu, acknowledged], open('raised')).records('StageReviewOpened');
    expect(given([raisedByRu, acknowledged, opened]).state?.review).not.toBeNull();
    expect(stageAfter(raisedByRu, acknowledged, opened)).toBe('under-consultation');
  });
  it('ends when each side has named the same stage, which then holds', () => {
    const review = [raisedByRu, acknowledged, opened];
    expect(stageAfter(...review, concluded('US', 'raised'))).toBe('raised');
    expect(given([...review, concluded('US', 'raised')]).state?.review).toBeNull();
    expect(stageAfter(...review, concluded('US', 'under-consultation'))).toBe('under-consultation');
    expect(given([...review, concluded('US', 'under-consultation')]).state?.review).not.toBeNull();
    given(review, conclude('raised')).records('StageReviewConcluded');
  });
  it('never reaches higher than the present stage', () => {
    given([raisedByRu, acknowledged, opened], conclude('agreed')).refuses('STAGE_ABOVE_PRESENT');
    given([raisedByRu], open('agreed')).refuses('STAGE_ABOVE_PRESENT');
    given([raisedByRu], conclude('raised')).refuses('NO_REVIEW_OPEN');
  });
  it('is one at a time', () => {
    given([raisedByRu, acknowledged, opened], open('raised', US)).refuses('REVIEW_ALREADY_OPEN');
    given([raisedByRu, acknowledged, opened], open('raised')).changesNothing();
  });
});

describe('A word that was attributed', () => {
  const acknowledgedFor: GivenFact = fact('IrritantAcknowledged', attributedTo('US'));
  const confirmedFor: GivenFact = fact('UnderstandingConfirmed', attributedTo('US'), {
    claimId: 'c',
    mode: 'same-text',
  });

  it('does not stand in the way of the party’s own word, which then counts as direct', () => {
    given([raisedByRu, acknowledgedFor], acknowledge()).records('IrritantAcknowledged');
    const { state } = given([raisedByRu, acknowledgedFor, fact('IrritantAcknowledged', US)]);
    expect(state === null ? undefined : standing(state).basis).toBe('direct');
    given(
      [raisedByRu, claimedByRu, confirmedFor],
      confirm(US, { mode: 'own-words' }, { text: { en: 'As we see it.' } }),
    ).records('UnderstandingConfirmed', 'RoadmapAgreedInPrinciple');
  });

  it('counts anew after a review that went below it', () => {
    const reviewed: GivenFact[] = [
      raisedByRu,
      acknowledgedFor,
      fact('StageReviewOpened', US, { stage: 'raised' }),
      fact('StageReviewConcluded', RU, { stage: 'raised' }),
    ];
    expect(stageAfter(...reviewed)).toBe('raised');
    given(reviewed, acknowledge()).records('IrritantAcknowledged');
    expect(stageAfter(...reviewed, fact('IrritantAcknowledged', US))).toBe('under-consultation');
  });
});

describe('The same transition twice', () => {
  it.each<[string, readonly GivenFact[], IrritantCommand]>([
    ['acknowledging', [raisedByRu, fact('IrritantAcknowledged', US)], acknowledge()],
    [
      'contesting',
      [raisedByRu, fact('IrritantContested', US)],
      command('ContestIrritant', US, { type: 'IrritantContested' }),
    ],
    ['co-raising', [raisedByRu, joinedByUs], command('CoRaiseIrritant', US, { type: 'IrritantCoRaised' })],
    [
      'confirming',
      [raisedByRu, claimedByRu, fact('UnderstandingConfirmed', US, { claimId: 'c', mode: 'same-text' })],
      confirm(),
    ],
    [
      'denying',
      [raisedByRu, claimedByRu, fact('UnderstandingDenied', US, { claimId: 'c' })],
      command('DenyUnderstanding', US, { type: 'UnderstandingDenied', data: { claimId: 'c' } }),
    ],
    [
      'withdrawing a claim',
      [raisedByRu, claimedByRu, fact('UnderstandingClaimWithdrawn', RU, { claimId: 'c' })],
      command('WithdrawUnderstandingClaim', RU, {
        type: 'UnderstandingClaimWithdrawn',
        data: { claimId: 'c' },
      }),
    ],
    [
      'accepting terms',
      [
        raisedByRu,
        proposedByRu,
        fact('ResolutionAccepted', US, { resolutionId: 'r', termsHash: hash, checked: [] }),
      ],
      accept(),
    ],
    [
      'rejecting terms',
      [raisedByRu, proposedByRu, fact('ResolutionRejected', US, { resolutionId: 'r' })],
      command('RejectResolution', US, { type: 'ResolutionRejected', data: { resolutionId: 'r' } }),
    ],
    [
      'withdrawing terms',
      [raisedByRu, proposedByRu, fact('ResolutionProposalWithdrawn', RU, { resolutionId: 'r' })],
      command('WithdrawResolutionProposal', RU, {
        type: 'ResolutionProposalWithdrawn',
        data: { resolutionId: 'r' },
      }),
    ],
    [
      'suspending',
      [raisedByRu, fact('IrritantSuspended', US)],
      command('SuspendIrritant', US, { type: 'IrritantSuspended' }),
    ],
    ['resuming', [raisedByRu], command('ResumeIrritant', US, { type: 'IrritantResumed' })],
    [
      'withdrawing',
      [raisedByRu, joinedByUs, closedByWithdrawal],
      command('WithdrawIrritant', RU, { type: 'IrritantWithdrawn' }),
    ],
    [
      'proposing dormancy',
      [raisedByRu, fact('DormancyProposed', RU)],
      command('ProposeDormancy', RU, { type: 'DormancyProposed' }),
    ],
    [
      'making dormant',
      [raisedByRu, fact('DormancyProposed', RU), fact('IrritantMadeDormant', US)],
      command('MakeIrritantDormant', US, { type: 'IrritantMadeDormant' }),
    ],
  ])('%s again changes nothing and is no error', (_name, facts, asked) => {
    given(facts, asked).changesNothing();
  });
});

describe('Breaches', () => {
  it('are noted once and cleared once', () => {
    const noted: GivenFact = { type: 'BreachNoted', data: { commitmentId: 'k' } };
    const note = {
      type: 'NoteBreach',
      act: derived,
      cause: 'x',
      data: { commitmentId: 'k' },
      rests: [],
    } as const;
    given([raisedByRu], note).records('BreachNoted');
    given([raisedByRu, noted], note).changesNothing();
    given([raisedByRu, noted], { ...note, type: 'ClearBreach' }).records('BreachCleared');
    given([raisedByRu], { ...note, type: 'ClearBreach' }).changesNothing();
  });
});
