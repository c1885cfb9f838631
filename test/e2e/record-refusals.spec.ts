import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { recordProblems } from '../../src/platform/problems/record.problems.js';
import { made } from '../support/acting.js';
import { Api } from '../support/api.js';
import type { Answer, Body, PrincipalName } from '../support/api.js';
import { describeMeeting } from '../support/refusing.js';
import type { Meeting } from '../support/refusing.js';
import { openTalks, raising, setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { inTheNameOf } from '../support/sides.js';

let api: Api;
/** A dialogue that both have joined, and a matter of RU in it. */
let scene: Scene;
/** One that neither has joined: whatever is said there, a secretariat records. */
let open: { readonly dialogueId: string; readonly sources: Scene['sources']; readonly irritantId: string };
const text = { en: 'Words.' };
const reason = { reason: text };
const nowhere = '01960b3a-0000-7000-8000-00000000ffff';
const wording = [{ as: 'summary' }];
const ground = 'not-what-we-said';

beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.stop());
beforeEach(async () => {
  scene = await setScene(api);
  const talks = await openTalks(api);
  const body = { ...raising(talks.dialogueId), ...inTheNameOf('RU', talks.sources.RU) };
  const { id } = await made<{ id: string }>(api, 'irritants', 'secretariat', body);
  open = { ...talks, irritantId: id };
});

const on =
  (irritantId: string) =>
  (as: PrincipalName, act: string, body: Body = {}) =>
    api.act(`/v1/irritants/${irritantId}/${act}`, body, as);
const ru = (act: string, body?: Body): Promise<Answer> => on(scene.irritantId)('ru-negotiator', act, body);
const us = (act: string, body?: Body): Promise<Answer> => on(scene.irritantId)('us-negotiator', act, body);
/** In the dialogue that neither has joined. */
const there = (as: PrincipalName, act: string, body?: Body) => on(open.irritantId)(as, act, body);
const forUs = () => inTheNameOf('US', open.sources.US);
const last = async (irritantId = scene.irritantId) =>
  (await api.server.record.streams.events(`irritant-${irritantId}`)).findLast(
    (one) => one.act.capacity !== 'derived',
  )?.id;
const first = async () => (await api.server.record.streams.events(`irritant-${scene.irritantId}`))[0]?.id;

/** What RU says and takes back, or has erased. */
async function suspended(): Promise<string | undefined> {
  await ru('suspend', reason);
  return last();
}
/** What the secretariat recorded in the name of US. */
async function attributed(): Promise<string | undefined> {
  await there('secretariat', 'state-position', { stance: 'contests', text, ...forUs() });
  return last(open.irritantId);
}
async function keptByRussia(): Promise<{ readonly irritantId: string; readonly sourceId: string }> {
  const { dialogueId, sources } = await openTalks(api, { as: 'ru-negotiator' });
  const raised = await made<{ id: string }>(api, 'irritants', 'ru-negotiator', raising(dialogueId));
  return { irritantId: raised.id, sourceId: sources.US };
}

/** For each refusal of the record itself, the same in every slice, an act that meets it. */
const meeting: Meeting = {
  PARTY_UNKNOWN: () =>
    api.create('/v1/irritants', { ...raising(scene.dialogueId), respondents: ['FR'] }, 'ru-negotiator'),
  REFERENCE_UNKNOWN: () => api.create('/v1/irritants', raising(nowhere), 'ru-negotiator'),
  REFERENCE_ELSEWHERE: [
    () => ru('assert-linkage', { irritantId: open.irritantId, condition: 'together' }),
    () => ru('suspend', { sources: [{ sourceId: open.sources.RU }] }),
  ],
  SOURCE_REQUIRED: () =>
    there('secretariat', 'state-position', { party: 'US', stance: 'contests', text, wording }),
  SOURCE_NOT_ISSUED_BY_PARTY: ['RU', 'press'].map((whose) => () => {
    const sources = [{ sourceId: open.sources[whose as 'RU' | 'press'] }];
    return there('secretariat', 'state-position', { stance: 'contests', text, ...forUs(), sources });
  }),
  WORDING_REQUIRED: [
    () =>
      there('secretariat', 'state-position', { stance: 'contests', text, ...forUs(), wording: undefined }),
    () =>
      api.act(`/v1/dialogues/${open.dialogueId}/record-commentary`, {
        quote: text,
        sources: [{ sourceId: open.sources.press }],
      }),
  ],
  NOT_YET_HAPPENED: () => ru('suspend', { occurred: '2999-01-01' }),
  TARGET_UNKNOWN: () => ru('retract', { target: nowhere, ...reason }),
  TARGET_IS_FIRST: async () => ru('retract', { target: await first(), ...reason }),
  NOTHING_CORRECTED: async () => ru('correct', { target: await suspended() }),
  TARGET_RETRACTED: async () => {
    const target = await suspended();
    await ru('retract', { target, ...reason });
    return ru('correct', { target, occurred: '2025-01' });
  },
  TARGET_ERASED: async () => {
    const target = await suspended();
    for (const ask of [ru, us]) await ask('request-erasure', { target, basis: 'personal-data', ...reason });
    return ru('correct', { target, content: { reason: text } });
  },
  TARGET_NOT_AMENDABLE: async () => {
    await ru('retract', { target: await suspended(), ...reason });
    return ru('retract', { target: await last(), ...reason });
  },
  NOT_THE_RECORDER: async () => us('correct', { target: await suspended(), occurred: '2025-01' }),
  ROLE_OF_THE_ACT: async () =>
    on(scene.irritantId)('ru-registrar', 'correct', { target: await suspended(), occurred: '2025-01' }),
  RELIED_UPON: async () => {
    await us('contest');
    return us('retract', { target: await last(), ...reason });
  },
  NOT_ATTRIBUTED_TO_YOU: async () => us('endorse', { target: await suspended() }),
  ATTRIBUTION_ANSWERED: async () => {
    const target = await attributed();
    await there('us-negotiator', 'endorse', { target });
    return there('us-negotiator', 'disavow', { target, ground });
  },
  ACTED_UPON: async () => {
    const claimed = await there('secretariat', 'claim', { kind: 'agreement', text, ...forUs() });
    const target = await last(open.irritantId);
    await api.act(`/v1/dialogues/${open.dialogueId}/join`, {}, 'us-negotiator');
    const [{ claimId }] = claimed.body['claims'] as [{ claimId: string }];
    await there('us-negotiator', `claims/${claimId}/withdraw`);
    return there('us-negotiator', 'disavow', { target, ground });
  },
  NOT_AN_ATTRIBUTION: async () => ru('doubt', { target: await suspended(), ...reason }),
  GROUND_WITHOUT_SOURCE: async () =>
    there('us-negotiator', 'disavow', { target: await attributed(), ground: 'not-our-source' }),
  NOT_A_DIRECT_ACT_OF_YOURS: async () => us('repudiate', { target: await suspended() }),
  NO_REVIEW_OF_THE_ACT: async () => us('conclude-act-review', { target: await suspended(), outcome: 'void' }),
  ABSENT_PARTYS_WORDS: async () => {
    const { irritantId, sourceId } = await keptByRussia();
    const position = { stance: 'contests', text, ...inTheNameOf('US', sourceId) };
    await on(irritantId)('ru-negotiator', 'state-position', position);
    const asked = { target: await last(irritantId), basis: 'personal-data', ...reason };
    return on(irritantId)('ru-negotiator', 'request-erasure', asked);
  },
  NOT_JOINED: () => there('us-negotiator', 'contest'),
  PARTY_SPEAKS_FOR_ITSELF: [
    () => on(scene.irritantId)('secretariat', 'contest', inTheNameOf('US', scene.sources.US)),
    () => ru('contest', inTheNameOf('US', scene.sources.US)),
  ],
  KEPT_BY_A_SECRETARIAT: async () => {
    await api.act(`/v1/dialogues/${open.dialogueId}/join`, {}, 'ru-negotiator');
    return there('ru-negotiator', 'contest', forUs());
  },
  NOTHING_TO_APPROVE: async () => {
    const { items } = (
      await api.ask<{ items: { id: string; party: string | null }[] }>('GET', '/v1/keys', {
        as: 'us-negotiator',
      })
    ).body;
    const own = items.find(({ party }) => party === 'US');
    return api.ask('POST', `/v1/keys/${own?.id}/approve`, { as: 'us-negotiator' });
  },
  ALREADY_SAID: async () => {
    await suspended();
    return ru('suspend', { reason: { en: 'Another reason.' } });
  },
  CONTENT_SEALED: async () => {
    await ru('claim', { kind: 'agreement', text });
    return ru('correct', { target: await last(), content: { text: { en: 'Other words.' } } });
  },
};

/** They take a restored record, a damaged one, erased bytes or too many: each has a spec of its own. */
const elsewhere = ['EPOCH_CHANGED', 'UNREADABLE', 'BYTES_ERASED', 'BYTES_QUOTA_REACHED'];

describeMeeting(
  'A rule of the record',
  () => api,
  meeting,
  () => Object.keys(recordProblems).filter((one) => !elsewhere.includes(one)),
);
