import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startServer } from '../../src/server.js';
import { Api, quietSettings } from '../support/api.js';
import type { Answer, PrincipalName } from '../support/api.js';
import { ManualClock } from '../support/manual-clock.js';
import { addressOf } from './addressing.js';
import { layGround } from './ground.js';
import type { Ground } from './ground.js';
import { operations } from './operations.js';

let api: Api;
let ground: Ground;

beforeAll(async () => {
  api = await Api.start();
  ground = await layGround(api);
});
afterAll(() => api.stop());

interface Made {
  readonly id: string;
  readonly key: string;
  readonly principalId: string;
}

const make = async (body: object = { name: 'A reader of the archive', roles: ['reader'] }): Promise<Made> => {
  const made = await api.ask<Made>('POST', '/v1/keys', { as: 'operator', body });
  expect(made.status).toBe(201);
  return made.body;
};
const reading = (key: string): Promise<Answer> =>
  api.ask('GET', '/v1/irritants', { as: 'nobody', headers: { Authorization: `Bearer ${key}` } });
const list = () =>
  api.ask<{ items: readonly Record<string, unknown>[] }>('GET', '/v1/keys', { as: 'operator' });

interface Me extends Record<string, unknown> {
  readonly operations: readonly { operationId: string; capacities?: readonly string[] }[];
}

describe('Whoever asks who they are', () => {
  const me = async (as: PrincipalName) => (await api.get<Me>('/v1/me', as)).body;

  it('is told whose key it is, what it may, and until when', async () => {
    const registrar = await me('ru-registrar');
    expect(registrar).toMatchObject({
      party: 'RU',
      roles: ['registrar'],
      sees: 'of-its-party',
      by: { kind: 'api-key', keyId: expect.any(String), issuedAt: expect.stringMatching(/Z$/) },
      expiresAt: expect.stringMatching(/Z$/),
    });
    const rightTo = (name: string) => registrar.operations.find(({ operationId }) => operationId === name);
    expect(rightTo('statePosition')).toEqual({
      operationId: 'statePosition',
      capacities: ['direct', 'attributed'],
    });
    // What binds its party a registrar records as attributed alone; what no registrar may is not there.
    expect(rightTo('acceptResolution')?.capacities).toEqual(['attributed']);
    expect(rightTo('makeKey')).toBeUndefined();
    expect(rightTo('livez')).toBeUndefined();
  });

  it('is told which dialogues were granted, and an operator that it reads none', async () => {
    const dialogues = [ground.dialogueId];
    const { key } = await make({ name: 'A guest', roles: ['reader'], dialogues });
    const asGuest = { as: 'nobody', headers: { Authorization: `Bearer ${key}` } } as const;
    expect((await api.ask('GET', '/v1/me', asGuest)).body).toMatchObject({ sees: 'granted', dialogues });
    expect(await me('reader')).toMatchObject({ sees: 'all', party: null });
    const operator = await me('operator');
    expect(operator).toMatchObject({ sees: 'none', roles: ['operator'] });
    expect(operator.operations.map(({ operationId }) => operationId)).not.toContain('getIrritant');
  });
});

describe('A key', () => {
  it('is made by the operator, opens what its roles open, and is shown once', async () => {
    const { key, id } = await make();
    expect(key).toMatch(/^entente_[0-9a-f]{32}_[A-Za-z0-9_-]{43}$/);
    expect((await reading(key)).status).toBe(200);
    const { status, body } = await list();
    const secret = key.slice(key.indexOf('_', 'entente_'.length) + 1, -1);
    expect(status).toBe(200);
    expect(body.items.find((one) => one['id'] === id)).toEqual({
      id,
      principalId: expect.any(String),
      name: 'A reader of the archive',
      party: null,
      roles: ['reader'],
      issuedAt: expect.stringMatching(/Z$/),
      madeBy: { as: 'operator', principalId: expect.any(String) },
      expiresAt: expect.stringMatching(/Z$/),
      revokedAt: null,
    });
    expect(JSON.stringify(body)).not.toContain(secret);
    expect(JSON.stringify(body)).not.toMatch(/[0-9a-f]{64}/);
  });

  it('is not in the store: only its hash is', async () => {
    const { key, id } = await make();
    const stored: unknown[] = [];
    for await (const event of api.server.record.store.readStream(`credential-${id}`)) stored.push(event.data);
    expect(JSON.stringify(stored)).toContain('secretHash');
    expect(JSON.stringify(stored)).not.toContain(key.slice(41));
  });

  it('lasts as long as it was made for, a year unless the operator says otherwise', async () => {
    await make();
    await make({ name: 'A visitor', roles: ['reader'], days: 1 });
    const { items } = (await list()).body;
    const days = items
      .slice(-2)
      .map(
        (one) => (Date.parse(String(one['expiresAt'])) - Date.parse(String(one['issuedAt']))) / 86_400_000,
      );
    expect(days.map(Math.round)).toEqual([365, 1]);
  });

  it('is refused with one letter changed, with the secret of another key, and in any other scheme', async () => {
    const [one, other] = [await make(), await make()];
    const swapped = one.key.slice(0, 41) + other.key.slice(41);
    const changed = one.key.slice(0, -2) + (one.key.at(-2) === 'A' ? 'B' : 'A') + one.key.slice(-1);
    for (const key of [swapped, changed, `${one.key}x`, one.key.toUpperCase(), '']) {
      const { status, headers, body } = await reading(key);
      expect([status, body['code']]).toEqual([401, 'unauthenticated']);
      expect(headers.get('www-authenticate')).toMatch(/^Bearer /);
    }
    const basic = { Authorization: `Basic ${Buffer.from(`x:${one.key}`).toString('base64')}` };
    expect((await api.ask('GET', '/v1/irritants', { as: 'nobody', headers: basic })).status).toBe(401);
    expect((await api.ask('GET', `/v1/irritants?key=${one.key}`, { as: 'nobody' })).status).toBe(401);
  });

  it('may be the second of one principal, who stays the same in the record', async () => {
    const first = await make();
    const second = await make({ name: 'The same', roles: ['reader'], principalId: first.principalId });
    expect(second.principalId).toBe(first.principalId);
    expect((await reading(second.key)).status).toBe(200);
  });

  it('is of no operator where another of the same principal is not, and the other way round', async () => {
    const operates = await make({ name: 'x', roles: ['operator'] });
    const reads = await make({ name: 'x', roles: ['reader'] });
    for (const [{ principalId }, role] of [
      [operates, 'reader'],
      [operates, 'secretariat'],
      [reads, 'operator'],
    ] as const) {
      const body = { name: 'x', roles: [role], principalId };
      const answer = await api.ask('POST', '/v1/keys', { as: 'operator', body });
      expect([answer.status, answer.body['code']]).toEqual([400, 'validation-failed']);
    }
    const again = await make({ name: 'x', roles: ['operator'], principalId: operates.principalId });
    expect(again.principalId).toBe(operates.principalId);
  });

  it('sees no more and no less than another of the same principal, also after a grant, until those are revoked', async () => {
    const dialogues = [ground.dialogueId];
    const limited = await make({ name: 'A guest', roles: ['reader'], dialogues });
    const wide = await make({ name: 'A reader', roles: ['reader'] });
    const refused = async (principalId: string, more: object) => {
      const body = { name: 'x', roles: ['reader'], principalId, ...more };
      const { status, body: said } = await api.ask('POST', '/v1/keys', { as: 'operator', body });
      return [status, JSON.stringify(said['errors'])];
    };
    const others = [400, expect.stringContaining('the other keys of the principal see')];
    expect(await refused(limited.principalId, {})).toEqual(others);
    expect(await refused(wide.principalId, { dialogues })).toEqual(others);
    const further = await make({ name: 'x', roles: ['reader'], principalId: limited.principalId, dialogues });
    for (const id of [limited.id, further.id])
      expect((await api.ask('POST', `/v1/keys/${id}/revoke`, { as: 'operator', body: {} })).status).toBe(200);
    await make({ name: 'x', roles: ['reader'], principalId: limited.principalId });
  });

  it.each([
    ['a registrar without a party', { name: 'x', roles: ['registrar'] }],
    ['a negotiator without a party', { name: 'x', roles: ['negotiator'] }],
    ['a secretariat of one side', { name: 'x', roles: ['secretariat'], party: 'RU' }],
    ['nobody with any role', { name: 'x', roles: [] }],
    ['a role that there is not', { name: 'x', roles: ['minister'] }],
    ['a thousand years', { name: 'x', roles: ['reader'], days: 365_000 }],
  ])('is not made for %s', async (_, body) => {
    const before = (await list()).body.items.length;
    const answer = await api.ask('POST', '/v1/keys', { as: 'operator', body });
    expect([answer.status, answer.body['code']]).toEqual([400, 'validation-failed']);
    expect((await list()).body.items).toHaveLength(before);
  });
});

describe('A key that has ended', () => {
  it('opens nothing: once it is revoked, at once on this server', async () => {
    const { key, id } = await make();
    expect((await reading(key)).status).toBe(200);
    const revoke = () => api.ask('POST', `/v1/keys/${id}/revoke`, { as: 'operator' });
    const revoked = await revoke();
    expect([revoked.status, revoked.body['revokedAt']]).toEqual([200, expect.stringMatching(/Z$/)]);
    expect((await reading(key)).status).toBe(401);
    expect((await revoke()).body).toEqual(revoked.body);
  });

  it('opens nothing within a second of being revoked elsewhere, whatever the clock says, nor from the moment that it expires', async () => {
    const clock = new ManualClock();
    const server = await startServer({ settings: quietSettings, clock });
    try {
      const wanted = { name: 'reader', party: null, roles: ['reader'], days: 1 } as const;
      const { credentials, store, ids } = server.record;
      const [short, long] = [
        await credentials.issue(wanted, { as: 'folder' }),
        await credentials.issue({ ...wanted, days: 2 }, { as: 'folder' }),
      ];
      const status = async ({ key }: { readonly key: string }) =>
        (await fetch(`${server.url}/v1/irritants`, { headers: { Authorization: `Bearer ${key}` } })).status;
      expect([await status(short), await status(long)]).toEqual([200, 200]);
      const revoked = { id: ids.next(), type: 'CredentialRevoked', data: { revokedAt: clock.iso() } };
      const event = { ...revoked, content: null, salt: null, meta: {} };
      await store.append(`credential-${long.credential.id}`, [event], { expected: 0n });
      clock.advance(1_000);
      clock.advance(-7_200_000);
      expect([await status(short), await status(long)]).toEqual([200, 401]);
      clock.advance(7_200_000 + 86_400_000);
      expect(await status(short)).toBe(401);
    } finally {
      await server.stop();
    }
  });
});

describe('Each role keeps to its own', () => {
  const isOpen = ({ row }: (typeof operations)[number]) => row !== undefined && 'open' in row;
  const reads = operations.filter(
    (one) => one.method === 'get' && one.path.startsWith('/v1') && one.slice !== 'keys' && !isOpen(one),
  );
  // Who is told of what was recorded writes nothing: neither a webhook nor a watch is a part of the record.
  const writes = operations.filter(
    ({ method, path }) => method === 'post' && !/^\/v1\/(webhooks|watches)(\/|$)/.test(path),
  );
  const headers = { 'Idempotency-Key': 'own', 'If-Match': '"0"' };

  it.each(reads.map((one) => [one.operationId, one] as const))(
    'the operator reads nothing: %s',
    async (_, one) => {
      const { status, body } = await api.ask('GET', addressOf(one, ground, 'RU'), { as: 'operator' });
      expect([status, (body as { code?: string }).code]).toEqual([403, 'forbidden']);
    },
  );

  it.each(writes.map((one) => [one.operationId, one] as const))(
    'the auditor writes nothing: %s',
    async (_, one) => {
      await api.settled();
      const head = await api.server.record.store.head();
      const type = { 'Content-Type': one.mediaType ?? 'application/json' };
      const asked = { as: 'auditor', body: one.example ?? {}, headers: { ...headers, ...type } } as const;
      const { status, body } = await api.ask('POST', addressOf(one, ground, 'RU'), asked);
      expect([status, body['code']]).toEqual([403, 'forbidden']);
      expect(await api.server.record.store.head()).toBe(head);
    },
  );

  it('the auditor reads everything', async () => {
    for (const path of ['', '/history', '/replay', '/overview', '/diff?from=r0&to=r1']) {
      expect((await api.get(`/v1/irritants/${ground.irritantId}${path}`, 'auditor')).status).toBe(200);
    }
  });
});

describe('Nothing that is sent with a write is passed over:', () => {
  const writes = operations.filter((one) => one.method === 'post' && one.path.startsWith('/v1'));
  const takes = (name: string, { parameters }: (typeof writes)[number]) =>
    parameters.some((one) => one.name === name);
  const isAct = (one: (typeof writes)[number]) => takes('Entente-Act', one);
  const isOperators = ({ row }: (typeof writes)[number]) =>
    row !== undefined && 'roles' in row && row.roles.join() === 'operator';
  const by = (one: (typeof writes)[number]) => (isOperators(one) ? 'operator' : 'ru-negotiator');
  const junk = ['Entente-Act', 'Entente-Seen', 'Entente-Salt', 'Signature'];

  it.each(writes.map((one) => [one.operationId, one] as const))('%s', async (_, one) => {
    await api.settled();
    const head = await api.server.record.store.head();
    const ask = async (query: string, more: Record<string, string> = {}) => {
      const type = { 'Content-Type': one.mediaType ?? 'application/json' };
      const headers = { 'Idempotency-Key': 'passed-over', 'If-Match': '"0"', ...type, ...more };
      const asked = { as: by(one), body: one.example ?? {}, headers } as const;
      const { status, body } = await api.ask('POST', `${addressOf(one, ground, 'RU')}${query}`, asked);
      return { status, code: body['code'], detail: body['detail'] };
    };
    const unknown = { status: 400, code: 'unknown-parameter' };
    expect(await ask('?dryrun=true')).toMatchObject({
      ...unknown,
      detail: expect.stringContaining('dryrun'),
    });
    if (!takes('dryRun', one)) expect(await ask('?dryRun=true')).toMatchObject(unknown);
    for (const name of junk)
      expect(await ask('', { [name]: 'junk' })).toMatchObject({
        status: 400,
        code: isAct(one)
          ? expect.stringMatching(/^(signature-malformed|validation-failed)$/)
          : 'signature-not-taken',
        detail: expect.any(String),
      });
    const tagged = { 'Signature-Input': 'act=();tag="entente"', Signature: 'act=:AA==:' };
    if (!isAct(one)) expect(await ask('', tagged)).toMatchObject({ code: 'signature-not-taken' });
    expect(await api.server.record.store.head()).toBe(head);
  });
});
