import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { Api } from '../support/api.js';
import type { Answer, Body, PrincipalName } from '../support/api.js';
import { allegedBreach } from '../support/breach.js';
import { describeRefusals } from '../support/refusing.js';
import type { Meeting } from '../support/refusing.js';
import { agreedRoadmap } from '../support/roadmap.js';
import { openTalks, raising, setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { assetRefusals } from './asset-acts.js';
import { recordedOfNobody, resumedAgainstItsOwnWord } from './irritant-acts.js';
import { keyRefusals } from './key-acts.js';
import { linkageRefusals } from './linkage-acts.js';
import { LinkedMatters } from './linked-matters.js';

let api: Api;
let scene: Scene;
let at: string;
const text = { en: 'Words.' };
const elsewhere = '01960b3a-0000-7000-8000-00000000ffff';

beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.stop());
beforeEach(async () => {
  scene = await setScene(api);
  at = `/v1/irritants/${scene.irritantId}`;
});

const ru = (path: string, body: Body = {}): Promise<Answer> => api.act(path, body, 'ru-negotiator');
const us = (path: string, body: Body = {}): Promise<Answer> => api.act(path, body, 'us-negotiator');
const raise = (over: Body, as: PrincipalName = 'ru-negotiator'): Promise<Answer> =>
  api.create('/v1/irritants', { ...raising(scene.dialogueId), ...over }, as);
const source = (body: Body): Promise<Answer> =>
  api.create('/v1/sources', {
    dialogueId: scene.dialogueId,
    kind: 'statement',
    issuers: ['RU'],
    lang: 'en',
    held: false,
    title: 't',
    citation: 'c',
    ...body,
  });

async function claim(where: string): Promise<string> {
  const { body } = await ru(`${where}/claim`, { kind: 'agreement', text });
  return (body['claims'] as { claimId: string }[])[0]?.claimId ?? '';
}
/** Wherever something is claimed, on a matter or on the dialogue as a whole. */
function refusedOfClaims(where: () => string): Meeting {
  const onClaim = async (how: string) => `${where()}/claims/${await claim(where())}/${how}`;
  const same = { mode: 'same-text' };
  return {
    CLAIM_UNKNOWN: () => us(`${where()}/claims/${elsewhere}/confirm`, same),
    OWN_CLAIM: async () => ru(await onClaim('confirm'), same),
    NOT_OWN_CLAIM: async () => us(await onClaim('withdraw')),
    CLAIM_WITHDRAWN: async () => {
      const withdraw = await onClaim('withdraw');
      await ru(withdraw);
      return us(withdraw.replace(/withdraw$/, 'confirm'), same);
    },
    CLAIM_ALREADY_CONFIRMED: async () => {
      const confirm = await onClaim('confirm');
      await us(confirm, same);
      return us(confirm.replace(/confirm$/, 'deny'));
    },
    TEXT_MISMATCH: async () => us(await onClaim('confirm'), { ...same, textHash: 'a'.repeat(64) }),
    TEXT_REQUIRED: async () => us(await onClaim('confirm'), { mode: 'own-words' }),
  };
}
async function terms(): Promise<{ resolutionId: string; termsHash: string }> {
  const { body } = await ru(`${at}/propose-resolution`, { terms: text });
  const [first] = body['resolutions'] as { resolutionId: string; termsHash: string }[];
  return { resolutionId: first?.resolutionId ?? '', termsHash: first?.termsHash ?? '' };
}
async function round(): Promise<string> {
  return `/v1/rounds/${(await api.create('/v1/rounds', { dialogueId: scene.dialogueId }, 'ru-registrar')).body['id'] as string}`;
}
async function exchange(): Promise<string> {
  return `/v1/exchanges/${(await api.create('/v1/exchanges', { dialogueId: scene.dialogueId }, 'ru-negotiator')).body['id'] as string}`;
}
async function account(where: string): Promise<string> {
  const { body } = await ru(`${where}/publish-account`, {
    voice: 'party',
    sourceId: scene.sources.RU,
    lang: 'en',
    rendering: 'official',
  });
  return (body['accounts'] as { accountId: string }[])[0]?.accountId ?? '';
}
/** Before it joins, a side makes what was recorded in its name its own word; the secretariat then records otherwise. */
async function endorsedThenUndone(): Promise<Answer> {
  const { dialogueId, sources } = await openTalks(api);
  const named = { party: 'US', sources: [{ sourceId: sources.US }] };
  const { id } = (await api.create<{ id: string }>('/v1/rounds', { dialogueId, ...named })).body;
  await api.act(`/v1/rounds/${id}/cancel`, named);
  await us(`/v1/rounds/${id}/endorse`, {
    target: (await api.server.record.streams.events(`round-${id}`)).at(-1)?.id,
  });
  return api.act(`/v1/rounds/${id}/reinstate`, named);
}
/** Before it joins, a side makes the suspension that was recorded in its name its own word. */
async function resumedAgainstAnEndorsement(): Promise<Answer> {
  const { dialogueId, sources } = await openTalks(api);
  const named = { party: 'US', sources: [{ sourceId: sources.US }] };
  const where = `/v1/dialogues/${dialogueId}`;
  await api.act(`${where}/suspend`, named);
  await us(`${where}/endorse`, {
    target: (await api.server.record.streams.events(`dialogue-${dialogueId}`)).at(-1)?.id,
  });
  return api.act(`${where}/resume`, named);
}
const note = { form: 'note-verbale', from: 'RU', to: 'US', textHeld: false };

/** For each refusal of the slices in which talks are kept, an act that meets it. */
const meeting: { readonly [slice: string]: Meeting } = {
  irritants: {
    ...linkageRefusals(
      () => api,
      () => scene,
    ),
    IRRITANT_CLOSED: async () => (await ru(`${at}/withdraw`), us(`${at}/acknowledge`)),
    IRRITANT_NOT_CLOSED: () => ru(`${at}/reopen`, { closingEventId: elsewhere, reason: text }),
    RAISER_NOT_ACTING: () => raise({ raisers: ['US'] }),
    NO_OTHER_RESPONDENT: () => raise({ respondents: ['RU'] }),
    NOT_A_RESPONDENT: () => ru(`${at}/acknowledge`),
    NOT_A_RAISER: () => us(`${at}/withdraw`),
    NO_RAISER: async () => {
      const { body } = await recordedOfNobody(api, scene);
      return us(`/v1/irritants/${body.id}/acknowledge`);
    },
    DESIGNATION_OF_ANOTHER: () => raise({ designations: { US: text } }),
    OWN_TITLE: () => ru(`${at}/accept-title`),
    OWN_WORD_STANDS: () => resumedAgainstItsOwnWord(api),
    ...refusedOfClaims(() => at),
    RESTATED_UNKNOWN: () => ru(`${at}/state-position`, { stance: 'contests', restates: elsewhere, text }),
    RESOLUTION_UNKNOWN: () => us(`${at}/reject-resolution`, { resolutionId: elsewhere }),
    RESOLUTION_NOT_OPEN: async () => {
      const { resolutionId, termsHash } = await terms();
      await us(`${at}/reject-resolution`, { resolutionId });
      return us(`${at}/accept-resolution`, { resolutionId, termsHash });
    },
    RESOLUTION_CONDITIONAL: async () => {
      const matters = await LinkedMatters.raise(api, 2);
      await matters.link(0, 1, 'together');
      await matters.accept(0);
      return matters.try('US', 0, 'accept-resolution', await matters.propose(0));
    },
    RESOLUTION_NOT_CONDITIONAL: async () => {
      const { resolutionId } = await terms();
      return us(`${at}/withdraw-resolution-acceptance`, { resolutionId });
    },
    OWN_RESOLUTION: async () => ru(`${at}/accept-resolution`, await terms()),
    NOT_OWN_RESOLUTION: async () =>
      us(`${at}/withdraw-resolution-proposal`, { resolutionId: (await terms()).resolutionId }),
    MANDATORY_STEPS_OPEN: async () => {
      await agreedRoadmap(api, scene);
      await api.settled();
      return us(`${at}/accept-resolution`, await terms());
    },
    BREACH_OPEN: async () => {
      await allegedBreach(api, scene);
      await api.settled();
      return us(`${at}/accept-resolution`, await terms());
    },
    DORMANCY_ALREADY_PROPOSED: async () => (await ru(`${at}/propose-dormancy`), us(`${at}/propose-dormancy`)),
    NO_DORMANCY_PROPOSED: () => us(`${at}/accept-dormancy`),
    OWN_DORMANCY_PROPOSAL: async () => (await ru(`${at}/propose-dormancy`), ru(`${at}/accept-dormancy`)),
    NOT_THE_CLOSING_EVENT: async () => (
      await ru(`${at}/withdraw`),
      us(`${at}/reopen`, { closingEventId: elsewhere, reason: text })
    ),
    NOT_OWN_DORMANCY_PROPOSAL: async () => (
      await ru(`${at}/propose-dormancy`),
      us(`${at}/withdraw-dormancy-proposal`)
    ),
    NOTHING_WITHDRAWN: () => us(`${at}/accept-withdrawal`),
    OWN_WITHDRAWAL: async () => {
      await us(`${at}/co-raise`);
      await us(`${at}/withdraw`);
      return us(`${at}/accept-withdrawal`);
    },
    NO_REVIEW_OPEN: () => us(`${at}/conclude-stage-review`, { stage: 'raised' }),
    REVIEW_ALREADY_OPEN: async () => (
      await ru(`${at}/open-stage-review`, { stage: 'raised' }),
      us(`${at}/open-stage-review`, { stage: 'raised' })
    ),
    STAGE_ABOVE_PRESENT: () => us(`${at}/open-stage-review`, { stage: 'roadmap-agreed' }),
  },
  dialogues: {
    ...keyRefusals(
      () => api,
      () => scene,
    ),
    ...refusedOfClaims(() => `/v1/dialogues/${scene.dialogueId}`),
    RESTATED_UNKNOWN: () =>
      ru(`/v1/dialogues/${scene.dialogueId}/claim`, { kind: 'other', restates: elsewhere, text }),
    NOT_A_THIRD_PARTY: () =>
      api.act(`/v1/dialogues/${scene.dialogueId}/assert-third-party-role`, {
        thirdParty: 'RU',
        role: 'host',
        sources: [{ sourceId: scene.sources.press }],
      }),
    OWN_WORD_STANDS: () => resumedAgainstAnEndorsement(),
    KEY_PREFIX_TAKEN: () =>
      api.create('/v1/dialogues', { parties: ['RU', 'US'], keyPrefix: scene.key.split('-')[0], name: text }),
  },
  rounds: {
    ROUND_NUMBER_TAKEN: async () => (
      await round(),
      api.create('/v1/rounds', { dialogueId: scene.dialogueId, number: 1 }, 'ru-registrar')
    ),
    ACCOUNT_UNKNOWN: async () => ru(`${await round()}/supersede-account`, { accountId: elsewhere }),
    ACCOUNT_OF_ANOTHER_PARTY: async () => {
      const where = await round();
      const translationOf = await account(where);
      return us(`${where}/publish-account`, {
        voice: 'party',
        sourceId: scene.sources.US,
        lang: 'en',
        rendering: 'official',
        translationOf,
      });
    },
    SOURCE_NOT_ISSUED_BY_PARTY: async () =>
      ru(`${await round()}/publish-account`, {
        voice: 'party',
        sourceId: scene.sources.US,
        lang: 'en',
        rendering: 'official',
      }),
    SOURCE_NOT_PRESS: async () =>
      ru(`${await round()}/publish-account`, {
        voice: 'press',
        sourceId: scene.sources.US,
        lang: 'en',
        rendering: 'original',
      }),
    ACCOUNT_NO_REPLACEMENT: async () => {
      const where = await round();
      const accountId = await account(where);
      return ru(`${where}/supersede-account`, { accountId, supersededBy: accountId });
    },
    POINT_UNKNOWN: async () => {
      const where = await round();
      const body = {
        accountId: await account(where),
        kind: 'noted',
        assertsJoint: false,
        contradicts: elsewhere,
        quote: text,
      };
      return ru(`${where}/record-account-point`, body);
    },
    DIVERGENCE_UNKNOWN: async () => ru(`${await round()}/reconcile-divergence`, { divergenceId: elsewhere }),
    ROUND_HELD: async () => {
      const where = await round();
      await ru(`${where}/confirm-held`);
      return ru(`${where}/cancel`);
    },
    ROUND_NOT_CALLED_OFF: async () => {
      const where = await round();
      await us(`${where}/cancel`);
      return ru(`${where}/reinstate`);
    },
    OWN_WORD_STANDS: () => endorsedThenUndone(),
  },
  exchanges: {
    NOTE_UNKNOWN: async () => us(`${await exchange()}/notes/${elsewhere}/receive`),
    NOT_THE_SENDER: async () => us(`${await exchange()}/present-note`, note),
    NOT_THE_ADDRESSEE: async () => {
      const where = await exchange();
      const { body } = await ru(`${where}/present-note`, note);
      return ru(`${where}/notes/${(body['notes'] as { noteId: string }[])[0]?.noteId}/receive`);
    },
    SENDER_IS_ADDRESSEE: async () => ru(`${await exchange()}/present-note`, { ...note, to: 'RU' }),
    HASH_WITHOUT_TEXT: async () =>
      ru(`${await exchange()}/present-note`, { ...note, textHash: 'a'.repeat(64) }),
    EXCHANGE_TERMINATED: async () => {
      const where = await exchange();
      await us(`${where}/terminate`);
      return ru(`${where}/present-note`, note);
    },
  },
  assets: assetRefusals(
    () => api,
    () => scene,
  ),
  sources: {
    PRESS_HAS_NO_ISSUER: () => source({ kind: 'press' }),
    ISSUER_REQUIRED: () => source({ issuers: [] }),
    JOINT_TEXT_NEEDS_ISSUERS: () => source({ kind: 'joint-text' }),
    BYTES_NOT_HELD: [() => source({ held: true }), () => source({ held: true, bytesId: elsewhere })],
    BYTES_OF_ANOTHER_SOURCE: async () => {
      const { bytesId } = (await api.sendBytes(scene.dialogueId, 'A note.')).body;
      await source({ held: true, bytesId });
      return source({ held: true, bytesId });
    },
    BYTES_OF_A_CITED_SOURCE: () => source({ bytesId: elsewhere }),
  },
};

/** Met only in the moment between an acceptance and what follows from it: see the specification of the rule. */
const ofConsequences = ['RESOLUTION_IN_EFFECT'];

for (const [slice, refusals] of Object.entries(meeting))
  describeRefusals(() => api, slice, refusals, ofConsequences);
