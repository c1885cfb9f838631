import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { endorsedAt, fact, forRu, forUs, idAt, RU, specification, US } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import {
  acting,
  actOf,
  expectOfOneSide,
  expectOwnWordsToStand,
  withDecided,
} from '../../test/support/whatever-sides-do.js';
import { assetCommands } from './asset.commands.js';
import { assetDecider } from './asset.decider.js';
import type { AssetCommand } from './asset.decider.js';
import { agreedOn, holderFor, returnedTo } from './asset.facts.js';
import { assetView, statusOf } from './asset.view.js';

const { given, ask } = specification(assetDecider, 'asset-1', assetCommands);

const data = {
  dialogueId: 'd',
  irritantIds: ['i'],
  owner: 'RU',
  tenure: 'owned',
  holder: 'US',
  synthetic: false,
};
const registered = fact('AssetRegistered', RU, data);
const asserted = (over: object = {}, act = US) => fact('AssetRegistered', act, { ...data, ...over });
const requested = (act = RU, accessId = 'a') =>
  fact('AccessRequested', act, { accessId, purpose: 'inspection' });
const granted = (over: object = {}, act = US) => fact('AccessGranted', act, { accessId: 'a', ...over });
const denied = (act = US) => fact('AccessDenied', act, { accessId: 'a' });
const inspected = fact('InspectionConducted', RU, { inspectionId: 'n' });
const damaged = fact('DamageAssessed', RU, { damageId: 'm', amount: '100.50', currency: 'USD' });
const disputed = (over: object = {}) => fact('DamageDisputed', US, { damageId: 'm', ...over });
const returned = (act = RU, to = 'RU', more: object = {}) => fact('AssetReturned', act, { to, ...more });

const own = (act: typeof RU, over: object = {}) => ask('AssertOwnership', act, { ...data, ...over });
const request = (act = RU) => ask('RequestAccess', act, { accessId: 'b', purpose: 'visit' });
const grant = (act = US, over: object = {}) => ask('GrantAccess', act, { accessId: 'a', ...over });
const deny = (act = US, accessId = 'a') => ask('DenyAccess', act, { accessId });
const inspect = (accessId?: string) =>
  ask('RecordInspection', RU, { inspectionId: 'n', ...(accessId === undefined ? {} : { accessId }) });
const assess = (inspectionId?: string) =>
  ask('AssessDamage', RU, { ...damaged.data, ...(inspectionId === undefined ? {} : { inspectionId }) });
const dispute = (act = US, over: object = {}) => ask('DisputeDamage', act, { damageId: 'm', ...over });
const giveBack = (act = US, over: object = {}) => ask('RecordReturn', act, { to: 'RU', ...over });

const stateOf = (...facts: readonly GivenFact[]) => given(facts).existing;
const awaited = (...facts: readonly GivenFact[]) =>
  assetView(stateOf(...facts), () => ({})).awaiting.map(({ what, from }) => `${what} of ${from}`);

describe('An asset', () => {
  it('is registered once, as one side sees it', () => {
    const register = ask('RegisterAsset', RU, data);
    given([], register).records({ type: 'AssetRegistered', data });
    given([registered], register).changesNothing();
    expect(agreedOn(stateOf(registered), 'owner')).toBeNull();
  });
  it('is nothing before it is registered', () => {
    expect(given([requested(), inspected]).state).toBeNull();
  });
  it('is agreed to be whose it is only where both sides say the same', () => {
    const state = stateOf(registered, asserted({ owner: 'US', irritantIds: ['j'] }));
    const agreed = (['owner', 'tenure', 'holder'] as const).map((one) => agreedOn(state, one));
    expect(agreed).toEqual([null, 'owned', 'US']);
    expect(state.irritantIds).toEqual(['i', 'j']);
  });
  it('is spoken of by each side with its last word', () => {
    const state = stateOf(registered, asserted({ owner: 'US' }), asserted({ owner: 'RU' }));
    expect(agreedOn(state, 'owner')).toBe('RU');
  });
  it('is spoken of by each side as often as it likes, and concerns every irritant that was named', () => {
    for (const asked of [own(RU), own(US), own(RU, { holder: 'RU', irritantIds: ['i', 'j'] })]) {
      given([registered], asked).records('AssetRegistered');
    }
    expect(stateOf(registered, asserted({ irritantIds: ['j'] }, RU)).irritantIds).toEqual(['i', 'j']);
  });
  it('takes the word of the party itself in the place of one that was attributed to it', () => {
    given([asserted({}, forRu)], own(RU)).records('AssetRegistered');
  });
  it('is still as the party says itself when something else is attributed to it', () => {
    const attributed = asserted({ owner: 'US', holder: 'RU' }, forRu);
    given([registered], own(forRu, { owner: 'US', holder: 'RU' })).changesNothing();
    const state = stateOf(registered, asserted({ owner: 'US', holder: 'RU' }), attributed);
    expect([agreedOn(state, 'owner'), agreedOn(state, 'holder')]).toEqual([null, null]);
    given([registered, attributed], request()).records('AccessRequested');
  });
  it('is agreed on the basis of both words: directly only if each side speaks itself', () => {
    const basisAfter = (...facts: readonly GivenFact[]) =>
      assetView(stateOf(registered, ...facts), () => ({})).agreed.basis;
    expect(basisAfter()).toBeNull();
    expect(basisAfter(asserted({ owner: 'US', tenure: 'leased', holder: 'RU' }))).toBeNull();
    expect(basisAfter(asserted({}, forUs))).toBe('attributed');
    expect(basisAfter(asserted({}, forUs), asserted())).toBe('direct');
  });
});

describe('Access to an asset', () => {
  it('is asked for by the side that does not hold it', () => {
    given([registered], request()).records('AccessRequested');
    given([registered], request(US)).refuses('HOLDER_ASKS_ITSELF');
  });
  it('is asked of whoever holds it by the word of the side that asks, whatever the other says', () => {
    const both = [registered, asserted({ holder: 'RU' })];
    expect([holderFor(stateOf(...both), 'RU'), holderFor(stateOf(...both), 'US')]).toEqual(['US', 'RU']);
    given(both, request(RU)).records('AccessRequested');
    given(both, request(US)).records('AccessRequested');
    given([registered, asserted()], request(US)).refuses('HOLDER_ASKS_ITSELF');
  });
  it('is granted or denied by the side that did not ask', () => {
    given([registered, requested()], grant()).records({ type: 'AccessGranted', data: { accessId: 'a' } });
    given([registered, requested()], deny()).records('AccessDenied');
    given([registered, requested()], grant(RU)).refuses('OWN_REQUEST');
    given([registered, requested()], deny(RU)).refuses('OWN_REQUEST');
    given([registered], grant()).refuses('ACCESS_UNKNOWN');
    given([registered], deny()).refuses('ACCESS_UNKNOWN');
  });
  it('is answered anew: the last answer counts, and ends the one before', () => {
    const grantedOnce = [registered, requested(), granted({ until: '2025-12-31' })];
    given(grantedOnce, grant(US, { until: '2026-12-31' })).records('AccessGranted');
    given(grantedOnce, deny()).records({ type: 'AccessDenied', restsOn: [], ends: [1, 2] });
    given([...grantedOnce, denied()], inspect('a')).refuses('ACCESS_NOT_GRANTED');
    expect(stateOf(...grantedOnce, denied()).accesses[0]?.answer).toMatchObject({ granted: false });
  });
  it('is answered by the party itself where the answer was attributed to it so far', () => {
    given([registered, requested(), denied(forUs)], deny()).records('AccessDenied');
  });
  it('is not answered otherwise, in the name of a party that has answered it itself', () => {
    const answered = [registered, requested(), denied()];
    given(answered, grant(forUs)).refuses('OWN_WORD_STANDS');
    given(answered, deny(forUs)).changesNothing();
    const state = stateOf(...answered, granted({}, forUs));
    expect(state.accesses[0]?.answer).toMatchObject({ granted: false, said: { capacity: 'direct' } });
  });
  it('is not answered by a word that answers nothing, or by the side that asked', () => {
    expect(stateOf(registered, granted()).accesses).toEqual([]);
    expect(stateOf(registered, requested(), granted({}, RU)).accesses[0]?.answer).toBeNull();
  });
});

describe('An inspection', () => {
  it('goes under an access that was granted, or under none', () => {
    given([registered, requested(), granted()], inspect('a')).records({
      type: 'InspectionConducted',
      restsOn: [2],
      ends: [],
    });
    given([registered], inspect()).records('InspectionConducted');
    given([registered], inspect('a')).refuses('ACCESS_UNKNOWN');
    given([registered, requested()], inspect('a')).refuses('ACCESS_NOT_GRANTED');
  });
});

describe('Damage to an asset', () => {
  it('is assessed, where it names an inspection after one that was recorded', () => {
    given([registered], assess()).records('DamageAssessed');
    given([registered, inspected], assess('n')).records('DamageAssessed');
    given([registered], assess('n')).refuses('INSPECTION_UNKNOWN');
  });
  it('is disputed by the other side', () => {
    given([registered, damaged], dispute()).records('DamageDisputed');
    given([registered, damaged], dispute(RU)).refuses('OWN_ASSESSMENT');
    given([registered], dispute()).refuses('DAMAGE_UNKNOWN');
    expect(stateOf(registered, disputed()).damages).toEqual([]);
  });
  it('is disputed with another amount and its currency, or with neither', () => {
    const both = { amount: '20', currency: 'USD' };
    given([registered, damaged], dispute(US, both)).records('DamageDisputed');
    given([registered, damaged], dispute(US, { amount: '20' })).refuses('AMOUNT_WITHOUT_CURRENCY');
    given([registered, damaged], dispute(US, { currency: 'USD' })).refuses('AMOUNT_WITHOUT_CURRENCY');
  });
  it('is disputed as often as the other side says more, and its last word counts', () => {
    const facts = [registered, damaged, disputed({ amount: '20', currency: 'USD' })];
    given(facts, dispute(US, { amount: '30', currency: 'USD' })).records('DamageDisputed');
    const attributed = { ...disputed({ amount: '1', currency: 'USD' }), act: forUs };
    given(facts, dispute(forUs, { amount: '1', currency: 'USD' })).changesNothing();
    expect(stateOf(...facts, attributed).damages[0]?.dispute).toMatchObject({ amount: '20' });
    given(facts, dispute()).records({ type: 'DamageDisputed', restsOn: [], ends: [1, 2] });
  });
});

describe('The return of an asset', () => {
  it('is a joint fact: one side reports it, and it holds once both name the same party', () => {
    expect(statusOf(stateOf(registered))).toBe('held');
    expect(statusOf(stateOf(registered, returned()))).toBe('return-reported');
    expect(statusOf(stateOf(registered, returned(), returned(RU)))).toBe('return-reported');
    expect(statusOf(stateOf(registered, returned(), returned(US, 'US')))).toBe('return-reported');
    expect(statusOf(stateOf(registered, returned(), returned(US)))).toBe('returned');
    expect(returnedTo(stateOf(registered, returned(), returned(US)))).toBe('RU');
  });
  it('that one side confirms is answered by that, so that neither takes its word back alone', () => {
    expect(given([registered, returned()], giveBack(US)).reliance).toEqual({ restsOn: [], ends: [1] });
  });
  it('is not said otherwise, in the name of a party that has said it itself', () => {
    given([registered, returned()], giveBack(forRu, { to: 'US' })).changesNothing();
    expect(stateOf(registered, returned(), returned(forRu, 'US')).returns).toMatchObject([
      { to: 'RU', said: { capacity: 'direct' } },
    ]);
  });
  it('is reported by each side for itself, and once', () => {
    given([registered, returned()], giveBack(US)).records({ type: 'AssetReturned', data: { to: 'RU' } });
    given([registered, returned()], giveBack(RU)).changesNothing();
    given([registered, returned()], giveBack(RU, { to: 'US' })).records('AssetReturned');
    given([registered, returned()], giveBack(RU, { exchangeId: 'x' })).records('AssetReturned');
  });
  it('is the end: only damage and ownership are still spoken of', () => {
    const facts = [registered, requested(), inspected, damaged, returned(), returned(US)];
    for (const one of [request(), grant(), deny(), inspect(), giveBack(US, { to: 'US' })]) {
      given(facts, one).refuses('ASSET_RETURNED');
    }
    given(facts, assess('n')).records('DamageAssessed');
    given(facts, dispute()).records('DamageDisputed');
    given(facts, own(US)).records('AssetRegistered');
  });
  it('leaves repeats without effect, and takes the own word of a party whose word was attributed', () => {
    const facts = [registered, requested(), granted(), returned(), returned(forUs)];
    given(facts, grant()).changesNothing();
    given(facts, giveBack(RU)).changesNothing();
    given(facts, giveBack(US)).records('AssetReturned');
  });
});

describe('What is awaited of an asset', () => {
  it('is an answer of the other side to a request, and to an assessment that it does not dispute', () => {
    expect(awaited(registered, requested(), damaged)).toEqual([
      'answer-to-access of US',
      'answer-to-damage of US',
    ]);
    expect(awaited(registered, requested(), denied(), damaged, disputed())).toEqual([]);
  });
  it('is the word of the side that has not confirmed the return, or of both where they differ', () => {
    expect(awaited(registered, returned())).toEqual(['confirmation-of-return of US']);
    expect(awaited(registered, returned(), returned(US, 'US'))).toEqual([
      'confirmation-of-return of RU',
      'confirmation-of-return of US',
    ]);
    expect(awaited(registered, requested(), returned(), returned(US))).toEqual([]);
  });
  it('is awaited of nobody as long as the record names no other party', () => {
    expect(awaited(asserted({ owner: 'RU', holder: 'RU' }, RU), damaged)).toEqual([]);
  });

  it('is awaited of no party that has only amended the record: it has not spoken of the asset', () => {
    const disavowing = fact('AttributionDisavowed', US, { target: idAt(1) });
    expect(awaited(asserted({ owner: 'RU', holder: 'RU' }, RU), damaged, disavowing)).toEqual([]);
  });
});

describe('Endorsing what was recorded in its name, a party changes nothing of what stood after it', () => {
  it('nor who has it back: both sides have named the same one since', () => {
    const facts = (act: typeof US) => [
      registered,
      returned(act, 'US'),
      returned(forUs, 'RU'),
      returned(RU, 'RU'),
    ];
    expect(returnedTo(stateOf(...facts(forUs)))).toBe('RU');
    expect(returnedTo(stateOf(...facts(endorsedAt(4, 'US'))))).toBe('RU');
  });
  it('nor an access that was granted since, nor a denial of its own', () => {
    const answer = (...facts: readonly GivenFact[]) =>
      stateOf(registered, requested(), ...facts).accesses[0]?.answer?.granted;
    expect(answer(denied(endorsedAt(4, 'US')), granted({}, forUs))).toBe(true);
    expect(answer(granted({}, endorsedAt(4, 'US')), denied(US))).toBe(false);
    const endorsing = fact('AttributionEndorsed', US, { target: idAt(2) });
    expect(answer(denied(endorsedAt(3, 'US')), endorsing, granted({}, forUs))).toBe(false);
  });
});

describe('Whatever one side does, and whatever others record in its name', () => {
  const types = (Object.keys(assetCommands) as AssetCommand['type'][]).filter(
    (one) => one !== 'RegisterAsset',
  );
  const move = fc.record({
    type: fc.constantFrom(...types),
    ...acting,
    named: fc.nat(2),
    party: fc.constantFrom('RU', 'US'),
    amount: fc.constantFrom('1', '2'),
  });
  type Move = typeof move extends fc.Arbitrary<infer M> ? M : never;

  function asked({ type, named, party, amount, ...who }: Move, facts: readonly GivenFact[]) {
    const next = (of: string) => `${of[0]}${facts.filter((one) => one.type === of).length}`;
    const fields: { readonly [type: string]: object } = {
      AssertOwnership: { ...data, owner: party, holder: party },
      RequestAccess: { accessId: next('AccessRequested'), purpose: 'visit' },
      GrantAccess: { accessId: `A${named}` },
      DenyAccess: { accessId: `A${named}` },
      RecordInspection: { inspectionId: next('InspectionConducted') },
      AssessDamage: { damageId: next('DamageAssessed'), amount, currency: 'USD' },
      DisputeDamage: { damageId: `D${named}`, amount, currency: 'USD' },
      RecordReturn: { to: party },
    };
    return ask(type, actOf(who), fields[type] ?? {});
  }
  const after = (facts: readonly GivenFact[], one: Move) =>
    withDecided(assetDecider, facts, stateOf(...facts), asked(one, facts));
  function wordsOf(facts: readonly GivenFact[], party: string) {
    const { ownership, accesses, inspections, damages, returns } = stateOf(...facts);
    const all = [
      ...Object.values(ownership),
      ...accesses.flatMap(({ answer, ...one }) => [one, ...(answer === null ? [] : [answer])]),
      ...damages.flatMap(({ dispute: other, ...one }) => [one, ...(other === null ? [] : [other])]),
      ...[...inspections, ...returns],
    ];
    return all.filter(({ said }) => said.party === party && said.capacity === 'direct');
  }

  const play = { move, begun: [registered], after };

  it('its own words stand as it said them', () => {
    expectOwnWordsToStand(play, wordsOf);
  });
  it('one side alone brings about no return, and agrees on nothing', () => {
    expectOfOneSide(play, (facts) => {
      const state = stateOf(...facts);
      expect([returnedTo(state), agreedOn(state, 'owner')]).toEqual([undefined, null]);
    });
  });
});
