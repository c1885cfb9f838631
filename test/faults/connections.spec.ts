import 'reflect-metadata';
import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { connectionLimits } from '../../src/platform/http/connections.js';
import type { ConnectionLimits } from '../../src/platform/http/connections.js';
import { slowness, timed } from '../support/pace.js';
import { Api } from '../support/api.js';
import { openTalks } from '../support/scene.js';
import { slowFor } from './slowness.js';

const stalledMs = 400;
/** More than the system keeps between two sockets, so that much of it is still with the server. */
const bytes = 'x'.repeat(19 * 1024 * 1024);

let api: Api;
const sockets: Socket[] = [];

async function start(limits: Partial<ConnectionLimits> = {}): Promise<void> {
  api = await Api.start({}, undefined, { ...connectionLimits, ...limits });
}

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await api.stop();
});

async function opened(): Promise<Socket> {
  const socket = connect({ port: Number(new URL(api.server.url).port), host: '127.0.0.1' });
  socket.on('error', () => undefined);
  sockets.push(socket);
  await once(socket, 'connect');
  return socket;
}

function ask(socket: Socket, path: string): void {
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${api.keys['reader']}\r\n\r\n`,
  );
}

/** The head of the answer, with what came of the body with it; nothing more is read afterwards. */
async function headOf(socket: Socket): Promise<string> {
  const [chunk] = (await once(socket, 'data')) as [Buffer];
  socket.pause();
  return chunk.toString('latin1');
}

/** What the system counts, for a server that cuts somebody off tells nobody. */
const openSockets = () => process.getActiveResourcesInfo().filter((one) => one === 'TCPSocketWrap').length;

async function until(wanted: () => boolean): Promise<void> {
  while (!wanted()) await turnOfTheLoop();
}

/** The address of a source whose bytes are a large answer in one piece. */
async function largeSource(): Promise<string> {
  const { dialogueId } = await openTalks(api);
  const { body } = await api.sendBytes(dialogueId, bytes);
  const source = await api.create('/v1/sources', {
    dialogueId,
    kind: 'statement',
    issuers: ['US'],
    lang: 'en',
    held: true,
    bytesId: body.bytesId,
    title: 'Held',
    citation: 'Held',
  });
  return `/v1/sources/${source.body['id'] as string}/bytes`;
}

describe('A reader', () => {
  it('that takes nothing of its answer is dropped, and the server is well', async () => {
    await start({ stalledMs });
    const path = await largeSource();
    const socket = await opened();
    const before = openSockets();
    ask(socket, path);
    expect(await headOf(socket)).toMatch(/^HTTP\/1\.1 200 /);
    await until(() => openSockets() < before);
    socket.resume();
    await once(socket, 'close');
    expect(socket.bytesRead).toBeLessThan(bytes.length);
    expect((await api.get('/livez')).status).toBe(200);
  });

  it('that is slow, but goes on, gets all of it, however long it takes', async () => {
    // Reader and server are one process here: where that gets nothing for a while, neither is stalled.
    const stalledMs = 400 * Math.ceil(2 * slowness());
    await start({ stalledMs });
    const path = await largeSource();
    const socket = await opened();
    ask(socket, path);
    const begun = performance.now();
    await headOf(socket);
    let stop = socket.bytesRead;
    while (socket.bytesRead < bytes.length) {
      stop += 1024 * 1024;
      const enough = new Promise<void>((resolve) => {
        socket.on('data', () => (socket.bytesRead >= Math.min(stop, bytes.length) ? resolve() : undefined));
      });
      socket.resume();
      await Promise.race([enough, once(socket, 'close')]);
      if (socket.closed) break;
      socket.pause().removeAllListeners('data');
      await slowFor(stalledMs / 4);
    }
    expect(socket.bytesRead).toBeGreaterThan(bytes.length);
    expect(performance.now() - begun).toBeGreaterThan(3 * stalledMs);
  });

  it('that has nothing to read yet is not taken for one that does not read', async () => {
    await start({ stalledMs: 100 });
    const { store } = api.server.record;
    const readStream = store.readStream.bind(store);
    store.readStream = async function* (...asked) {
      await slowFor(500);
      yield* readStream(...asked);
    };
    expect((await api.get('/v1/dialogues/01960b3a-0000-7000-8000-00000000ffff')).status).toBe(404);
  });
});

describe('The number of connections', () => {
  it('is bounded: one too many is turned away, and its place is free again when another leaves', async () => {
    await start({ connectionsMax: 5 });
    const first = await opened();
    const others = await Promise.all(Array.from({ length: 4 }, opened));
    for (const socket of [first, ...others]) {
      ask(socket, '/livez');
      expect(await headOf(socket)).toMatch(/^HTTP\/1\.1 200 /);
    }
    await once(await opened(), 'close');
    first.destroy();
    for (let answered = false; !answered;) {
      const socket = await opened();
      ask(socket, '/livez');
      answered = await Promise.race([
        once(socket, 'data').then(() => true),
        once(socket, 'close').then(() => false),
      ]);
    }
  });
});

describe('A connection that idles', () => {
  it('is kept for longer than the proxies before us keep it', async () => {
    await start();
    const socket = await opened();
    ask(socket, '/livez');
    const [, seconds = ''] = /keep-alive: timeout=(\d+)/i.exec(await headOf(socket)) ?? [];
    expect(Number(seconds)).toBeGreaterThan(65);
  });

  it.each([
    ['after an answer', true],
    ['that was opened and never spoke', false],
  ])('does not hold up the end: one %s', async (_, hasSpoken) => {
    await start();
    for (const socket of await Promise.all(Array.from({ length: 20 }, opened))) {
      if (!hasSpoken) continue;
      ask(socket, '/livez');
      await headOf(socket);
      socket.resume();
    }
    const { tookMs, slowness } = await timed(() => api.server.stop());
    expect(tookMs).toBeLessThan(1_500 * slowness);
  });

  it('and goes idle just as the server ends does not hold it up, and its answer is whole', async () => {
    await start();
    const path = await largeSource();
    const socket = await opened();
    ask(socket, path);
    await headOf(socket);
    const { tookMs, slowness } = await timed(async () => {
      const stopped = api.server.stop();
      socket.resume();
      await once(socket, 'close');
      await stopped;
    });
    expect(socket.bytesRead).toBeGreaterThan(bytes.length);
    expect(tookMs).toBeLessThan(2_500 * slowness);
  });
});
