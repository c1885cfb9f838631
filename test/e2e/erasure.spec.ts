import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Unavailable } from '#libs/event-store';
import { done, made } from '../support/acting.js';
import type { OpenRecord } from '../../src/platform/record.js';
import { startServer } from '../../src/server.js';
import { Api, quietSettings } from '../support/api.js';
import { until } from '../support/settling.js';
import type { Body, PrincipalName } from '../support/api.js';
import { keepsFiles } from '../support/runs.js';
import { setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';

/** Words that occur nowhere else, so that they can be looked for in the very files. */
let secret: string;
let secrets = 0;
const folder = mkdtempSync(join(tmpdir(), 'entente-erasure-'));
let api: Api;
let scene: Scene;
let at: string;
let target: string;

beforeAll(async () => {
  api = await Api.start({ directory: folder });
});
afterAll(async () => {
  await api.stop();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  secrets += 1;
  secret = `Zimzelen-${secrets}-73`;
  scene = await setScene(api);
  at = `irritants/${scene.irritantId}`;
  await done(api, `${at}/contest`, 'us-registrar', { statement: { en: `It names ${secret}.` } });
  await done(api, `${at}/acknowledge`, 'us-negotiator');
  const events = await api.server.record.streams.events(`irritant-${scene.irritantId}`);
  target = events.find((one) => one.type === 'IrritantContested')?.id ?? '';
  await done(api, `${at}/correct`, 'us-registrar', {
    target,
    content: { statement: { en: `It names ${secret} by error.` } },
  });
});

const request = (as: PrincipalName, basis = 'personal-data'): Promise<Body> =>
  done(api, `${at}/request-erasure`, as, { target, basis, reason: { en: 'It names a private person.' } });
/** Of the words of the target and of its correction, which are erased together. */
async function contentHashes(): Promise<readonly (string | undefined)[]> {
  const events = await api.server.record.streams.events(`irritant-${scene.irritantId}`);
  const words = events.filter(({ id, type }) => id === target || type === 'EventCorrected');
  expect(words.every((one) => /^[0-9a-f]{64}$/.test(one.contentHash ?? ''))).toBe(true);
  return words.map((one) => one.contentHash);
}
const types = () => api.types('irritants', scene.irritantId);

async function everythingSaid(): Promise<string> {
  await api.settled();
  const reads = ['', '/history', '/replay', '/overview', '/diff?from=r0&to=r4'];
  const said = await Promise.all(reads.map((one) => api.get<unknown>(`/v1/${at}${one}`)));
  const list = await api.get<unknown>(`/v1/irritants?dialogue=${scene.dialogueId}`);
  return JSON.stringify([...said, list].map((one) => one.body));
}

function filesHolding(words: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((one) =>
    /sqlite/.test(one),
  );
  return files.filter((one) => readFileSync(join(folder, one)).includes(words));
}

describe('The words of an event', () => {
  it('go for good once principals of both sides have asked for it, and the act they were in stays', async () => {
    await request('us-negotiator');
    expect(await everythingSaid()).toContain(secret);
    const hashed = await contentHashes();
    await request('ru-negotiator');
    expect(await contentHashes()).toEqual(hashed);
    expect(await types()).toEqual([
      'IrritantRaised',
      'IrritantContested',
      'IrritantAcknowledged',
      'EventCorrected',
      'ErasureRequested',
      'ErasureRequested',
      'ContentErased',
    ]);
    const events = await api.server.record.streams.events(`irritant-${scene.irritantId}`);
    const keys = await api.server.record.credentials.list();
    const named = (name: string) => keys.find((one) => one.name === name)?.principalId;
    expect(events.at(-1)).toMatchObject({
      act: { capacity: 'derived', party: null },
      data: { target, basis: 'personal-data', askedBy: [named('us-negotiator'), named('ru-negotiator')] },
    });
    const said = await everythingSaid();
    expect(said).not.toContain(secret);
    expect(said).toContain('under-consultation');
    expect(filesHolding(secret)).toEqual([]);
  });

  it('are said to be erased wherever the act is shown, at every moment, and of no other act', async () => {
    const { body: before } = await api.get(`/v1/${at}?knownAt=r3`);
    expect(before['contests']).toMatchObject([{ statement: { en: expect.any(String) } }]);
    await request('ru-negotiator');
    await request('us-negotiator');
    await api.settled();
    const erased = { contests: [{ eventId: target, erased: true }] };
    const list = await api.get<{ items: readonly Body[] }>(`/v1/irritants?dialogue=${scene.dialogueId}`);
    for (const moment of ['', '?knownAt=r1', '?knownAt=r3', '?effectiveAt=2999'])
      expect((await api.get(`/v1/${at}${moment}`)).body).toMatchObject(erased);
    expect(list.body.items).toMatchObject([erased]);
    const { body: now } = await api.get(`/v1/${at}`);
    expect(JSON.stringify(now).match(/"erased"/g)).toHaveLength(1);
    expect((now['contests'] as readonly Body[])[0]).not.toHaveProperty('statement');
    const book = await api.get<string>(
      `/v1/dialogues/${scene.dialogueId}/brief?for=US&format=md`,
      'us-negotiator',
    );
    expect(book.body).toContain('its words are erased');
  });

  it('that an act never had are not said to be erased', async () => {
    const acts = await api.server.record.streams.events(`irritant-${scene.irritantId}`);
    target = acts.find((one) => one.type === 'IrritantAcknowledged')?.id ?? '';
    await request('ru-negotiator');
    await request('us-negotiator');
    await api.settled();
    const { body } = await api.get(`/v1/${at}`);
    expect((body['acknowledgements'] as readonly Body[])[0]).not.toHaveProperty('erased');
    const history = await api.get<unknown>(`/v1/${at}/history`);
    expect(JSON.stringify(history.body)).not.toContain('(its words are erased)');
  });

  it('go with what was written beside them: where in the source they stand, and who translated them', async () => {
    const sources = [
      { sourceId: scene.sources.press },
      { sourceId: scene.sources.US, locator: `p. ${secret}` },
    ];
    const wording = [{ as: 'translation', translationFrom: 'fr', by: `Bureau ${secret}` }];
    const said = { stance: 'contests', text: { en: 'As it stands.' }, sources, wording };
    await done(api, `${at}/state-position`, 'us-registrar', said);
    const events = await api.server.record.streams.events(`irritant-${scene.irritantId}`);
    expect(events.at(-1)).toMatchObject({ sources, wording });
    const asked = { basis: 'personal-data', reason: { en: 'It names a person.' } };
    for (const one of [target, events.at(-1)?.id])
      for (const as of ['us-negotiator', 'ru-negotiator'] as const)
        await done(api, `${at}/request-erasure`, as, { ...asked, target: one });
    expect(await everythingSaid()).not.toContain(secret);
    expect(filesHolding(secret)).toEqual([]);
  });

  it('stay where a secretariat asks in the place of a side that has joined', async () => {
    await request('secretariat');
    await request('us-negotiator');
    expect(await types()).not.toContain('ContentErased');
    expect(await everythingSaid()).toContain(secret);
    await request('ru-negotiator');
    expect(await types()).toContain('ContentErased');
    expect(await everythingSaid()).not.toContain(secret);
  });

  it('stay while only one side has asked, on however many grounds', async () => {
    await request('us-negotiator');
    await request('us-negotiator');
    await request('us-negotiator', 'security');
    await request('ru-negotiator', 'legal-duty');
    expect(await types()).not.toContain('ContentErased');
    expect(await everythingSaid()).toContain(secret);
  });

  it('that are erased already are asked for again without effect, and by nobody who had not asked', async () => {
    await request('us-negotiator');
    await request('ru-negotiator');
    const before = await types();
    await request('us-negotiator');
    const body = { target, basis: 'personal-data', reason: { en: 'Another reason.' } };
    const refused = await api.act(`/v1/${at}/request-erasure`, body, 'secretariat');
    expect(refused).toMatchObject({ status: 409, body: { code: 'target-erased' } });
    expect(await types()).toEqual(before);
  });

  it('are gone for good: a correction brings none back, and still tells when it happened', async () => {
    await request('us-negotiator');
    await request('ru-negotiator');
    const before = await types();
    const content = { statement: { en: 'It names somebody.' } };
    const again = await api.act(`/v1/${at}/correct`, { target, content }, 'us-registrar');
    expect(again).toMatchObject({ status: 409, body: { code: 'target-erased' } });
    const both = { target, content, occurred: '2025-03-01' };
    expect(await api.act(`/v1/${at}/correct`, both, 'us-registrar')).toMatchObject({ status: 409 });
    expect(await types()).toEqual(before);
    const dated = await done(api, `${at}/correct`, 'us-registrar', { target, occurred: '2025-03-01' });
    expect(dated['contests']).toEqual([
      expect.objectContaining({ party: 'US', occurred: { edtf: '2025-03-01' } }),
    ]);
    expect(await types()).toEqual([...before, 'EventCorrected']);
    expect(await everythingSaid()).not.toContain(secret);
  });

  it('that the store could not take out yet go when the same request comes again', async () => {
    const { store } = api.server.record;
    await request('us-negotiator');
    const body = { target, basis: 'personal-data', reason: { en: 'It names a private person.' } };
    const present = await api.get(`/v1/${at}`);
    const headers = { 'If-Match': present.headers.get('etag') ?? '', 'Idempotency-Key': `again-${secret}` };
    const ask = () => api.ask('POST', `/v1/${at}/request-erasure`, { as: 'ru-negotiator', body, headers });
    store.eraseContent = () => Promise.reject(new Unavailable('The disk is busy.'));
    const refused = [await ask(), await ask()];
    // What the class of the store does is there again.
    Reflect.deleteProperty(store, 'eraseContent');
    expect(refused.map((one) => one.status)).toEqual([503, 503]);
    expect(filesHolding(secret)).not.toEqual([]);
    const recorded = await types();
    expect(recorded).toContain('ContentErased');
    const repeated = await ask();
    expect(repeated.status).toBe(200);
    expect(JSON.stringify(repeated.body)).not.toContain(secret);
    expect(await types()).toEqual(recorded);
    expect(await everythingSaid()).not.toContain(secret);
    expect(filesHolding(secret)).toEqual([]);
  });

  // On the façade a server takes its store along when it stops.
  if (keepsFiles)
    it.each([
      ['before the store had lost them', async () => undefined],
      [
        'before the read models had lost them',
        async (revisions: readonly bigint[]) => {
          await api.settled();
          const { store } = api.server.record;
          for (const one of revisions) await store.eraseContent(`irritant-${scene.irritantId}`, one);
        },
      ],
    ])('whose erasure was cut short %s go when the server starts again', async (_, reached) => {
      const { store } = api.server.record;
      await request('us-negotiator');
      // As a crash between the append and the erasure leaves it: the record says so, and the words are still there.
      const events = await api.server.record.streams.events(`irritant-${scene.irritantId}`);
      const data = { target, basis: 'personal-data', askedBy: ['one', 'two'] };
      const { ids } = api.server.record;
      const meta = { schemaVersion: 1, sources: [], audience: 'both', correlationId: 'cut-short' };
      const asked = {
        id: ids.next(),
        type: 'ErasureRequested',
        data: { target, basis: 'personal-data' },
        content: { reason: { en: 'It names a private person.' } },
        salt: ids.salt(),
        meta: { ...meta, act: { party: 'RU', capacity: 'direct', recordedBy: 'two', recorderParty: 'RU' } },
      };
      const erased = {
        id: ids.next(),
        type: 'ContentErased',
        data,
        content: {},
        salt: null,
        meta: {
          ...meta,
          act: { party: null, capacity: 'derived', recordedBy: 'entente', recorderParty: null },
        },
      };
      await store.append(`irritant-${scene.irritantId}`, [asked, erased], {
        expected: BigInt(events.length - 1),
      });
      // Every view obeys at once.
      expect(await everythingSaid()).not.toContain(secret);
      expect(filesHolding(secret)).not.toEqual([]);
      const holding = events.filter(({ content }) => JSON.stringify(content).includes(secret));
      await reached(holding.map(({ revision }) => BigInt(revision)));
      await api.stop();
      api = await Api.start({ directory: folder });
      expect(await everythingSaid()).not.toContain(secret);
      expect(filesHolding(secret)).toEqual([]);
    });
});

if (keepsFiles)
  describe('While another program reads the store, as a backup does, words', () => {
    it('are not said to be erased before they are out of its files, however often that is asked', async () => {
      await api.settled();
      await request('us-negotiator');
      const reader = new DatabaseSync(join(folder, 'store.sqlite'), { readOnly: true });
      reader.exec('BEGIN; SELECT count(*) FROM events');
      const asked = { target, basis: 'personal-data', reason: { en: 'It names a private person.' } };
      const ask = async () => (await api.act(`/v1/${at}/request-erasure`, asked, 'ru-negotiator')).status;
      expect([await ask(), await ask()]).toEqual([503, 503]);
      expect(filesHolding(secret)).toContain('store.sqlite-wal');
      expect(await everythingSaid()).not.toContain(secret);
      reader.close();
      expect(await ask()).toBe(200);
      expect(filesHolding(secret)).toEqual([]);
    });

    it('keep no server from starting, if a crash came before it was asked again', async () => {
      await request('us-negotiator');
      await api.settled();
      const { store } = api.server.record;
      store.eraseContent = () => Promise.reject(new Unavailable('Killed.'));
      const asked = { target, basis: 'personal-data', reason: { en: 'It names a private person.' } };
      expect((await api.act(`/v1/${at}/request-erasure`, asked, 'ru-negotiator')).status).toBe(503);
      await api.stop();
      const reader = new DatabaseSync(join(folder, 'store.sqlite'), { readOnly: true });
      reader.exec('BEGIN; SELECT count(*) FROM events');
      api = await Api.start({ directory: folder });
      expect(filesHolding(secret)).not.toEqual([]);
      expect(await everythingSaid()).not.toContain(secret);
      reader.close();
      await until(() => Promise.resolve(filesHolding(secret).length === 0));
    });
  });

/** Has every list halt at whatever comes next, as at an event that none of them can take in; or none of them any more. */
function plant({ projections, registry }: OpenRecord, isPlanted: boolean): void {
  for (const { name } of registry.slices) {
    const { tables } = projections.view(name);
    const [trigger, versions] = [tables.table('planted'), tables.table('versions')];
    const planted = `CREATE TRIGGER ${trigger} BEFORE INSERT ON ${versions} BEGIN SELECT RAISE(ABORT, 'planted'); END`;
    tables.db.exec(isPlanted ? planted : `DROP TRIGGER ${trigger}`);
  }
}

const haltedIn = ({ projections }: OpenRecord) =>
  projections.status().flatMap(({ name, state }) => (state === 'halted' ? [name] : []));

/** What is shown anywhere of these; what lags behind what is asked of it says so, and shows nothing. */
async function shownAnywhere(url: string, moments: readonly string[], roundId: string): Promise<string> {
  const found = ['irritants', 'rounds', 'search'].flatMap((list) =>
    [secret, 'names', 'person'].map((q) => `/v1/${list}?q=${q}`),
  );
  const of = `dialogue=${scene.dialogueId}`;
  const entries = ['', '/history', '/replay'].flatMap((read) =>
    [at, `rounds/${roundId}`].map((entry) => `/v1/${entry}${read}?`),
  );
  const asked = [
    ...[...found, ...entries, `/v1/${at}/overview?`, `/v1/irritants?${of}`, `/v1/rounds?${of}`].flatMap(
      (path) => moments.map((moment) => `${path}${moment}`),
    ),
    ...[
      '/',
      '/search?q=names',
      `/${at}`,
      `/rounds/${roundId}`,
      `/dialogues/${scene.dialogueId}/brief?for=US`,
    ],
  ];
  const key = api.keys['us-negotiator'] ?? '';
  const headers = { Authorization: `Bearer ${key}`, Cookie: api.cookieFor(key) };
  const answers = asked.map(async (path) => {
    const response = await fetch(`${url}${path}`, { headers });
    const text = await response.text();
    expect([200, 503]).toContain(response.status);
    return [path, text] as const;
  });
  return (await Promise.all(answers))
    .filter(([, text]) => text.includes(secret))
    .map(([path]) => path)
    .join('\n');
}

if (keepsFiles)
  describe('Where lists have halted before they would have heard of it, words', () => {
    it('are gone from every answer once they are erased, as of every moment, after a start and once the lists go on', async () => {
      const { id } = await made<{ id: string }>(api, 'rounds', 'ru-registrar', {
        dialogueId: scene.dialogueId,
      });
      const named = { party: 'RU', role: 'head', nameAsGiven: `Person ${secret}`, lang: 'en' };
      await done(api, `rounds/${id}/name-delegate`, 'ru-registrar', named);
      await api.settled();
      const { asOf } = (await api.get<{ asOf: string }>('/v1/irritants?limit=1')).body;
      let { server } = api;
      const shown = () => shownAnywhere(server.url, ['', `&knownAt=${asOf}`], id);
      const areHalted = () => ['irritants', 'rounds'].every((one) => haltedIn(server.record).includes(one));
      const delegation = (await api.server.record.streams.events(`round-${id}`)).at(-1)?.id;
      const asked = { target: delegation, basis: 'personal-data', reason: { en: 'It names a person.' } };
      plant(server.record, true);
      await request('us-negotiator');
      await done(api, `rounds/${id}/request-erasure`, 'us-negotiator', asked);
      const before = await shown();
      for (const path of ['/v1/search?q=names', `/v1/irritants?q=${secret}&knownAt`, '/v1/rounds?q=person'])
        expect(before).toContain(path);
      await until(areHalted);
      await request('ru-negotiator');
      await done(api, `rounds/${id}/request-erasure`, 'ru-negotiator', asked);
      expect(await shown()).toBe('');
      expect(filesHolding(secret)).toEqual([]);
      await api.stop();
      server = await startServer({ settings: { ...quietSettings, directory: folder } });
      try {
        await until(areHalted);
        expect(await shown()).toBe('');
        plant(server.record, false);
      } finally {
        await server.stop();
      }
      api = await Api.start({ directory: folder });
      ({ server } = api);
      expect(haltedIn(server.record)).toEqual([]);
      expect(await shown()).toBe('');
      expect(filesHolding(secret)).toEqual([]);
    });
  });
