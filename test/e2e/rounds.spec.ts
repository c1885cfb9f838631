import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { done, made } from '../support/acting.js';
import { Api } from '../support/api.js';
import type { Answer, Body, PrincipalName } from '../support/api.js';
import { join, openTalks, raising, setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';

let api: Api;
let scene: Scene;
let roundId: string;
const quote = { en: 'The sides exchanged notes.' };
const summary = { wording: [{ as: 'summary' }] };

beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.stop());
beforeEach(async () => {
  scene = await setScene(api);
  roundId = (await made<Made>(api, 'rounds', 'ru-registrar', { dialogueId: scene.dialogueId })).id;
});

type Made = Body & { readonly id: string };
type Grown = Body & {
  readonly status: string;
  readonly heldBy: readonly { readonly party: string }[];
  readonly accounts: readonly { readonly accountId: string; readonly party: string | null }[];
  readonly points: readonly { readonly pointId: string; readonly eventId: string; readonly party: null }[];
  readonly delegates: readonly { readonly saidBy: string | null }[];
  readonly divergences: readonly { readonly divergenceId: string }[];
};

const act = (command: string, as: PrincipalName, body: Body = {}): Promise<Grown> =>
  done<Grown>(api, `rounds/${roundId}/${command}`, as, body);
const asking = (command: string, as: PrincipalName, body: Body = {}): Promise<Answer> =>
  api.act(`/v1/rounds/${roundId}/${command}`, body, as);
const lastEvent = async () => (await api.server.record.streams.events(`round-${roundId}`)).at(-1)?.id;
const stage = async () => {
  await api.settled();
  return (await api.get(`/v1/irritants/${scene.irritantId}`)).body['stage'];
};
const compared = async () => {
  await api.settled();
  return (await api.get(`/v1/rounds/${roundId}/comparison`)).body;
};

function accountOf(side: 'RU' | 'US' | 'press', more: Body = {}): Body {
  return {
    voice: side === 'press' ? 'press' : 'party',
    sourceId: scene.sources[side],
    lang: 'en',
    rendering: 'original',
    ...more,
  };
}
async function published(as: PrincipalName, body: Body): Promise<string> {
  return (await act('publish-account', as, body)).accounts.at(-1)?.accountId ?? '';
}
const pointOf = (accountId: string, more: Body = {}): Body => ({
  accountId,
  irritantId: scene.irritantId,
  kind: 'agreed',
  assertsJoint: true,
  quote,
  ...more,
});

describe('The press', () => {
  it('has accounts, points and delegates of its own, and none of a party', async () => {
    const accountId = await published('secretariat', accountOf('press', { level: 'expert-level' }));
    const named = { party: 'US', accountId, nameAsGiven: 'A. Name', lang: 'en' };
    await act('name-delegate', 'ru-registrar', named);
    const round = await act('record-account-point', 'us-registrar', { ...pointOf(accountId), ...summary });
    expect(round).toMatchObject({
      status: 'scheduled',
      heldBy: [],
      discussions: [],
      accounts: [{ party: null, capacity: 'attributed', voice: 'press', level: 'expert-level' }],
      points: [{ party: null, capacity: 'attributed', sources: [{ sourceId: scene.sources.press }] }],
      delegates: [{ party: 'US', saidBy: null }],
    });
  });
  it('makes no round held, discusses nothing, and bears on no stage', async () => {
    const accountId = await published('secretariat', accountOf('press'));
    await act('record-account-point', 'secretariat', { ...pointOf(accountId), ...summary });
    await act('confirm-held', 'ru-negotiator');
    expect((await act('confirm-held', 'us-negotiator')).status).toBe('held');
    expect(await stage()).toBe('raised');
    await act('discuss', 'ru-negotiator', { irritantId: scene.irritantId });
    expect(await stage()).toBe('under-consultation');
  });
  it('is not quoted without saying whose words they are', async () => {
    const accountId = await published('secretariat', accountOf('press'));
    expect(await asking('record-account-point', 'secretariat', pointOf(accountId))).toMatchObject({
      status: 409,
      body: { code: 'wording-required' },
    });
  });
  it('speaks for no party, and no party speaks through it', async () => {
    const named = await asking('publish-account', 'secretariat', accountOf('press', { party: 'RU' }));
    expect(named).toMatchObject({ status: 400, body: { code: 'validation-failed' } });
    const statement = accountOf('press', { sourceId: scene.sources.RU });
    expect(await asking('publish-account', 'us-negotiator', statement)).toMatchObject({
      status: 409,
      body: { code: 'source-not-press' },
    });
  });
  it('can be cited although the sides have joined, and is not void for that', async () => {
    const accountId = await published('secretariat', accountOf('press'));
    await api.settled();
    expect((await api.get<Grown>(`/v1/rounds/${roundId}`)).body.accounts).toMatchObject([{ accountId }]);
  });
  it('is recorded once, however often the same is sent', async () => {
    const accountId = await published('secretariat', accountOf('press'));
    const point = { ...pointOf(accountId), ...summary };
    await act('record-account-point', 'secretariat', point);
    const again = await asking('record-account-point', 'secretariat', point);
    expect(again.headers.get('Act-Recorded')).toBe('false');
    expect(
      (await act('record-account-point', 'secretariat', { ...point, kind: 'noted' })).points,
    ).toHaveLength(2);
  });
});

describe('A round', () => {
  it('that one side cancels is cancelled by that side’s word, until it reinstates it', async () => {
    expect(await act('cancel', 'us-registrar', { reason: { en: 'A delegate is ill.' } })).toMatchObject({
      status: 'cancelled-by-one-side',
      cancellations: [{ party: 'US', ended: null }],
    });
    const refused = await asking('reinstate', 'ru-registrar');
    expect(refused).toMatchObject({ status: 409, body: { code: 'round-not-called-off' } });
    expect(await act('reinstate', 'us-registrar', { startsAt: '2025-04-17' })).toMatchObject({
      status: 'scheduled',
      cancellations: [{ party: 'US', ended: { party: 'US' } }],
      reinstatements: [{ party: 'US', startsAt: '2025-04-17' }],
    });
  });
  it('is postponed by a clerk, and held by a negotiator only', async () => {
    expect(await act('postpone', 'ru-registrar', { startsAt: '2025-05' })).toMatchObject({
      status: 'postponed-by-one-side',
      postponements: [{ party: 'RU', startsAt: '2025-05' }],
    });
    for (const command of ['confirm-held', 'publish-account'] as const) {
      const body = command === 'confirm-held' ? {} : accountOf('RU');
      expect((await asking(command, 'ru-registrar', body)).status).toBe(403);
    }
  });
  it('that both sides said was held stays held: neither cancels it, or takes its word back', async () => {
    await act('confirm-held', 'ru-negotiator');
    const first = await lastEvent();
    await act('confirm-held', 'us-negotiator');
    const second = await lastEvent();
    expect(await asking('cancel', 'us-negotiator')).toMatchObject({ body: { code: 'round-held' } });
    const takeBack = (as: PrincipalName, target: string | undefined) =>
      asking('retract', as, { target: target ?? '', reason: { en: 'In error.' } });
    expect(await takeBack('ru-negotiator', first)).toMatchObject({ body: { code: 'relied-upon' } });
    expect(await takeBack('us-negotiator', second)).toMatchObject({ body: { code: 'relied-upon' } });
    expect((await api.get(`/v1/rounds/${roundId}`)).body).toMatchObject({ status: 'held' });
  });
});

describe('What was attributed to a side and disavowed', () => {
  it('leaves the other side’s word as it was, and takes the stage with it', async () => {
    const talks = await openTalks(api);
    await join(api, talks.dialogueId, 'RU');
    const { id: irritantId } = await made<Made>(api, 'irritants', 'ru-registrar', raising(talks.dialogueId));
    scene = { ...scene, ...talks, irritantId };
    roundId = (await made<Made>(api, 'rounds', 'ru-registrar', { dialogueId: talks.dialogueId })).id;
    const ofUs = { party: 'US', sources: [{ sourceId: talks.sources.US }] };
    const us = await published('secretariat', { ...accountOf('US'), ...ofUs });
    const target = await lastEvent();
    const said = await act('record-account-point', 'secretariat', { ...pointOf(us), ...summary });
    const ru = await published('ru-negotiator', accountOf('RU'));
    const contradicting = pointOf(ru, { contradicts: said.points[0]?.pointId, quote: { en: 'No.' } });
    await act('record-account-point', 'ru-negotiator', contradicting);
    expect(await stage()).toBe('under-consultation');
    const fallen = await act('disavow', 'us-negotiator', { target, ground: 'not-what-we-said' });
    expect(fallen).toMatchObject({
      status: 'held-by-one-account',
      accounts: [{ party: 'RU' }],
      points: [{ party: 'RU', quote: { en: 'No.' } }],
    });
    expect(await stage()).toBe('raised');
  });
});

describe('The comparison', () => {
  it('sets all that each side says of a matter beside the other, and the press apart', async () => {
    const ru = await published('ru-negotiator', accountOf('RU', { duration: 'PT5H' }));
    const us = await published('us-negotiator', accountOf('US'));
    const press = await published('secretariat', accountOf('press', { duration: 'PT5H30M' }));
    await act('record-account-point', 'ru-negotiator', pointOf(ru));
    await act('record-account-point', 'ru-negotiator', pointOf(ru, { kind: 'called-for' }));
    await act('record-account-point', 'us-negotiator', pointOf(us, { kind: 'discussed' }));
    await act('record-account-point', 'secretariat', { ...pointOf(press), ...summary });
    expect(await compared()).toMatchObject({
      accounts: { RU: [{ accountId: ru }], US: [{ accountId: us }] },
      pressAccounts: [{ accountId: press, party: null }],
      subjects: [
        {
          key: scene.key,
          result: 'differing',
          silent: [],
          byParty: { RU: [{ kind: 'agreed' }, { kind: 'called-for' }], US: [{ kind: 'discussed' }] },
          press: [{ kind: 'agreed', party: null }],
        },
      ],
      particulars: [
        { duration: 'PT5H', account: { voice: 'party', of: 'RU' } },
        { duration: 'PT5H30M', account: { voice: 'press', of: null } },
      ],
    });
  });
  it('says of a contradiction that it was noted, and that it is settled once both sides say so', async () => {
    const ru = await published('ru-negotiator', accountOf('RU'));
    const us = await published('us-negotiator', accountOf('US'));
    const [first] = (await act('record-account-point', 'ru-negotiator', pointOf(ru))).points;
    await act('record-account-point', 'us-negotiator', pointOf(us, { contradicts: first?.pointId }));
    const outcome = async () => (await compared())['subjects'];
    expect(await outcome()).toMatchObject([{ result: 'contradicted', became: 'open' }]);
    const text = { en: 'One names a date.' };
    const noted = await act('note-divergence', 'us-registrar', { pointIds: [first?.pointId], text });
    expect(await outcome()).toMatchObject([{ became: 'noted', divergences: [{ became: 'noted' }] }]);
    const settling = { divergenceId: noted.divergences[0]?.divergenceId };
    await act('reconcile-divergence', 'ru-negotiator', settling);
    expect(await outcome()).toMatchObject([{ became: 'noted' }]);
    await act('reconcile-divergence', 'us-negotiator', settling);
    expect(await outcome()).toMatchObject([{ result: 'contradicted', became: 'reconciled' }]);
    // A point that the other side contradicted is not taken back in silence.
    const retracting = { target: first?.eventId, reason: { en: 'In error.' } };
    expect(await asking('retract', 'ru-negotiator', retracting)).toMatchObject({
      body: { code: 'relied-upon' },
    });
  });
});
