import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OutcomeUnknown, StreamNotFound, Unavailable } from '#libs/event-store';
import type { Recorded } from '#libs/event-store';
import { FacadeCluster } from '#libs/event-store-eventstoredb/testing';
import { startServer } from '../../src/server.js';
import type { Server } from '../../src/server.js';
import { done } from '../support/acting.js';
import { Api, quietSettings } from '../support/api.js';
import type { Body, PrincipalName } from '../support/api.js';
import { RuleCheck } from '../../src/checking/rules/rule-check.js';
import { slices } from '../../src/slices.js';
import { logged, unsignedIn, verified } from '../signing/oracle.js';
import { setScene } from '../support/scene.js';
import { originOf, registerFirst, requireSigned } from '../support/signing.js';

/** How far reads are behind what the leader has written. */
const behindMs = 60;
const name = 'record';
const cluster = new FacadeCluster();
let api: Api;
let servers: readonly Server[] = [];
let dialogueId: string;
let path: string;

beforeAll(async () => {
  await cluster.start();
  const storeUrl = cluster.connectionString(name);
  api = await Api.start({ storeUrl });
  servers = [api.server, await startServer({ settings: { ...quietSettings, storeUrl } })];
  const scene = await setScene(api);
  dialogueId = scene.dialogueId;
  path = `/v1/irritants/${scene.irritantId}`;
  cluster.database(name).log.delays = (reveal) => void setTimeout(reveal, behindMs);
});
afterAll(async () => {
  cluster.database(name).log.delays = undefined;
  await servers[1]?.stop();
  await api.stop();
  await cluster.stop();
});

async function ask(
  { url }: Pick<Server, 'url'>,
  method: string,
  to: string,
  { as = 'us-registrar', body, headers = {} }: { as?: PrincipalName; body?: Body; headers?: object } = {},
) {
  const response = await fetch(`${url}${to}`, {
    method,
    headers: {
      Authorization: `Bearer ${api.keys[as]}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
}

const stating = (words: string, headers: object) => ({
  headers,
  body: { stance: 'contests', text: { en: words } },
});

/** Once it shows the entry. */
async function tagOn(server: Server, to: string): Promise<string> {
  for (;;) {
    const { status, headers } = await ask(server, 'GET', to);
    const tag = headers.get('etag');
    if (status === 200 && tag !== null) return tag;
  }
}

const press = { kind: 'press', issuers: [], lang: 'en', held: false, title: 'A paper', citation: 'A paper' };

/** As both servers see it. */
async function settledTag(): Promise<string> {
  for (;;) {
    const seen = await Promise.all(servers.map((one) => ask(one, 'GET', path)));
    const [tag, other] = seen.map(({ headers }) => headers.get('etag'));
    if (tag !== null && tag !== undefined && tag === other) return tag;
  }
}

describe('Two servers on a cluster whose reads are behind its writes', () => {
  it('tell every loser of a race what came in between, and record one act', async () => {
    for (let race = 0; race < 5; race += 1) {
      const headers = { 'If-Match': await settledTag() };
      const answers = await Promise.all(
        servers.map((one, at) =>
          ask(one, 'POST', `${path}/state-position`, stating(`Race ${race}, server ${at}.`, headers)),
        ),
      );
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412]);
      const lost = answers.find(({ status }) => status === 412);
      expect(lost?.body['events']).toHaveLength(1);
    }
  });

  it('give a repeat of one create the same answer on both, though both are asked at once', async () => {
    for (let race = 0; race < 5; race += 1) {
      const created = await Promise.all(
        servers.map((one) =>
          ask(one, 'POST', '/v1/rounds', {
            headers: { 'Idempotency-Key': `round-${race}` },
            body: { dialogueId },
          }),
        ),
      );
      expect(created.map(({ status }) => status)).toEqual([201, 201]);
      expect(created[0]?.body['id']).toBe(created[1]?.body['id']);
    }
  });
});

describe('An act whose outcome nobody knows', () => {
  it('is never said not to be recorded, whatever the store says when it is sent again', async () => {
    const { store } = api.server.record;
    const append = store.append.bind(store);
    let tries = 0;
    store.append = async (...args) => {
      if (!args[0].startsWith('irritant-')) return append(...args);
      tries += 1;
      if (tries > 1) throw new Unavailable('No connection.');
      await append(...args);
      throw new OutcomeUnknown('The answer was lost.');
    };
    const headers = { 'If-Match': await settledTag(), 'Idempotency-Key': 'unknown-act' };
    const request = stating('Nobody knows.', headers);
    const unknown = await ask(api.server, 'POST', `${path}/state-position`, request);
    store.append = append;
    expect({ status: unknown.status, code: unknown.body['code'] }).toEqual({
      status: 503,
      code: 'outcome-unknown',
    });
    const again = await ask(api.server, 'POST', `${path}/state-position`, request);
    expect(again.status).toBe(200);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
  });

  it.each([
    ['the reading of its answer', 'irritant-', { status: 503, code: 'outcome-unknown' }],
    ['the reading of what stands beside it', 'dialogue-', { status: 200, code: undefined }],
  ])('that was recorded is not denied because %s fails', async (_what, prefix, expected) => {
    const { store } = api.server.record;
    const [append, readStream] = [store.append.bind(store), store.readStream.bind(store)];
    store.append = async (...args) => {
      const appended = await append(...args);
      if (!args[0].startsWith('irritant-')) return appended;
      store.readStream = (stream, ...others) => {
        if (stream.startsWith(prefix)) throw new Unavailable('The store is away.');
        return readStream(stream, ...others);
      };
      // A store that does not say when it recorded an event is asked for it.
      const { recordedAt: _, ...untimed } = appended;
      return untimed;
    };
    const sent = async () => {
      const headers = { 'If-Match': await settledTag(), 'Idempotency-Key': `unread-${prefix}` };
      const request = stating(`Recorded, not shown: ${prefix}`, headers);
      return ask(api.server, 'POST', `${path}/state-position`, request);
    };
    let answer = await sent();
    // Both may have shown what was there before the act of another test.
    while (answer.status === 412) answer = await sent();
    store.append = append;
    store.readStream = readStream;
    expect({ status: answer.status, code: answer.body['code'] }).toEqual(expected);
  });
});

describe('An act after which others act at once', () => {
  it('is answered as it was recorded, like its repeat, and not with what they did', async () => {
    const { store } = api.server.record;
    const append = store.append.bind(store);
    const headers = { 'If-Match': await settledTag(), 'Idempotency-Key': 'first-act' };
    const other = async (tag: string) =>
      ask(servers[1] as Server, 'POST', `${path}/state-position`, stating('At once.', { 'If-Match': tag }));
    store.append = async (...args) => {
      const appended = await append(...args);
      // The lease says its word as well.
      if (!args[0].startsWith('irritant-')) return appended;
      store.append = append;
      // It sees the act a moment later.
      while ((await other(`"${appended.revision}"`)).status !== 200);
      return appended;
    };
    const request = stating('First.', headers);
    const first = await ask(api.server, 'POST', `${path}/state-position`, request);
    const again = await ask(api.server, 'POST', `${path}/state-position`, request);
    expect([first.headers.get('etag'), first.body['revision']]).toEqual([
      again.headers.get('etag'),
      again.body['revision'],
    ]);
  });
});

describe('A node that slept and does not show an entry', () => {
  it('keeps nobody from it who has it in the read models: it is not said not to be there', async () => {
    const { store, streams, projections } = api.server.record;
    const stream = path.replace('/v1/irritants/', 'irritant-');
    await projections.settled({ timeoutMs: 20_000 });
    const readStream = store.readStream.bind(store);
    store.readStream = (asked, ...others) => {
      if (asked === stream) throw new StreamNotFound(stream);
      return readStream(asked, ...others);
    };
    streams.forget(stream);
    const read = await ask(api.server, 'GET', path);
    const acted = await ask(
      api.server,
      'POST',
      `${path}/state-position`,
      stating('Unseen.', { 'If-Match': '"0"' }),
    );
    store.readStream = readStream;
    expect([read, acted].map(({ status, body }) => [status, body['code']])).toEqual([
      [503, 'store-unavailable'],
      [503, 'store-unavailable'],
    ]);
  });
});

describe('An act that one server had judged before its party asked another one for signatures', () => {
  it('is void where it lands after that, on both; whoever verifies takes it for that, and the next one is refused', async () => {
    // That is no matter of reads that are behind.
    cluster.database(name).log.delays = undefined;
    const scene = await setScene(api);
    const key = await registerFirst(api, scene.dialogueId, 'RU', 103);
    const other = servers[1] as Server;
    const { store } = other.record;
    const append = store.append.bind(store);
    const judged = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()] as const;
    const required = Promise.withResolvers<undefined>();
    const held = ['PositionStated', 'SourceRegistered'];
    store.append = async (...args) => {
      const at = held.indexOf(args[1][0].type);
      judged[at]?.resolve(undefined);
      if (at >= 0) await required.promise;
      return append(...args);
    };
    const as = 'ru-negotiator';
    const tag = await tagOn(other, `/v1/irritants/${scene.irritantId}`);
    const words = stating('Unsigned, and on its way.', { 'If-Match': tag });
    const paper = {
      headers: { 'Idempotency-Key': 'on-its-way' },
      body: { dialogueId: scene.dialogueId, ...press },
    };
    const sent = [
      ask(other, 'POST', `/v1/irritants/${scene.irritantId}/state-position`, { as, ...words }),
      ask(other, 'POST', '/v1/sources', { as, ...paper }),
    ];
    await Promise.race([Promise.all(judged.map(({ promise }) => promise)), Promise.all(sent)]);
    await requireSigned(api, scene.dialogueId, 'RU', key);
    required.resolve(undefined);
    expect((await Promise.all(sent)).map(({ status }) => status)).toEqual([200, 201]);
    store.append = append;
    let events: readonly Recorded[] = [];
    const voided = () =>
      events.flatMap(({ type, data }) => (type === 'AttributionVoid' ? [data['target']] : []));
    while (voided().length < 2) events = await logged(api, scene.dialogueId);
    const origin = originOf(api, scene.dialogueId);
    const unsigned = unsignedIn(events, origin).map((one) => one.split(' ')[1]);
    expect(new Set(unsigned)).toEqual(new Set(voided()));
    expect(verified(events, origin).void).toBe(2);
    const rules = new RuleCheck(slices);
    for (const event of events) await rules.add(event);
    await rules.finish(Infinity, false);
    expect(rules.findings).toEqual([]);
    for (const server of servers) {
      await server.record.projections.settled({ timeoutMs: 20_000 });
      const { body } = await ask(server, 'GET', `/v1/irritants/${scene.irritantId}`);
      expect((body['positions'] as Body)['RU']).toBeUndefined();
      // What was brought about by a create that is void is there, as nobody's word.
      const { body: made } = await ask(server, 'GET', `/v1/sources/${String((await sent[1])!.body['id'])}`);
      expect((made['registered'] as Body)['party']).toBeNull();
      const again = await ask(server, 'POST', '/v1/sources', {
        as,
        ...paper,
        headers: { 'Idempotency-Key': `after-${server.url}` },
      });
      expect([again.status, again.body['code']]).toEqual([409, 'signature-missing']);
    }
    // Without the event that says so it is an act in the name of its party.
    const without = events.filter(({ type }) => type !== 'AttributionVoid');
    expect(() => verified(without, origin)).toThrow('RU signs its acts, and this one is not signed');
  });
});

describe('A request for an erasure that one server had judged before its party asked another one for signatures', () => {
  it('is void where it lands after that, and no word is gone on its account, however far the policies have come', async () => {
    cluster.database(name).log.delays = undefined;
    const scene = await setScene(api);
    const key = await registerFirst(api, scene.dialogueId, 'RU', 104);
    const [at, stream] = [`irritants/${scene.irritantId}`, `irritant-${scene.irritantId}`];
    const said = 'Words that nobody has agreed to erase.';
    await done(api, `${at}/contest`, 'us-registrar', { statement: { en: said } });
    const { store, streams } = api.server.record;
    const target = (await streams.events(stream)).at(-1)?.id;
    const asked = { target, basis: 'personal-data', reason: { en: 'It names a private person.' } };
    await done(api, `${at}/request-erasure`, 'us-negotiator', asked);
    const other = servers[1] as Server;
    const append = other.record.store.append.bind(other.record.store);
    const judged = Promise.withResolvers<undefined>();
    const required = Promise.withResolvers<undefined>();
    other.record.store.append = async (...args) => {
      if (args[1][0].type !== 'ErasureRequested') return append(...args);
      judged.resolve(undefined);
      await required.promise;
      return append(...args);
    };
    // The one that draws consequences has not come so far.
    const held = Promise.withResolvers<undefined>();
    const drawing = store.append.bind(store);
    store.append = async (...args) => {
      if (args[1][0].type === 'AttributionVoid') await held.promise;
      return drawing(...args);
    };
    const headers = { 'If-Match': await tagOn(other, `/v1/${at}`) };
    const sent = ask(other, 'POST', `/v1/${at}/request-erasure`, {
      as: 'ru-negotiator',
      headers,
      body: asked,
    });
    await judged.promise;
    await requireSigned(api, scene.dialogueId, 'RU', key);
    required.resolve(undefined);
    expect((await sent).status).toBe(200);
    other.record.store.append = append;
    const events = await other.record.streams.events(stream);
    const request = events.find(({ type, act }) => type === 'ErasureRequested' && act.party === 'RU');
    expect(events.filter(({ type }) => type === 'AttributionVoid').map(({ data }) => data)).toEqual([
      { target: request?.id },
    ]);
    expect(events.find(({ id }) => id === target)).toMatchObject({ erased: false });
    held.resolve(undefined);
    store.append = drawing;
    for (const server of servers) {
      await server.record.projections.settled({ timeoutMs: 20_000 });
      const { body } = await ask(server, 'GET', `/v1/${at}`);
      expect(JSON.stringify(body)).toContain(said);
    }
    const all = await logged(api, scene.dialogueId);
    expect(all.filter(({ type }) => type === 'AttributionVoid')).toHaveLength(1);
    expect(verified(all, originOf(api, scene.dialogueId)).void).toBe(1);
    const rules = new RuleCheck(slices);
    for (const event of all) await rules.add(event);
    await rules.finish(Infinity, false);
    expect(rules.findings).toEqual([]);
  });
});
