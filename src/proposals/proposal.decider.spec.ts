import { describe, it } from '@jest/globals';
import { attributedTo, derived, directly, idAt, proposing, specification } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import type { Act } from '#libs/decider';
import { proposalDecider } from './proposal.decider.js';
import type { ProposalCommand } from './proposal.decider.js';

const given = specification(proposalDecider, 'proposal-1');
const RU = directly('RU');
const US = directly('US');
const contentHash = 'a'.repeat(64);
const otherHash = 'b'.repeat(64);
const irritantIds = ['i-1'];
const version = { form: 'proposal', contentHash, languages: ['en'], authentic: [], irritantIds };

const ask = (type: string, act: Act, event: string, data: object = {}, facts: object = {}) =>
  proposing(type, act, { type: event, data }, { facts }) as unknown as ProposalCommand;

const tabled = (over: object = {}): GivenFact => ({
  type: 'ProposalTabled',
  act: RU,
  data: { dialogueId: 'd', parties: ['RU', 'US'], synthetic: false, version: 1, ...version, ...over },
});
const revised: GivenFact = {
  type: 'ProposalRevised',
  act: US,
  data: { ...version, version: 2, contentHash: otherHash },
};
const assented = (act: Act, over: object = {}): GivenFact => ({
  type: 'AssentGiven',
  act,
  data: { version: 1, contentHash, adReferendum: false, ...over },
});
const agreed: GivenFact = {
  type: 'ProposalAgreed',
  act: derived,
  data: { version: 1, contentHash, basis: 'direct', restsOn: [] },
};
const assent = (act: Act, over: object = {}) =>
  ask('AssentToProposal', act, 'AssentGiven', { version: 1, contentHash, adReferendum: false, ...over });
const confirm = (act: Act, over: object = {}) =>
  ask('ConfirmAssentToProposal', act, 'AssentConfirmed', { version: 1, contentHash, ...over });
const withdraw = (act: Act, over: object = {}) =>
  ask('WithdrawAssentToProposal', act, 'AssentWithdrawn', { version: 1, ...over });
const revise = (act: Act, over: object = {}, facts: object = {}) =>
  ask('ReviseProposal', act, 'ProposalRevised', { ...version, contentHash: otherHash, ...over }, facts);
const decline = (act: Act) => ask('DeclineProposal', act, 'ProposalDeclined');
const lapse = (act: Act) => ask('LapseProposal', act, 'ProposalLapsed');
const suspended = { irritants: [{ key: 'RUUS-1', suspensions: [{ party: 'US' }] }] };

describe('A proposal', () => {
  it('is tabled as version one', () => {
    given([])
      .when(ask('TableProposal', RU, 'ProposalTabled', { ...version, dialogueId: 'd' }))
      .then([{ type: 'ProposalTabled', data: { ...version, dialogueId: 'd', version: 1 } }]);
  });
  it('is its words, or at least their hash', () => {
    given([])
      .when(ask('TableProposal', RU, 'ProposalTabled', { ...version, contentHash: undefined }))
      .refuses('WORDS_REQUIRED');
  });
  it('is authentic only in languages in which it has words', () => {
    given([])
      .when(ask('TableProposal', RU, 'ProposalTabled', { ...version, authentic: ['en', 'ru'] }))
      .refuses('AUTHENTIC_WITHOUT_TEXT');
  });
  it('waits while work on an irritant is suspended, and so does a new version', () => {
    given([])
      .when(ask('TableProposal', RU, 'ProposalTabled', version, suspended))
      .refuses('IRRITANT_SUSPENDED');
    given([tabled()])
      .when(revise(US, {}, suspended))
      .refuses('IRRITANT_SUSPENDED');
  });
  it('is agreed once both sides have assented to the same hash', () => {
    given([tabled()])
      .when(assent(RU))
      .then([{ type: 'AssentGiven' }]);
    given([tabled(), assented(RU)])
      .when(assent(US))
      .then([
        { type: 'AssentGiven' },
        {
          type: 'ProposalAgreed',
          data: {
            version: 1,
            contentHash,
            basis: 'direct',
            restsOn: [idAt(1), 'this', idAt(0)],
          },
        },
      ]);
  });
  it('is agreed by attribution where one assent is attributed', () => {
    given([tabled(), assented(attributedTo('RU'))])
      .when(assent(US))
      .then([
        { type: 'AssentGiven' },
        {
          type: 'ProposalAgreed',
          data: {
            version: 1,
            contentHash,
            basis: 'attributed',
            restsOn: [idAt(1), 'this', idAt(0)],
          },
        },
      ]);
  });
  it('is agreed once more, directly, when a side says itself what was attributed to it', () => {
    const attributed = { ...agreed, data: { version: 1, contentHash, basis: 'attributed', restsOn: [] } };
    const facts = [tabled(), assented(attributedTo('RU')), assented(US), attributed];
    given(facts)
      .when(assent(RU))
      .then([{ type: 'AssentGiven' }, { type: 'ProposalAgreed' }]);
    given(facts)
      .when(assent(attributedTo('RU')))
      .changesNothing();
    given([tabled(), assented(attributedTo('RU')), assented(attributedTo('US')), attributed])
      .when(assent(RU))
      .then([{ type: 'AssentGiven' }]);
  });
  it('is not agreed by one side that assents twice', () => {
    given([tabled(), assented(RU)])
      .when(assent(RU))
      .changesNothing();
    given([tabled(), assented(attributedTo('RU'))])
      .when(assent(RU))
      .then([{ type: 'AssentGiven' }]);
  });
});

describe('An assent', () => {
  it('is to one hash and no other', () => {
    given([tabled()])
      .when(assent(US, { contentHash: otherHash }))
      .refuses('TEXT_MISMATCH');
    given([tabled()])
      .when(assent(US, { version: 2 }))
      .refuses('VERSION_UNKNOWN');
  });
  it('falls with a new version', () => {
    given([tabled(), assented(RU), revised])
      .when(assent(US))
      .refuses('VERSION_SUPERSEDED');
    given([tabled(), assented(RU), revised])
      .when(assent(US, { version: 2, contentHash: otherHash }))
      .then([{ type: 'AssentGiven' }]);
  });
  it('ad referendum agrees to nothing until the capital confirms it', () => {
    given([tabled(), assented(RU)])
      .when(assent(US, { adReferendum: true }))
      .then([{ type: 'AssentGiven' }]);
    given([tabled(), assented(RU), assented(US, { adReferendum: true })])
      .when(confirm(US))
      .then([{ type: 'AssentConfirmed' }, { type: 'ProposalAgreed' }]);
    given([tabled(), assented(US, { adReferendum: true })])
      .when(assent(RU))
      .then([{ type: 'AssentGiven' }]);
  });
  it('recorded by somebody else never goes further than the party itself has gone', () => {
    const facts = [tabled(), assented(RU), assented(US, { adReferendum: true })];
    given(facts)
      .when(assent(attributedTo('US')))
      .changesNothing();
    given([tabled(), assented(US, { adReferendum: true })])
      .when(assent(attributedTo('US')))
      .changesNothing();
  });
  it('is confirmed only where it was given, and once', () => {
    given([tabled()]).when(confirm(US)).refuses('NO_ASSENT');
    given([tabled(), assented(US)])
      .when(confirm(US))
      .changesNothing();
    given([
      tabled(),
      assented(US, { adReferendum: true }),
      { type: 'AssentConfirmed', act: US, data: { version: 1, contentHash } },
    ])
      .when(confirm(US))
      .changesNothing();
  });
  it('is withdrawn before the agreement, and not after', () => {
    given([tabled(), assented(RU)])
      .when(withdraw(RU))
      .then([{ type: 'AssentWithdrawn' }]);
    given([tabled(), assented(RU), assented(US), agreed])
      .when(withdraw(RU))
      .refuses('VERSION_AGREED');
  });
  it('that was withdrawn no longer makes an agreement', () => {
    const facts = [tabled(), assented(RU), { type: 'AssentWithdrawn', act: RU, data: { version: 1 } }];
    given(facts)
      .when(assent(US))
      .then([{ type: 'AssentGiven' }]);
    given(facts).when(withdraw(RU)).changesNothing();
  });
  it('that was never given is not withdrawn', () => {
    given([tabled()]).when(withdraw(US)).refuses('NO_ASSENT');
  });
  it('is not given to a non-paper', () => {
    given([tabled({ form: 'non-paper' })])
      .when(assent(US))
      .refuses('NON_PAPER');
  });
});

describe('A proposal on the table', () => {
  it('is declined by the other side only', () => {
    given([tabled()])
      .when(decline(US))
      .then([{ type: 'ProposalDeclined' }]);
    given([tabled()]).when(decline(RU)).refuses('OWN_PROPOSAL');
    given([tabled(), { type: 'ProposalDeclined', act: US }])
      .when(decline(US))
      .changesNothing();
  });
  it('lapses by the word of the side that tabled it only', () => {
    given([tabled()])
      .when(lapse(RU))
      .then([{ type: 'ProposalLapsed' }]);
    given([tabled()]).when(lapse(US)).refuses('NOT_OWN_PROPOSAL');
    given([tabled(), { type: 'ProposalLapsed', act: RU }])
      .when(lapse(RU))
      .changesNothing();
  });
  it('comes back with a new version once it was declined', () => {
    const declined = [tabled(), { type: 'ProposalDeclined', act: US }];
    given(declined).when(assent(US)).refuses('NOT_ON_THE_TABLE');
    given(declined)
      .when(revise(RU))
      .then([{ type: 'ProposalRevised' }]);
    given([...declined, revised])
      .when(assent(RU, { version: 2, contentHash: otherHash }))
      .then([{ type: 'AssentGiven' }]);
  });
  it('that is agreed is neither revised nor declined nor lapses', () => {
    const facts = [tabled(), assented(RU), assented(US), agreed];
    given(facts).when(revise(US)).refuses('VERSION_AGREED');
    given(facts).when(decline(US)).refuses('VERSION_AGREED');
    given(facts).when(lapse(RU)).refuses('VERSION_AGREED');
    given(facts).when(assent(US)).changesNothing();
  });
  it('takes the same version again from the same side as nothing new', () => {
    given([tabled()]).when(revise(RU, { contentHash })).changesNothing();
  });
  it('takes the same words in another form, or back on the table, as a new version', () => {
    given([tabled({ form: 'non-paper' })])
      .when(revise(RU, { contentHash }))
      .then([{ type: 'ProposalRevised' }]);
    given([tabled(), { type: 'ProposalLapsed', act: RU }])
      .when(revise(RU, { contentHash }))
      .then([{ type: 'ProposalRevised' }]);
  });
});
