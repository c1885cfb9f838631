import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { sourceBytesMax } from '../../src/platform/http/body-parsers.js';
import { operations } from '../authorisation/operations.js';
import { Api } from '../support/api.js';
import type { Answer, PrincipalName } from '../support/api.js';
import { raising, setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { expectRefused, Watch } from './refused.js';

let api: Api;
let scene: Scene;
let watch: Watch;

beforeAll(async () => {
  api = await Api.start();
  watch = new Watch(api);
  scene = await setScene(api);
});
afterAll(() => api.stop());
beforeEach(() => watch.begin());

/** Bytes as a body, for what is not JSON, or not even text. */
const send = (
  path: string,
  bytes: Buffer,
  contentType: string,
  as: PrincipalName = 'ru-registrar',
): Promise<Answer> =>
  api.ask('POST', path, {
    as,
    body: bytes,
    headers: { 'Content-Type': contentType, 'Idempotency-Key': 'bytes', 'If-Match': '"0"' },
  });

const raise = (bytes: Buffer | string, contentType = 'application/json') =>
  send('/v1/irritants', Buffer.from(bytes), contentType);

const deep = 10_000;

describe('The bytes of a body', () => {
  it.each([
    ['lists', '['.repeat(deep) + ']'.repeat(deep)],
    ['objects', '{"title":'.repeat(deep) + '1' + '}'.repeat(deep)],
    ['an end', '{"title":'.repeat(deep)],
  ])('are no JSON that is nested ten thousand deep, in %s or without it', async (_, text) => {
    await expectRefused(watch, await raise(text), { status: 400, code: 'json-too-deep' });
  });

  it.each([
    ['cut off', '{"title":{"en":"Six'],
    ['with something after the end', '{}{}'],
    ['in single quotes', "{'title':1}"],
    ['with a number that JSON does not have', '{"number":NaN}'],
  ])('are no JSON that is %s', async (_, text) => {
    await expectRefused(watch, await raise(text), { status: 400, code: 'malformed-json' });
  });

  it('are UTF-8: a sequence that is none is refused, and not replaced', async () => {
    const bytes = Buffer.concat([
      Buffer.from('{"title":{"en":"'),
      Buffer.from([0xc3, 0x28]),
      Buffer.from('"}}'),
    ]);
    await expectRefused(watch, await raise(bytes), { status: 400, code: 'malformed-json' });
    const utf16 = Buffer.from(JSON.stringify(raising(scene.dialogueId)), 'utf16le');
    await expectRefused(watch, await raise(utf16), { status: 400, code: 'malformed-json' });
  });

  it.each(['__proto__', 'constructor', 'prototype'])(
    'name no field %s, however deep, for it would reach into the program',
    async (name) => {
      const title = `{"en":"x","${name}":{"polluted":true}}`;
      const forbidden = { status: 400, code: 'forbidden-key' };
      await expectRefused(watch, await raise(`{"${name}":{"polluted":true}}`), forbidden);
      await expectRefused(watch, await raise(`{"title":${title}}`), forbidden);
      await expectRefused(watch, await raise(`{"sources":[{"sourceId":${title}}]}`), forbidden);
      expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    },
  );

  it('are at most 256 KiB: ten megabytes are refused', async () => {
    const body = JSON.stringify({ ...raising(scene.dialogueId), statement: { en: 'x'.repeat(10_000_000) } });
    await expectRefused(watch, await raise(body), { status: 413, code: 'too-large' });
  });

  it('are JSON: no command takes text, a form or bare bytes for it', async () => {
    const writes = operations.filter((one) => one.mediaType === 'application/json');
    const types = [
      'text/plain',
      'application/xml',
      'application/x-www-form-urlencoded',
      'application/octet-stream',
    ];
    const answers: Record<string, string> = {};
    for (const { operationId, path } of writes) {
      const as = path.startsWith('/v1/keys') ? 'operator' : 'ru-negotiator';
      const address = path.replace(/\{\w+\}/g, scene.irritantId);
      for (const type of types) {
        const { status, body } = await send(address, Buffer.from('party=RU'), type, as);
        if (status !== 415 || body['code'] !== 'unsupported-media-type') {
          answers[`${operationId} as ${type}`] = `${status} ${String(body['code'])}`;
        }
      }
    }
    expect(answers).toEqual({});
    expect(writes.length).toBeGreaterThan(50);
    expect(await watch.hasSeenNothing()).toBe(true);
  });
});

describe('The bytes of a source', () => {
  const upload = (bytes: Buffer, type = 'application/octet-stream') =>
    send(`/v1/dialogues/${scene.dialogueId}/bytes`, bytes, type);

  it('may be 20 MiB, and are kept as they were sent', async () => {
    const bytes = Buffer.alloc(sourceBytesMax, 'a long statement ');
    expect(sourceBytesMax).toBe(20 * 1024 * 1024);
    const { status, body } = await upload(bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const bytesId = expect.any(String);
    expect([status, body]).toEqual([201, { bytesId, sha256, size: sourceBytesMax }]);
  });

  it('are not more than 20 MiB', async () => {
    await expectRefused(watch, await upload(Buffer.alloc(sourceBytesMax + 1)), {
      status: 413,
      code: 'too-large',
    });
  });

  it('are something, and come as bytes', async () => {
    const unsupported = { status: 415, code: 'unsupported-media-type' };
    await expectRefused(watch, await upload(Buffer.alloc(0)), unsupported);
    await expectRefused(watch, await upload(Buffer.from('{}'), 'application/json'), unsupported);
  });
});

describe('What is refused of a body', () => {
  const bytes = () => `/v1/dialogues/${scene.dialogueId}/bytes`;
  const detailOf = async (path: string, body: Buffer, type: string) =>
    (await send(path, body, type)).body['detail'];

  it.each([
    ['/v1/irritants', 'text/plain', 'text/plain is not taken here; send application/json.'],
    ['/v1/irritants', 'text/csv', 'text/csv is not taken here; send application/json.'],
    [
      '/v1/imports',
      'application/vnd.ms-excel; charset=x',
      'application/vnd.ms-excel is not taken here; send text/csv or application/x-ndjson or application/jsonl.',
    ],
  ])('as another type at %s says which to send', async (path, type, detail) => {
    expect(await detailOf(path, Buffer.from('a'), type)).toBe(detail);
  });

  it('says so of the bytes of a source, too', async () => {
    expect(await detailOf(bytes(), Buffer.from('%PDF'), 'application/pdf')).toBe(
      'application/pdf is not taken here; send application/octet-stream.',
    );
  });

  it('as too large says how much is taken', async () => {
    expect(await detailOf('/v1/irritants', Buffer.alloc(256 * 1024 + 1, ' '), 'application/json')).toBe(
      'The body is larger than the 256 KiB that are taken here.',
    );
    expect(await detailOf(bytes(), Buffer.alloc(sourceBytesMax + 1), 'application/octet-stream')).toBe(
      'The body is larger than the 20 MiB that are taken here.',
    );
  });
});

describe('A method that an address does not take', () => {
  it('is answered with those that it takes, in a sentence', async () => {
    const { status, body } = await api.ask('DELETE', '/v1/irritants', { as: 'ru-negotiator' });
    expect([status, body['detail']]).toEqual([405, 'DELETE is not taken here; GET, HEAD and POST are.']);
  });
});

describe('An address', () => {
  it.each(['/v2/irritants', '/v1', '/v1/irritant', '/v1/irritants/x/y/z', '/admin', '/.env'])(
    'that the server does not have is not found: %s',
    async (path) => {
      await expectRefused(watch, await api.get(path), { status: 404, code: 'not-found' });
    },
  );

  it.each([
    ['DELETE', '/v1/irritants/SC1-1', ['GET', 'HEAD']],
    ['PATCH', '/v1/irritants/SC1-1', ['GET', 'HEAD']],
    ['PUT', '/v1/irritants', ['GET', 'HEAD', 'POST']],
    ['GET', '/v1/irritants/SC1-1/acknowledge', ['POST']],
    ['POST', '/livez', ['GET', 'HEAD']],
  ])('takes its own methods only: %s %s is answered with those', async (method, path, allowed) => {
    const answer = await api.ask(method, path, { as: 'ru-negotiator' });
    await expectRefused(watch, answer, { status: 405, code: 'method-not-allowed' });
    expect(answer.headers.get('allow')?.split(', ')).toEqual(allowed);
  });

  it('gives a replay in the two formats that it has, and no other', async () => {
    const headers = { Accept: 'image/png' };
    const answer = await api.ask('GET', `/v1/irritants/${scene.irritantId}/replay`, {
      as: 'reader',
      headers,
    });
    await expectRefused(watch, answer, { status: 406, code: 'not-acceptable' });
  });
});

describe('The server', () => {
  it('asks a client to wait that asks more often than it allows, and says how long', async () => {
    const busy = await Api.start({ requestsPerMinute: 5 });
    try {
      const watchBusy = new Watch(busy);
      await watchBusy.begin();
      const mine = () => busy.ask('GET', '/v1/me');
      for (let left = 4; left >= 0; left -= 1)
        expect((await mine()).headers.get('ratelimit')).toMatch(new RegExp(`^"principal";r=${left};t=\\d+$`));
      const refused = await busy.create('/v1/dialogues', {
        parties: ['RU', 'US'],
        keyPrefix: 'RUUS',
        name: { en: 'x' },
      });
      await expectRefused(watchBusy, refused, { status: 429, code: 'too-many-requests' });
      const seconds = Number(refused.headers.get('retry-after'));
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual(60);
      expect(refused.headers.get('ratelimit-policy')).toBe('"principal";q=5;w=60');
      expect(refused.headers.get('ratelimit')).toBe(`"principal";r=0;t=${seconds}`);
      // Whoever shares the address goes on, and whoever gives no key, or a wrong one, is counted by the address.
      expect((await busy.ask('GET', '/v1/me', { as: 'auditor' })).status).toBe(200);
      const stranger = {
        as: 'nobody',
        headers: { Authorization: `Bearer entente_${'0'.repeat(32)}_x` },
      } as const;
      const statuses: number[] = [];
      for (let asked = 0; asked < 6; asked += 1)
        statuses.push((await busy.ask('GET', '/v1/me', stranger)).status);
      expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    } finally {
      await busy.stop();
    }
  });
});
