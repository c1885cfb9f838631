import { describe, expect, it } from '@jest/globals';
import { attributedTo, derived, directly, idAt } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import type { IrritantCommand } from './irritant-terms.decider.js';
import { stageOf, standing } from './irritant-stage.facts.js';
import { command, given, hash, raised as raisedByRu, RU, US } from '../../test/support/irritant-given.js';

const ofNobody = { ...attributedTo('RU'), party: null };

const joinedByUs: GivenFact = { type: 'IrritantCoRaised', act: US };
const claimedByRu: GivenFact = {
  type: 'UnderstandingClaimed',
  act: RU,
  data: { claimId: 'c', kind: 'roadmap-to-be-developed', textHash: hash },
};
const proposedByRu: GivenFact = {
  type: 'ResolutionProposed',
  act: RU,
  data: { resolutionId: 'r', termsHash: hash },
};
const closedByWithdrawal: GivenFact = { type: 'IrritantWithdrawn', act: RU };

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
    given([])
      .when(raise())
      .then([{ type: 'IrritantRaised' }]);
  });
  it('names no other raiser than the party that acts: each raises by its own word', () => {
    given([]).when(raise(US)).refuses('RAISER_NOT_ACTING');
    given([])
      .when(raise(RU, { raisers: ['RU', 'US'] }))
      .refuses('RAISER_NOT_ACTING');
    given([])
      .when(raise(RU, { raisers: [] }))
      .refuses('RAISER_NOT_ACTING');
  });
  it('has no raiser where whoever keeps the record says that nobody says who raised it', () => {
    const nobodys = { raisers: [], respondents: [], raisedBasis: 'first-recorded' };
    given([])
      .when(raise(ofNobody, nobodys))
      .then([{ type: 'IrritantRaised' }]);
    given([])
      .when(raise(ofNobody, { ...nobodys, raisedBasis: 'stated' }))
      .refuses('RAISER_NOT_ACTING');
  });
  it('gives its own name for the matter, and none for the other side', () => {
    given([])
      .when(raise(RU, {}, { designations: { RU: { en: 'Our houses' } } }))
      .then([{ type: 'IrritantRaised' }]);
    given([])
      .when(raise(RU, {}, { designations: { US: { en: 'Their houses' } } }))
      .refuses('DESIGNATION_OF_ANOTHER');
  });
  it('needs somebody else who is asked to answer', () => {
    given([])
      .when(raise(RU, { respondents: ['RU'] }))
      .refuses('NO_OTHER_RESPONDENT');
  });
  it('is not refused by a suspension, which is shown', () => {
    given([])
      .when(raise(RU, {}, {}, { dialogue: { suspensions: [{ party: 'US' }] } }))
      .then([{ type: 'IrritantRaised' }]);
  });
});

describe('Acknowledging', () => {
  it('by the respondent begins consultation, without prejudice', () => {
    given([raisedByRu])
      .when(acknowledge())
      .then([{ type: 'IrritantAcknowledged', data: {} }]);
    expect(stageAfter(raisedByRu, { type: 'IrritantAcknowledged', act: US })).toBe('under-consultation');
  });
  it('is refused to the raiser: nobody answers its own matter', () => {
    given([raisedByRu]).when(acknowledge(RU)).refuses('NOT_A_RESPONDENT');
    expect(stageAfter(raisedByRu, { type: 'IrritantAcknowledged', act: RU })).toBe('raised');
  });
  it('answers the raising of the other side, so each may acknowledge where both raised it', () => {
    given([raisedByRu, joinedByUs])
      .when(acknowledge(RU))
      .then([{ type: 'IrritantAcknowledged' }]);
  });
  it('is not possible where nobody is on record as raising it', () => {
    const unraised = { ...raisedByRu, act: ofNobody, data: { ...raisedByRu.data, raisers: [] } };
    given([unraised]).when(acknowledge()).refuses('NO_RAISER');
    expect(stageAfter(unraised, { type: 'IrritantAcknowledged', act: US })).toBe('raised');
  });
  it('falls with the raising: once that is disavowed, there is no raiser and nothing to acknowledge', () => {
    const unauthored = { ...raisedByRu, act: ofNobody };
    expect(given([unauthored]).state?.raisers).toEqual([]);
    given([unauthored]).when(acknowledge()).refuses('NO_RAISER');
  });
  it('is attributed in basis as soon as one act that it rests on is', () => {
    const { state } = given([raisedByRu, { type: 'IrritantAcknowledged', act: attributedTo('US') }]);
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
    given([raisedByRu, claimedByRu])
      .when(confirm())
      .then([
        { type: 'UnderstandingConfirmed', data: { claimId: 'c', mode: 'same-text', textHash: hash } },
        {
          type: 'RoadmapAgreedInPrinciple',
          data: { claimId: 'c', basis: 'direct', restsOn: [idAt(1), 'this'] },
        },
      ]);
  });
  it('confirmed in part is an answer, and no more: the sides consult', () => {
    given([raisedByRu, claimedByRu])
      .when(confirm(US, { mode: 'partial' }, { text: { en: 'Only two of them.' } }))
      .then([{ type: 'UnderstandingConfirmed' }]);
    const inPart = { type: 'UnderstandingConfirmed', act: US, data: { claimId: 'c', mode: 'partial' } };
    expect(stageAfter(raisedByRu, claimedByRu, inPart)).toBe('under-consultation');
  });
  it('of another kind is confirmed without a milestone of its own', () => {
    given([raisedByRu, { ...claimedByRu, data: { ...claimedByRu.data, kind: 'factual' } }])
      .when(confirm())
      .then([{ type: 'UnderstandingConfirmed' }]);
  });
  it('can be answered by the other side only', () => {
    given([raisedByRu, claimedByRu]).when(confirm(RU)).refuses('OWN_CLAIM');
  });
  it('is confirmed in the same text only by naming the hash of that text', () => {
    given([raisedByRu, claimedByRu])
      .when(confirm(US, { textHash: 'b'.repeat(64) }))
      .refuses('TEXT_MISMATCH');
    given([raisedByRu, claimedByRu])
      .when(confirm(US, {}, { text: { en: 'Other words.' } }))
      .refuses('TEXT_MISMATCH');
  });
  it('confirmed in own words needs the words', () => {
    given([raisedByRu, claimedByRu])
      .when(confirm(US, { mode: 'own-words' }))
      .refuses('TEXT_REQUIRED');
  });
  it('that does not exist cannot be answered', () => {
    given([raisedByRu]).when(confirm()).refuses('CLAIM_UNKNOWN');
  });
  it('that was withdrawn is not answered any more', () => {
    given([raisedByRu, claimedByRu, { type: 'UnderstandingClaimWithdrawn', act: RU, data: { claimId: 'c' } }])
      .when(confirm())
      .refuses('CLAIM_WITHDRAWN');
  });
  it('that was denied may still be confirmed: a side may change its mind towards agreement', () => {
    given([raisedByRu, claimedByRu, { type: 'UnderstandingDenied', act: US, data: { claimId: 'c' } }])
      .when(confirm())
      .then([{ type: 'UnderstandingConfirmed' }, { type: 'RoadmapAgreedInPrinciple' }]);
  });
  it('that both hold can neither be denied nor withdrawn by one of them', () => {
    const understood = [
      raisedByRu,
      claimedByRu,
      { type: 'UnderstandingConfirmed', act: US, data: { claimId: 'c', mode: 'same-text' } },
    ];
    given(understood)
      .when(command('DenyUnderstanding', US, { type: 'UnderstandingDenied', data: { claimId: 'c' } }))
      .refuses('CLAIM_ALREADY_CONFIRMED');
    given(understood)
      .when(
        command('WithdrawUnderstandingClaim', RU, {
          type: 'UnderstandingClaimWithdrawn',
          data: { claimId: 'c' },
        }),
      )
      .refuses('CLAIM_ALREADY_CONFIRMED');
  });
  it('is withdrawn by its own side only', () => {
    given([raisedByRu, claimedByRu])
      .when(
        command('WithdrawUnderstandingClaim', US, {
          type: 'UnderstandingClaimWithdrawn',
          data: { claimId: 'c' },
        }),
      )
      .refuses('NOT_OWN_CLAIM');
  });
  it('is made while work is suspended as well: a suspension refuses nothing, and is shown', () => {
    const claim = command('ClaimUnderstanding', RU, {
      type: 'UnderstandingClaimed',
      data: claimedByRu.data ?? {},
    });
    given([raisedByRu, { type: 'IrritantSuspended', act: US }])
      .when(claim)
      .then([{ type: 'UnderstandingClaimed' }]);
  });
});

describe('Resolving', () => {
  it('needs the other side to accept the same terms, and then follows at once', () => {
    given([raisedByRu, proposedByRu])
      .when(accept())
      .then([
        { type: 'ResolutionAccepted' },
        {
          type: 'IrritantResolved',
          data: { resolutionId: 'r', basis: 'direct', restsOn: [idAt(1), 'this'] },
        },
      ]);
  });
  it('is not done by accepting one’s own terms', () => {
    given([raisedByRu, proposedByRu]).when(accept(RU)).refuses('OWN_RESOLUTION');
  });
  it('is refused on other terms than those proposed', () => {
    given([raisedByRu, proposedByRu])
      .when(accept(US, {}, 'b'.repeat(64)))
      .refuses('TEXT_MISMATCH');
  });
  it('is refused while a mandatory step is open', () => {
    given([raisedByRu, proposedByRu])
      .when(
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
      )
      .refuses('MANDATORY_STEPS_OPEN');
  });
  it('is refused while a breach is open', () => {
    given([raisedByRu, proposedByRu])
      .when(accept(US, { instruments: [{ kind: 'commitment', id: 'k', commitment: { breachOpen: true } }] }))
      .refuses('BREACH_OPEN');
  });
  it('does not come back to terms that were withdrawn or rejected', () => {
    const withdrawn = [
      raisedByRu,
      proposedByRu,
      { type: 'ResolutionProposalWithdrawn', act: RU, data: { resolutionId: 'r' } },
    ];
    given(withdrawn).when(accept()).refuses('RESOLUTION_NOT_OPEN');
    given([raisedByRu]).when(accept()).refuses('RESOLUTION_UNKNOWN');
    given([raisedByRu, proposedByRu])
      .when(
        command('WithdrawResolutionProposal', US, {
          type: 'ResolutionProposalWithdrawn',
          data: { resolutionId: 'r' },
        }),
      )
      .refuses('NOT_OWN_RESOLUTION');
  });
});

describe('Withdrawing', () => {
  const withdraw = (act = RU) => command('WithdrawIrritant', act, { type: 'IrritantWithdrawn' });

  it('by a sole raiser closes the irritant', () => {
    given([raisedByRu])
      .when(withdraw())
      .then([{ type: 'IrritantWithdrawn' }]);
    expect(stageAfter(raisedByRu, closedByWithdrawal)).toBe('withdrawn');
  });
  it('of what both raised takes both', () => {
    const byBoth = [raisedByRu, joinedByUs];
    expect(stageAfter(...byBoth, closedByWithdrawal)).toBe('raised');
    const withdrawnByUs = { type: 'IrritantWithdrawn', act: US };
    expect(stageAfter(...byBoth, closedByWithdrawal, withdrawnByUs)).toBe('withdrawn');
  });
  it('is not possible where nobody is on record as raising it', () => {
    const unraised = { ...raisedByRu, act: ofNobody, data: { ...raisedByRu.data, raisers: [] } };
    given([unraised]).when(withdraw()).refuses('NO_RAISER');
  });
  it('is not for a respondent', () => {
    given([raisedByRu]).when(withdraw(US)).refuses('NOT_A_RAISER');
  });
});

describe('Dormancy', () => {
  const make = (act = US) => command('MakeIrritantDormant', act, { type: 'IrritantMadeDormant' });
  const decline = (act = US) => command('DeclineDormancy', act, { type: 'DormancyDeclined' });
  const propose = (act = RU) => command('ProposeDormancy', act, { type: 'DormancyProposed' });
  const proposed: GivenFact = { type: 'DormancyProposed', act: RU };

  it('is proposed by one and accepted by the other', () => {
    given([raisedByRu])
      .when(propose())
      .then([{ type: 'DormancyProposed' }]);
    given([raisedByRu, proposed])
      .when(make())
      .then([{ type: 'IrritantMadeDormant' }]);
    expect(stageAfter(raisedByRu, proposed, { type: 'IrritantMadeDormant', act: US })).toBe('dormant');
  });
  it('is not accepted or declined by whoever proposed it, nor without a proposal', () => {
    given([raisedByRu, proposed]).when(make(RU)).refuses('OWN_DORMANCY_PROPOSAL');
    given([raisedByRu, proposed]).when(decline(RU)).refuses('OWN_DORMANCY_PROPOSAL');
    given([raisedByRu]).when(make()).refuses('NO_DORMANCY_PROPOSED');
    given([raisedByRu]).when(decline()).refuses('NO_DORMANCY_PROPOSED');
  });
  it('proposed by both is a case for accepting', () => {
    given([raisedByRu, proposed]).when(propose(US)).refuses('DORMANCY_ALREADY_PROPOSED');
  });
  it('is taken off the table by whoever proposed it', () => {
    const takeBack = (act = RU) =>
      command('WithdrawDormancyProposal', act, { type: 'DormancyProposalWithdrawn' });
    given([raisedByRu, proposed])
      .when(takeBack())
      .then([{ type: 'DormancyProposalWithdrawn' }]);
    given([raisedByRu, proposed]).when(takeBack(US)).refuses('NOT_OWN_DORMANCY_PROPOSAL');
    given([raisedByRu]).when(takeBack()).refuses('NO_DORMANCY_PROPOSED');
    given([raisedByRu, proposed, { type: 'DormancyProposalWithdrawn', act: RU }])
      .when(make())
      .refuses('NO_DORMANCY_PROPOSED');
  });
  it('declined leaves the irritant where it was', () => {
    given([raisedByRu, proposed])
      .when(decline())
      .then([{ type: 'DormancyDeclined' }]);
    expect(stageAfter(raisedByRu, proposed, { type: 'DormancyDeclined', act: US })).toBe('raised');
  });
});

describe('Reopening', () => {
  const reopen = (closingEventId: string, act = US) =>
    command('ReopenIrritant', act, { type: 'IrritantReopened', data: { closingEventId } });

  it('names the event that closed the irritant', () => {
    given([raisedByRu, closedByWithdrawal])
      .when(reopen(idAt(1)))
      .then([{ type: 'IrritantReopened' }]);
    given([raisedByRu, closedByWithdrawal])
      .when(reopen(idAt(0)))
      .refuses('NOT_THE_CLOSING_EVENT');
    given([raisedByRu])
      .when(reopen(idAt(0)))
      .refuses('IRRITANT_NOT_CLOSED');
  });
  const reopened = (closing: number): GivenFact => ({
    type: 'IrritantReopened',
    act: US,
    data: { closingEventId: idAt(closing) },
  });
  const implementation: GivenFact = {
    type: 'ImplementationBegan',
    act: derived,
    data: { by: { kind: 'exchange', id: 'e' }, basis: 'direct', restsOn: [] },
  };

  it('of what was let go or left to rest has again what it had: one side undoes nothing joint', () => {
    expect(stageAfter(raisedByRu, closedByWithdrawal, reopened(1))).toBe('raised');
    const resting = [
      { type: 'DormancyProposed', act: RU },
      { type: 'IrritantMadeDormant', act: US },
    ];
    expect(stageAfter(raisedByRu, implementation, ...resting)).toBe('dormant');
    expect(stageAfter(raisedByRu, implementation, ...resting, reopened(3))).toBe('in-implementation');
  });
  it('of what was resolved returns to consultation, and names who did so and what was resolved', () => {
    const resolved = [
      proposedByRu,
      { type: 'ResolutionAccepted', act: US, data: { resolutionId: 'r', termsHash: hash, checked: [] } },
      {
        type: 'IrritantResolved',
        act: derived,
        data: { resolutionId: 'r', basis: 'direct', restsOn: [idAt(2), idAt(3)] },
      },
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
    given(closed).when(asked).refuses('IRRITANT_CLOSED');
  });
  it('still takes statements', () => {
    given(closed)
      .when(command('StatePosition', US, { type: 'PositionStated', data: { stance: 'resolved' } }))
      .then([{ type: 'PositionStated' }]);
  });
});

describe('A review of the stage', () => {
  const open = (stage: string, act = RU) =>
    command('OpenStageReview', act, { type: 'StageReviewOpened', data: { stage } });
  const conclude = (stage: string, act = US) =>
    command('ConcludeStageReview', act, { type: 'StageReviewConcluded', data: { stage } });
  const opened: GivenFact = { type: 'StageReviewOpened', act: RU, data: { stage: 'raised' } };
  const concluded = (party: 'RU' | 'US', stage: string): GivenFact => ({
    type: 'StageReviewConcluded',
    act: directly(party),
    data: { stage },
  });
  const acknowledged: GivenFact = { type: 'IrritantAcknowledged', act: US };

  it('is opened by either side, which says which stage holds in its view, and moves nothing', () => {
    given([raisedByRu, acknowledged])
      .when(open('raised'))
      .then([{ type: 'StageReviewOpened' }]);
    expect(given([raisedByRu, acknowledged, opened]).state?.review).not.toBeNull();
    expect(stageAfter(raisedByRu, acknowledged, opened)).toBe('under-consultation');
  });
  it('ends when each side has named the same stage, which then holds', () => {
    const review = [raisedByRu, acknowledged, opened];
    expect(stageAfter(...review, concluded('US', 'raised'))).toBe('raised');
    expect(given([...review, concluded('US', 'raised')]).state?.review).toBeNull();
    expect(stageAfter(...review, concluded('US', 'under-consultation'))).toBe('under-consultation');
    expect(given([...review, concluded('US', 'under-consultation')]).state?.review).not.toBeNull();
    given(review)
      .when(conclude('raised'))
      .then([{ type: 'StageReviewConcluded' }]);
  });
  it('never reaches higher than the present stage', () => {
    given([raisedByRu, acknowledged, opened]).when(conclude('agreed')).refuses('STAGE_ABOVE_PRESENT');
    given([raisedByRu]).when(open('agreed')).refuses('STAGE_ABOVE_PRESENT');
    given([raisedByRu]).when(conclude('raised')).refuses('NO_REVIEW_OPEN');
  });
  it('is one at a time', () => {
    given([raisedByRu, acknowledged, opened]).when(open('raised', US)).refuses('REVIEW_ALREADY_OPEN');
    given([raisedByRu, acknowledged, opened]).when(open('raised')).changesNothing();
  });
});

describe('A word that was attributed', () => {
  const acknowledgedFor: GivenFact = { type: 'IrritantAcknowledged', act: attributedTo('US') };
  const confirmedFor: GivenFact = {
    type: 'UnderstandingConfirmed',
    act: attributedTo('US'),
    data: { claimId: 'c', mode: 'same-text' },
  };

  it('does not stand in the way of the party’s own word, which then counts as direct', () => {
    given([raisedByRu, acknowledgedFor])
      .when(acknowledge())
      .then([{ type: 'IrritantAcknowledged' }]);
    const { state } = given([raisedByRu, acknowledgedFor, { type: 'IrritantAcknowledged', act: US }]);
    expect(state === null ? undefined : standing(state).basis).toBe('direct');
    given([raisedByRu, claimedByRu, confirmedFor])
      .when(confirm(US, { mode: 'own-words' }, { text: { en: 'As we see it.' } }))
      .then([{ type: 'UnderstandingConfirmed' }, { type: 'RoadmapAgreedInPrinciple' }]);
  });

  it('counts anew after a review that went below it', () => {
    const reviewed: GivenFact[] = [
      raisedByRu,
      acknowledgedFor,
      { type: 'StageReviewOpened', act: US, data: { stage: 'raised' } },
      { type: 'StageReviewConcluded', act: RU, data: { stage: 'raised' } },
    ];
    expect(stageAfter(...reviewed)).toBe('raised');
    given(reviewed)
      .when(acknowledge())
      .then([{ type: 'IrritantAcknowledged' }]);
    expect(stageAfter(...reviewed, { type: 'IrritantAcknowledged', act: US })).toBe('under-consultation');
  });
});

describe('The same transition twice', () => {
  it.each<[string, readonly GivenFact[], IrritantCommand]>([
    ['acknowledging', [raisedByRu, { type: 'IrritantAcknowledged', act: US }], acknowledge()],
    [
      'contesting',
      [raisedByRu, { type: 'IrritantContested', act: US }],
      command('ContestIrritant', US, { type: 'IrritantContested' }),
    ],
    ['co-raising', [raisedByRu, joinedByUs], command('CoRaiseIrritant', US, { type: 'IrritantCoRaised' })],
    [
      'confirming',
      [
        raisedByRu,
        claimedByRu,
        { type: 'UnderstandingConfirmed', act: US, data: { claimId: 'c', mode: 'same-text' } },
      ],
      confirm(),
    ],
    [
      'denying',
      [raisedByRu, claimedByRu, { type: 'UnderstandingDenied', act: US, data: { claimId: 'c' } }],
      command('DenyUnderstanding', US, { type: 'UnderstandingDenied', data: { claimId: 'c' } }),
    ],
    [
      'withdrawing a claim',
      [raisedByRu, claimedByRu, { type: 'UnderstandingClaimWithdrawn', act: RU, data: { claimId: 'c' } }],
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
        { type: 'ResolutionAccepted', act: US, data: { resolutionId: 'r', termsHash: hash, checked: [] } },
      ],
      accept(),
    ],
    [
      'rejecting terms',
      [raisedByRu, proposedByRu, { type: 'ResolutionRejected', act: US, data: { resolutionId: 'r' } }],
      command('RejectResolution', US, { type: 'ResolutionRejected', data: { resolutionId: 'r' } }),
    ],
    [
      'withdrawing terms',
      [
        raisedByRu,
        proposedByRu,
        { type: 'ResolutionProposalWithdrawn', act: RU, data: { resolutionId: 'r' } },
      ],
      command('WithdrawResolutionProposal', RU, {
        type: 'ResolutionProposalWithdrawn',
        data: { resolutionId: 'r' },
      }),
    ],
    [
      'suspending',
      [raisedByRu, { type: 'IrritantSuspended', act: US }],
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
      [raisedByRu, { type: 'DormancyProposed', act: RU }],
      command('ProposeDormancy', RU, { type: 'DormancyProposed' }),
    ],
    [
      'making dormant',
      [raisedByRu, { type: 'DormancyProposed', act: RU }, { type: 'IrritantMadeDormant', act: US }],
      command('MakeIrritantDormant', US, { type: 'IrritantMadeDormant' }),
    ],
  ])('%s again changes nothing and is no error', (_name, facts, asked) => {
    given(facts).when(asked).changesNothing();
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
    given([raisedByRu])
      .when(note)
      .then([{ type: 'BreachNoted' }]);
    given([raisedByRu, noted]).when(note).changesNothing();
    given([raisedByRu, noted])
      .when({ ...note, type: 'ClearBreach' })
      .then([{ type: 'BreachCleared' }]);
    given([raisedByRu])
      .when({ ...note, type: 'ClearBreach' })
      .changesNothing();
  });
});
