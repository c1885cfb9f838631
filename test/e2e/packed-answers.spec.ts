import 'reflect-metadata';
import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { istanbulRecord } from '../../src/demo/istanbul.record.js';
import { loadRecord } from '../../src/demo/load.js';
import { cookieOf } from '../pages/reading.js';
import { Api } from '../support/api.js';

let api: Api;
beforeAll(async () => {
  api = await Api.start();
  await loadRecord(istanbulRecord, { url: api.server.url, key: api.keys['secretariat'] ?? '' });
  await api.settled();
});
afterAll(() => api.stop());

interface Raw {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

/** Asks as a client does that unpacks nothing by itself. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET', body = ''): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const sent = request(`${api.server.url}${path}`, { method, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({ status: answer.statusCode, headers: answer.headers, bytes: Buffer.concat(chunks) }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const as = (principal: string) => ({ Authorization: `Bearer ${api.keys[principal]}` });
const packers = { 'Accept-Encoding': 'gzip, br' };

const unpacked = {
  br: (bytes: Buffer) => brotliDecompressSync(bytes).toString(),
  gzip: (bytes: Buffer) => gunzipSync(bytes).toString(),
};

/** Each answer names its moment in another way. */
const still = (text: string) => text.replace(/"(?:asOf|next)":"[^"]*"/g, '').replace(/knownAt=[^&"]*/g, '');

describe('An answer', () => {
  const readable = [
    ['a list', '/v1/irritants?limit=50', 'reader'],
    ['an entry', '/v1/irritants/RUUS-1', 'reader'],
    ['a history', '/v1/irritants/RUUS-1/history?order=asc', 'reader'],
    ['a replay, frame by frame', '/v1/irritants/RUUS-1/replay', 'reader'],
    ['a page on the interface', '/docs/rounds', 'reader'],
    ['the description', '/openapi.json', 'reader'],
    ['the style sheet', '/style.css', 'reader'],
  ] as const;

  it.each(readable.flatMap((one) => (['br', 'gzip'] as const).map((coding) => [...one, coding] as const)))(
    'that is %s is packed for whoever takes it so, and unpacks to the same: %s, %s, %s',
    async (_, path, principal, coding) => {
      const plain = await ask(path, as(principal));
      const packed = await ask(path, { ...as(principal), 'Accept-Encoding': coding });
      expect([plain.status, packed.status]).toEqual([200, 200]);
      expect(plain.headers['content-encoding']).toBeUndefined();
      expect(packed.headers).toMatchObject({
        'content-encoding': coding,
        'content-type': plain.headers['content-type'],
      });
      expect([plain.headers.vary, packed.headers.vary]).toEqual(['Accept-Encoding', 'Accept-Encoding']);
      expect(packed.headers.etag).toBe(plain.headers.etag);
      expect(still(unpacked[coding](packed.bytes))).toBe(still(plain.bytes.toString()));
      expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 2);
    },
  );

  it('is as long as it says, also to a look at its headers alone', async () => {
    const got = await ask('/docs/rounds', packers);
    const looked = await ask('/docs/rounds', packers, 'HEAD');
    expect(got.headers['content-length']).toBe(String(got.bytes.length));
    expect(looked.headers['content-length']).toBe(String(got.bytes.length));
    expect(looked.headers['content-encoding']).toBe('br');
    expect(looked.bytes).toHaveLength(0);
  });

  it('says beside the form that it has in which it could be had', async () => {
    const { id } = (await api.get<{ items: { id: string }[] }>('/v1/dialogues')).body.items[0] ?? { id: '' };
    const book = await ask(`/v1/dialogues/${id}/brief?for=RU`, { ...as('auditor'), ...packers });
    expect(book.headers).toMatchObject({ vary: 'Accept, Accept-Encoding', 'content-encoding': 'br' });
  });

  it.each([
    ['that fits into one packet', '/v1/irritants/RUUS-999', {}],
    ['that says whether the server is well', '/readyz', {}],
    [
      'of events, each of which must arrive by itself',
      '/v1/irritants/RUUS-1/replay',
      { Accept: 'text/event-stream' },
    ],
    ['that tells of keys', '/v1/keys', {}],
  ])('%s is sent as it is: %s', async (_, path, headers) => {
    const answer = await ask(path, {
      ...as(path === '/v1/keys' ? 'operator' : 'reader'),
      ...packers,
      ...headers,
    });
    expect(answer.bytes.toString()).toMatch(/^(?:\{|id: )/);
    expect(answer.headers['content-encoding']).toBeUndefined();
  });

  it('that shows a key is sent as it is, however long', async () => {
    const dialogues: string[] = [];
    for (let made = 10; made < 36; made += 1) {
      const opened = { parties: ['FR', 'DE'], keyPrefix: `MANY${made}`, name: { en: 'Talks' } };
      const said = {
        ...as('secretariat'),
        'Content-Type': 'application/json',
        'Idempotency-Key': `many-${made}`,
      };
      const { bytes } = await ask('/v1/dialogues', said, 'POST', JSON.stringify(opened));
      dialogues.push((JSON.parse(bytes.toString()) as { id: string }).id);
    }
    const body = JSON.stringify({ name: 'A reader of many dialogues', roles: ['reader'], dialogues });
    const headers = { ...as('operator'), ...packers, 'Content-Type': 'application/json' };
    const answer = await ask('/v1/keys', headers, 'POST', body);
    expect([answer.status, answer.headers['content-encoding']]).toEqual([201, undefined]);
    expect(answer.bytes.length).toBeGreaterThan(1_400);
  });
});

describe('A page of the record', () => {
  it('is packed, but where it repeats what its address asks', async () => {
    const reader = { Cookie: cookieOf(api, 'reader'), ...packers };
    const page = await ask('/irritants/RUUS-1', reader);
    expect(page.headers['content-encoding']).toBe('br');
    expect(unpacked.br(page.bytes)).toContain('Six diplomatic properties');
    const search = await ask('/search?q=properties', reader);
    expect(search.headers['content-encoding']).toBeUndefined();
    expect(search.bytes.toString()).toContain('Six diplomatic properties');
  });

  it.each([
    ['asks a stranger for a key', 200, '/', 'GET', ''],
    ['asks for a key first', 401, '/irritants/RUUS-1', 'GET', ''],
    ['refuses a key', 401, '/sign-in', 'POST', 'key=wrong'],
    ['refuses a ticket', 410, '/enter/used', 'GET', ''],
  ])('that %s is sent as it is', async (_, status, path, method, form) => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded', ...packers };
    const page = await ask(path, method === 'POST' ? headers : packers, method, form);
    expect([page.status, page.headers['content-encoding']]).toEqual([status, undefined]);
    expect(page.bytes.length).toBeGreaterThan(1_400);
  });
});
