import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import type { Body } from '../support/api.js';
import { bearing } from '../support/bearing.js';
import { IdentityProvider } from '../support/identity-provider.js';
import { ManualClock } from '../support/manual-clock.js';
import { openTalks, setScene } from '../support/scene.js';

const clock = new ManualClock();
let provider: IdentityProvider;
let api: Api;
let prefixes = 0;

beforeAll(async () => {
  provider = await IdentityProvider.start(clock);
  api = await Api.start({ oidc: [provider.settings({ parties: ['FR', 'DE'] })] }, clock);
});
afterAll(async () => {
  await api.stop();
  await provider.stop();
});

interface Made {
  readonly id: string;
  readonly key: string;
  readonly issuedAt: string;
}
const negotiator = (party: string) => ({ name: `Of ${party}`, party, roles: ['negotiator'] as const });
const byOperator = async (party: string) =>
  (await api.ask<Made>('POST', '/v1/keys', { as: 'operator', body: negotiator(party) })).body;

/** The party opens a dialogue, and with that joins it; answers the event and what the dialogue shows. */
async function joinedBy(bearer: string, party: string) {
  prefixes += 1;
  const opening = {
    parties: [party, 'US'],
    keyPrefix: `FK${Math.random().toString(36).slice(2, 7).toUpperCase()}${prefixes}`,
    name: { en: 'A dialogue' },
  };
  const { create } = bearing(api, bearer);
  const { status, body } = await create('/v1/dialogues', opening);
  expect({ status, body }).toMatchObject({ status: 201 });
  const events = await api.server.record.streams.events(`dialogue-${String(body['id'])}`);
  const event = events.find((one) => one.type === 'PartyJoined');
  return { data: event?.data, shown: (body['joined'] as Body[])[0]?.['firstKey'] };
}

describe('How the first key of a party came about stands in its joining, and in the dialogue', () => {
  it('an operator made it, whose principal is named, and when', async () => {
    const keys = await api.server.record.credentials.list();
    const operator = keys.find(({ name }) => name === 'operator')?.principalId;
    const first = await byOperator('IT');
    clock.advance(60_000);
    const firstKey = {
      madeBy: 'operator',
      principalId: operator,
      keyId: first.id,
      at: first.issuedAt,
    };
    expect(await joinedBy(first.key, 'IT')).toEqual({ data: { firstKey }, shown: firstKey });
  });

  it('the command on the folder of the record made it', async () => {
    const wanted = { ...negotiator('ES'), days: 1 };
    const { key, credential } = await api.server.record.keys.make(wanted, { as: 'folder' });
    const firstKey = { madeBy: 'folder', keyId: credential.id, at: credential.issuedAt };
    expect(await joinedBy(key, 'ES')).toMatchObject({ shown: firstKey });
  });

  it('stays that of the first, whoever of the party joins, and a key that nobody approved was none', async () => {
    const first = await byOperator('PT');
    const second = await byOperator('PT');
    await bearing(api, first.key).act(`/v1/keys/${second.id}/approve`, {});
    expect(await joinedBy(second.key, 'PT')).toMatchObject({ shown: { keyId: first.id } });
  });

  it('the demonstration made it, and every history says so', async () => {
    const { dialogueId } = await setScene(api);
    type History = { readonly items: readonly { readonly summary: string }[] };
    const { body } = await api.get<History>(`/v1/dialogues/${dialogueId}/history`);
    const joined = body.items.map(({ summary }) => summary).filter((one) => one.includes('joined'));
    expect(joined).toHaveLength(2);
    for (const summary of joined)
      expect(summary).toMatch(/the first key of its negotiators was made by the demonstration on \d{4}-/);
  });

  it('by the token of an issuer, which is named', async () => {
    const claims = { entente_roles: ['negotiator'], entente_party: 'FR' };
    const shown = { madeBy: 'issuer', issuer: provider.settings().issuer };
    expect(await joinedBy(await provider.token({ claims }), 'FR')).toMatchObject({ shown });
  });

  it('nobody who joins says it: it is the record that knows', async () => {
    const { dialogueId } = await openTalks(api);
    const said = { firstKey: { madeBy: 'folder' } };
    const { status } = await api.act(`/v1/dialogues/${dialogueId}/join`, said, 'ru-negotiator');
    expect(status).toBe(400);
  });
});
