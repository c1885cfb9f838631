import { applyPatch } from 'rfc6902';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { irritants } from '../../src/irritants/irritants.slice.js';
import { slices } from '../../src/slices.js';
import { Api } from '../support/api.js';
import type { Body } from '../support/api.js';
import { done } from '../support/acting.js';
import { join, openTalks, raising, setScene } from '../support/scene.js';
import { inTheNameOf } from '../support/sides.js';
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
      readonly stream: string;
    };
  };
  readonly subject: { readonly kind: string; readonly id: string; readonly name: string | null };
  readonly answers?: Body;
  readonly answeredBy?: readonly Body[];
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
});

describe('What a linked instrument says', () => {
  interface Diff {
    readonly changes: readonly { readonly pointer: string }[];
    readonly instruments?: readonly (Body & {
      readonly changes: readonly { readonly pointer: string; readonly after: unknown }[];
    })[];
    readonly events: readonly (Body & { readonly id: string; readonly fields: readonly string[] })[];
  }
  let mine: string;
  let round: string;
  /** Before it was linked, after it was, after it spoke of another irritant alone, and after it spoke of both. */
  const moments: string[] = [];
  const raised = async () =>
    (await api.create<{ id: string }>('/v1/irritants', raising(scene.dialogueId), 'ru-registrar')).body.id;
  const tables = async (irritantId: string, title: string) =>
    api.act(`/v1/rounds/${round}/table-agenda-item`, { irritantId, title: text(title) }, 'ru-registrar');
  const noted = async () => {
    await api.settled();
    const { body } = await api.get<{ asOfSeq: number }>(`/v1/irritants/${mine}/history?limit=1`);
    moments.push(`s${body.asOfSeq}`);
  };
  const of = async (query = '') =>
    (await api.get<{ items: Entry[] }>(`/v1/irritants/${mine}/history${query}`)).body.items;
  const between = async (from: number, to: number, query = '') =>
    (await api.get<Diff>(`/v1/irritants/${mine}/diff?from=${moments[from]}&to=${moments[to]}${query}`)).body;

  beforeAll(async () => {
    const other = await raised();
    mine = await raised();
    await noted();
    round = (await api.create<{ id: string }>('/v1/rounds', { dialogueId: scene.dialogueId }, 'ru-registrar'))
      .body.id;
    await tables(mine, 'Mine.');
    await noted();
    await tables(other, 'Other.');
    await noted();
    await done(api, `rounds/${round}/confirm-held`, 'ru-negotiator');
    await noted();
  });

  it('of the irritant, or of none, is in its history, and not what it says of others', async () => {
    const summaries = (await of()).map((one) => one.summary);
    expect(summaries).toContain('Round 1 was scheduled, as RU says');
    expect(summaries).toContainEqual(
      expect.stringMatching(/^RU tabled an item of the agenda of round 1 on \S+: Mine\.$/),
    );
    expect(summaries).not.toContainEqual(expect.stringContaining('Other.'));
    expect((await api.get(`/v1/irritants/${mine}/overview`)).body).toMatchObject({
      linked: [{ kind: 'round', id: round, agenda: [{}, {}] }],
    });
  });

  it('is left out where only its own stream is asked for', async () => {
    const all = await of();
    expect(await of('?scope=all')).toEqual(all);
    const own = all.filter(({ event }) => event.envelope.stream === `irritant-${mine}`);
    expect(own.length).toBeLessThan(all.length);
    expect(await of('?scope=own')).toEqual(own);
    const inTwo = await of('?scope=own&limit=1&order=desc');
    expect(inTwo).toEqual(own.toReversed().slice(0, 1));
    for (const path of ['history?', 'diff?from=r0&to=r0&']) {
      const answer = await api.get(`/v1/irritants/${mine}/${path}scope=theirs`);
      expect([answer.status, answer.body['errors']]).toEqual([
        400,
        [{ parameter: 'scope', detail: expect.stringContaining('own') as unknown as string }],
      ]);
    }
  });

  it('is among what changed, each field with the event that changed it, and so is that it was linked', async () => {
    const { changes, instruments = [], events } = await between(0, 1);
    const told = await of(`?knownAt=${moments[1]}&sinceSeq=${moments[0]?.slice(1)}`);
    expect(events.map((one) => [one.id, one['subject']])).toEqual(
      told.map(({ event, subject }) => [event.envelope.id, subject]),
    );
    expect(changes.map((one) => one.pointer)).toContain('/instruments/0');
    const linked = { before: false, after: true };
    expect(instruments).toMatchObject([{ kind: 'round', id: round, name: 'Round 1', linked }]);
    const { [0]: overview } = (
      await api.get<{ linked: Body[] }>(`/v1/irritants/${mine}/overview?knownAt=${moments[1]}`)
    ).body.linked;
    // Linked in between, it is new as a whole: as the overview has it from then on.
    const { kind: _, ...whole } = overview ?? {};
    const built: Body = {};
    for (const { pointer, after } of instruments[0]?.changes ?? []) built[pointer.slice(1)] = after;
    expect(built).toEqual(whole);
  });

  it('of others alone is not, and nothing of it where only its own stream is asked for', async () => {
    expect(await between(1, 2)).toMatchObject({ changes: [], instruments: [], events: [] });
    const own = await between(0, 2, '&scope=own');
    expect(own).not.toHaveProperty('instruments');
    expect(new Set(own.events.map((one) => (one['subject'] as { kind: string }).kind))).toEqual(
      new Set(['irritant']),
    );
  });

  it('is told once it is linked in the fields that the events shown changed, which name them', async () => {
    const { changes, instruments = [], events } = await between(2, 3);
    expect([changes, events.map((one) => one['type'])]).toEqual([[], ['RoundConfirmedHeld']]);
    const linked = { before: true, after: true };
    expect(instruments).toMatchObject([{ kind: 'round', id: round, linked }]);
    const pointers = instruments[0]?.changes.map((one) => one.pointer.split('/')[1]) ?? [];
    expect(pointers.length).toBeGreaterThan(0);
    expect(pointers.filter((one) => !events[0]?.fields.includes(one ?? ''))).toEqual([]);
    // From before it spoke of the other one alone: of that nothing, but in fields that both changed.
    const since = (await between(1, 3)).instruments?.[0]?.changes.map((one) => one.pointer) ?? [];
    expect(since.filter((one) => one.startsWith('/agenda'))).toEqual([]);
  });

  it('is told backwards where the later moment is named first', async () => {
    const [back, forth] = [await between(1, 0), await between(0, 1)];
    expect(back.events).toEqual(forth.events);
    expect(back.instruments).toMatchObject([{ id: round, linked: { before: true, after: false } }]);
  });
});

describe('Each entry of a history', () => {
  let by: string;
  let key: string;
  const does = async <T = Body>(act: string, body: Body, as: 'ru-negotiator' | 'us-negotiator') => {
    const answer = await api.act<T>(`${by}/${act}`, body, as);
    expect([act, answer.status, answer.body]).toEqual([act, 200, answer.body]);
    await api.settled();
    return answer.body;
  };
  const entries = async (query = '') =>
    (await api.get<{ items: Entry[] }>(`${by}/history${query}`)).body.items;

  beforeAll(async () => {
    const { body } = await api.create('/v1/irritants', raising(scene.dialogueId), 'ru-registrar');
    by = `/v1/irritants/${String(body['id'])}`;
    key = String(body['key']);
    await api.settled();
  });

  const claims = async (words: string) => {
    const claim = { kind: 'roadmap-to-be-developed', text: text(words) };
    const sources = [{ sourceId: scene.sources.RU }];
    const { claims: all } = await does<{ claims: { claimId: string }[] }>(
      'claim',
      { ...claim, sources },
      'ru-negotiator',
    );
    return all.at(-1)?.claimId ?? '';
  };
  const typed = (all: readonly Entry[], type: string) =>
    all.filter(({ event }) => event.envelope.type === type).at(-1);

  it('says in the stream of what it stands, as that was called at the moment', async () => {
    const target = (await entries())[0]?.event.envelope.id ?? '';
    const subject = { kind: 'irritant', id: by.split('/').at(-1) };
    const called = async (query = '') => (await entries(query))[0]?.subject;
    const before = await called();
    expect(before).toMatchObject({ ...subject, name: expect.stringContaining(`${key} `) as unknown });
    await does('correct', { target, content: { title: text('Seven properties') } }, 'ru-negotiator');
    expect(await called()).toEqual({ ...subject, name: `${key} Seven properties` });
    expect(await called('?knownAt=r0')).toEqual(before);
  });

  it('says which word of the other side it answers, and that one by which it was answered', async () => {
    const claimId = await claims('There will be one.');
    await does(`claims/${claimId}/deny`, {}, 'us-negotiator');
    const all = await entries();
    const [claim, denial] = [typed(all, 'UnderstandingClaimed'), typed(all, 'UnderstandingDenied')];
    const placed = (one: Entry | undefined) => ({
      seq: one?.seq,
      eventId: one?.event.envelope.id,
      type: one?.event.envelope.type,
    });
    expect(denial).toMatchObject({ answers: placed(claim) });
    expect(claim).toMatchObject({ answeredBy: [placed(denial)] });
    expect([denial?.answeredBy, claim?.answers]).toEqual([undefined, undefined]);
    // Before it was answered the record knew of no answer.
    expect(
      typed(await entries(`?knownAt=s${claim?.seq}`), 'UnderstandingClaimed')?.answeredBy,
    ).toBeUndefined();
  });

  it('was not answered by what its party says it never said', async () => {
    const { dialogueId, sources } = await openTalks(api);
    await join(api, dialogueId, 'RU');
    const { body } = await api.create('/v1/irritants', raising(dialogueId), 'ru-registrar');
    const path = `irritants/${String(body['id'])}`;
    await done(api, `${path}/acknowledge`, 'secretariat', inTheNameOf('US', sources.US));
    const read = async () => (await api.get<{ items: Entry[] }>(`/v1/${path}/history`)).body.items;
    await api.settled();
    const [wasRaised, acknowledged] = await read();
    const target = acknowledged?.event.envelope.id;
    expect(wasRaised?.answeredBy).toMatchObject([{ eventId: target, type: 'IrritantAcknowledged' }]);
    await join(api, dialogueId, 'US');
    await done(api, `${path}/disavow`, 'us-negotiator', { target, ground: 'not-what-we-said' });
    await api.settled();
    const [first, second] = await read();
    expect(first?.answeredBy).toBeUndefined();
    const answers = { eventId: first?.event.envelope.id, type: 'IrritantRaised' };
    expect(second).toMatchObject({ answers, standing: 'dropped' });
  });

  it('answers nothing by what a party says of its own words', async () => {
    const claimId = await claims('There was one.');
    await does(`claims/${claimId}/withdraw`, { reason: text('In error.') }, 'ru-negotiator');
    const all = await entries();
    expect(typed(all, 'UnderstandingClaimWithdrawn')).toMatchObject({ about: {} });
    expect(typed(all, 'UnderstandingClaimWithdrawn')?.answers).toBeUndefined();
    expect(typed(all, 'UnderstandingClaimed')?.answeredBy).toBeUndefined();
  });
});

describe('What is read on a condition', () => {
  const ask = async (path: string, headers: Record<string, string>) =>
    api.ask('GET', path, { as: 'auditor', headers });

  it('is given where If-Match names it, or anything will do', async () => {
    const { headers } = await api.get(at);
    const tag = headers.get('etag') ?? '';
    for (const given of [tag, `"0", ${tag}`, '*', `W/"0",${tag}`])
      expect([given, (await ask(at, { 'If-Match': given })).status]).toEqual([given, 200]);
    expect((await ask(at, { 'If-Match': tag, 'If-None-Match': tag })).status).toBe(304);
  });

  it('is not given where it is another one: with what came in between', async () => {
    const tag = (await api.get(at)).headers.get('etag') ?? '';
    const { body, status } = await ask(at, { 'If-Match': '"1"', 'If-None-Match': tag });
    expect([status, body['code'], `"${String(body['revision'])}"`]).toEqual([412, 'stale-revision', tag]);
    expect((body['events'] as { revision: number }[])[0]?.revision).toBe(2);
    for (const given of [`W/${tag}`, tag.replaceAll('"', ''), '"0", "1"', '"99999"'])
      expect([given, (await ask(at, { 'If-Match': given })).status]).toEqual([given, 412]);
  });

  it('as of another moment has no tag, and what is not there is told as that', async () => {
    expect((await ask(`${at}?knownAt=r1`, { 'If-Match': '"1"' })).status).toBe(412);
    expect((await ask(`${at}?knownAt=r1`, { 'If-Match': '*' })).status).toBe(200);
    expect((await ask('/v1/irritants/NONE-1', { 'If-Match': '"1"' })).status).toBe(404);
  });
});

describe('Each answer of a moment', () => {
  it('names how far it was known, what had happened by then, and the version of the folds', async () => {
    const dialogue = `/v1/dialogues/${scene.dialogueId}`;
    const all = slices.reduce((sum, one) => sum + one.foldVersion, 0);
    const named = { effectiveAt: null, foldVersion: all };
    const [first] = await history();
    const moment = `knownAt=s${first?.seq}`;
    const knownSeq = first?.seq;
    expect((await api.get(`${at}/history?${moment}`)).body).toMatchObject({
      ...named,
      foldVersion,
      knownSeq,
      final: true,
    });
    for (const path of ['agenda', 'stale', 'statistics'])
      expect((await api.get(`${dialogue}/${path}?${moment}`)).body).toMatchObject({ ...named, knownSeq });
    const found = `/v1/search?q=first&dialogue=${scene.dialogueId}`;
    expect((await api.get(`${found}&${moment}`)).body).toMatchObject({ ...named, knownSeq });
    expect((await api.get(found)).body).not.toHaveProperty('foldVersion');
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
