import { describe, expect, it } from '@jest/globals';
import { attributedTo, directly, idAt, proposing, specification } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import { roundDecider } from './round.decider.js';
import type { RoundCommand } from './round.decider.js';
import { isHeld, restsOn } from './round.facts.js';

const given = specification(roundDecider, 'round-1');
const RU = directly('RU');
const US = directly('US');
const scheduled: GivenFact = {
  type: 'RoundScheduled',
  act: RU,
  data: { dialogueId: 'd', number: 2, synthetic: false },
};
const command = (...args: Parameters<typeof proposing>) => proposing(...args) as unknown as RoundCommand;
const account = (party: string, accountId: string, rendering = 'official'): GivenFact => ({
  type: 'AccountPublished',
  act: attributedTo(party),
  data: { accountId, party, sourceId: `of-${party}`, lang: 'en', rendering },
});
const point = (accountId: string, party: string, kind: string, irritantId?: string): GivenFact => ({
  type: 'AccountPointRecorded',
  act: attributedTo(party),
  data: {
    accountId,
    pointId: `${accountId}-${kind}`,
    kind,
    assertsJoint: true,
    ...(irritantId === undefined ? {} : { irritantId }),
  },
});
const heldAfter = (...facts: GivenFact[]) => {
  const { state } = given([scheduled, ...facts]);
  return state !== null && isHeld(state);
};

describe('A round', () => {
  it('is held once both sides have said so, in whichever way each says it', () => {
    expect(heldAfter({ type: 'RoundConcluded', act: RU, data: { startsAt: '2025-04-10' } })).toBe(false);
    expect(heldAfter({ type: 'RoundConfirmedHeld', act: RU }, { type: 'RoundConfirmedHeld', act: RU })).toBe(
      false,
    );
    expect(heldAfter({ type: 'RoundConfirmedHeld', act: RU }, account('US', 'a'))).toBe(true);
  });
  it('is not held on the word of the press', () => {
    expect(heldAfter(account('RU', 'a'), account('US', 'b', 'press'))).toBe(false);
  });
  it('waits while the dialogue is suspended', () => {
    const schedule = command(
      'ScheduleRound',
      RU,
      { type: 'RoundScheduled', data: scheduled.data ?? {} },
      { facts: { dialogue: { suspendedBy: ['US'] } } },
    );
    given([]).when(schedule).refuses('DIALOGUE_SUSPENDED');
  });
  it('is not cancelled by a side that said that it was held', () => {
    const cancel = (act = RU) => command('CancelRound', act, { type: 'RoundCancelled' });
    given([scheduled])
      .when(cancel())
      .then([{ type: 'RoundCancelled' }]);
    given([scheduled, { type: 'RoundConfirmedHeld', act: RU }])
      .when(cancel())
      .refuses('ROUND_HELD');
    given([scheduled, { type: 'RoundConfirmedHeld', act: RU }])
      .when(cancel(US))
      .then([{ type: 'RoundCancelled' }]);
  });
});

describe('What was discussed', () => {
  it('is said by either side, in its account or apart from it', () => {
    const { state } = given([
      scheduled,
      account('RU', 'a'),
      point('a', 'RU', 'agreed', 'i1'),
      { type: 'AgendaItemDiscussed', act: US, data: { irritantId: 'i2' } },
    ]);
    expect(state?.discussions.map((one) => one.irritantId)).toEqual(['i1', 'i2']);
  });
  it('is not what a word on the next round, or a press rendering, mentions', () => {
    const { state } = given([
      scheduled,
      account('RU', 'a'),
      point('a', 'RU', 'next-round', 'i1'),
      account('RU', 'p', 'press'),
      point('p', 'RU', 'agreed', 'i2'),
    ]);
    expect(state?.discussions).toEqual([]);
  });
  it('is what consultations rest on, once the round is held', () => {
    const discussed: GivenFact = { type: 'AgendaItemDiscussed', act: RU, data: { irritantId: 'i1' } };
    const held: GivenFact[] = [
      { type: 'RoundConfirmedHeld', act: RU },
      { type: 'RoundConfirmedHeld', act: US },
    ];
    const before = given([scheduled, discussed, ...held.slice(0, 1)]).state;
    const after = given([scheduled, discussed, ...held]).state;
    expect(before === null ? [] : restsOn(before)).toEqual([]);
    expect(after === null ? [] : restsOn(after)).toEqual([idAt(2), idAt(3), idAt(1)]);
  });
});

describe('An account', () => {
  const publish = (party: 'RU' | 'US', data: object, issuers: readonly string[]) =>
    command(
      'PublishAccount',
      directly(party),
      { type: 'AccountPublished', data: { accountId: 'x', party, sourceId: 's', lang: 'en', ...data } },
      { facts: { source: { issuers } } },
    );

  it('of a party comes from a source that it issued', () => {
    given([scheduled])
      .when(publish('RU', { rendering: 'official' }, ['RU']))
      .then([{ type: 'AccountPublished' }]);
    given([scheduled])
      .when(publish('RU', { rendering: 'official' }, ['US']))
      .refuses('SOURCE_NOT_ISSUED_BY_PARTY');
    given([scheduled])
      .when(publish('RU', { rendering: 'press' }, []))
      .then([{ type: 'AccountPublished' }]);
  });
  it('is translated as the same party’s', () => {
    given([scheduled, account('RU', 'a')])
      .when(publish('US', { rendering: 'official', translationOf: 'a' }, ['US']))
      .refuses('ACCOUNT_OF_ANOTHER_PARTY');
    given([scheduled])
      .when(publish('US', { rendering: 'official', translationOf: 'a' }, ['US']))
      .refuses('ACCOUNT_UNKNOWN');
  });
  it('must exist before its points and names are recorded', () => {
    const record = (accountId: string, more: object = {}) =>
      command('RecordAccountPoint', RU, {
        type: 'AccountPointRecorded',
        data: { accountId, pointId: 'n', kind: 'noted', assertsJoint: false, ...more },
      });
    given([scheduled]).when(record('a')).refuses('ACCOUNT_UNKNOWN');
    given([scheduled, account('RU', 'a')])
      .when(record('a', { restates: 'gone' }))
      .refuses('POINT_UNKNOWN');
    given([scheduled, account('RU', 'a')])
      .when(record('a'))
      .then([{ type: 'AccountPointRecorded' }]);
    given([scheduled])
      .when(command('NameDelegate', RU, { type: 'DelegationNamed', data: { accountId: 'a' } }))
      .refuses('ACCOUNT_UNKNOWN');
  });
});

describe('The same transition twice', () => {
  const discussed: GivenFact = { type: 'AgendaItemDiscussed', act: RU, data: { irritantId: 'i1' } };
  const superseded: GivenFact = { type: 'AccountSuperseded', act: RU, data: { accountId: 'a' } };
  const noted: GivenFact = { type: 'DivergenceNoted', act: RU, data: { divergenceId: 'v' } };
  const concluded: GivenFact = { type: 'RoundConcluded', act: RU, data: { startsAt: '2025-04-10' } };
  it.each<[string, GivenFact[], RoundCommand]>([
    [
      'confirming',
      [{ type: 'RoundConfirmedHeld', act: RU }],
      command('ConfirmRoundHeld', RU, { type: 'RoundConfirmedHeld' }),
    ],
    [
      'concluding',
      [concluded],
      command('ConcludeRound', RU, { type: 'RoundConcluded', data: concluded.data ?? {} }),
    ],
    [
      'cancelling',
      [{ type: 'RoundCancelled', act: RU }],
      command('CancelRound', RU, { type: 'RoundCancelled' }),
    ],
    [
      'discussing',
      [discussed],
      command('DiscussAgendaItem', RU, { type: 'AgendaItemDiscussed', data: { irritantId: 'i1' } }),
    ],
    [
      'superseding',
      [account('RU', 'a'), superseded],
      command('SupersedeAccount', RU, { type: 'AccountSuperseded', data: { accountId: 'a' } }),
    ],
    [
      'reconciling',
      [noted, { type: 'DivergenceReconciled', act: US, data: { divergenceId: 'v' } }],
      command('ReconcileDivergence', US, { type: 'DivergenceReconciled', data: { divergenceId: 'v' } }),
    ],
    ['scheduling', [], command('ScheduleRound', RU, { type: 'RoundScheduled' })],
  ])('%s again changes nothing and is no error', (_name, facts, asked) => {
    given([scheduled, ...facts])
      .when(asked)
      .changesNothing();
  });
  it('concluding with other particulars is a statement of its own', () => {
    given([scheduled, concluded])
      .when(command('ConcludeRound', RU, { type: 'RoundConcluded', data: { startsAt: '2025-04-11' } }))
      .then([{ type: 'RoundConcluded' }]);
  });
  it('a divergence that nobody noted is not reconciled', () => {
    given([scheduled])
      .when(command('ReconcileDivergence', RU, { type: 'DivergenceReconciled', data: { divergenceId: 'v' } }))
      .refuses('DIVERGENCE_UNKNOWN');
  });
});
