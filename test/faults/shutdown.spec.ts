import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endAll } from './child.js';
import type { Client, Outcome } from './client.js';
import { irritant, layGround, position, record } from './load.js';
import type { Ground } from './load.js';
import { timed } from '../support/pace.js';
import { compiledProgram } from './program.js';
import { serve } from './served.js';
import type { Served } from './served.js';
import { framesOf, SlowReader } from './slow-reader.js';
import { Stored } from './stored.js';
import { Writers } from './writers.js';

const connections = 64;
const slowReaders = 3;
/** How long the server waits for a reader, and how long it takes by itself to end. */
const waitingMs = 8_000;
const endingMs = 2_000;
/** Together more than the system keeps between two processes, so that part of an answer is still with the server. */
const longPositions = 70;
const paddingCharacters = 19_900;
const paddingLanguages = ['ru', 'fr', 'es', 'ar', 'zh'];

const directory = mkdtempSync(join(tmpdir(), 'entente-shutdown-'));
let served: Served;
let ground: Ground;
/** The address of an irritant with a very long history. */
let long: string;

beforeAll(async () => {
  await compiledProgram();
  served = await serve(directory);
  ground = await layGround(served.client);
  long = `/v1/irritants/${ground.shared}`;
  const padding = Object.fromEntries(paddingLanguages.map((one) => [one, 'x'.repeat(paddingCharacters)]));
  for (let count = 0; count < longPositions; count += 1) {
    await record(served.client, position(randomUUID(), ground.shared, ground.sourceId, padding));
  }
  ground = { ...ground, shared: (await record(served.client, irritant(randomUUID(), ground))).id };
  served.client.close();
  await served.child.stop();
});

beforeEach(async () => {
  served = await serve(directory, connections);
});

afterEach(() => served.client.close());

afterAll(async () => {
  await endAll();
  rmSync(directory, { recursive: true, force: true });
});

/** Reads until the server answers no more, and keeps every outcome. */
async function readOn(client: Client, outcomes: Outcome[]): Promise<void> {
  for (;;) {
    const outcome = await client.ask('GET', '/v1/sources?limit=20');
    outcomes.push(outcome);
    if (outcome.kind !== 'answered') return;
  }
}

function expectWhole(outcomes: readonly Outcome[]): void {
  expect(outcomes.filter((one) => one.kind === 'cut')).toEqual([]);
  for (const one of outcomes) {
    if (one.kind !== 'answered') continue;
    expect(() => JSON.parse(one.text) as unknown).not.toThrow();
    if (one.status === 200) continue;
    expect(one.status).toBe(503);
    expect(one.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(Number(one.headers['retry-after'])).toBeGreaterThan(0);
  }
}

/** What was acknowledged is there, and what was not taken was not recorded behind the client's back. */
function expectAllThere(load: Writers): void {
  const places = Stored.read(directory).places();
  expect(load.acknowledged.filter(({ write }) => places.get(write.key)?.length !== 1)).toEqual([]);
  expect(load.unanswered.filter(({ key }) => places.has(key))).toEqual([]);
}

describe('asked to end under load', () => {
  it('finishes every answer that it began, those to slow readers included, and ends by itself', async () => {
    const ndjson = await SlowReader.open(served.client, `${long}/replay`, 'application/x-ndjson');
    const events = await SlowReader.open(served.client, `${long}/replay`, 'text/event-stream');
    const history = await SlowReader.open(served.client, `${long}/history?limit=200`, 'application/json');
    const load = new Writers(served.client, ground);
    const reads: Outcome[] = [];
    const writing = load.run((connections - slowReaders - 1) / 2);
    const reading = Array.from({ length: (connections - slowReaders - 1) / 2 }, () =>
      readOn(served.client, reads),
    );
    await load.reached(100);
    served.child.signal('SIGTERM');
    const read = timed(() =>
      Promise.all([
        history.rest().then((text) => (JSON.parse(text) as { items: unknown[] }).items),
        ndjson.rest().then(framesOf),
        events.rest().then(framesOf),
      ]),
    );
    const { value: ended, tookMs, slowness } = await timed(() => served.child.ended);
    const { code, stderr } = ended;
    const {
      value: [items, ...frames],
      tookMs: readMs,
    } = await read;
    await Promise.all([writing, ...reading]);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(tookMs).toBeLessThan(waitingMs + endingMs * slowness);
    expect(frames.map((one) => one.length)).toEqual([items.length, items.length]);
    expect(load.cut).toEqual([]);
    expectWhole([...reads, ...load.refused]);
    expectAllThere(load);
    const refused = reads.filter((one) => one.kind === 'answered' && one.status === 503).length;
    process.stdout.write(
      `SIGTERM: the slow readers had all after ${Math.round(readMs)} ms, the server ended after ${Math.round(tookMs)} ms; ${load.acknowledged.length} writes acknowledged, ` +
        `${load.unanswered.length} not taken, ${load.refused.length + refused} requests told to come again\n`,
    );
  });

  it('does not wait for connections that proxies keep for later, nor for those that never spoke', async () => {
    const { hostname, port } = new URL(served.client.url);
    const sockets: Socket[] = [];
    for (let count = 1; count <= 30; count += 1) {
      const socket = connect(Number(port), hostname);
      sockets.push(socket);
      await once(socket, 'connect');
      if (count % 2 === 0) continue;
      socket.write('GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n');
      await once(socket, 'data');
    }
    const closed = sockets.map((socket) => once(socket, 'close'));
    const { value, tookMs, slowness } = await timed(() => served.child.stop());
    expect(value).toMatchObject({ code: 0, stderr: '' });
    expect(tookMs).toBeLessThan(2_000 * slowness);
    for (const socket of sockets) socket.resume();
    await Promise.all(closed);
  });

  it('does not wait longer than ten seconds for a reader that has stopped reading', async () => {
    const reader = await SlowReader.open(served.client, `${long}/replay`, 'text/event-stream');
    const { value: ended, tookMs, slowness } = await timed(() => served.child.stop());
    expect(ended.code).toBe(0);
    expect(tookMs).toBeLessThan(waitingMs + endingMs * slowness);
    reader.leave();
  });
});
