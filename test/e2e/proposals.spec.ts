import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { done, made } from '../support/acting.js';
import { Api } from '../support/api.js';
import type { Answer, Body } from '../support/api.js';
import { unreached } from '../support/reached.js';
import { describeRefusals } from '../support/refusing.js';
import { agree, naming } from '../support/roadmap.js';
import type { Tabled } from '../support/roadmap.js';
import { setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';

let api: Api;
let scene: Scene;
const texts = { en: 'Each side lets the missions of the other keep accounts.' };

beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.stop());
beforeEach(async () => {
  scene = await setScene(api);
});

const tabling = (over: Body = {}): Body => ({
  dialogueId: scene.dialogueId,
  form: 'proposal',
  irritantIds: [scene.irritantId],
  title: { en: 'Accounts of the missions' },
  texts,
  ...over,
});
const table = (over: Body = {}): Promise<Tabled> =>
  made<Tabled>(api, 'proposals', 'ru-negotiator', tabling(over));
const revising = (over: Body = {}): Body => ({
  form: 'proposal',
  irritantIds: [scene.irritantId],
  texts: { en: 'With two banks at least.' },
  ...over,
});
const assent = (tabled: Tabled, adReferendum = false): Body => ({ ...naming(tabled), adReferendum });

describe('A proposal', () => {
  it('goes from a non-paper through revision and ad referendum to what both sides hold', async () => {
    const nonPaper = await table({ form: 'non-paper' });
    expect(nonPaper).toMatchObject({ status: 'non-paper', version: 1, awaiting: [] });
    const at = `proposals/${nonPaper.id}`;
    const second = await done<Tabled>(api, `${at}/revise`, 'us-negotiator', revising());
    expect(second).toMatchObject({
      status: 'tabled',
      version: 2,
      awaiting: [{ what: 'assent', from: 'RU' }],
    });
    await done(api, `${at}/assent`, 'us-negotiator', assent(second));
    const third = await done<Tabled>(api, `${at}/revise`, 'ru-negotiator', revising({ texts }));
    expect(third).toMatchObject({ version: 3, assents: [] });
    await done(api, `${at}/assent`, 'ru-negotiator', assent(third));
    await done(api, `${at}/withdraw-assent`, 'ru-negotiator', { version: 3 });
    await done(api, `${at}/assent`, 'ru-negotiator', assent(third));
    const adReferendum = await done(api, `${at}/assent`, 'us-negotiator', assent(third, true));
    expect(adReferendum).toMatchObject({
      status: 'ad-referendum',
      agreed: null,
      awaiting: [{ what: 'confirmation-by-capital', from: 'US' }],
    });
    const confirmed = await done(api, `${at}/confirm-assent`, 'us-negotiator', naming(third));
    expect(confirmed).toMatchObject({
      status: 'agreed',
      agreed: { version: 3, capacity: 'derived' },
      awaiting: [],
    });
    expect(await api.types('proposals', nonPaper.id)).toEqual([
      'ProposalTabled',
      'ProposalRevised',
      'AssentGiven',
      'ProposalRevised',
      'AssentGiven',
      'AssentWithdrawn',
      'AssentGiven',
      'AssentGiven',
      'AssentConfirmed',
      'ProposalAgreed',
    ]);
  });

  it('is hashed so that anybody can compute it: nonce, languages, authentic languages and texts', async () => {
    const tabled = await table({ texts: { ru: 'Счета.', en: 'Accounts.' }, authentic: ['ru', 'en'] });
    const [version] = tabled.versions as unknown as [Body & { contentHash: string; nonce: string }];
    // RFC 8785 orders the members by name; the list of languages is in the order of their tags.
    const bytes = `{"authentic":["ru","en"],"languages":["en","ru"],"nonce":"${version.nonce}","texts":{"en":"Accounts.","ru":"Счета."}}`;
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(version.contentHash);
  });

  it('is declined by the other side, and lapses by the word of its own', async () => {
    const declined = await table();
    await done(api, `proposals/${declined.id}/decline`, 'us-negotiator', { reason: texts });
    const again = await done(api, `proposals/${declined.id}/decline`, 'us-negotiator');
    expect(again).toMatchObject({ status: 'declined', awaiting: [], ended: { party: 'US' } });
    const lapsed = await table();
    expect(await done(api, `proposals/${lapsed.id}/lapse`, 'ru-negotiator')).toMatchObject({
      status: 'lapsed',
    });
    expect(await api.types('proposals', declined.id)).toEqual(['ProposalTabled', 'ProposalDeclined']);
    expect(await unreached(api, 'proposals')).toEqual([]);
  });

  it('may be known by its hash alone, where the words are not held', async () => {
    const contentHash = 'c'.repeat(64);
    const tabled = await table({ texts: undefined, contentHash });
    expect(tabled.versions).toMatchObject([{ contentHash, languages: [] }]);
  });

  it('becomes an instrument of the irritant, and moves no stage', async () => {
    const tabled = await table();
    await agree(api, 'proposals', tabled);
    await api.settled();
    expect((await api.get(`/v1/irritants/${scene.irritantId}`)).body).toMatchObject({
      stage: 'raised',
      instruments: [{ kind: 'proposal', id: tabled.id }],
    });
  });

  it('is given by its words or by their hash, not by both, and names each irritant once', async () => {
    const both = await api.create('/v1/proposals', tabling({ contentHash: 'c'.repeat(64) }), 'ru-negotiator');
    expect(both).toMatchObject({
      status: 400,
      body: { code: 'validation-failed', errors: [{ pointer: '/contentHash' }] },
    });
    const twice = tabling({ irritantIds: [scene.irritantId, scene.irritantId] });
    expect(await api.create('/v1/proposals', twice, 'ru-negotiator')).toMatchObject({ status: 400 });
  });

  it('is handed over as a non-paper by a registrar too, since that binds nobody', async () => {
    const nonPaper = tabling({ form: 'non-paper' });
    expect((await api.create('/v1/proposals', nonPaper, 'ru-registrar')).status).toBe(201);
    expect(await api.create('/v1/proposals', tabling(), 'ru-registrar')).toMatchObject({ status: 403 });
  });

  it('attributed to a party needs a source that this party issued, unless it is a non-paper', async () => {
    const press = { party: 'RU', sources: [{ sourceId: scene.sources.press }] };
    const refused = await api.create('/v1/proposals', tabling(press));
    expect(refused).toMatchObject({ status: 409, body: { code: 'source-not-issued-by-party' } });
    expect((await api.create('/v1/proposals', tabling({ ...press, form: 'non-paper' }))).status).toBe(201);
  });
});

const us = (path: string, body: Body = {}): Promise<Answer> => api.act(path, body, 'us-negotiator');
const ru = (path: string, body: Body = {}): Promise<Answer> => api.act(path, body, 'ru-negotiator');
const at = ({ id }: Tabled): string => `/v1/proposals/${id}`;

describeRefusals(() => api, 'proposals', {
  WORDS_REQUIRED: () => api.create('/v1/proposals', tabling({ texts: undefined }), 'ru-negotiator'),
  AUTHENTIC_WITHOUT_TEXT: () => api.create('/v1/proposals', tabling({ authentic: ['ru'] }), 'ru-negotiator'),
  VERSION_UNKNOWN: async () => {
    const tabled = await table();
    return us(`${at(tabled)}/assent`, { ...assent(tabled), version: 7 });
  },
  VERSION_SUPERSEDED: async () => {
    const tabled = await table();
    await us(`${at(tabled)}/revise`, revising());
    return us(`${at(tabled)}/assent`, assent(tabled));
  },
  TEXT_MISMATCH: async () => {
    const tabled = await table();
    return us(`${at(tabled)}/assent`, { ...assent(tabled), contentHash: 'd'.repeat(64) });
  },
  NO_ASSENT: async () => us(`${at(await table())}/withdraw-assent`, { version: 1 }),
  VERSION_AGREED: async () => {
    const tabled = await table();
    await agree(api, 'proposals', tabled);
    return ru(`${at(tabled)}/withdraw-assent`, { version: 1 });
  },
  IRRITANT_SUSPENDED: async () => {
    await api.settled();
    await done(api, `irritants/${scene.irritantId}/suspend`, 'us-negotiator');
    return api.create('/v1/proposals', tabling(), 'ru-negotiator');
  },
  NON_PAPER: async () => {
    const tabled = await table({ form: 'non-paper' });
    return us(`${at(tabled)}/assent`, assent(tabled));
  },
  NOT_ON_THE_TABLE: async () => {
    const tabled = await table();
    await us(`${at(tabled)}/decline`);
    return us(`${at(tabled)}/assent`, assent(tabled));
  },
  OWN_PROPOSAL: async () => ru(`${at(await table())}/decline`),
  NOT_OWN_PROPOSAL: async () => us(`${at(await table())}/lapse`),
});
