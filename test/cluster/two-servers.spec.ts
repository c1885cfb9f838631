import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStoreDbEventStore } from '#libs/event-store-eventstoredb';
import { Facade } from '#libs/event-store-eventstoredb/testing';
import { endAll } from '../faults/child.js';
import { backstopMs, slowness, timed } from '../support/pace.js';
import { ClusterNode } from './node.js';
import { killsWanted } from './runs.js';

/** How long the holder of the lease is silent before another takes over, and how long that takes by itself. */
const silentMs = 6_000;
const takingOverMs = 4_000;
/** From here on the processors have more to do than these tests. */
const busy = 1.5;
const facade = new Facade();
let folder: string;
let nodes: [ClusterNode, ClusterNode];
let keys: { operator: string; reader: string; RU: string; US: string };
let dialogueId: string;
let created = 0;
/** The files of first keys that there were once both servers had started. */
let keyFiles: readonly string[];
/** Irritants whose consultation must have begun, once each. */
const consulted: string[] = [];

beforeAll(async () => {
  await facade.start();
  folder = mkdtempSync(join(tmpdir(), 'entente-cluster-'));
  const url = facade.connectionString('cluster');
  nodes = [new ClusterNode(join(folder, 'one'), url), new ClusterNode(join(folder, 'two'), url)];
  await Promise.all(nodes.map((node) => node.start()));
  keyFiles = nodes.map(({ directory }) => join(directory, 'keys.json')).filter((file) => existsSync(file));
  const first = JSON.parse(readFileSync(keyFiles[0] ?? '', 'utf8')) as { operator: string; reader: string };
  const make = async (party: string) =>
    (await nodes[0].ask(first.operator, 'POST', '/v1/keys', { name: party, party, roles: ['negotiator'] }))
      .body['key'] as string;
  keys = { ...first, RU: await make('RU'), US: await make('US') };
  dialogueId = await create(nodes[1], 'RU', '/v1/dialogues', {
    parties: ['RU', 'US'],
    keyPrefix: 'CLUS',
    name: { en: 'x' },
  });
  await act(nodes[0], 'US', `/v1/dialogues/${dialogueId}/join`, {});
});
afterAll(async () => {
  await endAll();
  await facade.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function create(
  node: ClusterNode,
  party: 'RU' | 'US',
  path: string,
  body: Record<string, unknown>,
): Promise<string> {
  created += 1;
  const made = await node.ask(keys[party], 'POST', path, body, { 'Idempotency-Key': `made-${created}` });
  expect({ path, status: made.status, body: made.status === 201 ? null : made.body }).toEqual({
    path,
    status: 201,
    body: null,
  });
  return made.body['id'] as string;
}

/** Where the machine gives a server less time than it waits for, it says to come again. */
async function read(node: ClusterNode, path: string): ReturnType<ClusterNode['ask']> {
  for (;;) {
    const answer = await node.ask(keys.reader, 'GET', path);
    if (answer.status === 503 && slowness() > busy) continue;
    return answer;
  }
}
async function act(
  node: ClusterNode,
  party: 'RU' | 'US',
  path: string,
  body: Record<string, unknown>,
): Promise<void> {
  const present = await read(node, path.slice(0, path.lastIndexOf('/')));
  expect({ path, status: present.status }).toEqual({ path, status: 200 });
  const done = await node.ask(keys[party], 'POST', path, body, {
    'If-Match': present.headers.get('etag') ?? '',
  });
  expect({ path, status: done.status }).toEqual({ path, status: 200 });
}

/** A round at which a new irritant is discussed, held by the word of both: a policy begins consultation. */
async function consult(node: ClusterNode): Promise<void> {
  const irritant = {
    dialogueId,
    raisers: ['RU'],
    respondents: ['US'],
    raisedBasis: 'stated',
    category: 'visas',
    title: { en: 'x' },
  };
  const id = await create(node, 'RU', '/v1/irritants', irritant);
  const round = await create(node, 'RU', '/v1/rounds', { dialogueId });
  await act(node, 'RU', `/v1/rounds/${round}/discuss`, { irritantId: id });
  await act(node, 'RU', `/v1/rounds/${round}/confirm-held`, {});
  await act(node, 'US', `/v1/rounds/${round}/confirm-held`, {});
  consulted.push(id);
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const began = performance.now();
  while (!(await holds())) {
    if (performance.now() - began > backstopMs) throw new Error('It did not come about.');
  }
}
const hasBegun = async (node: ClusterNode, id: string | undefined) =>
  (await node.ask(keys.reader, 'GET', `/v1/irritants/${id}`)).body['stage'] === 'under-consultation';

describe('Two servers on one cluster', () => {
  it('make the first keys of an empty store once, though both start at the same moment', async () => {
    expect(keyFiles).toHaveLength(1);
    const list = await nodes[0].ask(keys.operator, 'GET', '/v1/keys');
    const names = (list.body['items'] as { name: string }[]).map(({ name }) => name);
    expect(names.sort()).toEqual(['RU', 'US', 'auditor', 'operator', 'reader', 'secretariat']);
  });

  it('run the policies on one of them, and see each other’s writes and keys', async () => {
    await consult(nodes[0]);
    await consult(nodes[1]);
    await until(() => hasBegun(nodes[0], consulted[1]));
    await until(() => hasBegun(nodes[1], consulted[0]));
    const running = await Promise.all(nodes.map((node) => node.runsPolicies()));
    expect(running.filter(Boolean)).toHaveLength(1);
  });

  it('show a writer its act, also where the other one renews the lease meanwhile', async () => {
    const other = (await nodes[0].runsPolicies()) ? nodes[1] : nodes[0];
    const cited = { kind: 'press', issuers: [], lang: 'en', held: false, title: 'x', citation: 'x' };
    const body = { dialogueId, ...cited };
    const headers = { 'Idempotency-Key': 'a-source' };
    const written = await other.ask(keys.RU, 'POST', '/v1/sources', body, headers);
    const position = encodeURIComponent(written.headers.get('event-position') ?? '');
    // Longer than the holder is silent, so that the lease is the newest event for some of the reads.
    for (const began = Date.now(); Date.now() - began < 2_500;) {
      expect((await read(other, `/v1/sources?minPosition=${position}`)).status).toBe(200);
    }
  });

  it(
    'go on when the one that runs the policies is killed: reads at once, consequences within ten seconds, each once',
    async () => {
      const takenOver: number[] = [];
      for (let kill = 0; kill < killsWanted; kill += 1) {
        const isFirst = await nodes[0].runsPolicies();
        const [runner, other] = isFirst ? nodes : [nodes[1], nodes[0]];
        const dying = consult(runner).catch(() => undefined);
        await runner.kill();
        await dying;
        expect((await read(other, '/v1/irritants?limit=1')).status).toBe(200);
        await consult(other);
        const taken = await timed(() => until(() => hasBegun(other, consulted.at(-1))));
        expect(taken.tookMs).toBeLessThan(silentMs + takingOverMs * taken.slowness);
        takenOver.push(Math.round(taken.tookMs));
        await runner.start();
      }
      process.stdout.write(`Taken over after ${takenOver.join(', ')} ms.\n`);
      for (const id of consulted) await until(() => hasBegun(nodes[0], id));
      const store = await EventStoreDbEventStore.open({
        connectionString: facade.connectionString('cluster'),
      });
      for (const id of consulted) {
        const types: string[] = [];
        for await (const event of store.readStream(`irritant-${id}`)) types.push(event.type);
        expect(types).toEqual(['IrritantRaised', 'InstrumentLinked', 'ConsultationBegan']);
      }
      await store.close();
    },
    240_000 + killsWanted * 120_000,
  );

  it('end in order when they are asked to', async () => {
    expect(await nodes[0].stop()).toBe(0);
    expect(await nodes[1].stop()).toBe(0);
  });
});
