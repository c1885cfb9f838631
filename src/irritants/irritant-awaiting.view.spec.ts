import { describe, expect, it } from '@jest/globals';
import { irritantView } from './irritant.view.js';
import { endorsedAt, fact, forRu, forUs, idAt, RU, US } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import {
  acknowledged,
  claimed,
  coRaised,
  confirmed,
  denied,
  given,
  hash,
  raised,
  raising,
  reached,
  stateOf,
  suspended,
  unraised,
  withdrawn,
} from '../../test/support/irritant-given.js';

const words = { title: { en: 'Six houses' }, designations: { RU: { en: 'Our houses' } } };

function shown(...facts: readonly GivenFact[]) {
  const state = stateOf(...facts);
  return irritantView(state, (id) => (id === state.raised.eventId ? words : { name: { en: 'The estate' } }));
}
const awaited = (...facts: readonly GivenFact[]) =>
  shown(...facts).awaiting.map(({ what, from }) => [what, from]);
const discussed = reached('ConsultationBegan', { by: { kind: 'round', id: 'r' } });
const claim = claimed('factual');

describe('A grievance of one side', () => {
  const owed = [['answer-to-raising', 'US']];

  it('awaits an answer as long as the other is silent, even where it was discussed by one side’s word', () => {
    expect(awaited(raised)).toEqual(owed);
    expect(awaited(raised, discussed)).toEqual(owed);
  });
  it.each<[string, GivenFact]>([
    ['acknowledged', acknowledged()],
    ['contested', fact('IrritantContested', US)],
    ['raised by the other side as well', coRaised()],
    ['met with a position', fact('PositionStated', US, { stance: 'contests' })],
  ])('is answered once it is %s', (_how, answer) => {
    expect(awaited(raised, answer)).toEqual([]);
  });
  it('awaits nothing where nobody is on record as raising it', () => {
    expect(awaited(unraised)).toEqual([]);
    expect(shown(unraised)).toMatchObject({ raisers: [], raised: { party: null } });
  });
  it('that another side joins later is asked of the other in its turn', () => {
    expect(awaited(unraised, coRaised())).toEqual([['answer-to-raising', 'RU']]);
    expect(shown(unraised, coRaised())).toMatchObject({ raisers: ['US'] });
  });
});

describe('A claim', () => {
  const onClaim = (...facts: readonly GivenFact[]) =>
    shown(raised, fact('IrritantContested', US), claim, ...facts).awaiting;
  const inPart = confirmed('partial');
  const claimsAfter = (...facts: readonly GivenFact[]) => shown(raised, claim, ...facts).claims;

  it('awaits an answer, and confirmed in part an answer to the rest', () => {
    expect(onClaim()).toMatchObject([{ what: 'answer-to-claim', from: 'US', claimId: 'c' }]);
    expect(onClaim(inPart)).toMatchObject([{ what: 'answer-to-claim', from: 'US', inPart: true }]);
    expect(claimsAfter(inPart)).toMatchObject([{ state: 'partly-confirmed', answer: { mode: 'partial' } }]);
  });
  it('keeps what is confirmed in part when the rest is denied or withdrawn', () => {
    expect(onClaim(inPart, denied())).toEqual([]);
    expect(claimsAfter(inPart, denied())).toMatchObject([
      { state: 'partly-confirmed', answer: { party: 'US' }, partial: { party: 'US' } },
    ]);
    const takenBack = fact('UnderstandingClaimWithdrawn', RU, { claimId: 'c' });
    expect(onClaim(inPart, takenBack)).toEqual([]);
    expect(claimsAfter(inPart, takenBack)).toMatchObject([
      { state: 'partly-confirmed', withdrawn: { party: 'RU' } },
    ]);
  });
  it('takes a side’s own denial in the place of a confirmation that was attributed to it', () => {
    const inItsName = confirmed('same-text', forUs);
    expect(claimsAfter(inItsName, denied())).toMatchObject([
      { state: 'denied', answer: { capacity: 'direct' } },
    ]);
    expect(claimsAfter(denied(), inItsName)).toMatchObject([
      { state: 'denied', answer: { capacity: 'direct' } },
    ]);
  });
});

describe('A withdrawal', () => {
  it('of what both agreed on awaits the other side', () => {
    const agreed = reached('Agreed', { by: { kind: 'proposal', id: 'p' }, version: 1, contentHash: hash });
    expect(awaited(raised, agreed, withdrawn())).toEqual([['answer-to-withdrawal', 'US']]);
  });
  it('of one raiser awaits that of the other', () => {
    expect(awaited(raised, coRaised(), withdrawn())).toEqual([['withdrawal', 'US']]);
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
    expect(shown(raised, coRaised()).titled.isNeutral).toBe(true);
  });
  it('is accepted as it was worded: a corrected title is accepted anew', () => {
    const target = given([raised]).state?.raised.eventId;
    const corrected = (...anew: string[]) =>
      fact('EventCorrected', RU, { target, reading: anew.map((field) => ({ field })) });
    const taken = fact('TitleAccepted', US);
    expect(shown(raised, taken, corrected('statement', 'title')).titled.isNeutral).toBe(false);
    expect(shown(raised, taken, corrected('statement')).titled.isNeutral).toBe(true);
    expect(shown(raised, taken, corrected()).titled.isNeutral).toBe(true);
    const retitled = shown(raised, coRaised(), corrected('title'));
    expect(retitled.titled).toEqual({ by: 'RU', acceptedBy: [], isNeutral: false });
    expect(shown(raised, corrected('title'), coRaised()).titled.isNeutral).toBe(true);
  });
  it('is a title of whoever worded it as it reads', () => {
    const byKeeper = fact('IrritantRaised', { ...forRu, recorderParty: 'US' }, raising);
    const target = given([byKeeper]).state?.raised.eventId;
    const anew = fact('EventCorrected', RU, { target, reading: [{ field: 'title' }] });
    const back = fact('EventCorrected', RU, { target, reading: [{ field: 'title', as: target }] });
    expect(shown(byKeeper).titled.by).toBe('US');
    expect(shown(byKeeper, anew).titled.by).toBe('RU');
    expect(shown(byKeeper, anew, back).titled.by).toBe('US');
    const foundVoid = fact('IrritantRaised', { ...RU, party: null }, raising);
    expect(shown(foundVoid).titled.by).toBeNull();
  });
});

describe('A word that was attributed', () => {
  it('does not displace the party’s own', () => {
    const position = (act: typeof US, stance: string) => fact('PositionStated', act, { stance });
    expect(shown(raised, position(US, 'contests'), position(forUs, 'acknowledges')).positions).toMatchObject({
      US: { stance: 'contests' },
    });
    const resumed = fact('IrritantResumed', forUs);
    expect(shown(raised, suspended(), resumed).overlays).toEqual(['suspended']);
  });
  it('that stood after an earlier one stays, when that one is endorsed later', () => {
    const first = (endorsed: number) =>
      fact('PositionStated', endorsedAt(endorsed, 'US'), { stance: 'contests' });
    const second = fact('PositionStated', forUs, { stance: 'acknowledges' });
    const endorsing = fact('AttributionEndorsed', US, { target: idAt(1) });
    expect(shown(raised, first(3), second, endorsing).positions).toMatchObject({
      US: { stance: 'acknowledges' },
    });
    expect(shown(raised, first(2), endorsing, second).positions).toMatchObject({
      US: { stance: 'contests' },
    });
  });
});
