import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CloudEvent } from 'cloudevents';
import { EventSource } from 'eventsource';
import { formatPosition, parsePosition } from '#libs/event-store';
import type { Sequenced } from '#libs/projections';
import { cloudEvent } from '../../src/feed/cloud-event.js';
import { ErasedWords, erasedSince } from '../../src/platform/record/erased-words.js';
import { Unheard } from '../../src/platform/record/unheard.js';
import { FeedReader } from '../../src/feed/feed-reader.js';
import type { Wanted } from '../../src/feed/feed-reader.js';
import { feedStream } from '../../src/feed/feed-stream.js';
import type { Principal } from '../../src/platform/record/principal.js';
import { Readings } from '../../src/reading/readings.js';
import { sentAs } from '../../src/reading/replay.controller.js';
import { Api } from '../support/api.js';
import type { Body, PrincipalName } from '../support/api.js';
import { join, openTalks, raising, setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { until } from '../support/settling.js';

interface Event extends Body {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly dialogue: string;
  readonly data: { envelope: { id: string; stream: string }; content: Body | null; summary: string };
}
interface Page {
  readonly items: readonly Event[];
  readonly cursor: string | null;
  readonly more: boolean;
}

const anybody: Principal = { id: 'anybody', name: 'Anybody', party: null, roles: ['reader'] };
const limits = { perPrincipal: 3, inAll: 6, heartbeatMs: 100 };
/** As long a wait as a feed takes: what comes earlier was not waited for. */
const longest = 'wait=30';

let api: Api;
let scene: Scene;
/** A dialogue between others, of which neither RU nor US may learn anything. */
let others: string;
/** What there was before anything was recorded. */
let empty: Page;

beforeAll(async () => {
  api = await Api.start({}, undefined, undefined, undefined, undefined, limits);
  empty = (await api.get<Page>('/v1/feed')).body;
  scene = await setScene(api);
  others = (await openTalks(api, { parties: { RU: 'FR', US: 'DE' } })).dialogueId;
  await api.settled();
});
afterAll(() => api.stop());

const page = async (query: string, as: PrincipalName = 'reader') =>
  (await api.get<Page>(`/v1/feed?${query}`, as)).body;

/** Every page, one after the other, until there is nothing more. */
async function readOn(after: string | null, as: PrincipalName, query = 'limit=3') {
  const items: Event[] = [];
  for (let cursor = after; ;) {
    const read = await page(`${query}${cursor === null ? '' : `&after=${cursor}`}`, as);
    items.push(...read.items);
    if (!read.more) return { items, cursor: read.cursor };
    cursor = read.cursor;
  }
}

const stored = () =>
  api.server.record.projections.record.after(-1, 10_000).map(({ log, seq, event }) => ({ log, seq, event }));

let titles = 0;
const raise = async (dialogueId = scene.dialogueId) => {
  titles += 1;
  const made = await api.create<{ id: string }>(
    '/v1/irritants',
    { ...raising(dialogueId), title: { en: `Matter ${titles}` } },
    'ru-registrar',
  );
  await api.settled();
  return made.body.id;
};

function listen(path: string, as: string, lastEventId?: string) {
  const events: Event[] = [];
  const ids: string[] = [];
  let opened = 0;
  const source = new EventSource(`${api.server.url}${path}`, {
    fetch: (url, init) =>
      fetch(url, {
        ...init,
        headers: {
          ...init.headers,
          Authorization: `Bearer ${api.keys[as]}`,
          ...(lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId }),
        },
      }),
  });
  const ended: string[] = [];
  const failed: (number | undefined)[] = [];
  source.addEventListener('open', () => (opened += 1));
  source.addEventListener('error', ({ code }) => failed.push(code));
  source.addEventListener('end', ({ data }) => ended.push(String(data)));
  source.addEventListener('message', ({ data, lastEventId: id }) => {
    events.push(JSON.parse(data as string) as Event);
    ids.push(id);
  });
  return { source, events, ids, ended, failed, opens: () => opened };
}

function readerFor(principal: Principal, wanted: Wanted, granted: () => readonly string[] = () => []) {
  const { record } = api.server;
  const originOf = (id: string) => record.standings.originOf(id);
  const showing = { originOf, words: new ErasedWords(), unheard: new Unheard() };
  const render = (event: Sequenced) => JSON.stringify(cloudEvent(record, showing, event));
  return new FeedReader(record, wanted, principal, render, granted);
}

/** The stream as a reader takes it who takes one event, and the rest only later; `told` is what it gets by then. */
async function slowReader(principal: Principal, dialogueId: string) {
  const { record } = api.server;
  let known = principal;
  const reader = readerFor(known, { dialogueId });
  const ending = new AbortController();
  const stillMay = async () => reader.as(known);
  const streaming = { record, reader, heartbeatMs: 100, ending: ending.signal, stillMay };
  const stream = feedStream(streaming, { after: -1 });
  await stream.next();
  const first = await stream.next();
  expect(first.value).toMatch(/\ndata: \{/);
  const told = async () => {
    const texts: string[] = [];
    for await (const text of stream) {
      if (text.startsWith(': here')) break;
      texts.push(text);
    }
    return texts;
  };
  return { told, becomes: (principalNow: Principal) => (known = principalNow) };
}

/** A replay as a reader takes it who takes one frame, and the rest only later. */
function slowReplay(irritantId: string) {
  const { record } = api.server;
  const slice = record.registry.get('irritants');
  const read = { ...record, present: record.streams };
  const frames = Readings.of(read, {}, slice, irritantId).replay(slice, irritantId, -1);
  return sentAs(frames, false, erasedSince(record, `irritant-${irritantId}`));
}

describe('The feed, page by page', () => {
  it('is empty, and has no cursor yet, where nothing is recorded', () => {
    expect(empty).toEqual({ items: [], cursor: null, more: false });
  });

  it('gives everything that is recorded, once, in the order in which it was recorded', async () => {
    const { items } = await readOn(null, 'reader');
    const all = stored();
    expect(items.map(({ dialogue, id }) => [dialogue, Number(id)])).toEqual(
      all.map(({ log, seq }) => [log, seq]),
    );
    expect(items.map(({ data }) => data.envelope.id)).toEqual(all.map(({ event }) => event.id));
  });

  it('is read by the library of CloudEvents, and names each event by the log and the life of the store', async () => {
    const { items } = await readOn(null, 'reader', 'limit=200');
    for (const item of items) expect(new CloudEvent(item as never).validate()).toBe(true);
    const { epoch } = await api.server.record.store.identity();
    expect(items[0]?.source).toBe(`//localhost/${scene.dialogueId}?epoch=${epoch}`);
    expect(new Set(items.map(({ source, id }) => `${source} ${id}`)).size).toBe(items.length);
  });

  it('shows a party its own dialogues alone, and moves on past what it does not see', async () => {
    const { items, cursor } = await readOn(null, 'ru-negotiator');
    expect(new Set(items.map(({ dialogue }) => dialogue))).toEqual(new Set([scene.dialogueId]));
    expect(items.length).toBe(stored().filter(({ log }) => log === scene.dialogueId).length);
    expect(await page(`after=${cursor}`, 'reader')).toMatchObject({ items: [], more: false });
  });

  it('answers for a dialogue of others as for one that is not there', async () => {
    const absent = '01960b3a-0000-7000-8000-00000000ffff';
    for (const id of [others, absent]) {
      const { status, body } = await api.get(`/v1/feed?dialogue=${id}`, 'us-registrar');
      expect([status, body['code']]).toEqual([404, 'not-found']);
    }
    expect((await page(`dialogue=${others}`)).items.every(({ dialogue }) => dialogue === others)).toBe(true);
  });

  it('gives events of one dialogue and of some types alone, and refuses a type that there is none of', async () => {
    const { items } = await page(`dialogue=${scene.dialogueId}&type=PartyJoined,IrritantRaised`);
    expect(items.map(({ type }) => type)).toEqual(['PartyJoined', 'PartyJoined', 'IrritantRaised']);
    const { status, body } = await api.get('/v1/feed?type=IrritantRised');
    expect([status, body['code']]).toEqual([400, 'parameter-invalid']);
    expect(JSON.stringify(body)).toContain('/v1/event-types');
  });

  it('goes on from the moment of a list, and from the place of a write of one’s own', async () => {
    const list = await api.get<{ asOf: string }>('/v1/irritants');
    const irritantId = await raise();
    expect((await page(`after=${list.body.asOf}`)).items.map(({ data }) => data.envelope.stream)).toEqual([
      `irritant-${irritantId}`,
    ]);
    const acted = await api.act(
      `/v1/irritants/${irritantId}/state-position`,
      { stance: 'seeks-action', text: { en: 'Give it back.' } },
      'ru-negotiator',
    );
    await api.settled();
    expect((await page(`after=${acted.headers.get('event-position')}`)).items).toEqual([]);
  });

  it('reads no more than 2,000 events for a page, however few are wanted, and still moves on', async () => {
    const { record } = api.server.record.projections;
    const seen: number[] = [];
    const after = record.after.bind(record);
    const head = record.headOrdinal;
    // A record of a million events, of which nobody wants one.
    const sample = after(-1, 1)[0]!;
    Object.defineProperty(record, 'headOrdinal', { configurable: true, get: () => 1_000_000 });
    record.after = (from, limit) => {
      seen.push(limit);
      return Array.from({ length: limit }, (_, place) => ({ ...sample, ordinal: from + 1 + place }));
    };
    Object.defineProperty(record, 'positionAt', { configurable: true, value: () => sample.event.position });
    try {
      const read = await page('type=IrritantResolved');
      expect([read.items, read.more, typeof read.cursor]).toEqual([[], true, 'string']);
      expect(seen.reduce((sum, one) => sum + one, 0)).toBe(2_000);
    } finally {
      for (const name of ['headOrdinal', 'after', 'positionAt']) Reflect.deleteProperty(record, name);
    }
    expect(record.headOrdinal).toBe(head);
  });

  it('gives of a dialogue that is granted later what comes from then on, and what came before to whoever asks for that dialogue', async () => {
    const { credentials } = api.server.record;
    const wanted = { name: 'An observer', party: null, roles: ['reader'] as const, days: 1 };
    const dialogues = [scene.dialogueId];
    const { key, credential } = await credentials.issue({ ...wanted, dialogues }, { as: 'folder' });
    const as = 'observer' as PrincipalName;
    api.keys[as] = key;
    const { cursor } = await readOn(null, as);
    await credentials.grant(credential.id, others);
    await until(async () => (await api.get(`/v1/feed?dialogue=${others}`, as)).status === 200);
    expect((await readOn(cursor, as)).items).toEqual([]);
    const { items } = await readOn(null, as, `limit=3&dialogue=${others}`);
    expect(items.map(({ id }) => Number(id))).toEqual(
      stored().flatMap(({ log, seq }) => (log === others ? [seq] : [])),
    );
  });

  it('refuses a cursor of another life of the record, and one that is none', async () => {
    const { cursor } = await page('limit=1');
    const foreign = `m${Buffer.from(cursor!.slice(1), 'base64url').reverse().toString('base64url')}`;
    const other = await api.get(`/v1/feed?after=${foreign}`);
    expect([other.status, other.body['code']]).toEqual([410, 'epoch-changed']);
    const none = await api.get('/v1/feed?after=12');
    expect([none.status, none.body['code']]).toEqual([400, 'parameter-invalid']);
  });

  it('is not given to an operator, and in no other format', async () => {
    expect((await api.get('/v1/feed', 'operator')).status).toBe(403);
    expect((await api.ask('GET', '/v1/feed', { headers: { Accept: 'text/csv' } })).status).toBe(406);
  });
});

describe('A poll that waits', () => {
  it('is answered once something that it wants is recorded, and by nothing else', async () => {
    const { cursor } = await readOn(null, 'reader', 'limit=200');
    let isAnswered = false;
    const wanted = page(`after=${cursor}&dialogue=${scene.dialogueId}&${longest}`).then((read) => {
      isAnswered = true;
      return read;
    });
    await openTalks(api, { parties: { RU: 'FR', US: 'DE' } });
    await api.settled();
    expect(isAnswered).toBe(false);
    const irritantId = await raise();
    expect((await wanted).items.map(({ data }) => data.envelope.stream)).toEqual([`irritant-${irritantId}`]);
  });

  it('shows a party a dialogue that begins while it waits', async () => {
    const { cursor } = await readOn(null, 'ru-registrar', 'limit=200');
    const waiting = page(`after=${cursor}&${longest}`, 'ru-registrar');
    const { dialogueId } = await openTalks(api);
    await api.settled();
    const { items, cursor: next } = await waiting;
    const rest = await readOn(next, 'ru-registrar');
    expect([...items, ...rest.items].map(({ dialogue, id }) => [dialogue, id])).toEqual(
      ['0', '1', '2', '3'].map((id) => [dialogueId, id]),
    );
  });

  it('ends with an empty page and the same cursor where nothing came', async () => {
    const { cursor } = await readOn(null, 'reader', 'limit=200');
    expect(await page(`after=${cursor}&wait=1`)).toEqual({ items: [], cursor, more: false });
  });

  it('is one of so many of a principal, and of all, and what has ended counts no more', async () => {
    const { cursor } = await readOn(null, 'reader', 'limit=200');
    const waiting = (as: PrincipalName) => page(`after=${cursor}&${longest}`, as);
    const open = [waiting('reader'), waiting('reader'), waiting('reader')];
    const openNow = () =>
      api
        .ask<string>('GET', '/metrics', { as: 'operator' })
        .then(({ body }) => /^entente_feeds_open (\d+)$/m.exec(body)?.[1]);
    await until(async () => (await openNow()) === '3');
    const refused = await api.get(`/v1/feed?after=${cursor}&wait=1`);
    expect([refused.status, refused.body['code'], refused.headers.get('retry-after')]).toEqual([
      429,
      'too-many-feeds',
      '5',
    ]);
    expect((await api.get('/v1/feed?limit=1')).status).toBe(200);
    open.push(waiting('auditor'), waiting('auditor'), waiting('auditor'));
    await until(async () => (await openNow()) === '6');
    expect((await api.get(`/v1/feed?after=${cursor}&wait=1`, 'secretariat')).status).toBe(429);
    await raise();
    for (const one of await Promise.all(open)) expect(one.items.length).toBe(1);
    expect(await openNow()).toBe('0');
  });
});

describe('Whoever goes on from a place that another server has read, and this one has not,', () => {
  const beyond = (by: number) => {
    const { record } = api.server.record.projections;
    const { epoch, commit, prepare } = parsePosition(record.positionAt(record.headOrdinal)!);
    const position = formatPosition(epoch, commit + BigInt(by), prepare + BigInt(by));
    return api.server.record.moments.sealed(position);
  };
  const openNow = async () =>
    /^entente_feeds_open (\d+)$/m.exec(
      (await api.ask<string>('GET', '/metrics', { as: 'operator' })).body,
    )?.[1];
  const another = 'another' as PrincipalName;
  /** A reader whose key is revoked while it waits, and has been for longer than a key that was found good is trusted. */
  async function revokedWhile<T>(waits: () => T): Promise<T> {
    const { credentials } = api.server.record;
    const wanted = { name: 'Another', party: null, roles: ['reader'] as const, days: 1 };
    const { key, credential } = await credentials.issue(wanted, { as: 'folder' });
    api.keys[another] = key;
    await api.settled();
    const [began, waiting] = [performance.now(), waits()];
    await until(async () => (await openNow()) === '1');
    await credentials.revoke(credential.id);
    await until(() => performance.now() - began > 500);
    return waiting;
  }

  it('is told nothing that is recorded once its key is revoked', async () => {
    const { polled } = await revokedWhile(() => ({
      polled: api.get(`/v1/feed?after=${beyond(1)}&wait=20`, another),
    }));
    // In one step come the event that it waits for and one after that.
    await openTalks(api);
    expect(await polled).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
  });

  it('is told that its key is revoked, though nothing comes', async () => {
    const { ended, source } = await revokedWhile(() => listen(`/v1/feed?after=${beyond(1_000)}`, another));
    await until(() => ended.length > 0);
    source.close();
    expect(ended[0]).toBe('{"because":"unauthenticated"}');
  });

  it('counts no more once it has gone', async () => {
    const gone = new AbortController();
    const waiting = fetch(`${api.server.url}/v1/feed?after=${beyond(1_000)}&wait=30`, {
      headers: { Authorization: `Bearer ${api.keys['reader']}` },
      signal: gone.signal,
    }).catch(() => 'gone');
    await until(async () => (await openNow()) === '1');
    gone.abort();
    expect(await waiting).toBe('gone');
    await until(async () => (await openNow()) === '0');
  });
});

describe('Whoever waits', () => {
  it('goes on soon after more was granted, and not for what is withdrawn', async () => {
    const principal = { ...anybody, dialogues: [scene.dialogueId] };
    let granted: readonly string[] = [];
    const reader = readerFor(principal, {}, () => granted);
    const { reached } = await reader.page(stored().length - 1, { items: 1 });
    const { signal } = new AbortController();
    expect(await reader.changed(reached, 1, signal)).toBe(false);
    const waiting = reader.changed(reached, 30_000, signal);
    granted = [scene.dialogueId, others];
    expect(await waiting).toBe(true);
    reader.as({ ...principal, dialogues: granted });
    expect(await reader.changed(reached, 1, signal)).toBe(false);
  });
});

describe('A stream of server-sent events', () => {
  it('is read by an EventSource, goes on live, and goes on after its last event once it was cut', async () => {
    const first = listen('/v1/feed', 'us-registrar');
    const wanted = () => stored().filter(({ log }) => log !== others && scene.dialogueId === log);
    await until(() => first.events.length >= wanted().length);
    const irritantId = await raise();
    await until(() => first.events.at(-1)?.data.envelope.stream === `irritant-${irritantId}`);
    first.source.close();
    const missed = await raise();
    const second = listen('/v1/feed', 'us-registrar', first.ids.at(-1));
    await until(() => second.events.length > 0);
    second.source.close();
    expect(second.events.map(({ data }) => data.envelope.stream)).toEqual([`irritant-${missed}`]);
  });

  it('says that it is there while nothing happens, and tells the place that it has come to', async () => {
    const { cursor } = await readOn(null, 'reader', 'limit=200');
    const response = await fetch(`${api.server.url}/v1/feed?after=${cursor}&type=IrritantResolved`, {
      headers: { Authorization: `Bearer ${api.keys['reader']}`, Accept: 'text/event-stream' },
    });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!/: here\nid: m[\w-]{64}\n\n/.test(text)) text += (await reader.read()).value ?? '';
    await reader.cancel();
    expect(text).toMatch(/^retry: 1000\n\n/);
  });

  it('ends once the key is revoked, and shows nothing that is recorded after that', async () => {
    const { credentials } = api.server.record;
    const wanted = { name: 'A mirror', party: null, roles: ['reader'] as const, days: 1 };
    const { key, credential } = await credentials.issue(wanted, { as: 'folder' });
    api.keys['reader-to-be-revoked'] = key;
    const stream = listen('/v1/feed', 'reader-to-be-revoked');
    await until(() => stream.events.length === stored().length);
    await credentials.revoke(credential.id);
    await until(() => stream.ended.length > 0);
    const before = stream.events.length;
    await raise();
    await until(() => stream.failed.includes(401));
    stream.source.close();
    expect([stream.ended[0], stream.events.length]).toEqual(['{"because":"unauthenticated"}', before]);
  });

  it('shows of erased words nothing, from when the record says so', async () => {
    const { dialogueId } = await openTalks(api, { as: 'secretariat' });
    await join(api, dialogueId, 'RU');
    await join(api, dialogueId, 'US');
    const irritantId = await raise(dialogueId);
    const position = { stance: 'seeks-action', text: { en: 'It has to go.' } };
    await api.act(`/v1/irritants/${irritantId}/state-position`, position, 'ru-negotiator');
    await api.settled();
    const { body } = await api.get<{ items: { event: { envelope: { id: string } } }[] }>(
      `/v1/irritants/${irritantId}/history`,
    );
    const target = body.items[0]!.event.envelope.id;
    const held = await page(`dialogue=${dialogueId}&type=IrritantRaised`);
    expect(JSON.stringify(held)).toContain('Matter');
    const slow = await slowReader(anybody, dialogueId);
    const replay = slowReplay(irritantId);
    expect((await replay.next()).value).toContain('Matter');
    for (const as of ['ru-negotiator', 'us-negotiator'] as const) {
      const asked = { target, basis: 'personal-data', reason: { en: 'It names somebody.' } };
      expect((await api.act(`/v1/irritants/${irritantId}/request-erasure`, asked, as)).status).toBe(200);
    }
    await api.settled();
    const read = await page(`dialogue=${dialogueId}`);
    const raised = read.items.find(({ type }) => type === 'IrritantRaised');
    expect([raised?.data.content, read.items.at(-1)?.type]).toEqual([null, 'ContentErased']);
    expect(JSON.stringify(read)).not.toContain('Matter');
    // Which are gone takes the whole stream: that is looked at once, however many of its events are told, and how often.
    const { registry } = api.server.record;
    const looked: string[] = [];
    const streamAt = registry.streamAt.bind(registry);
    registry.streamAt = (record, stream, ...asked) => {
      looked.push(stream);
      return streamAt(record, stream, ...asked);
    };
    await raise();
    const again = await page(`dialogue=${dialogueId}`);
    Reflect.deleteProperty(registry, 'streamAt');
    expect(again.items).toEqual(read.items);
    expect(again.items.filter(({ data }) => data.content !== null).length).toBeGreaterThan(2);
    expect(looked.filter((stream) => stream === `irritant-${irritantId}`)).toEqual([]);
    // Nor to whoever had taken the beginning of the same page before.
    const told = await slow.told();
    expect(told.at(-1)).toContain('"type":"ContentErased"');
    expect(told.join('')).not.toContain('Matter');
    // A replay has read the stream at its beginning, and breaks off.
    await expect(replay.next()).rejects.toThrow('erased while it was read');
  });

  it('tells nothing more of a dialogue that is withdrawn while a slow reader takes a page', async () => {
    const granted = { ...anybody, dialogues: [others] };
    const { told, becomes } = await slowReader(granted, others);
    becomes({ ...granted, dialogues: [] });
    expect(await told()).toEqual([]);
    const party = { ...anybody, party: 'FR', roles: ['negotiator'] as const };
    expect((await (await slowReader(party, others)).told()).length).toBeGreaterThan(0);
  });
});

describe('The types of event', () => {
  it('are listed for anybody, each also by itself, and one that there is none of is not found', async () => {
    const { status, body } = await api.ask<{ items: { type: string }[] }>('GET', '/v1/event-types', {
      as: 'nobody',
    });
    expect([status, body.items.length > 100]).toEqual([200, true]);
    const one = await api.ask('GET', '/v1/event-types/IrritantRaised', { as: 'nobody' });
    expect(one.body).toMatchObject({ type: 'IrritantRaised', derived: false, slices: ['irritants'] });
    expect((await api.ask('GET', '/v1/event-types/Nothing', { as: 'nobody' })).status).toBe(404);
  });
});
