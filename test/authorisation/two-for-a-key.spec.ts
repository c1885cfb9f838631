import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import type { PrincipalName } from '../support/api.js';
import { recoverKey } from '../../src/platform/access/key-recovery.js';
import { browse } from '../pages/reading.js';
import { openTalks, setScene } from '../support/scene.js';

interface Key {
  readonly id: string;
  readonly key: string;
  readonly revokedAt: string | null;
  readonly awaitsUntil?: string;
  readonly revocationUntil?: string;
}

describe('A key that speaks for a party takes one of its negotiators as well as an operator', () => {
  let api: Api;
  const make = async (body: object) =>
    (await api.ask<Key>('POST', '/v1/keys', { as: 'operator', body })).body;
  const post = (path: string, as: PrincipalName) => api.ask<Key & { code: string }>('POST', path, { as });
  const isTaken = async ({ key }: Pick<Key, 'key'>) => {
    const response = await fetch(`${api.server.url}/v1/irritants`, {
      headers: { Authorization: `Bearer ${key}` },
    });
    return response.status !== 401;
  };
  const negotiator = (party: string) => ({ name: `Another of ${party}`, party, roles: ['negotiator'] });

  beforeAll(async () => {
    api = await Api.start();
  });
  afterAll(() => api.stop());

  it('the first negotiator of a party takes an operator alone', async () => {
    expect(await isTaken(await make(negotiator('FR')))).toBe(true);
  });

  it('after that a key opens nothing until a negotiator of that party approves it', async () => {
    const made = await make(negotiator('RU'));
    expect(made.awaitsUntil).toBeDefined();
    expect(await isTaken(made)).toBe(false);
    const path = `/v1/keys/${made.id}/approve`;
    expect((await post(path, 'operator')).status).toBe(403);
    expect((await post(path, 'ru-registrar')).status).toBe(403);
    expect((await post(path, 'us-negotiator')).status).toBe(404);
    expect(await isTaken(made)).toBe(false);
    expect((await post(path, 'ru-negotiator')).status).toBe(200);
    expect(await isTaken(made)).toBe(true);
    expect((await post(path, 'ru-negotiator')).body.code).toBe('nothing-to-approve');
  });

  it('whoever shows a key that waits is told so, on pages too, and whoever only knows its id is not', async () => {
    const made = await make(negotiator('RU'));
    const says = async (key: string) => {
      const response = await fetch(`${api.server.url}/v1/irritants`, {
        headers: { Authorization: `Bearer ${key}` },
      });
      return [response.status, ((await response.json()) as { detail: string }).detail];
    };
    const waits = `The key opens nothing until a negotiator of RU approves it, by ${made.awaitsUntil}: ask one of them.`;
    const unknown = 'The key is unknown, expired or revoked.';
    expect(await says(made.key)).toEqual([401, waits]);
    const guessed = `${made.key.slice(0, -43)}${'A'.repeat(43)}`;
    expect(await says(guessed)).toEqual([401, unknown]);
    const page = await browse(api.server.url, '/sign-in', { form: { key: made.key } });
    expect(page.status).toBe(401);
    expect(page.text).toContain('until a negotiator of RU approves it');
    expect(page.headers.get('set-cookie')).toBeNull();
    expect((await browse(api.server.url, '/sign-in', { form: { key: guessed } })).text).not.toContain(
      'approves',
    );
    for (const asked of ['/sign-in', '/sign-out']) {
      const { status, headers } = await browse(api.server.url, asked);
      expect([status, headers.get('location')]).toEqual([303, '/']);
    }
    expect((await post(`/v1/keys/${made.id}/revoke`, 'operator')).status).toBe(200);
    expect(await says(made.key)).toEqual([401, unknown]);
  });

  it('a registrar of that party is no exception, and a secretariat takes an operator and is seen by both', async () => {
    expect((await make({ ...negotiator('RU'), roles: ['registrar'] })).awaitsUntil).toBeDefined();
    const secretariat = await make({ name: 'A second secretariat', roles: ['secretariat'] });
    expect(await isTaken(secretariat)).toBe(true);
    for (const as of ['ru-negotiator', 'us-negotiator'] as const) {
      const { body } = await api.ask<{ items: Key[] }>('GET', '/v1/keys', { as });
      expect(body.items.map(({ id }) => id)).toContain(secretariat.id);
    }
  });

  it('a secretariat of others alone, and what else it may see, shows to nobody whom it does not concern', async () => {
    const seen = async (wanted: object) => {
      const { id } = await make({ name: 'Of some', roles: ['secretariat'], ...wanted });
      const { body } = await api.ask<{ items: Key[] }>('GET', '/v1/keys', { as: 'ru-negotiator' });
      return body.items.find((one) => one.id === id);
    };
    const { dialogueId } = await setScene(api);
    const { dialogueId: other } = await openTalks(api, { parties: { RU: 'FR', US: 'DE' } });
    expect(await seen({ dialogues: [other] })).toBeUndefined();
    expect(await seen({ dialogues: [dialogueId, other] })).toMatchObject({ dialogues: [dialogueId] });
  });

  it('is made for dialogues that are there, and of those that are not each is named', async () => {
    const { dialogueId } = await setScene(api);
    const none = ['01960b3a-0000-7000-8000-00000000ffff', '01960b3a-0000-7000-8000-00000000fffe'];
    const count = async () => (await api.server.record.credentials.list()).length;
    const before = await count();
    const dialogues = [none[0], dialogueId, none[1]];
    const body = { name: 'Of some', roles: ['reader'], dialogues };
    const refused = await api.ask<object>('POST', '/v1/keys', { as: 'operator', body });
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({
      code: 'validation-failed',
      errors: [
        { pointer: '/dialogues/0', detail: `There is no dialogue ${none[0]}.` },
        { pointer: '/dialogues/2', detail: `There is no dialogue ${none[1]}.` },
      ],
    });
    expect(await count()).toBe(before);
  });

  it('a party sees its own keys and none of the other side', async () => {
    const { body } = await api.ask<{ items: { party: string | null }[] }>('GET', '/v1/keys', {
      as: 'us-negotiator',
    });
    expect(new Set(body.items.map(({ party }) => party))).toEqual(new Set(['US', null]));
  });

  it('the last negotiator is not revoked by an operator alone', async () => {
    const { body } = await api.ask<{ items: (Key & { party: string; roles: string[] })[] }>(
      'GET',
      '/v1/keys',
      {
        as: 'operator',
      },
    );
    const last = body.items.find(({ party, roles }) => party === 'US' && roles.includes('negotiator'))!;
    const asked = await post(`/v1/keys/${last.id}/revoke`, 'operator');
    expect(asked.body).toMatchObject({ revokedAt: null, revocationUntil: expect.any(String) });
    expect((await api.ask('GET', '/v1/irritants', { as: 'us-negotiator' })).status).toBe(200);
    expect((await post(`/v1/keys/${last.id}/approve`, 'us-negotiator')).body.revokedAt).not.toBeNull();
  });

  it('where every negotiator has lost the key, an operator makes one on the folder, and both sides see that', async () => {
    const other = await Api.start();
    const { dialogueId } = await setScene(other);
    const wanted = { name: 'New', party: 'US', roles: ['negotiator'] as const, days: 1 };
    await recoverKey(other.server.record, wanted, 'The office burnt down.');
    const { body } = await other.ask<{ recoveries: object[]; kept: object }>(
      'GET',
      `/v1/dialogues/${dialogueId}`,
      { as: 'ru-registrar' },
    );
    expect(body.recoveries).toEqual([
      expect.objectContaining({ party: null, forParty: 'US', reason: 'The office burnt down.' }),
    ]);
    await other.stop();
  });
});
