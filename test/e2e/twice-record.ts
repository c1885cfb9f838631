import { done, made } from '../support/acting.js';
import type { Body } from '../support/api.js';
import { words } from '../support/bodies.js';
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
import type { Case, Cases, Entry, Talks } from '../support/twice.js';

const RU = 'ru-negotiator';
const US = 'us-negotiator';

let prefixes = 0;
const prefix = () => `T${Math.random().toString(36).slice(2, 8).toUpperCase()}${(prefixes += 1)}`;

/** A dialogue in which RU has registered a key. */
async function withKey({ api, scene: { dialogueId } }: Talks): Promise<Entry> {
  await registerFirst(api, dialogueId, 'RU', 1);
  return { id: dialogueId };
}

/** A dialogue of which RU has claimed something as a whole. */
const claimed = ({ api, scene: { dialogueId } }: Talks): Promise<Entry> =>
  done<Entry>(api, `dialogues/${dialogueId}/claim`, RU, { kind: 'agreement', text: words });

export const dialogueCases: Cases = {
  OpenDialogue: {
    as: 'secretariat',
    own: () => ({ keyPrefix: prefix(), series: undefined }),
    again: 'key-prefix-taken',
    other: 'key-prefix-taken',
  },
  JoinDialogue: { as: RU, on: async ({ api }) => ({ id: (await openTalks(api)).dialogueId }) },
  RegisterPartyKey: {
    as: RU,
    own: async ({ api, scene: { dialogueId } }) => {
      const { id: sourceId } = await keyNote(api, dialogueId, 'RU', testKey(1));
      return registrationOf(originOf(api, dialogueId), testKey(1), { sources: [{ sourceId }] });
    },
  },
  RevokePartyKey: {
    as: RU,
    on: withKey,
    own: { thumbprint: keyIdOf(testKey(1)) },
    key: testKey(1),
    other: 'not-a-key-of-yours',
  },
  RequireSignedActs: { as: RU, on: withKey, key: testKey(1) },
  LiftSignedActs: {
    as: RU,
    on: async (talks) => {
      const entry = await withKey(talks);
      await requireSigned(talks.api, entry.id, 'RU', testKey(1));
      return entry;
    },
    key: testKey(1),
  },
  NameParty: { as: RU },
  ClaimDialogueUnderstanding: { as: 'us-registrar', number: { kind: 'factual' } },
  ConfirmDialogueUnderstanding: { on: claimed, own: { mode: 'own-words' }, other: 'already-said' },
  'ConfirmDialogueUnderstanding in part': { on: claimed, own: { mode: 'partial' } },
  DenyDialogueUnderstanding: { on: claimed },
  WithdrawDialogueUnderstandingClaim: { on: claimed, as: RU },
  SuspendDialogue: { as: RU },
  ResumeDialogue: {
    as: RU,
    on: ({ api, scene: { dialogueId } }) => done<Entry>(api, `dialogues/${dialogueId}/suspend`, RU),
  },
  RecordPartyAlias: { as: 'secretariat', number: { party: 'US' } },
  AssertThirdPartyRole: {
    as: 'secretariat',
    own: { wording: [{ as: 'summary' }] },
    number: { role: 'mediator' },
  },
  RecordCommentary: {
    as: 'secretariat',
    own: { wording: [{ as: 'summary' }] },
    number: { speaker: 'Another official' },
  },
};

export const sourceCases: Cases = {
  RegisterSource: { as: 'secretariat', own: { held: false }, again: 'recorded', other: 'recorded' },
};

const lastOf = async ({ api }: Talks, { id }: Entry): Promise<Body> => ({
  target: (await api.server.record.streams.events(`irritant-${id}`)).at(-1)?.id,
});

/** Of an act of the US on the matter. */
const ofOwnAct = (own: Body = {}): Pick<Case, 'on' | 'own'> => ({
  on: ({ api, scene: { irritantId } }) =>
    done<Entry>(api, `irritants/${irritantId}/suspend`, US, { reason: { en: 'At first.' } }),
  own: async (talks, entry) => ({ ...(await lastOf(talks, entry)), ...own }),
});

/** Of what a secretariat recorded in the name of the US before both joined. */
const ofAttributed: Pick<Case, 'on' | 'own'> = {
  on: async ({ api }) => {
    const { dialogueId, sources } = await openTalks(api);
    const raised = { ...raising(dialogueId), ...inTheNameOf('RU', sources.RU) };
    const { id } = await made<Entry>(api, 'irritants', 'secretariat', raised);
    const entry = await done<Entry>(
      api,
      `irritants/${id}/suspend`,
      'secretariat',
      inTheNameOf('US', sources.US),
    );
    for (const side of ['RU', 'US'] as const) await join(api, dialogueId, side);
    return entry;
  },
  own: lastOf,
};

export const amendmentCases: Cases = {
  CorrectEvent: {
    ...ofOwnAct({ content: { reason: words } }),
    number: { occurred: '2025-04-11' },
    keepsWords: true,
  },
  'CorrectEvent of its time': {
    ...ofOwnAct({ content: { reason: words }, occurred: '2025-04-10' }),
    keepsWords: true,
  },
  RetractEvent: ofOwnAct(),
  RequestErasure: {
    ...ofOwnAct(),
    number: { basis: 'security' },
    numbered: 'recorded',
    keepsWords: true,
  },
  EndorseAttribution: ofAttributed,
  DisavowAttribution: ofAttributed,
  DoubtAttribution: { as: 'secretariat', ...ofAttributed },
  RepudiateAct: ofOwnAct(),
  ConcludeActReview: {
    on: ({ api, scene: { irritantId } }) => done<Entry>(api, `irritants/${irritantId}/suspend`, US),
    own: async (talks, entry) => {
      const about = await lastOf(talks, entry);
      await done(talks.api, `irritants/${entry.id}/repudiate`, US, about);
      return about;
    },
  },
};
