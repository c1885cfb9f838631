import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/event-store';
import { layGround } from '../authorisation/ground.js';
import type { Ground } from '../authorisation/ground.js';
import { Api } from '../support/api.js';
import type { Body } from '../support/api.js';
import { openTalks, raising } from '../support/scene.js';
import { expectRefused, Watch } from './refused.js';
import { momentOfNow } from '../support/moment.js';

/** Each of these was found by somebody who tried to break the server, and is kept with the right answer. */
let api: Api;
let ground: Ground;
let watch: Watch;

beforeAll(async () => {
  api = await Api.start();
  watch = new Watch(api);
  ground = await layGround(api);
});
afterAll(() => api.stop());
beforeEach(() => watch.begin());

const raise = (body: Body = {}) =>
  api.create('/v1/irritants', { ...raising(ground.dialogueId), ...body }, 'ru-registrar');

/** Any value at all, as somebody may have put it into the store by hand. */
async function store(stream: string, type: string, data: unknown): Promise<void> {
  const event = { id: randomUUID(), type, data: data as JsonObject, content: null, salt: null, meta: {} };
  await api.server.record.store.append(stream, [event], { expected: 'no_stream' });
}

describe('Corrected words that no hash can be made of are refused, with a key for repeats and without', () => {
  it.each(['{"title":1e999}', '{"title":{"en":"\\ud800"}}', '{"\\ud800":1}', '{"a":[{"b":-1e999}]}'])(
    '%s',
    async (content) => {
      const { id } = (await raise()).body;
      const [first] = await api.server.record.streams.events(`irritant-${String(id)}`);
      const body = `{"target":"${first?.id}","content":${content}}`;
      await watch.begin();
      for (const key of [{}, { 'Idempotency-Key': 'again' }, { 'Idempotency-Key': 'again' }]) {
        const answer = await api.ask('POST', `/v1/irritants/${String(id)}/correct`, {
          as: 'ru-registrar',
          body,
          headers: { 'If-Match': '"0"', ...key },
        });
        await expectRefused(watch, answer, { status: 400, code: 'validation-failed', pointer: '/content' });
      }
    },
  );
});

describe('What is planned has not happened', () => {
  it.each(['2999', '2999-01-01', '2999-01/..', '2999-01-01T00:00:00Z'])('%s is refused', async (occurred) => {
    await expectRefused(watch, await raise({ occurred }), { status: 409, code: 'not-yet-happened' });
    await expectRefused(watch, await raise({ occurred: { edtf: occurred } }), {
      status: 409,
      code: 'not-yet-happened',
    });
  });

  it('nor by a correction', async () => {
    const { id } = (await raise()).body;
    const [first] = await api.server.record.streams.events(`irritant-${String(id)}`);
    await watch.begin();
    const path = `/v1/irritants/${String(id)}/correct`;
    const answer = await api.act(path, { target: first?.id, occurred: '2999' }, 'ru-registrar');
    await expectRefused(watch, answer, { status: 409, code: 'not-yet-happened' });
  });
});

describe('A technical stream of odd shape is as if it were not there', () => {
  const odd = [null, 1, 'x', [], {}, { dialogueId: 7 }, { secretHash: 5 }];

  it('where it guards a prefix', async () => {
    for (const [at, data] of odd.entries()) {
      await store(`keyprefix-ODD${at}`, 'KeyPrefixTaken', data);
      const opened = { parties: ['RU', 'US'], keyPrefix: `ODD${at}`, name: { en: 'Odd' } };
      expect((await api.create('/v1/dialogues', opened)).status).toBeLessThan(500);
      expect((await api.get(`/v1/irritants/ODD${at}-1`)).status).toBe(404);
    }
  });

  it('where it keeps bytes', async () => {
    const deposit = { size: 1, party: null, keyHash: 'x' };
    for (const data of [...odd, { of: 1, base64: 5 }, { of: 1, base64: 'eA==' }]) {
      const { dialogueId } = await openTalks(api);
      const bytesId = randomUUID();
      await store(
        `blobs-${dialogueId}`,
        'BytesDeposited',
        typeof data === 'object' && !Array.isArray(data) ? { ...deposit, bytesId, ...data } : data,
      );
      await store(`blob-${bytesId}`, 'ChunkKept', data);
      const source = {
        dialogueId,
        kind: 'note',
        issuers: ['RU'],
        lang: 'en',
        title: 'Note',
        citation: 'No. 1',
        held: true,
        bytesId,
      };
      const made = await api.create('/v1/sources', source);
      expect(made.status).toBeLessThan(500);
      if (made.status !== 201) continue;
      expect((await api.get(`/v1/sources/${String(made.body['id'])}/bytes`)).status).toBe(404);
    }
  });

  it('where it is a key: it opens nothing, and the list of keys goes on', async () => {
    for (const data of odd) {
      const id = randomUUID();
      await store(`credential-${id}`, 'CredentialIssued', data);
      const headers = { Authorization: `Bearer entente_${id.replaceAll('-', '')}_${'A'.repeat(43)}` };
      expect((await api.ask('GET', '/v1/irritants', { as: 'nobody', headers })).status).toBe(401);
    }
    expect((await api.ask('GET', '/v1/keys', { as: 'operator' })).status).toBe(200);
  });
});

describe('What somebody found before stays found', () => {
  it('by the same words, whatever was recorded since', async () => {
    const venue = { en: 'The house' };
    const round = await api.create('/v1/rounds', { dialogueId: ground.dialogueId, venue }, 'ru-registrar');
    const at = `/v1/rounds/${String(round.body['id'])}`;
    const delegate = { party: 'US', role: 'head', nameAsGiven: 'Theodore', lang: 'en' };
    expect((await api.act(`${at}/name-delegate`, delegate, 'us-registrar')).status).toBe(200);
    await api.settled();
    const path = `/v1/search?q=the&knownAt=${momentOfNow(api.server.record)}&limit=200`;
    const before = (await api.get(path)).body;
    expect(before).toMatchObject({ final: true });
    expect(JSON.stringify(before)).toContain('The');
    const indicated = { text: { en: 'Soon.' } };
    expect((await api.act(`${at}/indicate-next-round`, indicated, 'ru-registrar')).status).toBe(200);
    await api.settled();
    expect((await api.get(path)).body).toEqual(before);
  });

  it('and the next page of a search is of the same moment', async () => {
    for (let made = 0; made < 60; made += 1) await raise();
    await api.settled();
    const page = await api.ask<string>('GET', '/search?q=properties', {
      as: 'nobody',
      headers: { Cookie: api.cookieFor(api.keys['reader']!) },
    });
    expect(page.body).toMatch(/rel="next" href="[^"]*knownAt=m[\w-]{64}/);
  });
});
