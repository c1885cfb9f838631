import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recoverKey } from '../../src/platform/access/key-recovery.js';
import { Api } from '../support/api.js';
import { bearing } from '../support/bearing.js';
import { IdentityProvider } from '../support/identity-provider.js';
import { ManualClock } from '../support/manual-clock.js';

interface Key {
  readonly id: string;
  readonly key: string;
  readonly revokedAt: string | null;
  readonly awaitsUntil?: string;
  readonly revocationUntil?: string;
}

const day = 86_400_000;
const clock = new ManualClock();
let provider: IdentityProvider;
let api: Api;

beforeAll(async () => {
  provider = await IdentityProvider.start(clock);
  api = await Api.start({ oidc: [provider.settings({ parties: ['FR'] })] }, clock);
});
afterAll(async () => {
  await api.stop();
  await provider.stop();
});

const negotiator = (party: string, days = 300) => ({
  name: `Of ${party}`,
  party,
  roles: ['negotiator'] as const,
  days,
});
const make = async (body: object) => (await api.ask<Key>('POST', '/v1/keys', { as: 'operator', body })).body;
const revoke = async ({ id }: Key) =>
  (await api.ask<Key>('POST', `/v1/keys/${id}/revoke`, { as: 'operator' })).body;
const approve = (bearer: string, { id }: Key) =>
  bearing(api, bearer).create<Key & { code: string }>(`/v1/keys/${id}/approve`, {});
const isTaken = async (key: string) => (await bearing(api, key).get('/v1/irritants')).status !== 401;

async function opens(bearer: string, party: string): Promise<string> {
  const { status, body } = await bearing(api, bearer).create('/v1/dialogues', {
    parties: [party, 'US'],
    keyPrefix: `OK${Math.random().toString(36).slice(2, 9).toUpperCase()}`,
    name: { en: 'A dialogue' },
  });
  expect({ status, body }).toMatchObject({ status: 201 });
  return String(body['id']);
}

describe('A party that once had a negotiator', () => {
  it('gets no key by an operator alone after all its keys have run out; one is recovered, and both sides see that', async () => {
    const first = await make(negotiator('IT', 1));
    const dialogueId = await opens(first.key, 'IT');
    clock.advance(2 * day);
    expect(await isTaken(first.key)).toBe(false);
    const second = await make(negotiator('IT'));
    expect(second.awaitsUntil).toBeDefined();
    expect(await isTaken(second.key)).toBe(false);
    const recovered = await recoverKey(api.server.record, negotiator('IT'), 'The keys ran out.');
    expect(await isTaken(recovered.key)).toBe(true);
    for (const bearer of [recovered.key, api.keys['us-negotiator'] ?? '']) {
      const { body } = await bearing(api, bearer).get(`/v1/dialogues/${dialogueId}`);
      expect(body['recoveries']).toMatchObject([
        { party: null, forParty: 'IT', keyId: recovered.credential.id },
      ]);
    }
  });

  it('may have it by the token of its issuer: then the first key of the party takes that negotiator too', async () => {
    const claims = { entente_roles: ['negotiator'], entente_party: 'FR' };
    const token = await provider.token({ claims });
    await opens(token, 'FR');
    await api.settled();
    const key = await make(negotiator('FR'));
    expect(await isTaken(key.key)).toBe(false);
    expect((await approve(token, key)).status).toBeLessThan(300);
    expect(await isTaken(key.key)).toBe(true);
  });
});

describe('What an operator asks a negotiator for', () => {
  it('lapses after seven days: a key that nobody approved opens nothing for ever', async () => {
    const first = await make(negotiator('ES'));
    const other = await make({ ...negotiator('ES'), roles: ['registrar'] });
    const asked = await revoke(first);
    clock.advance(7 * day);
    for (const late of [other, asked])
      expect(await approve(first.key, late)).toMatchObject({
        status: 409,
        body: { code: 'nothing-to-approve' },
      });
    expect([await isTaken(other.key), await isTaken(first.key)]).toEqual([false, true]);
  });

  it('is the last negotiator also where two are revoked at once', async () => {
    const one = await make(negotiator('PT'));
    const two = await make(negotiator('PT'));
    await approve(one.key, two);
    const answers = await Promise.all([revoke(one), revoke(two)]);
    expect(answers.filter(({ revokedAt }) => revokedAt !== null)).toHaveLength(1);
    expect(answers.filter(({ revocationUntil }) => revocationUntil !== undefined)).toHaveLength(1);
  });

  it('is asked for by the command on the folder as well, and not spared by another role or principal', async () => {
    const { keys } = api.server.record;
    const first = await keys.make(negotiator('DE'), { as: 'folder' });
    const again = { ...negotiator('DE'), principalId: first.credential.principalId };
    for (const wanted of [negotiator('DE'), { ...negotiator('DE'), roles: ['reader'] as const }, again]) {
      const { key, credential } = await keys.make(wanted, { as: 'folder' });
      expect(credential.awaitsUntil).toBeDefined();
      expect(await isTaken(key)).toBe(false);
    }
    expect((await keys.revoke(first.credential.id)).revokedAt).toBeNull();
    expect(await isTaken(first.key)).toBe(true);
  });
});

describe('The key of a secretariat', () => {
  it('takes an operator alone; both parties see that it was made, and that it was revoked', async () => {
    const made = await make({ name: 'A secretariat', roles: ['secretariat'] });
    const seen = async () =>
      Promise.all(
        (['ru-negotiator', 'us-negotiator'] as const).map(async (as) => {
          const { body } = await api.ask<{ items: Key[] }>('GET', '/v1/keys', { as });
          return body.items.find(({ id }) => id === made.id)?.revokedAt;
        }),
      );
    expect(await seen()).toEqual([null, null]);
    const { revokedAt } = await revoke(made);
    expect(revokedAt).not.toBeNull();
    expect(await seen()).toEqual([revokedAt, revokedAt]);
  });
});
