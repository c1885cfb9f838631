import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import { raising, setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { expectRefused, Watch } from './refused.js';
import { faultsIn } from './rules.js';
import { sendBytes } from './wire.js';

let api: Api;
let scene: Scene;
let watch: Watch;
let port: number;

beforeAll(async () => {
  api = await Api.start();
  watch = new Watch(api);
  scene = await setScene(api);
  port = Number(new URL(api.server.url).port);
});
afterAll(() => api.stop());
beforeEach(() => watch.begin());
const end = '\r\n\r\n';
const local = 'Host: localhost\r\nConnection: close';
/** What every request needs to be a request to raise an irritant, but for its last lines and its body. */
const raisingOnWire = (): string =>
  `POST /v1/irritants HTTP/1.1\r\n${local}\r\nAuthorization: Bearer ${api.keys['ru-registrar']}\r\n` +
  'Content-Type: application/json\r\nIdempotency-Key: raw\r\n';

async function expectUnharmed(): Promise<void> {
  expect(await watch.hasSeenNothing()).toBe(true);
  expect((await api.get('/livez')).status).toBe(200);
}

async function expectProblem(bytes: Buffer | string, status: number, isHalf = false): Promise<void> {
  const reply = await sendBytes(port, bytes, { isHalf });
  if (reply === undefined) throw new Error('The server closed the connection without a word.');
  expect({ faults: faultsIn(reply, 'GET'), status: reply.status }).toEqual({ faults: [], status });
  await expectUnharmed();
}

describe('Bytes that are no request', () => {
  it.each([
    ['a greeting of another protocol', 'EHLO example.org\r\n'],
    [
      'a handshake that wants encryption',
      Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03]),
    ],
    ['the preface of HTTP/2', `PRI * HTTP/2.0${end}SM${end}`],
    ['a method that there is not', `FETCH /livez HTTP/1.1\r\n${local}${end}`],
    ['a version that there is not', `GET /livez HTTP/9.9\r\n${local}${end}`],
    ['an address with a blank', `GET /v1/irri tants HTTP/1.1\r\n${local}${end}`],
    ['a header without a colon', `GET /livez HTTP/1.1\r\n${local}\r\nno colon${end}`],
    ['a header with a NUL', `GET /livez HTTP/1.1\r\n${local}\r\nX-A: a\0b${end}`],
    ['a header folded over lines', `GET /livez HTTP/1.1\r\n${local}\r\nX-A: a\r\n b${end}`],
    ['a length that is no number', `POST /v1/irritants HTTP/1.1\r\n${local}\r\nContent-Length: ten${end}`],
    ['a negative length', `POST /v1/irritants HTTP/1.1\r\n${local}\r\nContent-Length: -1${end}`],
    [
      'two lengths',
      `POST /v1/irritants HTTP/1.1\r\n${local}\r\nContent-Length: 2\r\nContent-Length: 3${end}{}`,
    ],
    [
      'a length and chunks, by which one request could be smuggled into another',
      `POST /v1/irritants HTTP/1.1\r\n${local}\r\nContent-Length: 2\r\nTransfer-Encoding: chunked${end}0${end}`,
    ],
    ['only blanks', '   \r\n\r\n'],
  ])('are refused with a problem: %s', async (_, bytes) => {
    await expectProblem(bytes, 400);
  });

  it('are refused where there are too many headers, or an address that is too long', async () => {
    await expectProblem(`GET /livez HTTP/1.1\r\n${local}\r\nX-Long: ${'x'.repeat(40_000)}${end}`, 431);
    await expectProblem(`GET /${'x'.repeat(40_000)} HTTP/1.1\r\n${local}${end}`, 431);
  });

  it.each([
    ['without the Host that HTTP/1.1 asks for', `GET /livez HTTP/1.1\r\nConnection: close${end}`, 400],
    [
      'with an expectation that the server does not know',
      `GET /livez HTTP/1.1\r\n${local}\r\nExpect: a miracle${end}`,
      417,
    ],
  ])('are answered with a problem as well %s', async (_, bytes, status) => {
    await expectProblem(bytes, status);
  });
});

describe('A request that breaks off', () => {
  it.each([
    ['in its first line', 'GET /v1/irri'],
    ['in its headers', `GET /v1/irritants HTTP/1.1\r\nHost: local`],
  ])('%s is refused', async (_, bytes) => {
    await expectProblem(bytes, 400, true);
  });

  it('in its body records nothing, and the server lets go of it', async () => {
    const body = JSON.stringify(raising(scene.dialogueId));
    const cut = `${raisingOnWire()}Content-Length: ${body.length}${end}${body.slice(0, -5)}`;
    const reply = await sendBytes(port, cut, { isHalf: true });
    expect(reply === undefined ? [] : faultsIn(reply, 'POST')).toEqual([]);
    expect(reply?.status ?? 400).toBe(400);
    await expectUnharmed();
  });

  it('in a chunk that is none is refused', async () => {
    await expectProblem(`${raisingOnWire()}Transfer-Encoding: chunked${end}zz\r\n{}\r\n0${end}`, 400);
  });

  it('is one request: a second one hidden behind its length is not carried out', async () => {
    const body = JSON.stringify(raising(scene.dialogueId));
    const hidden = `${raisingOnWire()}Content-Length: ${body.length}${end}${body}`;
    await expectProblem(`${raisingOnWire()}Content-Length: ${Buffer.byteLength(hidden)}${end}${hidden}`, 400);
  });
});

describe('Headers that decide nothing', () => {
  it('give nobody another method, another address or a key', async () => {
    const headers = {
      'X-HTTP-Method-Override': 'POST',
      'X-Original-URL': '/v1/keys',
      'X-Forwarded-User': 'operator',
      Cookie: api.cookieFor(api.keys['operator']!),
    };
    const answer = await api.ask('GET', '/v1/keys', { as: 'nobody', headers });
    await expectRefused(watch, answer, { status: 401, code: 'unauthenticated' });
  });

  it('of a cookie that reads pages record nothing', async () => {
    const cookie = { Cookie: api.cookieFor(api.keys['ru-registrar']!), 'Idempotency-Key': 'by-cookie' };
    const asked = { as: 'nobody', body: raising(scene.dialogueId), headers: cookie } as const;
    const answer = await api.ask('POST', '/v1/irritants', asked);
    await expectRefused(watch, answer, { status: 401, code: 'unauthenticated' });
  });
});
