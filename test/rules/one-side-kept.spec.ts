import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';

let api: Api;
let dialogueId: string;

beforeAll(async () => {
  api = await Api.start();
  const opening = { parties: ['RU', 'US'], keyPrefix: 'KEPT', name: { en: 'Kept alone' } };
  dialogueId = (await api.create<{ id: string }>('/v1/dialogues', opening, 'ru-negotiator')).body.id;
});
afterAll(() => api.stop());

describe('In a dialogue that RU keeps alone', () => {
  it('the dialogue says that RU alone keeps it', async () => {
    const { body } = await api.get(`/v1/dialogues/${dialogueId}`, 'ru-negotiator');
    expect(body).toMatchObject({ kept: { by: 'one', party: 'RU' } });
  });
});
