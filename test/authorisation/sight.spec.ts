import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import { setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';

/** Another pair of parties, with a dialogue of their own. */
const parties = ['FR', 'DE'] as const;
const absent = '01960b3a-0000-7000-8000-00000000ffff';

describe('Who reads what: a party reads the dialogues that it is a party to', () => {
  let api: Api;
  let scene: Scene;
  let dialogueId: string;
  let irritantId: string;
  let sourceId: string;
  const keys: Record<string, string> = {};

  const as = async (key: string, method: 'GET' | 'POST', path: string, body?: object, headers = {}) => {
    const response = await fetch(`${api.server.url}${path}`, {
      method,
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, text, body: JSON.parse(text) as Record<string, unknown> };
  };
  const create = async (key: string, path: string, body: object) => {
    const made = await as(key, 'POST', path, body, { 'Idempotency-Key': `${path}-${Math.random()}` });
    if (made.status !== 201) throw new Error(made.text);
    return String(made.body['id']);
  };
  const keyFor = async (name: string, wanted: object) =>
    (
      await api.server.record.credentials.issue(
        { name, party: null, days: 1, roles: ['reader'], ...wanted },
        { as: 'folder' },
      )
    ).key;
  const itemsOf = ({ body }: { body: Record<string, unknown> }) => body['items'] as { id: string }[];

  beforeAll(async () => {
    api = await Api.start();
    scene = await setScene(api);
    for (const party of parties) keys[party] = await keyFor(party, { party, roles: ['negotiator'] });
    const opened = { parties, keyPrefix: 'FRDE', name: { en: 'Border talks of others' } };
    dialogueId = await create(keys['FR']!, '/v1/dialogues', opened);
    const raising = {
      dialogueId,
      raisers: ['FR'],
      respondents: ['DE'],
      raisedBasis: 'stated',
      category: 'other',
      title: { en: 'Zollverein papers' },
    };
    irritantId = await create(keys['FR']!, '/v1/irritants', raising);
    const cited = { dialogueId, kind: 'statement', issuers: ['FR'], lang: 'en', held: false };
    sourceId = await create(keys['FR']!, '/v1/sources', { ...cited, title: 'Zollverein', citation: 'Z' });
    keys['granted'] = await keyFor('granted', { dialogues: [dialogueId] });
    await api.settled();
  });
  afterAll(() => api.stop());

  const theirs = () => [
    `/v1/dialogues/${dialogueId}`,
    `/v1/dialogues/${dialogueId}/agenda`,
    `/v1/dialogues/${dialogueId}/statistics`,
    `/v1/dialogues/${dialogueId}/in-your-name?party=FR`,
    `/v1/irritants/${irritantId}`,
    '/v1/irritants/FRDE-1',
    `/v1/irritants/${irritantId}/overview`,
    `/v1/irritants/${irritantId}/history`,
    `/v1/irritants/${irritantId}/replay`,
    `/v1/irritants/${irritantId}/diff?from=r0&to=r0`,
    `/v1/sources/${sourceId}`,
    `/v1/sources/${sourceId}/bytes`,
  ];

  it('an entry of others answers, word for word, as one that is not there', async () => {
    for (const path of theirs()) {
      const there = await as(api.keys['ru-negotiator']!, 'GET', path);
      expect([path, there.status]).toEqual([path, 404]);
    }
    const own = await as(api.keys['ru-negotiator']!, 'GET', `/v1/irritants/${irritantId}`);
    const none = await as(api.keys['ru-negotiator']!, 'GET', `/v1/irritants/${absent}`);
    const same = ({ text }: { text: string }, id: string) =>
      text.replaceAll(id, 'ID').replace(/"traceId":"\w+"/, '');
    expect(same(own, irritantId)).toBe(same(none, absent));
    expect((await as(keys['FR']!, 'GET', `/v1/irritants/${irritantId}`)).status).toBe(200);
  });

  it('nor does anything else that is wrong with a request tell it from one that is not there', async () => {
    const asked = [
      ['GET', '?nonsense=1'],
      ['GET', '?knownAt=never'],
      ['GET', '/history?limit=x'],
      ['GET', '/diff'],
      ['POST', '/state-position'],
      ['POST', '/correct'],
    ] as const;
    const kinds = [
      ['irritants', 'FRDE-1', 'FRDE-2'],
      ['irritants', irritantId, absent],
      ['sources', sourceId, absent],
      ['dialogues', dialogueId, absent],
    ] as const;
    for (const [list, there, none] of kinds) {
      for (const [method, rest] of asked) {
        const answers = [there, none].map(async (id) => {
          const body = method === 'POST' ? {} : undefined;
          const { status, text } = await as(
            api.keys['ru-negotiator']!,
            method,
            `/v1/${list}/${id}${rest}`,
            body,
          );
          return [list, method, rest, status, text.replaceAll(id, 'ID').replace(/"traceId":"\w+"/, '')];
        });
        const [one, other] = await Promise.all(answers);
        expect(one).toEqual(other);
        expect(one?.[3]).toBe(404);
      }
    }
    const book = async (id: string) =>
      (await as(api.keys['ru-negotiator']!, 'GET', `/v1/dialogues/${id}/brief?for=FR`)).status;
    expect([await book(dialogueId), await book(absent)]).toEqual([404, 404]);
  });

  it('no list, no search and no count of another party shows it', async () => {
    for (const list of [
      'dialogues',
      'irritants',
      'sources',
      'search?q=Zollverein',
      'irritants?q=zollverein',
    ]) {
      const { body } = await as(api.keys['us-registrar']!, 'GET', `/v1/${list}`);
      expect([list, JSON.stringify(body).includes('Zollverein')]).toEqual([list, false]);
    }
    expect(itemsOf(await as(keys['DE']!, 'GET', '/v1/irritants')).map(({ id }) => id)).toEqual([irritantId]);
    expect(itemsOf(await as(keys['DE']!, 'GET', '/v1/search?q=six'))).toEqual([]);
    expect(itemsOf(await as(keys['DE']!, 'GET', '/v1/search?q=zollverein'))).not.toEqual([]);
  });

  it('nobody acts on it, cites it or names it, and the refusal does not say that it is there', async () => {
    const negotiator = api.keys['ru-negotiator']!;
    const act = await as(
      negotiator,
      'POST',
      `/v1/irritants/${irritantId}/acknowledge`,
      {},
      { 'If-Match': '"0"' },
    );
    expect(act.status).toBe(404);
    const text = { en: 'x' };
    const claims = [
      { kind: 'factual', text, sources: [{ sourceId }] },
      { kind: 'factual', text, sources: [{ sourceId: absent }] },
    ];
    const answers = [];
    for (const claim of claims)
      answers.push(await api.act(`/v1/irritants/${scene.irritantId}/claim`, claim, 'ru-negotiator'));
    expect(answers.map(({ status, body }) => [status, body['code']])).toEqual([
      [409, 'reference-unknown'],
      [409, 'reference-unknown'],
    ]);
    const raising = {
      dialogueId,
      raisers: ['RU'],
      respondents: ['FR'],
      raisedBasis: 'stated',
      category: 'other',
    };
    const raised = await api.create('/v1/irritants', { ...raising, title: text }, 'ru-negotiator');
    expect(raised).toMatchObject({ status: 409, body: { code: 'reference-unknown' } });
  });

  it('the pages show it no more than the interface does', async () => {
    const page = async (path: string) => {
      const headers = { Cookie: api.cookieFor(api.keys['ru-registrar']!) };
      const response = await fetch(`${api.server.url}${path}`, { headers });
      return { status: response.status, text: await response.text() };
    };
    expect((await page('/irritants/FRDE-1')).status).toBe(404);
    expect((await page(`/dialogues/${dialogueId}/brief?for=FR`)).status).toBe(404);
    expect((await page('/')).text).not.toContain('Border talks of others');
    expect((await page('/search?q=zollverein')).text).not.toContain('FRDE');
  });

  it('a reader to whom one dialogue was granted reads that one, and no other', async () => {
    expect((await as(keys['granted']!, 'GET', `/v1/irritants/${irritantId}`)).status).toBe(200);
    expect((await as(keys['granted']!, 'GET', `/v1/irritants/${scene.irritantId}`)).status).toBe(404);
    expect(itemsOf(await as(keys['granted']!, 'GET', '/v1/dialogues')).map(({ id }) => id)).toEqual([
      dialogueId,
    ]);
  });

  it('a briefing book is for its own side, a secretariat or an auditor', async () => {
    const read = (name: string, side: string) =>
      as(api.keys[name]!, 'GET', `/v1/dialogues/${scene.dialogueId}/agenda`).then(() =>
        fetch(`${api.server.url}/v1/dialogues/${scene.dialogueId}/brief?for=${side}`, {
          headers: { Authorization: `Bearer ${api.keys[name]}` },
        }),
      );
    const statuses = [];
    for (const [name, side] of [
      ['ru-registrar', 'RU'],
      ['ru-registrar', 'US'],
      ['secretariat', 'US'],
      ['auditor', 'RU'],
      ['reader', 'RU'],
    ] as const)
      statuses.push((await read(name, side)).status);
    expect(statuses).toEqual([200, 403, 200, 200, 403]);
  });

  it('the first page links the books that its reader may read, and no others', async () => {
    const booksOf = async (name: string) => {
      const headers = { Cookie: api.cookieFor(api.keys[name]!) };
      const text = await (await fetch(`${api.server.url}/`, { headers })).text();
      return [...text.matchAll(/\/dialogues\/([^/"]+)\/brief\?for=(\w+)/g)]
        .filter(([, id]) => id === scene.dialogueId)
        .map(([, , party]) => party);
    };
    expect(await booksOf('ru-registrar')).toEqual(['RU']);
    expect(await booksOf('us-negotiator')).toEqual(['US']);
    expect(await booksOf('secretariat')).toEqual(['RU', 'US']);
    expect(await booksOf('auditor')).toEqual(['RU', 'US']);
    expect(await booksOf('reader')).toEqual([]);
  });

  describe('A dialogue that is granted and withdrawn', () => {
    const grants = async (path: string, body: object, key = api.keys['operator']!) =>
      as(key, 'POST', `/v1/grants${path}`, body);
    let guest: { key: string; principalId: string };
    beforeAll(async () => {
      const wanted = {
        name: 'guest',
        party: null,
        days: 1,
        roles: ['reader'] as const,
        dialogues: [dialogueId],
      };
      const { credentials } = api.server.record;
      const { key, credential } = await credentials.issue(wanted, { as: 'folder' });
      guest = { key, principalId: credential.principalId };
    });
    const seen = async () => {
      const { body } = await as(guest.key, 'GET', '/v1/dialogues');
      return (body['items'] as { id: string }[]).map(({ id }) => id).toSorted();
    };

    it('is seen from then on, and no longer, by every key of the principal', async () => {
      const { principalId } = guest;
      const second = { name: 'guest', party: null, days: 1, roles: ['reader'] as const, principalId };
      const { key } = await api.server.record.credentials.issue(
        { ...second, dialogues: [dialogueId] },
        { as: 'folder' },
      );
      const granted = await grants('', { principalId, dialogue: scene.dialogueId });
      expect([granted.status, granted.body['dialogues']]).toEqual([200, [dialogueId, scene.dialogueId]]);
      expect(await seen()).toEqual([dialogueId, scene.dialogueId].toSorted());
      expect((await as(key, 'GET', `/v1/irritants/${scene.irritantId}`)).status).toBe(200);
      for (const dialogue of [dialogueId, scene.dialogueId])
        await grants('/withdraw', { principalId, dialogue });
      expect(await seen()).toEqual([]);
      expect((await as(key, 'GET', `/v1/irritants/${scene.irritantId}`)).status).toBe(404);
      expect((await as(key, 'GET', '/v1/me')).body).toMatchObject({ sees: 'granted', dialogues: [] });
      // Said once more it changes nothing, and makes no event.
      const { record } = api.server;
      const count = async () =>
        (await record.credentials.list()).length +
        (await Array.fromAsync(record.store.readAll({ limit: 10_000 }))).length;
      const before = await count();
      expect((await grants('/withdraw', { principalId, dialogue: dialogueId })).status).toBe(200);
      expect(await count()).toBe(before);
    });

    it('is a matter of those who act for no party, and of dialogues that there are', async () => {
      const { principalId } = guest;
      const keysOf = async (name: string) =>
        (await api.server.record.credentials.list()).find((one) => one.name === name)!.principalId;
      const asked = async (principal: string, dialogue = scene.dialogueId, path = '') => {
        const { status, body } = await grants(path, { principalId: principal, dialogue });
        return [status, body['code']];
      };
      expect(await asked(principalId, absent)).toEqual([404, 'not-found']);
      expect(await asked(absent)).toEqual([404, 'not-found']);
      expect(await asked(await keysOf('ru-negotiator'))).toEqual([409, 'not-by-grants']);
      expect(await asked(await keysOf('operator'))).toEqual([409, 'not-by-grants']);
      expect(await asked(await keysOf('reader'))).toEqual([200, undefined]);
      expect(await asked(await keysOf('reader'), scene.dialogueId, '/withdraw')).toEqual([
        409,
        'sees-all-dialogues',
      ]);
      const refused = await grants('', { principalId, dialogue: scene.dialogueId }, guest.key);
      expect(refused.status).toBe(403);
      expect(await seen()).toEqual([]);
    });

    it('is listed for the operator, and for a party as far as it concerns it', async () => {
      const listed = async (name: string) =>
        itemsOf(await as(api.keys[name] ?? keys[name]!, 'GET', '/v1/grants')).map((one) => ({
          ...(one as unknown as { name: string; sees: string; dialogues: string[] }),
        }));
      expect((await listed('operator')).map(({ name }) => name)).toEqual(
        expect.arrayContaining(['reader', 'auditor', 'secretariat', 'granted', 'guest']),
      );
      const toParty = await listed('ru-negotiator');
      expect(toParty.map(({ name, sees }) => [name, sees])).toEqual([['secretariat', 'all']]);
    });
  });
});
