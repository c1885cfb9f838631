import { done, made } from '../support/acting.js';
import type { Api, Body, PrincipalName } from '../support/api.js';
import { join, openTalks, raising } from '../support/scene.js';
import { inTheNameOf } from '../support/sides.js';
import {
  keyIdOf,
  keyNote,
  originOf,
  registerFirst,
  registrationOf,
  requireSigned,
} from '../support/signing.js';
import { testKey } from '#libs/ledger/testing';
import { words } from '../support/twice.js';
import type { Asked, Case, Cases, Talks } from '../support/twice.js';

const RU = 'ru-negotiator';
const US = 'us-negotiator';
const reason = { reason: words };
const asked = (path: string, as: PrincipalName, body: Body = {}): Asked => ({ path, as, body });

const plain = (
  command: string,
  as: PrincipalName,
  body: (talks: Talks) => Body = () => ({}),
): Pick<Case, 'ready'> => ({
  ready: (talks) => Promise.resolve(asked(`dialogues/${talks.scene.dialogueId}/${command}`, as, body(talks))),
});
let prefixes = 0;
const prefix = () => `T${Math.random().toString(36).slice(2, 8).toUpperCase()}${(prefixes += 1)}`;

export const dialogueCases: Cases = {
  OpenDialogue: {
    ready: () =>
      Promise.resolve(
        asked('dialogues', 'secretariat', { parties: ['RU', 'US'], keyPrefix: prefix(), name: words }),
      ),
    again: 'key-prefix-taken',
    other: 'key-prefix-taken',
  },
  JoinDialogue: {
    ready: async ({ api }) => asked(`dialogues/${(await openTalks(api)).dialogueId}/join`, RU),
  },
  RegisterPartyKey: {
    ready: async ({ api, scene: { dialogueId } }) => {
      const { id: sourceId } = await keyNote(api, dialogueId, 'RU', testKey(1));
      const more = { sources: [{ sourceId }] };
      const body = registrationOf(originOf(api, dialogueId), testKey(1), more);
      return asked(`dialogues/${dialogueId}/register-key`, RU, body);
    },
  },
  RevokePartyKey: {
    ready: async ({ api, scene: { dialogueId } }) => {
      const key = await registerFirst(api, dialogueId, 'RU', 1);
      const body = { thumbprint: keyIdOf(key), ...reason };
      return { ...asked(`dialogues/${dialogueId}/revoke-key`, RU, body), key };
    },
    other: 'not-a-key-of-yours',
  },
  RequireSignedActs: {
    ready: async ({ api, scene: { dialogueId } }) => {
      const key = await registerFirst(api, dialogueId, 'RU', 1);
      return { ...asked(`dialogues/${dialogueId}/require-signed-acts`, RU), key };
    },
  },
  LiftSignedActs: {
    ready: async ({ api, scene: { dialogueId } }) => {
      const key = await registerFirst(api, dialogueId, 'RU', 1);
      await requireSigned(api, dialogueId, 'RU', key);
      return { ...asked(`dialogues/${dialogueId}/lift-signed-acts`, RU), key };
    },
  },
  NameParty: plain('name-party', RU, () => ({ name: words })),
  SuspendDialogue: plain('suspend', RU, () => reason),
  ResumeDialogue: {
    ready: async ({ api, scene: { dialogueId } }) => {
      await done(api, `dialogues/${dialogueId}/suspend`, RU);
      return asked(`dialogues/${dialogueId}/resume`, RU, reason);
    },
  },
  RecordPartyAlias: {
    ...plain('record-party-alias', 'secretariat', () => ({ party: 'RU', alias: words.en })),
    number: { party: 'US' },
  },
  AssertThirdPartyRole: {
    ...plain('assert-third-party-role', 'secretariat', ({ scene }) => ({
      thirdParty: 'TR',
      role: 'host',
      text: words,
      wording: [{ as: 'summary' }],
      sources: [{ sourceId: scene.sources.press }],
    })),
    number: { role: 'mediator' },
  },
  RecordCommentary: {
    ...plain('record-commentary', 'secretariat', ({ scene }) => ({
      quote: words,
      speaker: 'An official',
      wording: [{ as: 'summary' }],
      sources: [{ sourceId: scene.sources.press }],
    })),
    number: { speaker: 'Another official' },
  },
};

export const sourceCases: Cases = {
  RegisterSource: {
    ready: ({ scene: { dialogueId } }) =>
      Promise.resolve(
        asked('sources', 'secretariat', {
          ...{ dialogueId, kind: 'press', issuers: [], lang: 'en', held: false },
          ...{ title: words.en, citation: 'A paper' },
        }),
      ),
    again: 'recorded',
    other: 'recorded',
  },
};

async function lastOf(api: Api, id: string): Promise<string> {
  return (await api.server.record.streams.events(`irritant-${id}`)).at(-1)?.id ?? '';
}

/** An act of the US on the matter, of which an amendment is asked for. */
const ofOwnAct = (command: string, body: Body): Pick<Case, 'ready'> => ({
  ready: async ({ api, scene: { irritantId } }) => {
    const at = `irritants/${irritantId}`;
    await done(api, `${at}/suspend`, US, { reason: { en: 'At first.' } });
    return asked(`${at}/${command}`, US, { target: await lastOf(api, irritantId), ...body });
  },
});

/** What a secretariat recorded in the name of the US before both joined. */
const ofAttributed = (command: string, body: Body): Pick<Case, 'ready'> => ({
  ready: async ({ api }) => {
    const { dialogueId, sources } = await openTalks(api);
    const raised = { ...raising(dialogueId), ...inTheNameOf('RU', sources.RU) };
    const { id } = await made<{ id: string }>(api, 'irritants', 'secretariat', raised);
    await done(api, `irritants/${id}/suspend`, 'secretariat', inTheNameOf('US', sources.US));
    const target = await lastOf(api, id);
    for (const side of ['RU', 'US'] as const) await join(api, dialogueId, side);
    return asked(`irritants/${id}/${command}`, US, { target, ...body });
  },
});

export const amendmentCases: Cases = {
  CorrectEvent: {
    ...ofOwnAct('correct', { content: { reason: words } }),
    number: { occurred: '2025-04-11' },
    keepsWords: true,
  },
  'CorrectEvent of its time': {
    ...ofOwnAct('correct', { content: { reason: words }, occurred: '2025-04-10' }),
    keepsWords: true,
  },
  RetractEvent: ofOwnAct('retract', reason),
  RequestErasure: {
    ...ofOwnAct('request-erasure', { basis: 'personal-data', ...reason }),
    number: { basis: 'security' },
    numbered: 'recorded',
    keepsWords: true,
  },
  EndorseAttribution: ofAttributed('endorse', { note: words }),
  DisavowAttribution: ofAttributed('disavow', { ground: 'not-what-we-said', ...reason }),
  RepudiateAct: ofOwnAct('repudiate', reason),
  ConcludeActReview: {
    ready: async ({ api, scene: { irritantId } }) => {
      const at = `irritants/${irritantId}`;
      await done(api, `${at}/suspend`, US);
      const target = await lastOf(api, irritantId);
      await done(api, `${at}/repudiate`, US, { target });
      return asked(`${at}/conclude-act-review`, US, { target, outcome: 'void', ...reason });
    },
  },
};
