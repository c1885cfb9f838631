import { describe, expect, it } from '@jest/globals';
import { attributedTo, derived, directly, endorsedAt, specification } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import { irritantDecider } from './irritant.decider.js';
import { irritantView } from './irritant.view.js';

const given = specification(irritantDecider, 'irritant-1');
const RU = directly('RU');
const US = directly('US');
const ofNobody = { ...attributedTo('RU'), party: null };
const hash = 'a'.repeat(64);

const raisedBy = (raisers: readonly string[], act: GivenFact['act'] = RU): GivenFact => ({
  type: 'IrritantRaised',
  ...(act === undefined ? {} : { act }),
  data: {
    dialogueId: 'd',
    key: 'RUUS-1',
    parties: ['RU', 'US'],
    raisers,
    respondents: ['US'],
    raisedBasis: 'first-recorded',
    category: 'property',
    synthetic: false,
  },
});
const raised = raisedBy(['RU']);
const words = { title: { en: 'Six houses' }, designations: { RU: { en: 'Our houses' } } };

function shown(...facts: readonly GivenFact[]) {
  const { state } = given(facts);
  if (state === null) throw new Error('The irritant is not raised.');
  return irritantView(state, (id) => (id === state.raised.eventId ? words : { name: { en: 'The estate' } }));
}
const awaited = (...facts: readonly GivenFact[]) =>
  shown(...facts).awaiting.map(({ what, from }) => [what, from]);
const discussed: GivenFact = fact('ConsultationBegan', derived, {
  by: { kind: 'round', id: 'r' },
  basis: 'direct',
  restsOn: [],
});
const claimed: GivenFact = fact('UnderstandingClaimed', RU, {
  claimId: 'c',
  kind: 'factual',
  textHash: hash,
});
const answered = (type: string, act: GivenFact['act'], data: object = {}): GivenFact => ({
  type,
  ...(act === undefined ? {} : { act }),
  data: { claimId: 'c', ...data },
});

describe('A grievance of one side', () => {
  const owed = [['answer-to-raising', 'US']];

  it('awaits an answer as long as the other is silent, even where it was discussed by one side’s word', () => {
    expect(awaited(raised)).toEqual(owed);
    expect(awaited(raised, discussed)).toEqual(owed);
  });
  it.each<[string, GivenFact]>([
    ['acknowledged', fact('IrritantAcknowledged', US)],
    ['contested', fact('IrritantContested', US)],
    ['raised by the other side as well', fact('IrritantCoRaised', US)],
    ['met with a position', fact('PositionStated', US, { stance: 'contests' })],
  ])('is answered once it is %s', (_how, answer) => {
    expect(awaited(raised, answer)).toEqual([]);
  });
  it('awaits nothing where nobody is on record as raising it', () => {
    expect(awaited(raisedBy([], ofNobody))).toEqual([]);
    expect(shown(raisedBy([], ofNobody))).toMatchObject({ raisers: [], raised: { party: null } });
  });
  it('that another side joins later is asked of the other in its turn', () => {
    const joined = fact('IrritantCoRaised', US);
    expect(awaited(raisedBy([], ofNobody), joined)).toEqual([['answer-to-raising', 'RU']]);
    expect(shown(raisedBy([], ofNobody), joined)).toMatchObject({ raisers: ['US'] });
  });
});

describe('A claim', () => {
  const onClaim = (...facts: readonly GivenFact[]) =>
    shown(raised, fact('IrritantContested', US), claimed, ...facts).awaiting;
  const inPart = answered('UnderstandingConfirmed', US, { mode: 'partial' });
  const denied = answered('UnderstandingDenied', US);
  const claimsAfter = (...facts: readonly GivenFact[]) => shown(raised, claimed, ...facts).claims;

  it('awaits an answer, and confirmed in part an answer to the rest', () => {
    expect(onClaim()).toMatchObject([{ what: 'answer-to-claim', from: 'US', claimId: 'c' }]);
    expect(onClaim(inPart)).toMatchObject([{ what: 'answer-to-claim', from: 'US', inPart: true }]);
    expect(claimsAfter(inPart)).toMatchObject([{ state: 'partly-confirmed', answer: { mode: 'partial' } }]);
  });
  it('keeps what is confirmed in part when the rest is denied or withdrawn', () => {
    expect(onClaim(inPart, denied)).toEqual([]);
    expect(claimsAfter(inPart, denied)).toMatchObject([
      { state: 'partly-confirmed', answer: { party: 'US' }, partial: { party: 'US' } },
    ]);
    const withdrawn = answered('UnderstandingClaimWithdrawn', RU);
    expect(onClaim(inPart, withdrawn)).toEqual([]);
    expect(claimsAfter(inPart, withdrawn)).toMatchObject([
      { state: 'partly-confirmed', withdrawn: { party: 'RU' } },
    ]);
  });
  it('takes a side’s own denial in the place of a confirmation that was attributed to it', () => {
    const forUs = answered('UnderstandingConfirmed', attributedTo('US'), { mode: 'same-text' });
    expect(claimsAfter(forUs, denied)).toMatchObject([{ state: 'denied', answer: { capacity: 'direct' } }]);
    const ownFirst = answered('UnderstandingDenied', US);
    expect(claimsAfter(ownFirst, forUs)).toMatchObject([{ state: 'denied', answer: { capacity: 'direct' } }]);
  });
});

describe('A withdrawal', () => {
  it('of what both agreed on awaits the other side', () => {
    const agreed: GivenFact = fact('Agreed', derived, {
      by: { kind: 'proposal', id: 'p' },
      version: 1,
      contentHash: hash,
      basis: 'direct',
      restsOn: [],
    });
    expect(awaited(raised, agreed, fact('IrritantWithdrawn', RU))).toEqual([['answer-to-withdrawal', 'US']]);
  });
  it('of one raiser awaits that of the other', () => {
    const joined = fact('IrritantCoRaised', US);
    expect(awaited(raised, joined, fact('IrritantWithdrawn', RU))).toEqual([['withdrawal', 'US']]);
  });
});

describe('What the matter is called', () => {
  it('is each party’s own name, and a title of one side until the other takes it up', () => {
    const named = fact('IrritantDesignated', US);
    expect(shown(raised)).toMatchObject({
      titled: { by: 'RU', acceptedBy: [], isNeutral: false },
      designations: { RU: { en: 'Our houses' } },
    });
    expect(shown(raised, named, fact('TitleAccepted', US))).toMatchObject({
      titled: { by: 'RU', acceptedBy: ['US'], isNeutral: true },
      designations: { RU: { en: 'Our houses' }, US: { en: 'The estate' } },
    });
    expect(shown(raised, fact('IrritantCoRaised', US)).titled.isNeutral).toBe(true);
  });
  it('is accepted as it was worded: a corrected title is accepted anew', () => {
    const target = given([raised]).state?.raised.eventId;
    const corrected = (...anew: string[]) =>
      fact('EventCorrected', RU, { target, reading: anew.map((field) => ({ field })) });
    const accepted = fact('TitleAccepted', US);
    expect(shown(raised, accepted, corrected('statement', 'title')).titled.isNeutral).toBe(false);
    expect(shown(raised, accepted, corrected('statement')).titled.isNeutral).toBe(true);
    expect(shown(raised, accepted, corrected()).titled.isNeutral).toBe(true);
  });
});

describe('A word that was attributed', () => {
  it('does not displace the party’s own', () => {
    const position = (act: GivenFact['act'], stance: string): GivenFact => ({
      type: 'PositionStated',
      ...(act === undefined ? {} : { act }),
      data: { stance },
    });
    const forUs = attributedTo('US');
    expect(shown(raised, position(US, 'contests'), position(forUs, 'acknowledges')).positions).toMatchObject({
      US: { stance: 'contests' },
    });
    const resumed = fact('IrritantResumed', forUs);
    expect(shown(raised, fact('IrritantSuspended', US), resumed).overlays).toEqual(['suspended']);
  });
  it('that stood after an earlier one stays, when that one is endorsed later', () => {
    const first = (endorsed: number) =>
      fact('PositionStated', endorsedAt(endorsed, 'US'), { stance: 'contests' });
    const second = fact('PositionStated', attributedTo('US'), { stance: 'acknowledges' });
    const endorsing = fact('AttributionEndorsed', US, { target: '00000000-0000-7000-8000-000000000001' });
    expect(shown(raised, first(3), second, endorsing).positions).toMatchObject({
      US: { stance: 'acknowledges' },
    });
    expect(shown(raised, first(2), endorsing, second).positions).toMatchObject({
      US: { stance: 'contests' },
    });
  });
});
