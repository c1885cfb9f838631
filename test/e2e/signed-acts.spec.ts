import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import { raising, setScene } from '../support/scene.js';
import {
  actSigned,
  asking,
  keyIdOf,
  registerFirst,
  requireSigned,
  send,
  signedWith,
} from '../support/signing.js';

const RU = 'ru-negotiator';
let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.stop());

describe('A party that signs', () => {
  it('registers a key, requires signatures, and acts signed', async () => {
    const { dialogueId, irritantId } = await setScene(api);
    const key = await registerFirst(api, dialogueId, 'RU', 1);
    await requireSigned(api, dialogueId, 'RU', key);
    const path = `irritants/${irritantId}/claim`;
    const body = { kind: 'agreement', text: { en: 'We agreed.' } };
    const unsigned = await send(api, await asking(api, path, body, RU));
    expect(unsigned).toMatchObject({ status: 409, body: { code: 'signature-missing' } });
    const signed = await signedWith(api, key, await asking(api, path, body, RU));
    expect(await send(api, signed)).toMatchObject({ status: 200 });
    expect(await send(api, signed)).toMatchObject({ status: 200 });
    const raised = await actSigned(api, key, 'irritants', raising(dialogueId), RU);
    expect(raised).toMatchObject({ status: 201 });
    const dialogue = await api.get(`/v1/dialogues/${dialogueId}`, RU);
    expect(dialogue.body).toMatchObject({ keys: [{ thumbprint: keyIdOf(key) }], signing: [{ party: 'RU' }] });
  });
});
