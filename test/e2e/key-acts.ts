import { testKey } from '#libs/ledger/testing';
import type { Answer, Api, Body } from '../support/api.js';
import type { Meeting } from '../support/refusing.js';
import type { Scene } from '../support/scene.js';
import {
  actSigned,
  keyIdOf,
  keyNote,
  originOf,
  registerFirst,
  registrationOf,
  requireSigned,
} from '../support/signing.js';

const RU = 'ru-negotiator';

/** Registers two keys, asks for signatures, lifts that, and revokes one: all that a dialogue says of keys. */
export async function everyKeyAct(api: Api, { dialogueId }: Scene): Promise<void> {
  const key = await registerFirst(api, dialogueId, 'RU', 60);
  const at = `dialogues/${dialogueId}`;
  const signed = async (command: string, body: Body) => {
    const answer = await actSigned(api, key, `${at}/${command}`, body, RU);
    if (answer.status !== 200) throw new Error(`${command}: ${JSON.stringify(answer.body)}`);
  };
  const witness = { purpose: 'witness', name: 'ru.example/witness' };
  await signed('register-key', registrationOf(originOf(api, dialogueId), testKey(61), witness));
  await requireSigned(api, dialogueId, 'RU', key);
  await signed('lift-signed-acts', {});
  await signed('revoke-key', { thumbprint: keyIdOf(testKey(61)), reason: { en: 'It was lost.' } });
}

/** For each refusal of keys, an act that meets it. */
export function keyRefusals(api: () => Api, scene: () => Scene): Meeting {
  const at = (command: string) => `/v1/dialogues/${scene().dialogueId}/${command}`;
  const registration = (seed: number, more: Body = {}) =>
    registrationOf(originOf(api(), scene().dialogueId), testKey(seed), more);
  const register = (body: Body): Promise<Answer> => api().act(at('register-key'), body, RU);
  return {
    NAME_OF_WITNESS: [
      () => register(registration(1, { purpose: 'witness' })),
      () => register(registration(1, { name: 'ru.example/act' })),
    ],
    KEY_NOT_POSSESSED: [
      () => register({ ...registration(1), possession: registration(2)['possession'] }),
      () => register(registrationOf('another.example/log', testKey(1))),
    ],
    NO_ACT_KEY: [
      () => register(registration(1, { purpose: 'witness', name: 'ru.example/witness' })),
      () => api().act(at('require-signed-acts'), {}, RU),
    ],
    NOTE_OF_KEY_REQUIRED: [
      () => register(registration(1)),
      // A statement is no note, and a note of the other side none of this one.
      () => register(registration(1, { sources: [{ sourceId: scene().sources.RU }] })),
      () => register(registration(1, { sources: [{ sourceId: scene().sources.US }] })),
    ],
    KEY_REGISTERED_BEFORE: [
      async () => {
        await registerFirst(api(), scene().dialogueId, 'US', 1);
        return register(registration(1));
      },
      async () => {
        const key = await registerFirst(api(), scene().dialogueId, 'RU', 1);
        await actSigned(api(), key, at('revoke-key').slice(4), { thumbprint: keyIdOf(key) }, RU);
        return register(registration(1));
      },
      // In the very words of the registration that was revoked: it is no repeat, for the key is not in force.
      async () => {
        const { dialogueId } = scene();
        const key = testKey(1);
        const { id: sourceId } = await keyNote(api(), dialogueId, 'RU', key);
        const body = registration(1, { sources: [{ sourceId }] });
        await register(body);
        await actSigned(api(), key, at('revoke-key').slice(4), { thumbprint: keyIdOf(key) }, RU);
        return register(body);
      },
    ],
    TOO_MANY_KEYS: async () => {
      const key = await registerFirst(api(), scene().dialogueId, 'RU', 1);
      for (let seed = 2; seed <= 50; seed += 1)
        await actSigned(api(), key, at('register-key').slice(4), registration(seed), RU);
      return register(registration(51));
    },
    NOT_A_KEY_OF_YOURS: [
      () => api().act(at('revoke-key'), { thumbprint: keyIdOf(testKey(1)) }, RU),
      async () => {
        const key = await registerFirst(api(), scene().dialogueId, 'US', 1);
        return api().act(at('revoke-key'), { thumbprint: keyIdOf(key) }, RU);
      },
    ],
    LAST_KEY: async () => {
      const key = await registerFirst(api(), scene().dialogueId, 'RU', 1);
      await requireSigned(api(), scene().dialogueId, 'RU', key);
      return api().act(at('revoke-key'), { thumbprint: keyIdOf(key) }, RU);
    },
  };
}
