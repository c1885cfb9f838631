import { describe, expect, it } from '@jest/globals';
import { fact, idAt, RU, US } from '#libs/decider/testing';
import {
  accepted,
  ask,
  begun,
  coRaised,
  given,
  hash,
  letRest,
  raised,
  reopened,
  resolved,
  stageAfter,
  tabled,
  unraised,
  withdrawn,
} from '../../test/support/irritant-given.js';

const terms = tabled();
const untabled = fact('ResolutionProposalWithdrawn', RU, { resolutionId: 'r' });
const accept = (act = US, facts: object = {}, termsHash = hash) =>
  ask('AcceptResolution', act, { resolutionId: 'r', termsHash, checked: [] }, { facts });
const untable = (act: typeof US) => ask('WithdrawResolutionProposal', act, { resolutionId: 'r' });

describe('Resolving', () => {
  it('needs the other side to accept the same terms, and then follows at once', () => {
    given([raised, terms], accept()).records('ResolutionAccepted', {
      type: 'IrritantResolved',
      data: { resolutionId: 'r', basis: 'direct', restsOn: [idAt(1), 'this'] },
    });
  });
  it('is not done by accepting one’s own terms', () => {
    given([raised, terms], accept(RU)).refuses('OWN_RESOLUTION');
  });
  it('is refused on other terms than those proposed', () => {
    given([raised, terms], accept(US, {}, 'b'.repeat(64))).refuses('TEXT_MISMATCH');
  });
  it('is refused while a mandatory step is open', () => {
    given(
      [raised, terms],
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
      [raised, terms],
      accept(US, { instruments: [{ kind: 'commitment', id: 'k', commitment: { breachOpen: true } }] }),
    ).refuses('BREACH_OPEN');
  });
  it('does not come back to terms that were withdrawn or rejected', () => {
    given([raised, terms, untabled], accept()).refuses('RESOLUTION_NOT_OPEN');
    given([raised], accept()).refuses('RESOLUTION_UNKNOWN');
    given([raised, terms], untable(US)).refuses('NOT_OWN_RESOLUTION');
  });
});

describe('Withdrawing', () => {
  const withdraw = (act = RU) => ask('WithdrawIrritant', act);

  it('by a sole raiser closes the irritant', () => {
    given([raised], withdraw()).records('IrritantWithdrawn');
    expect(stageAfter(raised, withdrawn())).toBe('withdrawn');
  });
  it('of what both raised takes both', () => {
    const byBoth = [raised, coRaised()];
    expect(stageAfter(...byBoth, withdrawn())).toBe('raised');
    expect(stageAfter(...byBoth, withdrawn(), withdrawn(US))).toBe('withdrawn');
  });
  it('is not possible where nobody is on record as raising it', () => {
    given([unraised], withdraw()).refuses('NO_RAISER');
  });
  it('is not for a respondent', () => {
    given([raised], withdraw(US)).refuses('NOT_A_RAISER');
  });
});

describe('Dormancy', () => {
  const make = (act = US) => ask('MakeIrritantDormant', act);
  const decline = (act = US) => ask('DeclineDormancy', act);
  const propose = (act = RU) => ask('ProposeDormancy', act);
  const proposed = fact('DormancyProposed', RU);

  it('is proposed by one and accepted by the other', () => {
    given([raised], propose()).records('DormancyProposed');
    given([raised, proposed], make()).records('IrritantMadeDormant');
    expect(stageAfter(raised, proposed, fact('IrritantMadeDormant', US))).toBe('dormant');
  });
  it('is not accepted or declined by whoever proposed it, nor without a proposal', () => {
    given([raised, proposed], make(RU)).refuses('OWN_DORMANCY_PROPOSAL');
    given([raised, proposed], decline(RU)).refuses('OWN_DORMANCY_PROPOSAL');
    given([raised], make()).refuses('NO_DORMANCY_PROPOSED');
    given([raised], decline()).refuses('NO_DORMANCY_PROPOSED');
  });
  it('proposed by both is a case for accepting', () => {
    given([raised, proposed], propose(US)).refuses('DORMANCY_ALREADY_PROPOSED');
  });
  it('is taken off the table by whoever proposed it', () => {
    const takeBack = (act = RU) => ask('WithdrawDormancyProposal', act);
    given([raised, proposed], takeBack()).records('DormancyProposalWithdrawn');
    given([raised, proposed], takeBack(US)).refuses('NOT_OWN_DORMANCY_PROPOSAL');
    given([raised], takeBack()).refuses('NO_DORMANCY_PROPOSED');
    given([raised, proposed, fact('DormancyProposalWithdrawn', RU)], make()).refuses('NO_DORMANCY_PROPOSED');
  });
  it('declined leaves the irritant where it was', () => {
    given([raised, proposed], decline()).records('DormancyDeclined');
    expect(stageAfter(raised, proposed, fact('DormancyDeclined', US))).toBe('raised');
  });
});

describe('Reopening', () => {
  const reopen = (closingEventId: string, act = US) => ask('ReopenIrritant', act, { closingEventId });

  it('names the event that closed the irritant', () => {
    given([raised, withdrawn()], reopen(idAt(1))).records('IrritantReopened');
    given([raised, withdrawn()], reopen(idAt(0))).refuses('NOT_THE_CLOSING_EVENT');
    given([raised], reopen(idAt(0))).refuses('IRRITANT_NOT_CLOSED');
  });
  const implementation = begun('exchange', 'e');

  it('of what was let go or left to rest has again what it had: one side undoes nothing joint', () => {
    expect(stageAfter(raised, withdrawn(), reopened(1))).toBe('raised');
    expect(stageAfter(raised, implementation, ...letRest)).toBe('dormant');
    expect(stageAfter(raised, implementation, ...letRest, reopened(3))).toBe('in-implementation');
  });
  it('of what was resolved returns to consultation, and names who did so and what was resolved', () => {
    const facts = [raised, implementation, terms, accepted(), resolved('direct', 2, 3), reopened(4)];
    expect(stageAfter(...facts)).toBe('under-consultation');
    expect(given(facts).state?.reopenings).toMatchObject([
      { said: { party: 'US' }, closed: 'resolved', closingEventId: idAt(4), resolutionId: 'r' },
    ]);
  });
});
