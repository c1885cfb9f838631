import { applyPatch } from 'rfc6902';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { irritants } from '../../src/irritants/irritants.slice.js';
import { Api } from '../support/api.js';
import type { Body } from '../support/api.js';
import { raising, setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { formatPosition, parsePosition } from '#libs/event-store';

const foldVersion = irritants.foldVersion;
let api: Api;
let scene: Scene;
let at: string;
const text = (words: string) => ({ en: words });

interface Entry {
  readonly seq: number;
  readonly summary: string;
  readonly event: {
    readonly envelope: {
      readonly id: string;
      readonly type: string;
      readonly recordedAt: string;
      readonly revision: number;
    };
  };
  readonly amendedBy?: readonly { readonly type: string }[];
}
interface Frame extends Entry {
  readonly state: Body | null;
  readonly patch: Parameters<typeof applyPatch>[1];
}

beforeAll(async () => {
  api = await Api.start();
  scene = await setScene(api);
  at = `/v1/irritants/${scene.key}`;
  const by = `/v1/irritants/${scene.irritantId}`;
  await api.act(
    `${by}/state-position`,
    { stance: 'seeks-action', text: text('First.'), occurred: '2025-02-27' },
    'ru-registrar',
  );
  await api.act(`${by}/contest`, { statement: text('Not so.'), occurred: '2025-04-10' }, 'us-registrar');
  await api.act(
    `${by}/state-position`,
    { stance: 'contests', text: text('Second.'), occurred: '2025-06' },
    'us-registrar',
  );
  await api.settled();
});
afterAll(() => api.stop());

async function history(query = ''): Promise<Entry[]> {
  return (await api.get<{ items: Entry[] }>(`${at}/history${query}`)).body.items;
}
async function frames(query = '', headers: Record<string, string> = {}): Promise<Frame[]> {
  const { body } = await api.ask<string>('GET', `${at}/replay${query}`, { as: 'auditor', headers });
  return body
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Frame);
}

describe('What was known', () => {
  it('is asked by an instant, a revision or an ordinal, and each answer names the seq it stands for', async () => {
    const entries = await history();
    const second = entries[1];
    for (const knownAt of [`s${second?.seq}`, 'r1', second?.event.envelope.recordedAt]) {
      const { body } = await api.get(`${at}?knownAt=${knownAt}`);
      expect(body).toMatchObject({ revision: 1, contests: [], foldVersion, effectiveAt: null });
      expect(body['knownSeq']).toBeGreaterThanOrEqual(second?.seq ?? 0);
    }
  });

  it.each(['', 'yesterday', '2025-04', '2025-02-30', '2025-04-10T24:00:00Z', 'r', 's-1', 'x12'])(
    'is not asked by "%s"',
    async (knownAt) => {
      expect(await api.get(`${at}?knownAt=${knownAt}`)).toMatchObject({ status: 400 });
    },
  );

  it('before anything was recorded, or after the end of the record, is not yet', async () => {
    for (const knownAt of ['2000-01-01T00:00:00Z', 'r99', 's99999']) {
      expect(await api.get(`${at}?knownAt=${knownAt}`)).toMatchObject({
        status: 404,
        body: { code: 'not-yet' },
      });
    }
  });
});

describe('What was true', () => {
  it('counts what had happened by then at its latest moment, and what claims no time', async () => {
    const inMarch = (await api.get(`${at}?effectiveAt=2025-03-01`)).body;
    expect(inMarch).toMatchObject({
      positions: { RU: { stance: 'seeks-action' } },
      contests: [],
      revision: 3,
    });
    expect((await api.get(`${at}?effectiveAt=2025-06-29`)).body['positions']).not.toHaveProperty('US');
    expect((await api.get(`${at}?effectiveAt=2025-06-30`)).body['positions']).toHaveProperty('US');
  });

  it('combines with what was known', async () => {
    expect((await api.get(`${at}?effectiveAt=2025-12-31&knownAt=r1`)).body).toMatchObject({
      contests: [],
      effectiveAt: '2025-12-31',
    });
  });

  it.each(['2026-02-31', '', 'soon', '2025-13'])('is not asked by "%s"', async (effectiveAt) => {
    expect(await api.get(`${at}?effectiveAt=${effectiveAt}`)).toMatchObject({ status: 400 });
  });
});

describe('The history', () => {
  it('lists every event with its seq and a sentence, in either order, a page at a time', async () => {
    const all = await history();
    expect(all.map((one) => one.event.envelope.type)).toEqual([
      'IrritantRaised',
      'PositionStated',
      'IrritantContested',
      'PositionStated',
    ]);
    expect(all.map((one) => one.summary)).toContainEqual(
      expect.stringMatching(/^US contested [A-Z0-9]+-\d+: “Not so\.”$/),
    );
    const paged: Entry[] = [];
    let next: string | undefined = `${at}/history?order=desc&limit=3`;
    while (next !== undefined) {
      const page: { body: { items: Entry[] }; headers: Headers } = await api.get(next);
      paged.push(...page.body.items);
      next = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1];
    }
    expect(paged).toEqual(all.toReversed());
  });

  it.each([
    ['party=RU', ['First.']],
    ['party=US', ['Not so.', 'Second.']],
    ['party=RU,US&capacity=direct', ['First.', 'Not so.', 'Second.']],
    ['capacity=derived', []],
    ['type=PositionStated', ['First.', 'Second.']],
    ['type=IrritantRaised,IrritantContested&party=US', ['Not so.']],
    ['kind=irritant&type=PositionStated', ['First.', 'Second.']],
    ['kind=round', []],
    ['q=second', ['Second.']],
    ['q=contested', ['Not so.']],
    ['q="not so"', ['Not so.']],
    ['q=so first', []],
  ])('is narrowed by %s', async (query, said) => {
    const found = (await history(`?${query}`)).filter(
      ({ event }) => event.envelope.type !== 'IrritantRaised',
    );
    expect(found.map(({ summary }) => /[:“] ?([^“”]+)”?$/.exec(summary)?.[1])).toEqual(said);
  });

  it('goes on page by page with what it is narrowed by, and after an ordinal of the dialogue', async () => {
    const all = await history();
    const [first, second] = all.filter(({ event }) => event.envelope.type === 'PositionStated');
    const page: { body: { items: Entry[] }; headers: Headers } = await api.get(
      `${at}/history?type=PositionStated&limit=1`,
    );
    expect(page.body.items).toEqual([first]);
    const next = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1] ?? '';
    const last: typeof page = await api.get(next);
    expect(last.body.items).toEqual([second]);
    expect(last.headers.get('link')).toBeNull();
    expect(await history(`?sinceSeq=${first?.seq}&type=PositionStated`)).toEqual([second]);
  });

  it.each([
    ['type=PositionDenied', 'type', 'there is no such event'],
    ['kind=treaty', 'kind', 'there are dialogue'],
    ['capacity=loud', 'capacity', 'direct'],
    ['party=', 'party', ''],
    ['sinceSeq=last', 'sinceSeq', 'ordinal of the dialogue'],
    ['q=.', 'q', 'no word'],
  ])('is not narrowed by %s, and it says why', async (query, parameter, why) => {
    const answer = await api.get(`${at}/history?${query}`);
    expect([answer.status, answer.body['code']]).toEqual([400, 'parameter-invalid']);
    expect(answer.body['errors']).toEqual([
      { parameter, detail: expect.stringContaining(why) as unknown as string },
    ]);
  });

  it('holds what linked instruments say of the irritant, or of none, and not what they say of others', async () => {
    const other = (await api.create('/v1/irritants', raising(scene.dialogueId), 'ru-registrar')).body[
      'id'
    ] as string;
    const mine = (await api.create('/v1/irritants', raising(scene.dialogueId), 'ru-registrar')).body[
      'id'
    ] as string;
    const round = (await api.create('/v1/rounds', { dialogueId: scene.dialogueId }, 'ru-registrar')).body[
      'id'
    ] as string;
    await api.act(
      `/v1/rounds/${round}/table-agenda-item`,
      { irritantId: other, title: text('Other.') },
      'ru-registrar',
    );
    await api.act(
      `/v1/rounds/${round}/table-agenda-item`,
      { irritantId: mine, title: text('Mine.') },
      'ru-registrar',
    );
    await api.settled();
    const { body } = await api.get<{ items: Entry[] }>(`/v1/irritants/${mine}/history`);
    const summaries = body.items.map((one) => one.summary);
    expect(summaries).toContain('Round 1 was scheduled, as RU says');
    expect(summaries).toContainEqual(
      expect.stringMatching(/^RU tabled an item of the agenda of round 1 on \S+: Mine\.$/),
    );
    expect(summaries).not.toContainEqual(expect.stringContaining('Other.'));
    expect((await api.get(`/v1/irritants/${mine}/overview`)).body).toMatchObject({
      linked: [{ kind: 'round', id: round, agenda: [{}, {}] }],
    });
  });
});

describe('The difference between two moments', () => {
  it('is told field by field, with the events that made it', async () => {
    const { body } = await api.get<Body & { changes: { pointer: string }[]; events: Body[] }>(
      `${at}/diff?from=r1&to=r2`,
    );
    expect(body.events).toEqual([
      expect.objectContaining({
        type: 'IrritantContested',
        fields: expect.arrayContaining(['contests', 'revision']),
      }),
    ]);
    expect(body.changes).toContainEqual({ op: 'replace', pointer: '/revision', before: 1, after: 2 });
    expect(body.changes).toContainEqual({
      op: 'add',
      pointer: '/contests/0',
      before: null,
      after: expect.objectContaining({ party: 'US', statement: { en: 'Not so.' } }),
    });
  });

  it('names the parameter that cannot be read', async () => {
    const answer = await api.get(`${at}/diff?from=r1&to=later`);
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ parameter: 'to' }] } });
    expect(await api.get(`${at}/diff?from=r1`)).toMatchObject({
      status: 400,
      body: { errors: [{ parameter: 'to', detail: 'is required' }] },
    });
  });
});

describe('The replay', () => {
  it('gives one frame for each event, whose patch leads from the state before to the state after', async () => {
    const all = await frames();
    expect(all).toHaveLength(4);
    let state: Body = {};
    for (const frame of all) {
      expect(applyPatch(state, frame.patch).every((fault) => fault === null)).toBe(true);
      expect(state).toEqual(frame.state);
      state = structuredClone(state);
    }
    expect(state).toEqual((await api.get(at)).body);
  });

  it('goes up to what was known, and has no state for what had not happened', async () => {
    expect(await frames('?knownAt=r2')).toHaveLength(3);
    const byMarch = await frames('?effectiveAt=2025-03-01');
    expect(byMarch.map((one) => Object.keys(one.state?.['positions'] ?? {}))).toEqual([
      [],
      ['RU'],
      ['RU'],
      ['RU'],
    ]);
  });

  it('comes as server-sent events when asked for, and goes on after the last event that was seen', async () => {
    const [, second] = await history();
    const headers = { Accept: 'text/event-stream', 'Last-Event-ID': String(second?.seq) };
    const { body, headers: answered } = await api.ask<string>('GET', `${at}/replay`, {
      as: 'auditor',
      headers,
    });
    expect(answered.get('content-type')).toContain('text/event-stream');
    const ids = [...body.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
    expect(ids).toHaveLength(2);
    expect(Math.min(...ids)).toBeGreaterThan(second?.seq ?? 0);
    expect(body).toMatch(/event: end\ndata: \{\}\n\n$/);
  });
});

describe('A list', () => {
  const list = async (query: string) =>
    (await api.get<{ items: Body[]; asOfSeq: number }>(`/v1/irritants?${query}`)).body;

  it('is filtered by each of its labels', async () => {
    const mine = `dialogue=${scene.dialogueId}`;
    expect((await list(`${mine}&stage=raised&category=property&raiser=RU`)).items.length).toBeGreaterThan(0);
    for (const none of [
      'stage=resolved',
      'category=visas',
      'raiser=US',
      'overlay=suspended',
      'updatedSince=2100-01-01T00:00:00Z',
    ]) {
      expect((await list(`${mine}&${none}`)).items).toEqual([]);
    }
  });

  it('goes page by page without gap or repeat, in either direction', async () => {
    const all = (await list(`dialogue=${scene.dialogueId}&sort=createdAt&limit=200`)).items.map(
      (one) => one['id'],
    );
    const paged: unknown[] = [];
    let next: string | undefined = `/v1/irritants?dialogue=${scene.dialogueId}&sort=createdAt&limit=2`;
    while (next !== undefined) {
      const page: { body: { items: Body[] }; headers: Headers } = await api.get(next);
      paged.push(...page.body.items.map((one) => one['id']));
      next = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1];
    }
    expect(paged).toEqual(all);
    expect(
      (await list(`dialogue=${scene.dialogueId}&sort=-createdAt&limit=200`)).items.map((one) => one['id']),
    ).toEqual(all.toReversed());
  });

  it('as of a moment omits what was not there yet, and says which moment', async () => {
    const [first] = await history();
    const past = await list(`knownAt=s${first?.seq}&dialogue=${scene.dialogueId}`);
    expect(past.items).toHaveLength(1);
    expect(past).toMatchObject({ asOfSeq: first?.seq, knownSeq: first?.seq, foldVersion });
    expect((await list(`knownAt=2000-01-01T00:00:00Z`)).items).toEqual([]);
    expect(await api.get('/v1/irritants?knownAt=r1')).toMatchObject({
      status: 400,
      body: { code: 'known-at-invalid' },
    });
  });

  it.each([
    'colour=red',
    'stage=unknown',
    'limit=0',
    'limit=201',
    'limit=ten',
    'cursor=garbage',
    'sort=title',
    'stage=raised,unknown',
    'stage=raised,',
    'limit=1&limit=2',
    'updatedSince=today',
    'dialogue=x',
  ])('refuses %s and says which parameter is wrong', async (query) => {
    const answer = await api.get(`/v1/irritants?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.body['errors']).toEqual([expect.objectContaining({ parameter: query.split('=')[0] })]);
  });
});

describe('A filter with several values', () => {
  it('asks for what has one of them, however they are given', async () => {
    const count = async (query: string) => {
      const { body } = await api.get<{ items: readonly { stage: string }[] }>(
        `/v1/irritants?dialogue=${scene.dialogueId}&${query}`,
      );
      return body.items.length;
    };
    const all = await count('');
    const every = 'stage=raised,under-consultation,agreed,resolved,withdrawn,dormant';
    const several = await count(every);
    expect(several).toBeGreaterThan(await count('stage=resolved'));
    expect(await count(every.replaceAll(',', '&stage='))).toBe(several);
    expect((await count('open=true')) + (await count('open=false'))).toBe(all);
    expect(await count('open=true,false&respondent=US,RU')).toBe(all);
    // Twice the same asks for nothing more.
    expect(await count('open=true,false,true&respondent=US,RU&respondent=US')).toBe(all);
  });
});

describe('What waits for a word of a party', () => {
  it('is found by that party, until the word is said', async () => {
    const dialogue = `dialogue=${scene.dialogueId}`;
    const { body } = await api.create('/v1/irritants', raising(scene.dialogueId), 'ru-registrar');
    const id = String(body['id']);
    await api.settled();
    const found = async (query: string) => {
      const list = await api.get<{ items: readonly { id: string; awaiting: readonly { from: string }[] }[] }>(
        `/v1/irritants?${dialogue}&limit=200&${query}`,
      );
      return list.body.items;
    };
    for (const party of ['RU', 'US']) {
      const owing = (await found('')).filter(({ awaiting }) => awaiting.some(({ from }) => from === party));
      expect(await found(`awaiting=${party}`)).toEqual(owing);
    }
    expect((await found('awaiting=US')).map((one) => one.id)).toContain(id);
    await api.act(`/v1/irritants/${id}/acknowledge`, {}, 'us-negotiator');
    await api.settled();
    expect((await found('awaiting=US')).map((one) => one.id)).not.toContain(id);
  });
});

describe('A page goes on only with the question that it was a page of', () => {
  const asked = (): readonly (readonly [path: string, question: string, another: string])[] => {
    const ofScene = `dialogue=${scene.dialogueId}`;
    return [
      ['/v1/irritants', ofScene, `${ofScene}&raiser=RU`],
      ['/v1/irritants', ofScene, `${ofScene}&q=properties`],
      ['/v1/irritants', `${ofScene}&effectiveAt=2025`, ofScene],
      ['/v1/search', 'q=properties', `q=properties&${ofScene}`],
      [`/v1/irritants/${irritantId}/history`, 'order=asc', 'order=desc'],
      [`/v1/irritants/${irritantId}/history`, 'party=RU', 'party=RU,US'],
    ];
  };
  let irritantId: string;

  beforeAll(async () => {
    for (let made = 0; made < 2; made += 1) {
      const { body } = await api.create('/v1/irritants', raising(scene.dialogueId), 'ru-registrar');
      irritantId = String(body['id']);
    }
    const text = { stance: 'seeks-action', text: { en: 'To be eased.' }, occurred: '2025-04-10' };
    await api.act(`/v1/irritants/${irritantId}/state-position`, text, 'ru-registrar');
    await api.settled();
  });

  it('is refused with another filter than before, and goes on with the same one', async () => {
    for (const [path, question, another] of asked()) {
      const { headers } = await api.ask('GET', `${path}?limit=1&${question}`, { as: 'reader' });
      const cursor = /[?&]cursor=([^&>]+)/.exec(headers.get('link') ?? '')?.[1];
      expect([path, cursor]).toEqual([path, expect.any(String)]);
      const on = (query: string) => api.get<{ code?: string }>(`${path}?${query}&cursor=${cursor}`);
      const goes = await on(`limit=2&${question}`);
      const refused = await on(another);
      expect([path, goes.status, refused.status, refused.body.code]).toEqual([
        path,
        200,
        400,
        'cursor-invalid',
      ]);
    }
  });
});

describe('One’s own write', () => {
  it('is in every read that waits for its position, consequences included', async () => {
    const id = (await api.create('/v1/irritants', raising(scene.dialogueId), 'ru-registrar')).body[
      'id'
    ] as string;
    const round = (await api.create('/v1/rounds', { dialogueId: scene.dialogueId }, 'ru-registrar')).body[
      'id'
    ] as string;
    await api.act(`/v1/rounds/${round}/discuss`, { irritantId: id }, 'ru-negotiator');
    await api.act(`/v1/rounds/${round}/confirm-held`, {}, 'ru-negotiator');
    const { headers } = await api.act(`/v1/rounds/${round}/confirm-held`, {}, 'us-negotiator');
    const position = encodeURIComponent(headers.get('event-position') ?? '');
    const listed = await api.get<{ items: Body[] }>(
      `/v1/irritants?dialogue=${scene.dialogueId}&stage=under-consultation&minPosition=${position}`,
    );
    expect(listed.body.items.map((one) => one['id'])).toContain(id);
    expect(await api.ask('GET', `/readyz?minPosition=${position}`, { as: 'nobody' })).toMatchObject({
      status: 200,
    });
  });

  const digits = '00000000000000000001';
  const letters = 'A'.repeat(64);
  it.each([
    '12',
    'x',
    `${digits}.${digits}`,
    `.${digits}.${digits}`,
    `a b.${digits}.${digits}`,
    `here.${digits}.1`,
    `here.-${digits.slice(1)}.${digits}`,
    `here.${digits}.${digits}.${digits}`,
    `here.${digits}.${digits}0`,
    letters,
    `m${letters.slice(1)}`,
    `m${letters}A`,
    `M${letters}`,
    `m${letters.slice(1)}=`,
  ])('cannot be waited for at what is no position: %s', async (text) => {
    expect(await api.get(`/v1/irritants?minPosition=${encodeURIComponent(text)}`)).toMatchObject({
      status: 400,
      body: { errors: [{ parameter: 'minPosition' }] },
    });
  });

  it('cannot be waited for at a position of another life of the record, wherever one may wait', async () => {
    const { position } = api.server.record.projections.record.byOrdinal(0)!.event;
    const { commit } = parsePosition(position);
    const foreign = api.server.record.moments.sealed(formatPosition('another-life', commit));
    for (const path of ['/v1/irritants?', '/v1/sources?', '/v1/search?q=x&', '/readyz?']) {
      const answer = await api.get(`${path}minPosition=${foreign}`);
      expect([path, answer.status, answer.body['code']]).toEqual([path, 410, 'epoch-changed']);
      expect(answer.body['errors']).toMatchObject([{ parameter: 'minPosition' }]);
    }
    const page = await api.ask<string>('GET', '/problems/epoch-changed', { as: 'nobody' });
    expect(page.status).toBe(200);
    expect(page.body).toMatch(/restored from a backup/);
  });
});
