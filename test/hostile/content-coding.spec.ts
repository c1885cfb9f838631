import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { Api } from '../support/api.js';
import { raising, setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { faultsIn } from './rules.js';
import { bytesOf, sendBytes } from './wire.js';
import type { Reply } from './wire.js';

let api: Api;
let scene: Scene;
let port: number;
let sent = 0;

beforeAll(async () => {
  api = await Api.start();
  scene = await setScene(api);
  port = Number(new URL(api.server.url).port);
});
afterAll(() => api.stop());

async function post(target: string, body: Buffer, coding: string | undefined, type = 'application/json') {
  sent += 1;
  const headers: [string, string][] = [
    ['Authorization', `Bearer ${api.keys['ru-registrar']}`],
    ['Content-Type', type],
    ['Idempotency-Key', `packed-${sent}`],
  ];
  if (coding !== undefined) headers.push(['Content-Encoding', coding]);
  const reply = await sendBytes(port, bytesOf({ method: 'POST', target, headers, body }));
  if (reply === undefined) throw new Error('The server closed the connection without a word.');
  return reply;
}

function expectRefused(reply: Reply): void {
  expect({ faults: faultsIn(reply, 'POST'), status: reply.status }).toEqual({ faults: [], status: 415 });
  expect(reply.headers['accept-encoding']).toBe('identity');
  expect(JSON.parse(reply.body)).toMatchObject({ code: 'content-coding-unsupported' });
}

const irritant = () => Buffer.from(JSON.stringify(raising(scene.dialogueId)));
const count = async () => (await api.get<{ items: unknown[] }>('/v1/irritants?limit=200')).body.items.length;

describe('A body that comes packed', () => {
  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
    ['GZip', gzipSync],
    ['gzip, br', (bytes: Buffer) => brotliCompressSync(gzipSync(bytes))],
    ['identity, gzip', gzipSync],
    ['compress', (bytes: Buffer) => bytes],
    ['dcb', (bytes: Buffer) => bytes],
    ['aes128gcm', (bytes: Buffer) => bytes],
    ['utf-8', (bytes: Buffer) => bytes],
    ['none', (bytes: Buffer) => bytes],
  ])('with %s is refused with the codings that are taken, and records nothing', async (coding, pack) => {
    const before = await count();
    expectRefused(await post('/v1/irritants', pack(irritant()), coding));
    const bytes = `/v1/dialogues/${scene.dialogueId}/bytes`;
    expectRefused(await post(bytes, pack(irritant()), coding, 'application/octet-stream'));
    await api.settled();
    expect(await count()).toBe(before);
  });

  it('is refused before it is unpacked, however large it would become', async () => {
    expectRefused(await post('/v1/irritants', gzipSync(Buffer.alloc(50_000_000)), 'gzip'));
  });

  it.each(['identity', 'Identity', 'identity, identity', '', ' '])(
    'is no packed body where the coding is "%s"',
    async (coding) => {
      expect((await post('/v1/irritants', irritant(), coding)).status).toBe(201);
    },
  );

  it('is not meant where there is no body', async () => {
    const headers = { 'Content-Encoding': 'gzip' };
    expect((await api.ask('GET', '/v1/irritants', { headers })).status).toBe(200);
  });
});
