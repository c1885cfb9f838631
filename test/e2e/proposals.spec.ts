import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { done, made } from '../support/acting.js';
import { Api } from '../support/api.js';
import { assertedBy } from '../support/owing.js';
import type { Answer, Body } from '../support/api.js';
import { unreached } from '../support/reached.js';
import { describeRefusals } from '../support/refusing.js';
import { agree, naming } from '../support/roadmap.js';
import type { Tabled } from '../support/roadmap.js';
import { openTalks, raising, setScene } from '../support/scene.js';
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

  it('is hashed so that anybody can compute it, with all that decides in it', async () => {
    const { id: commitmentId } = await assertedBy(api, scene);
    const named = { commitmentId, obligor: 'US', beneficiary: 'RU', mode: 'once', due: '2025-09' };
    const tabled = await table({
      texts: { ru: 'Счета.', en: 'Accounts.' },
      authentic: ['ru', 'en'],
      commitments: [named],
    });
    const [version] = tabled.versions as unknown as [Body & { contentHash: string; nonce: string }];
    // RFC 8785 orders the members by name; the list of languages is in the order of their tags.
    const bytes = `{"authentic":["ru","en"],"commitments":[{"beneficiary":"RU","commitmentId":"${commitmentId}","due":"2025-09","mode":"once","obligor":"US"}],"irritantIds":["${scene.irritantId}"],"languages":["en","ru"],"nonce":"${version.nonce}","texts":{"en":"Accounts.","ru":"Счета."}}`;
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(version.contentHash);
    expect(version).toMatchObject({ commitments: [named] });
  });

  it('is declined by the other side, and lapses by the word of its own', async () => {
    const declined = await table();
    await done(api, `proposals/${declined.id}/decline`, 'us-negotiator', { reason: texts });
    const again = await done(api, `proposals/${declined.id}/decline`, 'us-negotiator', { reason: texts });
    expect(again).toMatchObject({ status: 'declined', awaiting: [], ended: { party: 'US' } });
    const otherwise = await us(`/v1/proposals/${declined.id}/decline`);
    expect(otherwise).toMatchObject({ status: 409, body: { code: 'already-said' } });
    const lapsed = await table();
    expect(await done(api, `proposals/${lapsed.id}/lapse`, 'ru-negotiator')).toMatchObject({
      status: 'lapsed',
    });
    expect(await api.types('proposals', declined.id)).toEqual(['ProposalTabled', 'ProposalDeclined']);
  });

  it('that is agreed is terminated by one side, who does so and since when stands beside what was agreed', async () => {
    const tabled = await table();
    const agreed = await agree(api, 'proposals', tabled);
    expect(agreed).toMatchObject({
      terminated: null,
      agreed: {
        basis: 'direct',
        irritantIds: [scene.irritantId],
        assents: [{ party: 'RU' }, { party: 'US' }],
      },
    });
    const over = await done(api, `proposals/${tabled.id}/terminate`, 'us-negotiator', {
      occurred: '2025-06-02',
      reason: { en: 'Notice was given.' },
    });
    expect(over).toMatchObject({
      status: 'terminated',
      agreed: { version: 1, assents: [{ party: 'RU' }, { party: 'US' }] },
      terminated: { by: ['US'], since: '2025-06-02' },
      terminations: [{ party: 'US', reason: { en: 'Notice was given.' } }],
      awaiting: [],
    });
    const both = await done(api, `proposals/${tabled.id}/terminate`, 'ru-negotiator');
    expect(both).toMatchObject({ terminated: { by: ['US', 'RU'], since: '2025-06-02' } });
    expect(await unreached(api, 'proposals')).toEqual([]);
  });

  it('may come back to words that were replaced since, and repeats no others', async () => {
    const tabled = await table();
    const at = `/v1/proposals/${tabled.id}`;
    const own = revising({ texts: { en: 'Back to one bank.' } });
    expect((await ru(`${at}/revise`, own)).body).toMatchObject({ version: 2 });
    const repeat = await ru(`${at}/revise`, own);
    expect(repeat.headers.get('act-recorded')).toBe('false');
    expect(repeat.body).toMatchObject({ version: 2 });
    expect((await us(`${at}/revise`, revising())).body).toMatchObject({ version: 3 });
    expect((await ru(`${at}/revise`, own)).body).toMatchObject({ version: 4 });
  });

  it('may be known by the hash of its paper alone: assented to is that hash with all that decides in it', async () => {
    const textHash = 'c'.repeat(64);
    const tabled = await table({ texts: undefined, textHash });
    const bytes = `{"authentic":[],"irritantIds":["${scene.irritantId}"],"languages":[],"textHash":"${textHash}"}`;
    const contentHash = createHash('sha256').update(bytes).digest('hex');
    expect(tabled.versions).toMatchObject([{ contentHash, textHash, languages: [] }]);
    expect(await agree(api, 'proposals', tabled)).toMatchObject({
      status: 'agreed',
      agreed: { contentHash },
    });
  });

  it('becomes an instrument of the irritant, and agreed by both it moves the stage', async () => {
    const tabled = await table();
    await agree(api, 'proposals', tabled);
    await api.settled();
    expect((await api.get(`/v1/irritants/${scene.irritantId}`)).body).toMatchObject({
      stage: 'agreed',
      instruments: [{ kind: 'proposal', id: tabled.id }],
    });
  });

  it('is given by its words or by their hash, not by both, and names each irritant once', async () => {
    const both = await api.create('/v1/proposals', tabling({ textHash: 'c'.repeat(64) }), 'ru-negotiator');
    expect(both).toMatchObject({
      status: 400,
      body: { code: 'validation-failed', errors: [{ pointer: '/textHash' }] },
    });
    const twice = tabling({ irritantIds: [scene.irritantId, scene.irritantId] });
    expect(await api.create('/v1/proposals', twice, 'ru-negotiator')).toMatchObject({ status: 400 });
  });

  it('is handed over as a non-paper by a registrar too, since that binds nobody', async () => {
    const nonPaper = tabling({ form: 'non-paper' });
    expect((await api.create('/v1/proposals', nonPaper, 'ru-registrar')).status).toBe(201);
    expect(await api.create('/v1/proposals', tabling(), 'ru-registrar')).toMatchObject({ status: 403 });
  });

  it('attributed to a party needs a source that this party issued, a non-paper too', async () => {
    const { dialogueId, sources } = await openTalks(api);
    const irritantId = await attributedIrritant(dialogueId, sources.RU);
    const said = { dialogueId, irritantIds: [irritantId], party: 'RU', wording: [{ as: 'summary' }] };
    for (const form of ['proposal', 'non-paper']) {
      const on = (sourceId: string) =>
        api.create('/v1/proposals', tabling({ ...said, form, sources: [{ sourceId }] }));
      expect(await on(sources.press)).toMatchObject({ body: { code: 'source-not-issued-by-party' } });
      expect(await on(sources.RU)).toMatchObject({ status: 201 });
    }
  });
});

/** An irritant that a secretariat records as raised by RU, in talks that neither side has joined. */
async function attributedIrritant(dialogueId: string, sourceId: string): Promise<string> {
  const body = { ...raising(dialogueId), party: 'RU', sources: [{ sourceId }] };
  return (await made<{ id: string }>(api, 'irritants', 'secretariat', body)).id;
}

/** US has tabled it and has not joined; RU's assent, attributed to it as well, was endorsed by RU. */
async function endorsedAssent(): Promise<{ tabled: Tabled; forRU: Body }> {
  const { dialogueId, sources } = await openTalks(api);
  const forRU = { party: 'RU', sources: [{ sourceId: sources.RU }], wording: [{ as: 'summary' }] };
  const irritantId = await attributedIrritant(dialogueId, sources.RU);
  const byUS = { ...forRU, party: 'US', sources: [{ sourceId: sources.US }] };
  const tabled = await made<Tabled>(
    api,
    'proposals',
    'secretariat',
    tabling({ dialogueId, irritantIds: [irritantId], ...byUS }),
  );
  const at = `proposals/${tabled.id}`;
  type Shown = { assents: { eventId: string }[] };
  const { assents } = await done<Body & Shown>(api, `${at}/assent`, 'secretariat', {
    ...assent(tabled),
    ...forRU,
    wording: undefined,
  });
  await done(api, `${at}/endorse`, 'ru-negotiator', { target: assents[0]?.eventId });
  return { tabled, forRU };
}

const us = (path: string, body: Body = {}): Promise<Answer> => api.act(path, body, 'us-negotiator');
const ru = (path: string, body: Body = {}): Promise<Answer> => api.act(path, body, 'ru-negotiator');
const at = ({ id }: Tabled): string => `/v1/proposals/${id}`;

describeRefusals(() => api, 'proposals', {
  WORDS_REQUIRED: () => api.create('/v1/proposals', tabling({ texts: undefined }), 'ru-negotiator'),
  AUTHENTIC_WITHOUT_TEXT: () => api.create('/v1/proposals', tabling({ authentic: ['ru'] }), 'ru-negotiator'),
  COMMITMENT_WRONG: [
    async () => {
      const { id } = await assertedBy(api, scene);
      const own = { commitmentId: id, obligor: 'US', beneficiary: 'US', mode: 'once' };
      return api.create('/v1/proposals', tabling({ commitments: [own] }), 'ru-negotiator');
    },
    async () => {
      const { id } = await assertedBy(api, scene);
      const one = { commitmentId: id, obligor: 'US', beneficiary: 'RU', mode: 'once' };
      return api.create('/v1/proposals', tabling({ commitments: [one, one] }), 'ru-negotiator');
    },
  ],
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
  OWN_WORD_STANDS: [
    async () => {
      const { tabled, forRU } = await endorsedAssent();
      return api.act(`${at(tabled)}/withdraw-assent`, { version: 1, ...forRU, wording: undefined });
    },
    async () => {
      const { tabled, forRU } = await endorsedAssent();
      return api.act(`${at(tabled)}/decline`, { ...forRU, wording: undefined });
    },
  ],
  PROPOSAL_NOT_AGREED: async () => ru(`${at(await table())}/terminate`),
  PROPOSAL_TERMINATED: async () => {
    const tabled = await table();
    await agree(api, 'proposals', tabled);
    await ru(`${at(tabled)}/terminate`);
    return us(`${at(tabled)}/revise`, revising());
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
