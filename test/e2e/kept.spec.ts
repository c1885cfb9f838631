import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { done, made } from '../support/acting.js';
import { Api } from '../support/api.js';
import type { Body, PrincipalName } from '../support/api.js';
import { browse, cookieOf } from '../pages/reading.js';
import { join, openTalks, raising } from '../support/scene.js';
import { momentOfNow } from '../support/moment.js';
import { inTheNameOf } from '../support/sides.js';

interface Positions extends Body {
  readonly positions: { readonly RU: { readonly eventId: string; readonly wording: readonly object[] } };
}

let api: Api;
let dialogueId: string;
let irritantId: string;
let roundId: string;
/** The moment at which RU still kept the dialogue alone, and its answers then. */
let before: string;
const then = new Map<string, Body>();

const byRuAlone = { by: 'one', party: 'RU' };
const byBoth = { by: 'both' };
const items = (body: Body) => body['items'] as Body[];

/** Everything that is read out of a dialogue, with where the answer says how it is kept. */
const reads = (): readonly (readonly [path: string, kept: (body: Body) => readonly unknown[]])[] => {
  const whole = (body: Body) => [body['kept']];
  const each = (body: Body) => items(body).map((one) => one['kept']);
  return [
    [`/v1/irritants/${irritantId}/overview?`, whole],
    [`/v1/irritants/${irritantId}/history?`, whole],
    [`/v1/dialogues/${dialogueId}/history?`, whole],
    [`/v1/rounds/${roundId}/comparison?`, whole],
    [`/v1/dialogues/${dialogueId}/agenda?`, whole],
    [`/v1/dialogues/${dialogueId}/stale?`, whole],
    [`/v1/dialogues/${dialogueId}/statistics?`, whole],
    [
      `/v1/dialogues?`,
      (body) => items(body).flatMap((one) => (one['id'] === dialogueId ? [one['kept']] : [])),
    ],
    ...['irritants', 'rounds', 'sources'].map(
      (name) => [`/v1/${name}?dialogue=${dialogueId}&`, each] as const,
    ),
    [`/v1/search?q=properties&dialogue=${dialogueId}&`, each],
  ];
};

beforeAll(async () => {
  api = await Api.start();
  ({ dialogueId } = await openTalks(api, { as: 'ru-negotiator' }));
  ({ id: irritantId } = await made<{ id: string }>(api, 'irritants', 'ru-negotiator', raising(dialogueId)));
  ({ id: roundId } = await made<{ id: string }>(api, 'rounds', 'ru-negotiator', { dialogueId }));
  await api.settled();
  before = momentOfNow(api.server.record);
  for (const [path] of reads()) then.set(path, (await api.get(`${path}knownAt=${before}`)).body);
});
afterAll(() => api.stop());

const header = async (path: string) => (await api.get(path)).headers.get('dialogue-kept');

describe('How a dialogue is kept', () => {
  it('is said by all that is read out of it, while one side keeps it alone', async () => {
    for (const [path, kept] of reads()) {
      const said = kept((await api.get(path)).body);
      expect([path, new Set(said.map((one) => JSON.stringify(one)))]).toEqual([
        path,
        new Set([JSON.stringify(byRuAlone)]),
      ]);
    }
    expect((await api.get(`/v1/dialogues/${dialogueId}/in-your-name?party=US`)).body['kept']).toEqual(
      byRuAlone,
    );
  });

  it('stands beside an entry, which goes on to have the revision of its own stream', async () => {
    const path = `/v1/irritants/${irritantId}`;
    const answer = await api.get(path);
    expect(answer.headers.get('dialogue-kept')).toBe('one;party=RU');
    expect(answer.body).not.toHaveProperty('kept');
    const said = await api.act(
      `${path}/state-position`,
      { stance: 'seeks-action', text: { en: 'Act.' } },
      'ru-registrar',
    );
    expect([said.status, said.headers.get('dialogue-kept')]).toEqual([200, 'one;party=RU']);
    expect(await header(`/v1/dialogues/${dialogueId}`)).toBe('one;party=RU');
  });

  it('is otherwise once the other side joins, and a final answer stays as it was', async () => {
    const present = await api.get(`/v1/irritants/${irritantId}`);
    await join(api, dialogueId, 'US');
    await api.settled();
    const after = await api.get(`/v1/irritants/${irritantId}`);
    expect(after.headers.get('etag')).toBe(present.headers.get('etag'));
    expect([after.body, after.headers.get('dialogue-kept')]).toEqual([present.body, 'both']);
    for (const [path, kept] of reads()) {
      expect([path, kept((await api.get(path)).body)[0]]).toEqual([path, byBoth]);
      expect([path, (await api.get(`${path}knownAt=${before}`)).body]).toEqual([path, then.get(path)]);
    }
    const asOf = await api.get(`/v1/irritants/${irritantId}?knownAt=${before}`);
    expect([asOf.body['kept'], asOf.headers.get('dialogue-kept')]).toEqual([byRuAlone, 'one;party=RU']);
    const dated = await api.get(`/v1/irritants/${irritantId}?effectiveAt=2025-01-01`);
    expect(dated.body['kept']).toEqual(byBoth);
  });

  it('goes along a replay, frame by frame, and stands at both ends of a comparison of moments', async () => {
    await done(api, `irritants/${irritantId}`.concat('/acknowledge'), 'us-negotiator');
    await api.settled();
    const { body } = await api.ask<string>('GET', `/v1/irritants/${irritantId}/replay`, { as: 'reader' });
    const frames = body
      .trim()
      .split('\n')
      .map((one) => JSON.parse(one) as Body);
    expect(frames[0]?.['kept']).toEqual(byRuAlone);
    expect(frames.at(-1)?.['kept']).toEqual(byBoth);
    const diff = await api.get(
      `/v1/irritants/${irritantId}/diff?from=${before}&to=${momentOfNow(api.server.record)}`,
    );
    expect(diff.body['kept']).toEqual({ before: byRuAlone, after: byBoth });
  });

  it('is by a secretariat where one opened it, whoever joins alone', async () => {
    const kept = await openTalks(api);
    await join(api, kept.dialogueId, 'RU');
    expect(await header(`/v1/sources/${kept.sources.RU}`)).toBe('secretariat');
  });
});

describe('What the side that kept the record alone wrote down of the other', () => {
  /** A matter that US keeps alone, raised in the name of RU, and what becomes of the position of RU in it. */
  async function keptByUs() {
    const { dialogueId: talks, sources } = await openTalks(api, { as: 'us-negotiator' });
    const inName = inTheNameOf('RU', sources.RU);
    const raised = { ...raising(talks), ...inName };
    const { id } = await made<{ id: string }>(api, 'irritants', 'us-registrar', raised);
    const position = async (act: string, as: PrincipalName, body: Body) =>
      (await done<Positions>(api, `irritants/${id}/${act}`, as, body)).positions.RU;
    return { id, talks, inName, position };
  }

  it('is no more a summary of its own once the other has worded it', async () => {
    const { talks, inName, position } = await keptByUs();
    const summed = { ...inName, stance: 'seeks-action', text: { en: 'It asks.' } };
    const { eventId: target } = await position('state-position', 'us-registrar', summed);
    await join(api, talks, 'RU');
    const correct = (en: string) =>
      position('correct', 'ru-registrar', { target, content: { text: { en } } });
    const rows = [{ as: 'summary' }];
    const own = { as: 'own', field: 'text' };
    expect(await correct('We demand.')).toMatchObject({
      wording: [...rows, own],
      corrected: [{ was: { text: summed.text }, wordingWas: rows }],
    });
    expect((await correct('It asks.')).wording).toEqual(rows);
  });

  it('stays of whoever worded it, whoever puts something else of it right', async () => {
    const { id, talks, inName, position } = await keptByUs();
    const said = { stance: 'seeks-action', text: { en: 'It asks.', ru: 'Просит.' }, legalBasis: ['Art. 1'] };
    const rows = [{ as: 'translation', translationFrom: 'ru', language: 'en' }];
    const translated = { ...inName, wording: rows, ...said };
    const { eventId: target } = await position('state-position', 'us-registrar', translated);
    const reworded = { en: 'It demands.', ru: 'Требует.' };
    const correct = async (as: PrincipalName, text: object, rule: string) =>
      (await position('correct', as, { target, content: { text, legalBasis: [rule] } })).wording;
    const bySecretariat = [
      ...rows,
      { ...rows[0], field: 'text', by: 'the secretariat' },
      { as: 'summary', field: 'text', by: 'the secretariat' },
    ];
    expect(await correct('secretariat', said.text, 'Art. 2')).toEqual(rows);
    expect(await correct('secretariat', reworded, 'Art. 2')).toEqual(bySecretariat);
    expect(await correct('us-registrar', reworded, 'Art. 3')).toEqual(bySecretariat);
    await join(api, talks, 'RU');
    expect(await correct('ru-registrar', reworded, 'Art. 4')).toEqual(bySecretariat);
    await api.settled();
    const cookie = cookieOf(api, 'secretariat');
    const { text: page } = await browse(api.server.url, `/irritants/${id}`, { cookie });
    const [, ...shown] = page.split('Требует.').map((after) => /"whose">(.*?)</.exec(after)?.[1]);
    expect(shown).toEqual(Array.from({ length: 4 }, () => 'as summed up by '));
    expect(page).not.toContain('as summed up by <bdi>US');
    const own = { as: 'own', field: 'text' };
    expect(await correct('ru-registrar', { en: 'We demand.' }, 'Art. 4')).toEqual([...rows, own]);
  });
});
