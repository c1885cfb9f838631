import { describe, expect, it } from '@jest/globals';
import { endorsedAt, fact, forUs, idAt, RU, specification, US } from '#libs/decider/testing';
import { roundCommands } from './round.commands.js';
import type { Act } from '#libs/decider';
import type { GivenFact } from '#libs/decider/testing';
import { roundDecider } from './round.decider.js';
import type { RoundCommand } from './round-terms.decider.js';
import { isHeld } from './round.facts.js';
import { roundView } from './round.view.js';

const { given, ask } = specification(roundDecider, 'round-1', roundCommands);
const press: Act = { party: null, capacity: 'attributed', recordedBy: 'secretariat', recorderParty: null };
const scheduled = fact('RoundScheduled', RU, { dialogueId: 'd', number: 2, synthetic: false });
const account = (act: Act, accountId: string, more: object = {}) =>
  fact('AccountPublished', act, {
    accountId,
    voice: act.party === null ? 'press' : 'party',
    sourceId: 's',
    lang: 'en',
    rendering: 'original',
    ...more,
  });
const point = (act: Act, accountId: string, kind: string, irritantId?: string) =>
  fact('AccountPointRecorded', act, {
    accountId,
    pointId: `${accountId}-${kind}`,
    kind,
    assertsJoint: true,
    ...(irritantId === undefined ? {} : { irritantId }),
  });
const confirmed = (act: Act) => fact('RoundConfirmedHeld', act);
const off = (act: Act, type = 'RoundCancelled', data: object = {}) => fact(type, act, data);
const heldAfter = (...facts: readonly GivenFact[]) => isHeld(given([scheduled, ...facts]).existing);
const statusAfter = (...facts: readonly GivenFact[]) =>
  roundView(given([scheduled, ...facts]).existing, () => ({})).status;

const cancel = (act: Act) => ask('CancelRound', act);
const postpone = (act: Act, data: object = {}) => ask('PostponeRound', act, data);
const reinstate = (act: Act) => ask('ReinstateRound', act);
const confirm = (act: Act) => ask('ConfirmRoundHeld', act);

describe('A round', () => {
  it('is held once both sides have said so, in whichever way each says it', () => {
    expect(heldAfter(fact('RoundConcluded', RU, { startsAt: '2025-04-10' }))).toBe(false);
    expect(heldAfter(confirmed(RU), confirmed(RU))).toBe(false);
    expect(heldAfter(confirmed(RU), account(US, 'a'))).toBe(true);
  });
  it('is not held on the word of the press', () => {
    expect(heldAfter(account(RU, 'a'), account(press, 'p'))).toBe(false);
    expect(heldAfter(account(press, 'p'), account(press, 'q'))).toBe(false);
  });
  it('is held by the word of a side that answers the word of the other, and leans on neither', () => {
    given([scheduled, confirmed(RU)], confirm(US)).records({
      type: 'RoundConfirmedHeld',
      restsOn: [],
      ends: [1],
    });
    given([scheduled], confirm(US)).records({ type: 'RoundConfirmedHeld', restsOn: [], ends: [] });
  });
});

describe('A round that is called off', () => {
  it('is cancelled by one side until both say so', () => {
    expect(statusAfter()).toBe('scheduled');
    expect(statusAfter(off(US))).toBe('cancelled-by-one-side');
    expect(statusAfter(off(US), off(RU))).toBe('cancelled');
  });
  it('is postponed by one side until both say so', () => {
    expect(statusAfter(off(US, 'RoundPostponed'))).toBe('postponed-by-one-side');
    expect(statusAfter(off(US, 'RoundPostponed'), off(RU, 'RoundPostponed'))).toBe('postponed');
    expect(statusAfter(off(US, 'RoundPostponed'), off(US))).toBe('cancelled-by-one-side');
  });
  it('is reinstated by the side that called it off, for itself alone', () => {
    given([scheduled, off(US)], reinstate(RU)).refuses('ROUND_NOT_CALLED_OFF');
    given([scheduled, off(US)], reinstate(US)).records('RoundReinstated');
    expect(statusAfter(off(US), off(US, 'RoundReinstated'))).toBe('scheduled');
    expect(statusAfter(off(RU), off(US), off(US, 'RoundReinstated'))).toBe('cancelled-by-one-side');
    given([scheduled, off(US)], reinstate(US)).records({ type: 'RoundReinstated', restsOn: [1], ends: [1] });
  });
  it('is not called off by a side that said that it was held', () => {
    given([scheduled, confirmed(RU)], cancel(RU)).refuses('ROUND_HELD');
    given([scheduled, confirmed(RU)], postpone(RU)).refuses('ROUND_HELD');
  });
  it('stays the word of one side beside that of the other', () => {
    given([scheduled, confirmed(RU)], cancel(US)).records('RoundCancelled');
    expect(statusAfter(confirmed(RU), off(US))).toBe('held-by-one-account');
    expect(statusAfter(off(US), confirmed(RU))).toBe('held-by-one-account');
  });
  it('stays held where both sides said so', () => {
    given([scheduled, confirmed(RU), confirmed(US)], cancel(US)).refuses('ROUND_HELD');
    expect(heldAfter(confirmed(RU), confirmed(US), off(US))).toBe(true);
  });
  it('is off no more for a side that says afterwards that it was held', () => {
    expect(statusAfter(off(US), confirmed(RU), confirmed(US))).toBe('held');
    given([scheduled, off(US)], confirm(US)).records({ type: 'RoundConfirmedHeld', restsOn: [], ends: [1] });
  });
  it('is postponed anew to another date, and not twice to the same', () => {
    const facts = [scheduled, off(US, 'RoundPostponed', { startsAt: '2025-05' })];
    given(facts, postpone(US, { startsAt: '2025-05' })).changesNothing();
    given(facts, postpone(US, { startsAt: '2025-06' })).records('RoundPostponed');
  });
});

describe('What was recorded in the name of a party', () => {
  const supersede = ask('SupersedeAccount', forUs, { accountId: 'a' });
  it.each<[string, GivenFact[], RoundCommand]>([
    ['reinstates', [off(US)], reinstate(forUs)],
    ['postpones', [off(US)], postpone(forUs)],
    ['confirms', [off(US)], confirm(forUs)],
    ['replaces', [account(US, 'a')], supersede],
  ])('%s nothing against what that party said itself', (_name, facts, asked) => {
    given([scheduled, ...facts], asked).refuses('OWN_WORD_STANDS');
  });
  it('gives way to its own word', () => {
    given([scheduled, confirmed(forUs)], confirm(US)).records('RoundConfirmedHeld');
    given([scheduled, off(forUs)], cancel(US)).records('RoundCancelled');
    const { state } = given([scheduled, confirmed(forUs), confirmed(RU), confirmed(US)]);
    expect(state?.heldBy.map((one) => [one.party, one.capacity])).toEqual([
      ['US', 'direct'],
      ['RU', 'direct'],
    ]);
  });
  it('changes nothing of what stood after it, when the party endorses it later', () => {
    const words = (first: Act, second: Act) =>
      given([scheduled, confirmed(first), confirmed(RU), confirmed(second)]).state?.heldBy;
    expect(words(endorsedAt(4, 'US'), US)?.map((one) => one.eventId)).toEqual([idAt(3), idAt(2)]);
    expect(words(forUs, endorsedAt(4, 'US'))?.map((one) => one.capacity)).toEqual(['direct', 'direct']);
    const calledOff = [confirmed(RU), off(forUs), confirmed(US)];
    expect(statusAfter(...calledOff)).toBe('held');
    expect(statusAfter(confirmed(RU), off(endorsedAt(4, 'US')), confirmed(US))).toBe('held');
  });
});

describe('What was discussed', () => {
  it('is said by either side, in its account or apart from it', () => {
    const { state } = given([
      scheduled,
      account(RU, 'a'),
      point(RU, 'a', 'agreed', 'i1'),
      fact('AgendaItemDiscussed', US, { irritantId: 'i2' }),
      account(US, 'b'),
      point(US, 'b', 'called-for', 'i3'),
    ]);
    expect(state?.discussions.map((one) => [one.irritantId, one.said.party])).toEqual([
      ['i1', 'RU'],
      ['i2', 'US'],
      ['i3', 'US'],
    ]);
  });
  it('is not what a word on the next round, or the press, mentions', () => {
    const { state } = given([
      scheduled,
      account(RU, 'a'),
      point(RU, 'a', 'next-round', 'i1'),
      account(press, 'p'),
      point(press, 'p', 'agreed', 'i2'),
    ]);
    expect(state?.discussions).toEqual([]);
  });
  it('is told by the first account of a side, by the matters that it names; the press comes before none', () => {
    const { state } = given([
      scheduled,
      account(press, 'p'),
      account(RU, 'a'),
      account(US, 'b'),
      point(US, 'b', 'agreed', 'i1'),
      point(RU, 'a', 'agreed', 'i2'),
    ]);
    expect(state?.firstAccount).toMatchObject({ said: { eventId: idAt(2) }, named: [{ irritantId: 'i2' }] });
  });
});

describe('Since when both sides say that it was held', () => {
  it('is when the second of them had said so, whatever either says anew', () => {
    const ofBoth = [scheduled, confirmed(forUs), account(RU, 'a')];
    expect(given(ofBoth.slice(0, 2)).state?.heldSince).toBeNull();
    expect(given(ofBoth).state?.heldSince?.eventId).toBe(idAt(2));
    const { state } = given([...ofBoth, confirmed(US), confirmed(RU)]);
    expect(state?.heldBy.map((one) => one.eventId)).toEqual([idAt(3), idAt(2)]);
    expect(state?.heldSince?.eventId).toBe(idAt(2));
  });
});

describe('An account', () => {
  const publish = (act: Act, data: object, source: object) =>
    ask(
      'PublishAccount',
      act,
      { accountId: 'x', voice: 'party', sourceId: 's', lang: 'en', rendering: 'original', ...data },
      { facts: { source: { kind: 'statement', issuers: [], barredBy: [], ...source } } },
    );

  it('of a party comes from a source that it issued, and that it has not disowned', () => {
    given([scheduled], publish(RU, {}, { issuers: ['RU'] })).records('AccountPublished');
    given([scheduled], publish(RU, {}, { issuers: ['US'] })).refuses('SOURCE_NOT_ISSUED_BY_PARTY');
    given([scheduled], publish(RU, {}, { issuers: ['RU'], barredBy: ['RU'] })).refuses(
      'SOURCE_NOT_ISSUED_BY_PARTY',
    );
  });
  it('of the press comes from the press, and never from what a party issued', () => {
    given([scheduled], publish(press, { voice: 'press' }, { kind: 'press' })).records('AccountPublished');
    given([scheduled], publish(press, { voice: 'press' }, { issuers: ['RU'] })).refuses('SOURCE_NOT_PRESS');
  });
  it('is translated as the same party’s', () => {
    const translating = publish(US, { rendering: 'translation', translationOf: 'a' }, { issuers: ['US'] });
    given([scheduled, account(RU, 'a')], translating).refuses('ACCOUNT_OF_ANOTHER_PARTY');
    given([scheduled, account(press, 'a')], translating).refuses('ACCOUNT_OF_ANOTHER_PARTY');
    given([scheduled], translating).refuses('ACCOUNT_UNKNOWN');
  });
  const record = (act: Act, more: object) =>
    ask('RecordAccountPoint', act, { pointId: 'n', kind: 'noted', assertsJoint: false, ...more });
  it('must exist before its points and names are recorded', () => {
    given([scheduled], record(RU, { accountId: 'a' })).refuses('ACCOUNT_UNKNOWN');
    given([scheduled, account(RU, 'a')], record(RU, { accountId: 'a', restates: 'gone' })).refuses(
      'POINT_UNKNOWN',
    );
    given([scheduled, account(RU, 'a')], record(RU, { accountId: 'a' })).records('AccountPointRecorded');
    given([scheduled], ask('NameDelegate', RU, { accountId: 'a' })).refuses('ACCOUNT_UNKNOWN');
  });
  it('is replaced by one of the same side that stands itself', () => {
    const replaced = (supersededBy: string) => ask('SupersedeAccount', RU, { accountId: 'a', supersededBy });
    const facts = [scheduled, account(RU, 'a'), account(US, 'u'), account(press, 'p'), account(RU, 'b')];
    given(facts, replaced('b')).records('AccountSuperseded');
    given(facts, replaced('u')).refuses('ACCOUNT_OF_ANOTHER_PARTY');
    given(facts, replaced('p')).refuses('ACCOUNT_OF_ANOTHER_PARTY');
    given(facts, replaced('a')).refuses('ACCOUNT_NO_REPLACEMENT');
    given([...facts, fact('AccountSuperseded', RU, { accountId: 'b' })], replaced('b')).refuses(
      'ACCOUNT_NO_REPLACEMENT',
    );
  });
  it('contradicts a point of the other side without leaning on it', () => {
    const contradicting = record(US, { accountId: 'u', contradicts: 'a-agreed' });
    const facts = [account(RU, 'a'), point(RU, 'a', 'agreed', 'i1'), account(US, 'u')];
    given([scheduled, ...facts], contradicting).records({
      type: 'AccountPointRecorded',
      restsOn: [],
      ends: [2],
    });
  });
});

const noted = fact('DivergenceNoted', RU, { divergenceId: 'v' });
const settle = (act: Act) => ask('ReconcileDivergence', act, { divergenceId: 'v' });
const settled = (act: Act) => fact('DivergenceReconciled', act, { divergenceId: 'v' });

describe('A divergence', () => {
  const becameOf = (...facts: readonly GivenFact[]) =>
    roundView(given([scheduled, noted, ...facts]).existing, () => ({})).divergences[0]?.became;

  it('is noted of points that are there, and falls with them', () => {
    const note = ask('NoteDivergence', US, { divergenceId: 'v', pointIds: ['a-agreed'] });
    given([scheduled], note).refuses('POINT_UNKNOWN');
    given([scheduled, account(RU, 'a'), point(RU, 'a', 'agreed', 'i1')], note).records({
      type: 'DivergenceNoted',
      restsOn: [2],
      ends: [],
    });
  });
  it('is settled once both sides say so, the second in answer to the first', () => {
    expect(becameOf(settled(US))).toBe('noted');
    expect(becameOf(settled(US), settled(RU))).toBe('reconciled');
    given([scheduled, noted, settled(US)], settle(RU)).records({
      type: 'DivergenceReconciled',
      restsOn: [],
      ends: [2],
    });
  });
  it('that nobody noted is not settled', () => {
    given([scheduled], settle(RU)).refuses('DIVERGENCE_UNKNOWN');
  });
});

describe('The same transition twice', () => {
  const discussed = fact('AgendaItemDiscussed', RU, { irritantId: 'i1' });
  const superseded = fact('AccountSuperseded', RU, { accountId: 'a' });
  it.each<[string, GivenFact[], RoundCommand]>([
    ['confirming', [confirmed(RU)], confirm(RU)],
    ['cancelling', [off(RU)], cancel(RU)],
    ['postponing', [off(RU, 'RoundPostponed')], postpone(RU)],
    ['reinstating', [off(RU), off(RU, 'RoundReinstated')], reinstate(RU)],
    ['discussing', [discussed], ask('DiscussAgendaItem', RU, { irritantId: 'i1' })],
    ['superseding', [account(RU, 'a'), superseded], ask('SupersedeAccount', RU, { accountId: 'a' })],
    ['reconciling', [noted, settled(US)], settle(US)],
    ['scheduling', [], ask('ScheduleRound', RU)],
  ])('%s again changes nothing and is no error', (_name, facts, asked) => {
    given([scheduled, ...facts], asked).changesNothing();
  });
  it('what a side cancelled and reinstated it can cancel again', () => {
    given([scheduled, off(RU), off(RU, 'RoundReinstated')], cancel(RU)).records('RoundCancelled');
  });
});
