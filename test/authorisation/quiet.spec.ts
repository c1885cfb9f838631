import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import { raising, setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';

const absent = '01960b3a-0000-7000-8000-00000000ffff';
const sealedPlaces = /m[\w-]{64}|(?<=cursor=)[\w-]+/g;

interface Read {
  readonly status: number;
  readonly text: string;
  /** Everything that came, but for what is another in each answer: dates, traces, and sealed places. */
  readonly told: string;
  readonly places: readonly string[];
}

describe('What others write shows in nothing that a party reads', () => {
  let api: Api;
  let others: Scene;
  let own: { readonly dialogueId: string; readonly irritantId: string; readonly sourceId: string };
  const keys: Record<string, string> = {};

  const send = (
    key: string,
    path: string,
    { headers = {}, ...init }: { method: string; body?: string; headers?: Record<string, string> },
  ) =>
    fetch(`${api.server.url}${path}`, {
      ...init,
      headers: {
        Authorization: `Bearer ${key}`,
        'Content-Type': 'application/json',
        // Packed, an answer is longer or shorter by what its sealed places happen to be.
        'Accept-Encoding': 'identity',
        ...headers,
      },
    });
  const read = async (path: string): Promise<Read> => {
    const { status, headers, ...response } = await send(keys['FR']!, path, { method: 'GET' }).then(
      async (one) => ({ status: one.status, headers: one.headers, text: await one.text() }),
    );
    // How many requests are left is of one's own alone, and one fewer each time.
    const moving = ['date', 'trace-id', 'traceparent', 'ratelimit'];
    const named = [...headers].filter(([name]) => !moving.includes(name));
    const all = JSON.stringify([status, named, response.text]);
    const told = all.replaceAll(sealedPlaces, '*').replaceAll(/\\"(at|before|traceId)\\":\\"[^"]*\\"/g, '');
    return { status, text: response.text, told, places: all.match(sealedPlaces) ?? [] };
  };
  const create = async (path: string, body: object): Promise<string> => {
    const headers = { 'Idempotency-Key': path };
    const made = await send(keys['FR']!, path, { method: 'POST', headers, body: JSON.stringify(body) });
    const { id } = (await made.json()) as { id?: string };
    if (id === undefined) throw new Error(`${path}: ${made.status}`);
    return id;
  };

  beforeAll(async () => {
    api = await Api.start();
    const wanted = { party: 'FR', days: 1, roles: ['negotiator' as const] };
    keys['FR'] = (await api.server.record.credentials.issue({ name: 'FR', ...wanted }, { as: 'folder' })).key;
    others = await setScene(api);
    const opened = { parties: ['FR', 'DE'], keyPrefix: 'FRDE', name: { en: 'Border talks' } };
    const dialogueId = await create('/v1/dialogues', opened);
    // Between two acts of one's own there is something of others, which the ordinals of one's own must not count.
    await api.create('/v1/irritants', raising(others.dialogueId), 'ru-registrar');
    const irritantId = await create('/v1/irritants', {
      ...{ dialogueId, raisers: ['FR'], respondents: ['DE'], raisedBasis: 'stated' },
      ...{ category: 'other', title: { en: 'Papers' } },
    });
    const cited = { dialogueId, kind: 'statement', issuers: ['FR'], lang: 'en', held: false };
    const sourceId = await create('/v1/sources', { ...cited, title: 'A note', citation: 'N' });
    own = { dialogueId, irritantId, sourceId };
    await api.settled();
  });
  afterAll(() => api.stop());

  const lists = ['dialogues', 'irritants', 'sources', 'rounds', 'proposals', 'roadmaps'];
  const paths = () => [
    ...lists.flatMap((list) => [
      ...[`/v1/${list}`, `/v1/${list}?limit=1&sort=createdAt`, `/v1/${list}?dialogue=${own.dialogueId}`],
      ...[
        `/v1/${list}?dialogue=${own.dialogueId}&knownAt=s1`,
        `/v1/${list}?dialogue=${own.dialogueId}&sinceSeq=1`,
      ],
      ...[
        `/v1/${list}?dialogue=${others.dialogueId}`,
        `/v1/${list}?dialogue=${others.dialogueId}&knownAt=s3`,
      ],
    ]),
    `/v1/search?q=papers`,
    `/v1/search?q=papers&dialogue=${own.dialogueId}&knownAt=s1`,
    ...['', '/agenda', '/statistics', '/stale', '/in-your-name?party=FR'].map(
      (one) => `/v1/dialogues/${own.dialogueId}${one}`,
    ),
    ...[
      '',
      '?knownAt=s1',
      '?knownAt=s99',
      '/overview',
      '/history',
      '/history?limit=1',
      '/replay',
      '/diff?from=r0&to=r0',
    ].map((one) => `/v1/irritants/${own.irritantId}${one}`),
    `/v1/sources/${own.sourceId}/history`,
  ];

  const othersWrite = async () => {
    for (let made = 0; made < 5; made += 1)
      await api.create('/v1/irritants', raising(others.dialogueId), 'ru-registrar');
    const text = { en: 'It is ours.' };
    for (let made = 0; made < 5; made += 1)
      await api.act(`/v1/irritants/${others.irritantId}/claim`, { kind: 'factual', text }, 'us-registrar');
    await api.settled();
  };

  it('no answer is another one after it, wherever it is asked, but for places that are sealed', async () => {
    const before = await Promise.all(paths().map(read));
    await othersWrite();
    for (const [index, path] of paths().entries()) {
      const after = await read(path);
      expect([path, after.told]).toEqual([path, before[index]?.told]);
      expect([path, after.status]).not.toEqual([path, 500]);
    }
    expect(before.flatMap(({ places }) => places).length).toBeGreaterThan(10);
  });

  it('and the sealed places are new in each answer, also where nobody wrote anything between', async () => {
    const path = '/v1/irritants?limit=1';
    const places = (await Promise.all([read(path), read(path)])).map((one) => one.places[0]);
    await othersWrite();
    places.push((await read(path)).places[0]);
    expect(new Set(places).size).toBe(3);
    expect(new Set(places.map((one) => one?.length))).toEqual(new Set([65]));
  });

  it('the ordinals of a dialogue count its own events, each once and without a gap', async () => {
    const entries = await Promise.all(
      [`dialogues/${own.dialogueId}`, `irritants/${own.irritantId}`, `sources/${own.sourceId}`].map(
        async (one) =>
          (JSON.parse((await read(`/v1/${one}/history`)).text) as { items: { seq: number }[] }).items,
      ),
    );
    const seqs = [...new Set(entries.flat().map(({ seq }) => seq))].sort((one, other) => one - other);
    expect(seqs).toEqual(seqs.map((_, index) => index));
  });

  it('a dialogue that is not seen ends where one ends that is not there', async () => {
    const asked = async (dialogue: string, more: string) => {
      const { status, text } = await read(`/v1/irritants?dialogue=${dialogue}${more}`);
      const { traceId: _, asOf, ...told } = JSON.parse(text) as Record<string, unknown>;
      return [status, typeof asOf, told];
    };
    for (const more of [
      '',
      '&knownAt=s0',
      '&knownAt=s3',
      '&knownAt=s9999',
      '&sinceSeq=3',
      '&knownAt=2020-01-01',
    ]) {
      expect([more, await asked(others.dialogueId, more)]).toEqual([more, await asked(absent, more)]);
    }
  });

  it('a moment out of any answer asks for the record as it stood then, within one’s own sight', async () => {
    const { asOf } = JSON.parse((await read('/v1/irritants')).text) as { asOf: string };
    await othersWrite();
    const then = JSON.parse((await read(`/v1/irritants?knownAt=${asOf}`)).text) as Record<string, unknown>;
    expect(then).toMatchObject({ items: [{ id: own.irritantId }], final: true });
    const since = JSON.parse((await read(`/v1/irritants?since=${asOf}`)).text) as Record<string, unknown>;
    expect(since['items']).toEqual([]);
    const one = JSON.parse((await read(`/v1/irritants/${own.irritantId}?knownAt=${asOf}`)).text) as {
      knownSeq: number;
    };
    expect(one.knownSeq).toBeLessThan(10);
  });
});
