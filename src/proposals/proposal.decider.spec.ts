import { describe, expect, it } from '@jest/globals';
import { derived, endorsedAt, fact, forRu, forUs, idAt, RU, specification, US } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import type { Act } from '#libs/decider';
import { proposalCommands } from './proposal.commands.js';
import { follows, proposalDecider } from './proposal.decider.js';

const { given, ask } = specification(proposalDecider, 'proposal-1', proposalCommands);
const contentHash = 'a'.repeat(64);
const otherHash = 'b'.repeat(64);
const second = { version: 2, contentHash: otherHash };
const irritantIds = ['i-1'];
const version = { form: 'proposal', contentHash, languages: ['en'], authentic: [], irritantIds };

const tabled = (over: object = {}, act: Act = RU) =>
  fact('ProposalTabled', act, {
    dialogueId: 'd',
    parties: ['RU', 'US'],
    synthetic: false,
    version: 1,
    ...version,
    ...over,
  });
const revised = fact('ProposalRevised', US, { ...version, ...second });
const assented = (act: Act, over: object = {}) =>
  fact('AssentGiven', act, { version: 1, contentHash, adReferendum: false, ...over });
const becoming = (basis: string, ...restsOn: readonly string[]) => ({
  type: 'ProposalAgreed',
  data: { version: 1, contentHash, irritantIds, basis, restsOn },
});
/** Until its capital confirms it. */
const halfway = assented(US, { adReferendum: true });
/** By the two assents that stand after the tabling. */
const agreed = { ...becoming('attributed', idAt(1), idAt(2)), act: derived };
const inForce = [tabled(), assented(RU), assented(US), agreed];
const endorsed = (party: string): Act => endorsedAt(9, party);
const assent = (act: Act, over: object = {}) =>
  ask('AssentToProposal', act, { version: 1, contentHash, adReferendum: false, ...over });
const confirm = (act: Act, over: object = {}) =>
  ask('ConfirmAssentToProposal', act, { version: 1, contentHash, ...over });
const withdraw = (act: Act, over: object = {}) =>
  ask('WithdrawAssentToProposal', act, { version: 1, ...over });
const revise = (act: Act, over: object = {}) =>
  ask('ReviseProposal', act, { ...version, contentHash: otherHash, ...over });
const decline = (act: Act) => ask('DeclineProposal', act);
const lapse = (act: Act) => ask('LapseProposal', act);
const terminate = (act: Act) => ask('TerminateProposal', act);

describe('A proposal', () => {
  it('is tabled as version one', () => {
    given([], ask('TableProposal', RU, { ...version, dialogueId: 'd' })).records({
      type: 'ProposalTabled',
      data: { ...version, dialogueId: 'd', version: 1 },
    });
  });
  it('is its words, or at least their hash', () => {
    given([], ask('TableProposal', RU, { ...version, contentHash: undefined })).refuses('WORDS_REQUIRED');
  });
  it('is authentic only in languages in which it has words', () => {
    given([], ask('TableProposal', RU, { ...version, authentic: ['en', 'ru'] })).refuses(
      'AUTHENTIC_WITHOUT_TEXT',
    );
  });
  it('is agreed once both sides have assented to the same hash', () => {
    given([tabled()], assent(RU)).records('AssentGiven');
    given([tabled(), assented(RU)], assent(US)).records(
      'AssentGiven',
      becoming('direct', idAt(1), 'this', idAt(0)),
    );
  });
  it('is agreed by attribution where one assent is attributed', () => {
    given([tabled(), assented(forRu)], assent(US)).records(
      'AssentGiven',
      becoming('attributed', idAt(1), 'this', idAt(0)),
    );
  });
  it('is agreed once more when a side says itself what was attributed to it, whatever the other side’s basis', () => {
    const facts = [tabled(), assented(forRu), assented(US), agreed];
    given(facts, assent(RU)).records(
      { type: 'AssentGiven', restsOn: [0], ends: [1] },
      { type: 'ProposalAgreed', restsOn: [0] },
    );
    given(facts, assent(forRu)).changesNothing();
    given([tabled(), assented(forRu), assented(forUs), agreed], assent(RU)).records(
      'AssentGiven',
      'ProposalAgreed',
    );
  });
  it('is agreed directly as soon as each side has recorded or endorsed its own assent, whatever was stored', () => {
    const basis = (ru: Act, us: Act) =>
      given([tabled(), assented(ru), assented(us), agreed]).state?.agreed?.basis;
    expect(basis(forRu, US)).toBe('attributed');
    expect(basis(endorsed('RU'), US)).toBe('direct');
    expect(basis(endorsed('RU'), endorsed('US'))).toBe('direct');
    expect(basis(endorsed('RU'), forUs)).toBe('attributed');
  });
  it('is not agreed where one of the assents has dropped out, whatever the stored agreement says', () => {
    expect(given([tabled(), assented(RU), agreed]).state?.agreed).toBeNull();
    const adReferendum = [tabled(), assented(RU), halfway, agreed];
    expect(given(adReferendum).state?.agreed).toBeNull();
  });
  it('names what it is about, for whoever reads of the agreement', () => {
    expect(given(inForce).state).toMatchObject({ agreedIrritantIds: irritantIds, terminated: null });
    expect(given([tabled()]).state).toMatchObject({ agreedIrritantIds: [] });
  });
  it('is agreed by an assent that stands again, once its side says so', () => {
    const bothStand = [tabled(), assented(RU), assented(US)];
    given(bothStand, assent(RU)).records('AssentGiven', 'ProposalAgreed');
  });
  it('is not agreed by one side that assents twice', () => {
    given([tabled(), assented(RU)], assent(RU)).changesNothing();
    given([tabled(), assented(forRu)], assent(RU)).records('AssentGiven');
  });
});

describe('An assent', () => {
  it('is to one hash and no other', () => {
    given([tabled()], assent(US, { contentHash: otherHash })).refuses('TEXT_MISMATCH');
    given([tabled()], assent(US, { version: 2 })).refuses('VERSION_UNKNOWN');
  });
  it('rests on the version that was tabled, and a confirmation by the capital on the assent', () => {
    given([tabled()], assent(US)).records({ type: 'AssentGiven', restsOn: [0], ends: [] });
    given([tabled(), halfway], confirm(US)).records({ type: 'AssentConfirmed', restsOn: [1, 0] });
  });
  it('falls with a new version, which ends it', () => {
    given([tabled(), assented(RU)], revise(US)).records({ type: 'ProposalRevised', ends: [0, 1] });
    given([tabled(), assented(RU), revised], assent(US)).refuses('VERSION_SUPERSEDED');
    given([tabled(), assented(RU), revised], assent(US, second)).records('AssentGiven');
  });
  it('ad referendum agrees to nothing until the capital confirms it', () => {
    given([tabled(), assented(RU)], assent(US, { adReferendum: true })).records('AssentGiven');
    given([tabled(), assented(RU), halfway], confirm(US)).records('AssentConfirmed', 'ProposalAgreed');
    given([tabled(), halfway], assent(RU)).records('AssentGiven');
  });
  it('recorded by somebody else never goes further than the party itself has gone', () => {
    const facts = [tabled(), assented(RU), halfway];
    given(facts, assent(forUs)).changesNothing();
    given([tabled(), halfway], assent(forUs)).changesNothing();
  });
  it('is confirmed only where it was given, and once', () => {
    given([tabled()], confirm(US)).refuses('NO_ASSENT');
    given([tabled(), assented(US)], confirm(US)).changesNothing();
    given(
      [tabled(), halfway, fact('AssentConfirmed', US, { version: 1, contentHash })],
      confirm(US),
    ).changesNothing();
  });
  it('is withdrawn before the agreement, and not after', () => {
    given([tabled(), assented(RU)], withdraw(RU)).records({ type: 'AssentWithdrawn', restsOn: [1] });
    given(inForce, withdraw(RU)).refuses('VERSION_AGREED');
  });
  it('that was withdrawn no longer makes an agreement', () => {
    const facts = [tabled(), assented(RU), fact('AssentWithdrawn', RU, { version: 1 })];
    given(facts, assent(US)).records('AssentGiven');
    given(facts, withdraw(RU)).changesNothing();
  });
  it('that was never given is not withdrawn', () => {
    given([tabled()], withdraw(US)).refuses('NO_ASSENT');
  });
  it('is not given to a non-paper', () => {
    given([tabled({ form: 'non-paper' })], assent(US)).refuses('NON_PAPER');
  });
});

describe('What somebody else records in a party’s name', () => {
  const said = [tabled({}, US), assented(endorsed('RU'))];
  it('ends no assent that the party has given or endorsed itself', () => {
    given(said, withdraw(forRu)).refuses('OWN_WORD_STANDS');
    given(said, decline(forRu)).refuses('OWN_WORD_STANDS');
    given(said, revise(forRu)).refuses('OWN_WORD_STANDS');
    given([tabled({}, US), assented(endorsed('RU')), assented(US), agreed], terminate(forRu)).refuses(
      'OWN_WORD_STANDS',
    );
  });
  it('gives no assent that the party has itself taken back', () => {
    const takenBack = fact('AssentWithdrawn', endorsed('RU'), { version: 1 });
    given([tabled({}, US), assented(forRu), takenBack], assent(forRu)).refuses('OWN_WORD_STANDS');
  });
  it('and what it endorses later takes the place of nothing that it has said itself since', () => {
    const standing = (act: Act) =>
      given([tabled({}, US), assented(act), assented(RU, { adReferendum: true })]).state?.assents;
    const then = standing(forRu);
    expect(then).toMatchObject([{ adReferendum: true, said: { eventId: idAt(2), capacity: 'direct' } }]);
    expect(standing(endorsedAt(3, 'RU'))).toEqual(then);
  });
  it('takes no version off the table that the party has tabled or endorsed itself', () => {
    given([tabled()], revise(forRu)).refuses('OWN_WORD_STANDS');
    given([tabled()], lapse(forRu)).refuses('OWN_WORD_STANDS');
  });
  it('may end what was attributed to it as well, and what the party ends itself is ended', () => {
    const attributed = [tabled({}, US), assented(forRu)];
    given(attributed, withdraw(forRu)).records('AssentWithdrawn');
    given(said, decline(RU)).records({ type: 'ProposalDeclined', restsOn: [0], ends: [0, 1] });
  });
  it('when it was the tabling itself and was disavowed, is nobody’s text: it takes no assent, but a revision', () => {
    const nobodys = [tabled({}, { ...forRu, party: null })];
    given(nobodys, assent(US)).refuses('NOT_ON_THE_TABLE');
    given(nobodys, lapse(US)).refuses('NOT_ON_THE_TABLE');
    given(nobodys, revise(US)).records('ProposalRevised');
  });
});

describe('What was agreed', () => {
  it('is terminated by either side, in its own name, and each side’s assent stays what it was', () => {
    given([tabled()], terminate(US)).refuses('PROPOSAL_NOT_AGREED');
    given(inForce, terminate(US)).records({ type: 'ProposalTerminated', restsOn: [3], ends: [3, 1, 2] });
    const over = [...inForce, fact('ProposalTerminated', US)];
    expect(given(over).state).toMatchObject({
      agreed: { version: 1 },
      terminated: { party: 'US' },
      assents: [{ said: { party: 'RU' } }, { said: { party: 'US' } }],
    });
    given(over, terminate(US)).changesNothing();
    given(over, terminate(RU)).records('ProposalTerminated');
    for (const late of [assent(RU), withdraw(RU), revise(RU), decline(US), confirm(US)])
      given(over, late).refuses('PROPOSAL_TERMINATED');
  });
});

describe('A proposal on the table', () => {
  it('is declined by the other side only', () => {
    given([tabled()], decline(US)).records('ProposalDeclined');
    given([tabled()], decline(RU)).refuses('OWN_PROPOSAL');
    given([tabled(), fact('ProposalDeclined', US)], decline(US)).changesNothing();
  });
  it('lapses by the word of the side that tabled it only', () => {
    given([tabled()], lapse(RU)).records('ProposalLapsed');
    given([tabled()], lapse(US)).refuses('NOT_OWN_PROPOSAL');
    given([tabled(), fact('ProposalLapsed', RU)], lapse(RU)).changesNothing();
  });
  it('stays ended by the side that has ended it, whatever is written behind that', () => {
    const declined = fact('ProposalDeclined', US, {});
    const [lapsed, declinedByItsTabler] = [fact('ProposalLapsed', RU, {}), fact('ProposalDeclined', RU, {})];
    const endOf = (...facts: readonly GivenFact[]) => {
      const { ended } = given([tabled(), ...facts]).existing;
      return [ended?.how, ended?.said.party];
    };
    expect(endOf(declined, lapsed)).toEqual(['declined', 'US']);
    expect(endOf(declined, declinedByItsTabler)).toEqual(['declined', 'US']);
    expect(endOf(declinedByItsTabler)).toEqual([undefined, undefined]);
    expect(endOf(lapsed, declined)).toEqual(['lapsed', 'RU']);
  });
  it('comes back with a new version once it was declined', () => {
    const declined = [tabled(), fact('ProposalDeclined', US)];
    given(declined, assent(US)).refuses('NOT_ON_THE_TABLE');
    given(declined, revise(RU)).records('ProposalRevised');
    given([...declined, revised], assent(RU, second)).records('AssentGiven');
  });
  it('that is agreed is neither revised nor declined nor lapses', () => {
    given(inForce, revise(US)).refuses('VERSION_AGREED');
    given(inForce, decline(US)).refuses('VERSION_AGREED');
    given(inForce, lapse(RU)).refuses('VERSION_AGREED');
    given(inForce, assent(US)).changesNothing();
  });
  it('takes the same version again from the same side as nothing new', () => {
    given([tabled()], revise(RU, { contentHash })).changesNothing();
  });
  it('takes the same words in another form, or back on the table, as a new version', () => {
    given([tabled({ form: 'non-paper' })], revise(RU, { contentHash })).records('ProposalRevised');
    given([tabled(), fact('ProposalLapsed', RU)], revise(RU, { contentHash })).records('ProposalRevised');
  });
});

describe('Once what stood in its way has fallen, an agreement', () => {
  const due = (...facts: readonly GivenFact[]) => follows(given(facts).existing);

  it('follows from the full assents of both to the version on the table, by whatever they have', () => {
    expect(due(tabled(), assented(RU), assented(forUs))).toMatchObject([
      {
        ...becoming('attributed', idAt(1), idAt(2), idAt(0)),
        derivedFrom: [{ id: idAt(1) }, { id: idAt(2) }],
        restsOn: [idAt(0)],
      },
    ]);
  });
  it.each<readonly [string, readonly GivenFact[]]>([
    ['it is there already', inForce],
    ['one side has not assented', [tabled(), assented(RU)]],
    ['one assent awaits its capital', [tabled(), assented(RU), halfway]],
    ['the version is off the table', [tabled(), assented(RU), assented(US), fact('ProposalLapsed', RU)]],
    ['a later version is on the table', [tabled(), assented(RU), assented(US), revised]],
    ['it would commit to a non-paper', [tabled({ form: 'non-paper' }), assented(RU), assented(US)]],
  ])('does not where %s', (_, facts) => {
    expect(due(...facts)).toEqual([]);
  });
});
