import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';

let api: Api;
let dialogueId: string;
let irritantId: string;
let roundId: string;

beforeAll(async () => {
  api = await Api.start();
  const opening = { parties: ['RU', 'US'], keyPrefix: 'KEPT', name: { en: 'Kept alone' } };
  dialogueId = (await api.create<{ id: string }>('/v1/dialogues', opening, 'ru-negotiator')).body.id;
  const raising = { raisers: ['RU'], respondents: ['US'], raisedBasis: 'stated', category: 'visas' };
  const body = { dialogueId, ...raising, title: { en: 'Visas' } };
  irritantId = (await api.create<{ id: string }>('/v1/irritants', body, 'ru-negotiator')).body.id;
  roundId = (await api.create<{ id: string }>('/v1/rounds', { dialogueId }, 'ru-negotiator')).body.id;
});
afterAll(() => api.stop());

/** Every answer about something of one dialogue. */
const answers: readonly (readonly [what: string, address: () => string])[] = [
  ['the dialogue', () => `/v1/dialogues/${dialogueId}`],
  ['the irritant', () => `/v1/irritants/${irritantId}`],
  ['the list of irritants', () => `/v1/irritants?dialogue=${dialogueId}`],
  ['the history of the irritant', () => `/v1/irritants/${irritantId}/history`],
  ['the overview of the irritant', () => `/v1/irritants/${irritantId}/overview`],
  ['the round', () => `/v1/rounds/${roundId}`],
  ['the comparison of accounts', () => `/v1/rounds/${roundId}/comparison`],
  ['the agenda', () => `/v1/dialogues/${dialogueId}/agenda`],
  ['the statistics', () => `/v1/dialogues/${dialogueId}/statistics`],
];

describe('In a dialogue that RU keeps alone', () => {
  it.each(answers)('%s says that RU alone keeps it', async (_, address) => {
    const { status, body } = await api.get(address(), 'ru-negotiator');
    expect(status).toBe(200);
    expect(JSON.stringify(body)).toContain('"kept":{"by":"one","party":"RU"}');
  });
});
