import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { Followings } from '../../src/following/followings.js';
import { withMethods } from '../../src/platform/record/with-methods.js';
import { slices } from '../../src/slices.js';
import { Api } from '../support/api.js';
import type { Body, PrincipalName } from '../support/api.js';
import { assertedBy } from '../support/owing.js';
import { agree, aStep, draft, table } from '../support/roadmap.js';
import { openTalks, raising, setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { RandomActs } from '../support/random-acts.js';
import { parseXml } from '../support/xml.js';
import { browse, cookieOf, shortcomings } from './reading.js';
import { actsWanted, seed } from './runs.js';

interface Item extends Body {
  readonly seq: number;
  readonly summary: string;
  readonly new: boolean;
  readonly dialogueId: string;
  readonly thing: { readonly kind: string; readonly key: string | null; readonly title: string | null };
  readonly event: {
    readonly envelope: {
      readonly id: string;
      readonly stream: string;
      readonly type: string;
      readonly act: Body;
    };
    readonly data: Body;
  };
}
interface Digest {
  readonly items: readonly Item[];
  readonly asOf: string;
}
interface Watch extends Body {
  readonly id: string;
}

let api: Api;
let scene: Scene;

beforeAll(async () => {
  api = await Api.start();
  scene = await setScene(api);
  await api.settled();
});
afterAll(() => api.stop());

const watch = async (body: Body, as: PrincipalName = 'reader') =>
  api.ask<Watch>('POST', '/v1/watches', { as, body });
const following = async (as: PrincipalName = 'reader') =>
  (await api.get<{ items: Watch[]; addresses: Body }>('/v1/watches', as)).body;
const digest = async (query = '', as: PrincipalName = 'reader') =>
  (await api.get<Digest>(`/v1/watches/digest${query}`, as)).body;
const look = (upTo: string, as: PrincipalName = 'reader') =>
  api.ask('POST', '/v1/watches/look', { as, body: { upTo } });
const unwatch = async (as: PrincipalName = 'reader') => {
  for (const { id } of (await following(as)).items) await api.ask('POST', `/v1/watches/${id}/end`, { as });
};
const summaries = ({ items }: Digest) => items.map(({ summary }) => summary);
const typesIn = ({ items }: Digest) => items.map(({ event }) => event.envelope.type);
/** Each time in other words, for the same ones once more would be no news. */
let said = 0;
const state = async (party: 'ru' | 'us') => {
  said += 1;
  const text = { en: `What ${party} maintains <& "quoted"> for the ${said}th time` };
  const path = `/v1/irritants/${scene.irritantId}/state-position`;
  const answer = await api.act(path, { stance: 'seeks-action', text }, `${party}-negotiator`);
  expect(answer.status).toBe(200);
};
const storedEvents = async () => {
  const { projections } = api.server.record;
  await api.settled();
  return projections.record.headOrdinal;
};

describe('Whoever watches an irritant', () => {
  beforeAll(async () => {
    await unwatch();
    await watch({ irritant: scene.key });
  });

  it('is told of what came since, the latest first, and whose word it is', async () => {
    expect((await following()).items).toHaveLength(1);
    expect(await digest()).toMatchObject({ items: [] });
    await state('ru');
    await state('us');
    await api.settled();
    const told = await digest();
    expect(
      told.items.map(({ event, thing, new: isNew }) => [event.envelope.act['party'], thing.key, isNew]),
    ).toEqual([
      ['US', scene.key, true],
      ['RU', scene.key, true],
    ]);
    const history = await api.get<{ items: { summary: string }[] }>(
      `/v1/irritants/${scene.key}/history?order=desc`,
    );
    expect(summaries(told)).toEqual(history.body.items.slice(0, 2).map(({ summary }) => summary));
  });

  it('is told once: a look is no act, and leaves no trace in the record', async () => {
    const before = await storedEvents();
    const { asOf } = await digest();
    expect((await look(asOf)).status).toBe(200);
    await look(asOf);
    expect(await digest()).toMatchObject({ items: [] });
    expect((await digest('?scope=all')).items.map((one) => one.new)).toEqual([false, false]);
    expect(await storedEvents()).toBe(before);
    await state('us');
    await api.settled();
    // A look at an older moment takes nothing back.
    await look(asOf);
    expect((await digest('?scope=all')).items.map((one) => one.new)).toEqual([true, false, false]);
    const [first] = (await digest('?scope=all&limit=1')).items;
    expect(first?.new).toBe(true);
  });

  it('is told of what is linked to it from then on, and of what no longer counts', async () => {
    await look((await digest()).asOf);
    const { id } = await draft(api, scene.dialogueId, [scene.irritantId]);
    await api.settled();
    await table(api, id, [scene.irritantId], [aStep()]);
    await state('ru');
    await api.settled();
    const eventId = (await digest()).items[0]!.event.envelope.id;
    const path = `/v1/irritants/${scene.irritantId}/retract`;
    const mistake = { target: eventId, reason: { en: 'Entered by mistake.' } };
    expect((await api.act(path, mistake, 'ru-negotiator')).body).toMatchObject({ key: scene.key });
    await api.settled();
    const told = await digest();
    expect(typesIn(told)).toEqual(
      expect.arrayContaining([
        'EventRetracted',
        'PositionStated',
        'RoadmapVersionTabled',
        'InstrumentLinked',
      ]),
    );
    expect(told.items.find(({ event }) => event.envelope.id === eventId)).toMatchObject({
      standing: 'dropped',
    });
  });

  it('meets each change once by following the pages, whatever is recorded meanwhile', async () => {
    const all = summaries(await digest('?scope=all&limit=200'));
    const met: string[] = [];
    let path: string | undefined = '/v1/watches/digest?scope=all&limit=2';
    while (path !== undefined) {
      const page: { body: Digest; headers: Headers } = await api.get<Digest>(path);
      met.push(...summaries(page.body));
      await state('us');
      path = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1];
    }
    expect(met).toEqual(all);
    expect(met.length).toBeGreaterThan(4);
  });
});

/** As if it had been followed: what is kept of a principal, with this in it. */
async function followed(principalId: string, kept: object): Promise<void> {
  const { store, ids } = api.server.record;
  const stream = `following-${principalId}`;
  const last = (await Array.fromAsync(store.readStream(stream))).at(-1)!;
  const data = { ...last.data, ...kept } as never;
  const event = { id: ids.next(), type: 'WatchBegun', data, content: null, salt: null, meta: {} };
  await store.append(stream, [event], { expected: last.revision });
}

describe('A watch', () => {
  it('is on one thing that is there and is seen, and there is one of each', async () => {
    await unwatch();
    const absent = '01960b3a-0000-7000-8000-00000000ffff';
    const refused = async (body: Body) => {
      const { status, body: problem } = await watch(body);
      return [status, (problem as Body)['code']];
    };
    expect(await refused({})).toEqual([400, 'validation-failed']);
    expect(await refused({ irritant: scene.key, party: 'RU' })).toEqual([400, 'validation-failed']);
    expect(await refused({ irritant: 'NONE-1' })).toEqual([404, 'not-found']);
    expect(await refused({ dialogue: absent })).toEqual([404, 'not-found']);
    const first = await watch({ dialogue: scene.dialogueId });
    expect((await watch({ dialogue: scene.dialogueId })).body.id).toBe(first.body.id);
    expect((await following()).items).toHaveLength(1);
    const end = () => api.ask('POST', `/v1/watches/${first.body.id}/end`, { as: 'reader' });
    expect([(await end()).status, (await end()).status]).toEqual([200, 404]);
  });

  it('is its principal’s alone, and they have a hundred at the most', async () => {
    const mine = await watch({ party: 'RU' });
    expect((await following('auditor')).items).toEqual([]);
    expect((await api.ask('POST', `/v1/watches/${mine.body.id}/end`, { as: 'auditor' })).status).toBe(404);
    const { credentials } = api.server.record;
    const principalId = (await credentials.list()).find(({ name }) => name === 'reader')!.principalId;
    const watches = Array.from({ length: 99 }, (_, at) => ({
      kind: 'party',
      party: `X${at}`,
      id: api.server.record.ids.next(),
      begunAt: '2025-01-01T00:00:00.000Z',
      after: null,
    }));
    await followed(principalId, { watches: [mine.body, ...watches] });
    const refused = await watch({ party: 'US' });
    expect([refused.status, (refused.body as Body)['code']]).toEqual([409, 'too-many-watches']);
    for (const { id } of watches) await api.ask('POST', `/v1/watches/${id}/end`, { as: 'reader' });
    await unwatch();
  });

  it('on a dialogue or a party tells what its principal sees, and no more', async () => {
    const other = await openTalks(api, { parties: { RU: 'FR', US: 'DE' } });
    const { key, credential } = await api.server.record.credentials.issue(
      { name: 'guest', party: null, roles: ['reader'], days: 1, dialogues: [scene.dialogueId] },
      { as: 'folder' },
    );
    api.keys['guest'] = key;
    const guest = 'guest' as PrincipalName;
    expect((await watch({ dialogue: other.dialogueId }, guest)).status).toBe(404);
    await watch({ dialogue: scene.dialogueId }, guest);
    await watch({ irritant: scene.key }, guest);
    await watch({ party: 'RU' }, guest);
    // Whether others have a party is no less theirs than what it says.
    for (const party of ['FR', 'ZZ']) {
      const { status, body } = await watch({ party }, guest);
      expect([status, JSON.stringify(body)]).toEqual([
        400,
        expect.stringContaining(`names ${party}, and no`),
      ]);
    }
    await watch({ party: 'FR' });
    await unwatch();
    await watch({ party: 'RU' });
    await state('ru');
    const attributed = { party: 'FR', wording: [{ fields: ['title'], langs: ['en'], as: 'summary' }] };
    await api.create('/v1/irritants', {
      ...raising(other.dialogueId),
      raisers: ['FR'],
      respondents: ['DE'],
      ...attributed,
      sources: [{ sourceId: other.sources.RU }],
    });
    await state('us');
    await api.settled();
    const seen = await digest('', guest);
    expect(new Set(seen.items.map(({ dialogueId }) => dialogueId))).toEqual(new Set([scene.dialogueId]));
    expect(typesIn(seen)).toEqual(['PositionStated', 'PositionStated']);
    expect((await digest()).items.map(({ event }) => event.envelope.act['party'])).toEqual(['RU']);
    const page = () => browse(api.server.url, '/following', { cookie: cookieOf(api, 'guest') });
    const named = new RegExp(`${scene.key}|What \\w+ maintains`);
    expect((await page()).text).toMatch(named);
    await api.server.record.keys.grants.withdraw(credential.principalId, scene.dialogueId);
    expect((await digest('', guest)).items).toEqual([]);
    expect((await digest('?scope=all', guest)).items).toEqual([]);
    // Of what is watched still its name is what somebody says, too.
    const after = await page();
    expect(after.text).not.toMatch(named);
    expect(after.text).toContain('An irritant that you do not see any more');
    expect(after.text).toContain('A dialogue that you do not see any more');
  });
});

interface Entry extends Body {
  readonly id: string;
}
interface Listed {
  readonly items: readonly Entry[];
  readonly asOfSeq: number;
}
type Lists = ReadonlyMap<string, Listed>;

const listed = async (sinceSeq?: number): Promise<Lists> => {
  const since = sinceSeq === undefined ? '' : `&sinceSeq=${sinceSeq}`;
  const read = async ({ name }: { name: string }) => {
    const path = `/v1/${name}?dialogue=${scene.dialogueId}&limit=200${since}`;
    return [name, (await api.get<Listed>(path, 'auditor')).body] as const;
  };
  return new Map(await Promise.all(slices.map(read)));
};

/** What a full list shows otherwise than before, and a list of what changed since does not tell. */
function missed(before: Lists, now: Lists, since: Lists): readonly string[] {
  return [...now].flatMap(([name, { items }]) => {
    const known = new Map(before.get(name)?.items.map((one) => [one.id, JSON.stringify(one)]));
    const told = new Map(since.get(name)?.items.map((one) => [one.id, JSON.stringify(one)]));
    return items
      .filter((one) => JSON.stringify(one) !== (told.get(one.id) ?? known.get(one.id)))
      .map((one) => `${name}/${one.id}`);
  });
}

describe('Whoever follows lists by sinceSeq, or a dialogue by its digest', () => {
  it(`misses nothing of what anybody does (FOLLOWING_SEED=${seed})`, async () => {
    await unwatch('auditor');
    await watch({ dialogue: scene.dialogueId }, 'auditor');
    const acts = new RandomActs(api, scene);
    const start = (await listed()).get('irritants')!.asOfSeq;
    let before = await listed();
    const choices = RandomActs.of(actsWanted, seed);
    for (let from = 0; from < choices.length; from += 10) {
      for (const one of choices.slice(from, from + 10)) await acts.give(one);
      await api.settled();
      const [now, since] = [await listed(), await listed(before.get('irritants')!.asOfSeq)];
      expect(missed(before, now, since)).toEqual([]);
      before = now;
    }
    expect(acts.accepted).toBeGreaterThan(0);
    const end = before.get('irritants')!.asOfSeq;
    const told: number[] = [];
    let path: string | undefined = '/v1/watches/digest?limit=200';
    while (path !== undefined) {
      const page: { body: Digest; headers: Headers } = await api.get<Digest>(path, 'auditor');
      told.push(...page.body.items.map(({ seq }) => seq));
      path = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1];
    }
    expect(told).toEqual(Array.from({ length: end - start }, (_, at) => end - at));
    await matchesHistory();
  });

  /** Of an irritant the digest tells what its history does, since both began. */
  async function matchesHistory(): Promise<void> {
    const other = await api.create<{ id: string }>(
      '/v1/irritants',
      raising(scene.dialogueId),
      'ru-registrar',
    );
    await api.settled();
    await unwatch('auditor');
    await watch({ irritant: other.body.id }, 'auditor');
    const acts = new RandomActs(api, { ...scene, irritantId: other.body.id });
    for (const one of RandomActs.of(actsWanted, seed + 1)) await acts.give(one);
    await api.settled();
    const histories = await api.get<Digest>(
      `/v1/irritants/${other.body.id}/history?limit=200&order=desc`,
      'auditor',
    );
    const told = await api.get<Digest>('/v1/watches/digest?limit=200', 'auditor');
    const seqs = told.body.items.map(({ seq }) => seq);
    const since = Math.min(...seqs);
    expect(seqs.length).toBeGreaterThan(0);
    // What was said of an instrument before it had to do with the irritant is history, and no news.
    const isNamed = ({ event }: Item) => JSON.stringify(event.data).includes(other.body.id);
    const all = histories.body.items.filter(({ seq }) => seq >= since).toReversed();
    const expected = all.filter(({ event: { envelope } }, at) =>
      envelope.stream.startsWith('irritant-')
        ? true
        : all
            .slice(0, at + 1)
            .some(
              (one) =>
                (one.event.envelope.stream === envelope.stream && isNamed(one)) ||
                envelope.stream.endsWith(String(one.event.data['id'])),
            ),
    );
    expect(seqs).toEqual(expected.map(({ seq }) => seq).toReversed());
  }

  it('is found out where a list tells too little', async () => {
    const before = await listed();
    await state('ru');
    await api.settled();
    const [now, since] = [await listed(), await listed(before.get('irritants')!.asOfSeq)];
    const short = new Map([...since, ['irritants', { ...since.get('irritants')!, items: [] }] as const]);
    expect(missed(before, now, short)).toEqual([`irritants/${scene.irritantId}`]);
    const stale = new Map([...since, ['irritants', before.get('irritants')!] as const]);
    expect(missed(before, now, stale)).toEqual([`irritants/${scene.irritantId}`]);
  });
});

const addresses = async (feed: 'digest' | 'calendar', as: PrincipalName = 'reader') => {
  const { status, body } = await api.ask<{ address: string }>('POST', '/v1/watches/addresses', {
    as,
    body: { feed },
  });
  expect(status).toBe(201);
  return body.address;
};
const read = async (address: string) => {
  const response = await fetch(address);
  return { status: response.status, headers: response.headers, text: await response.text() };
};

describe('A secret address', () => {
  it('gives the digest as Atom, whole and well-formed', async () => {
    await unwatch();
    await watch({ irritant: scene.key });
    await state('ru');
    await api.settled();
    const { status, headers, text } = await read(await addresses('digest'));
    expect([status, headers.get('content-type')]).toEqual([200, 'application/atom+xml; charset=utf-8']);
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    const feed = parseXml(text);
    const of = (name: string, within = feed) => within.children.filter((one) => one.name === name);
    expect([feed.name, feed.attributes['xmlns']]).toEqual(['feed', 'http://www.w3.org/2005/Atom']);
    // RFC 4287 §4.1.1 and §4.1.2: what every feed and every entry has, once, and each entry an id of its own.
    for (const name of ['id', 'title', 'updated']) expect(of(name)).toHaveLength(1);
    const entries = of('entry');
    expect(entries).toHaveLength(1);
    for (const entry of entries) {
      for (const name of ['id', 'title', 'updated', 'content']) expect(of(name, entry)).toHaveLength(1);
      expect(of('author', entry)[0]?.children.map(({ text: said }) => said)).toEqual(['RU']);
      expect(of('id', entry)[0]?.text).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
      expect(of('updated', entry)[0]?.text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(of('category', entry)[0]?.attributes).toEqual({ term: 'new' });
    }
    expect(of('title', entries[0])[0]?.text).toContain('Six properties');
    await look((await digest()).asOf);
    expect((await read(await addresses('digest'))).text).not.toContain('<category');
  });

  it('leads from page to page to all that the digest tells, and names itself on none', async () => {
    await unwatch('auditor');
    await watch({ dialogue: scene.dialogueId }, 'auditor');
    const address = await addresses('digest', 'auditor');
    const { principalId } = (await api.server.record.credentials.list()).find(
      ({ name }) => name === 'auditor',
    )!;
    const { items } = await following('auditor');
    await followed(principalId, { watches: items.map((one) => ({ ...one, after: null })) });
    const all = async () => (await digest('?scope=all&limit=200', 'auditor')).items;
    for (let wanted = 101 - (await all()).length; wanted > 0; wanted -= 1) await state('us');
    await api.settled();
    const told = (await all()).map(({ event }) => `urn:uuid:${event.envelope.id}`);
    const met: string[] = [];
    let pages = 0;
    for (let next: string | undefined = address; next !== undefined; pages += 1) {
      const { status, text } = await read(next);
      expect([status, text.includes('following/')]).toEqual([200, false]);
      const { children } = parseXml(text);
      const entries = children.filter(({ name }) => name === 'entry');
      met.push(...entries.flatMap((one) => one.children.flatMap((of) => (of.name === 'id' ? of.text : []))));
      const href = children.find(({ name, attributes }) => name === 'link' && attributes['rel'] === 'next')
        ?.attributes['href'];
      next = href === undefined ? undefined : new URL(href, address).href;
    }
    expect(met).toEqual(told);
    expect(pages).toBe(Math.ceil(told.length / 100));
    expect(pages).toBeGreaterThan(1);
    expect((await read(`${address}?cursor=none`)).status).toBe(400);
  });

  it('gives what is due as a calendar, and no day that nobody said', async () => {
    await unwatch();
    await watch({ irritant: scene.key });
    const due = [
      '2099-03-01',
      '2099-04',
      '2099-21',
      '2099-05-01~',
      '2099-06-01/2099-06-03',
      '2099-07-01T10:00:00Z',
    ];
    const steps = due.map((one) => aStep({ due: one }));
    const { id } = await draft(api, scene.dialogueId, [scene.irritantId]);
    const long = `A step, with commas; and semicolons \\ ${'протокол '.repeat(20)}\nand a second line`;
    await agree(api, 'roadmaps', await table(api, id, [scene.irritantId], steps, { en: long }));
    const owed = await assertedBy(api, scene, { due: '../2099-08-01' });
    await api.settled();
    const { status, headers, text } = await read(await addresses('calendar'));
    expect([status, headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
    const lines = text.split('\r\n');
    expect(lines.every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    const calendar = new ICAL.Component(ICAL.parse(text) as never);
    expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
    const entries = ['vevent', 'vtodo'].flatMap((name) => calendar.getAllSubcomponents(name));
    const byUid = new Map(entries.map((one) => [String(one.getFirstPropertyValue('uid')), one]));
    expect(byUid.size).toBe(due.length);
    const shown = steps.map(({ stepId }) => {
      const one = byUid.get(`step-${stepId}@entente`)!;
      const value = (name: string) => one.getFirstPropertyValue(name)?.toString() ?? null;
      expect(value('dtstamp')).toMatch(/Z$/);
      expect(value('summary')).toContain(long);
      expect(value('summary')).toMatch(/^US to take a step of an agreed roadmap/);
      return [one.name, value('dtstart'), value('dtend'), value('due')];
    });
    expect(shown).toEqual([
      ['vevent', '2099-03-01', '2099-03-02', null],
      // A month is all of it; a season, and what is approximate, has no day at all.
      ['vevent', '2099-04-01', '2099-05-01', null],
      ['vtodo', null, null, null],
      ['vtodo', null, null, null],
      ['vevent', '2099-06-01', '2099-06-04', null],
      ['vevent', '2099-07-01T10:00:00Z', null, null],
    ]);
    const declined = await assertedBy(api, scene, { due: '2025-09' });
    expect((await api.act(`/v1/commitments/${declined.id}/decline`, {}, 'us-negotiator')).status).toBe(200);
    // What is only asserted is due of nobody; once undertaken it is, by that day.
    await api.act(`/v1/commitments/${owed.id}/undertake`, {}, 'us-negotiator');
    await api.settled();
    const later = await read(await addresses('calendar'));
    const [found] = new ICAL.Component(ICAL.parse(later.text) as never)
      .getAllSubcomponents('vevent')
      .filter((one) => one.getFirstPropertyValue('uid') === `commitment-${owed.id}@entente`);
    expect(found?.getFirstPropertyValue('dtstart')?.toString()).toBe('2099-08-01');
    expect(found?.getFirstPropertyValue('summary')).toContain('on or before 2099-08-01');
    // What its obligor declined is owed by nobody, and so not overdue.
    const agenda = await api.get<{ items: { overdueCommitments: object[] }[] }>(
      `/v1/dialogues/${scene.dialogueId}/agenda`,
    );
    expect(JSON.stringify(agenda.body.items.map((one) => one.overdueCommitments))).not.toContain(declined.id);
  });

  it('is renewed and withdrawn, and the one before opens nothing', async () => {
    const first = await addresses('digest');
    const second = await addresses('digest');
    const calendar = await addresses('calendar');
    expect((await following()).addresses).toEqual({
      digest: expect.any(String),
      calendar: expect.any(String),
    });
    expect([(await read(first)).status, (await read(second)).status]).toEqual([404, 200]);
    // The address of one feed does not open the other.
    expect((await read(calendar.replace('due.ics', 'digest.atom'))).status).toBe(404);
    await api.ask('POST', '/v1/watches/addresses/withdraw', { as: 'reader', body: { feed: 'digest' } });
    expect([(await read(second)).status, (await read(calendar)).status]).toEqual([404, 200]);
    expect((await following()).addresses).toEqual({ digest: null, calendar: expect.any(String) });
  });

  it('comes back with no older copy of the store', async () => {
    const address = await addresses('calendar');
    expect((await read(address)).status).toBe(200);
    const { store, ids, clock } = api.server.record;
    const [, token = ''] = /following\/([^/]+)/.exec(address) ?? [];
    const openedIn = async (of: Pick<typeof store, 'append' | 'readStream' | 'identity'>) =>
      (await new Followings(of as typeof store, ids, clock).opened(token, 'calendar')) !== undefined;
    const identity = async () => ({ ...(await store.identity()), epoch: 'of a restored copy' });
    const copy = withMethods(store, { identity });
    expect([await openedIn(store), await openedIn(copy)]).toEqual([true, false]);
  });

  it('is kept as a hash alone, and ends with the last key of its principal', async () => {
    const { credentials, store } = api.server.record;
    const issued = await credentials.issue(
      { name: 'passing', party: 'RU', roles: ['reader'], days: 1 },
      { as: 'folder' },
    );
    api.keys['passing'] = issued.key;
    const address = await addresses('calendar', 'passing');
    const secret = /_([\w-]{43})\//.exec(address)?.[1] ?? 'none';
    const events = JSON.stringify(
      await Array.fromAsync(store.readStream(`following-${issued.credential.principalId}`)),
      (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value),
    );
    expect(events).toContain('secretHash');
    expect(events).not.toContain(secret);
    expect((await read(address)).status).toBe(200);
    await credentials.revoke(issued.credential.id);
    await api.settled();
    const began = performance.now();
    while ((await read(address)).status !== 404) expect(performance.now() - began).toBeLessThan(1_000);
  });

  it('opens nothing before this server has read all that the store holds, since a key may have been revoked there', async () => {
    const { projections } = api.server.record;
    const address = await addresses('digest');
    const [record, ...others] = projections.status();
    for (const behind of [{ serves: false }, { state: 'halted' }] as const) {
      projections.status = () => [{ ...record!, ...behind }, ...others];
      const { status, text } = await read(address);
      expect([status, text]).toEqual([503, expect.stringContaining('have not reached')]);
    }
    Reflect.deleteProperty(projections, 'status');
    expect((await read(address)).status).toBe(200);
  });

  it.each(['x', `${'0'.repeat(32)}_${'A'.repeat(43)}`, '%2e%2e', 'A'.repeat(200)])(
    '%s opens nothing',
    async (token) => {
      for (const name of ['digest.atom', 'due.ics'])
        expect((await read(`${api.server.url}/following/${token}/${name}`)).status).toBe(404);
    },
  );
});

describe('An address that cannot be read', () => {
  const secret = `${'0'.repeat(32)}_${'S'.repeat(43)}`;

  it.each([
    [`/following/${secret}/%zz`, 400, 'request-unreadable'],
    [`/following/${secret}/digest.atom%C3`, 400, 'request-unreadable'],
    [`/following/${secret}${'x'.repeat(200)}/digest.atom`, 413, 'too-large'],
    [`/v1/irritants/${secret}${'x'.repeat(200)}`, 413, 'too-large'],
  ])('is counted and guarded like any other, and no answer repeats it: %s', async (path, status, code) => {
    for (const accept of ['application/json', 'text/html']) {
      const headers = { Accept: accept, Authorization: `Bearer ${api.keys['reader']}` };
      const answer = await fetch(`${api.server.url}${path}`, { headers });
      const text = await answer.text();
      expect([answer.status, text.includes(secret)]).toEqual([status, false]);
      expect([...answer.headers.keys()]).toEqual(
        expect.arrayContaining(['ratelimit', 'content-security-policy', 'cache-control', 'trace-id']),
      );
      if (accept === 'application/json') expect(JSON.parse(text)).toMatchObject({ code });
    }
  });
});

describe('The page of what somebody follows', () => {
  const page = (path = '/following', form?: object, headers?: Record<string, string>) =>
    browse(api.server.url, path, {
      cookie: cookieOf(api, 'us-negotiator'),
      ...(form === undefined ? {} : { form }),
      ...(headers === undefined ? {} : { headers }),
    });

  it('is for those who are signed in, and lets them follow, look and stop', async () => {
    expect((await browse(api.server.url, '/following')).status).toBe(401);
    const empty = await page();
    expect([empty.status, shortcomings(empty.text)]).toEqual([200, []]);
    expect(empty.text).toContain('You follow nothing yet.');
    expect((await page('/following', { what: 'watch', irritant: ` ${scene.key} ` })).status).toBe(303);
    await state('ru');
    await api.settled();
    const told = await page();
    expect(shortcomings(told.text)).toEqual([]);
    expect(told.text).toContain(`href="/irritants/${scene.key}"`);
    expect(told.text).toMatch(/New since your last look[^]*direct: recorded by the party itself/);
    const upTo = /name="upTo" value="([^"]+)"/.exec(told.text)?.[1];
    expect((await page('/following', { what: 'look', upTo })).status).toBe(303);
    expect((await page()).text).toContain('Nothing is new.');
    const id = /name="id" value="([^"]+)"/.exec(told.text)?.[1];
    expect((await page('/following', { what: 'end', id })).status).toBe(303);
    expect((await page()).text).toContain('You follow nothing yet.');
  });

  it('marks nothing as seen that is on no page that was shown', async () => {
    await page('/following', { what: 'watch', irritant: scene.key });
    for (let at = 0; at < 3; at += 1) await state('ru');
    await api.settled();
    const first = await page('/following?limit=2');
    expect(shortcomings(first.text)).toEqual([]);
    expect(first.text).toContain('More that is new is on the next page.');
    expect(first.text).not.toContain('I have seen all of this');
    await state('us');
    await api.settled();
    const onward = /rel="next" href="([^"]+)"/.exec(first.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = await page(onward);
    const upTo = /name="upTo" value="([^"]+)"/.exec(second.text)?.[1];
    await page('/following', { what: 'look', upTo });
    const left = await digest('', 'us-negotiator');
    expect(left.items.map(({ event }) => event.envelope.act['party'])).toEqual(['US']);
    await unwatch('us-negotiator');
  });

  it('shows a new address once, takes no form of another site, and says what is wrong with one', async () => {
    const made = await page('/following', { what: 'make-address', feed: 'calendar' });
    const [, address = ''] = /<code>([^<]+)<\/code>/.exec(made.text) ?? [];
    expect((await read(address)).status).toBe(200);
    expect((await page()).text).not.toContain(address);
    const before = await storedEvents();
    const foreign = await page(
      '/following',
      { what: 'watch', party: 'RU' },
      { 'Sec-Fetch-Site': 'cross-site' },
    );
    expect(foreign.status).toBe(403);
    expect((await following('us-negotiator')).items).toEqual([]);
    expect((await page('/following', { what: 'watch', irritant: 'NONE-1' })).status).toBe(404);
    expect((await page('/following', { what: 'no such' })).status).toBe(400);
    const misspelt = await page('/following', { what: 'watch', party: '<US>' });
    expect([misspelt.status, shortcomings(misspelt.text)]).toEqual([400, []]);
    expect(misspelt.text).toContain(
      'One field is not as it should be. party must be a party code such as RU.',
    );
    expect(await storedEvents()).toBe(before);
  });
});

describe('A correction, on the page of what somebody follows,', () => {
  it('stands there with its new words', async () => {
    await unwatch();
    await watch({ irritant: scene.key });
    await state('ru');
    await api.settled();
    const target = (await digest()).items[0]!.event.envelope.id;
    const content = { text: { en: 'As we should have put it.' } };
    const path = `/v1/irritants/${scene.irritantId}/correct`;
    expect((await api.act(path, { target, content }, 'ru-negotiator')).status).toBe(200);
    await api.settled();
    const { text } = await browse(api.server.url, '/following', { cookie: cookieOf(api, 'reader') });
    expect(text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')).toMatch(
      /RU corrected the entry \([^)]*\): its words now: text As we should have put it\./,
    );
  });
});
