import 'reflect-metadata';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStoreDbEventStore } from '#libs/event-store-eventstoredb';
import { Facade } from '#libs/event-store-eventstoredb/testing';
import { Ids } from '../../src/platform/record/ids.js';
import { leaseStream, StoreLease } from '../../src/platform/reactions/lease.js';
import { RealTimer } from '../../src/platform/record/timer.js';
import { startServer } from '../../src/server.js';
import { Folders } from '../cli/folders.js';
import { Child, endAll } from '../faults/child.js';
import { compiledProgram } from '../faults/program.js';
import { quietSettings } from '../support/api.js';

const folders = new Folders();
const facade = new Facade();

beforeAll(async () => {
  await compiledProgram();
  await facade.start();
});
afterAll(async () => {
  await endAll();
  await facade.stop();
  folders.remove();
});

const wordsOfLease = (name: string) =>
  (facade.database(name).log.stream(leaseStream) ?? []).map(({ type }) => type);

describe('The lease of a server', () => {
  it('that draws nothing any more is waited for by the demonstration, which says so on one line and goes on', async () => {
    const connectionString = facade.connectionString('silent');
    const store = await EventStoreDbEventStore.open({ connectionString });
    // As a server that was killed looks to the others, for as long as nobody could say when they take over.
    const silent = new StoreLease(store, new Ids(), new RealTimer(), 'silent');
    const place = { cwd: folders.top, settings: { EVENTSTORE_URL: connectionString } };
    const demo = await Child.start(['demo', '--data', folders.in('demo'), '--port', '0'], place);
    await demo.printed(/^Waiting for what follows from an act: .*ten seconds …$/m);
    await silent.stop();
    await store.close();
    await demo.printed(/Entering an invented dialogue/);
    expect(demo.stdout.match(/^Waiting for/gm)).toHaveLength(1);
    expect((await demo.stop()).code).toBe(0);
    expect(wordsOfLease('silent').at(-1)).toBe('LeaseReleased');
  });

  it('that could not start, for its port is taken, is left to nobody', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const settings = { ...quietSettings, port, storeUrl: facade.connectionString('taken') };
    await expect(startServer({ settings })).rejects.toThrow('EADDRINUSE');
    expect([undefined, 'LeaseReleased']).toContain(wordsOfLease('taken').at(-1));
    taken.close();
  });

  it('that had served, and can not go on with its first steps, is given up as well', async () => {
    const name = 'foreign-to-the-demonstration';
    const storeUrl = facade.connectionString(name);
    const server = await startServer({ settings: { ...quietSettings, storeUrl } });
    const maker = { name: 'operator', party: null, roles: ['operator'] as const, days: 1 };
    await server.record.credentials.issue(maker, { as: 'folder' });
    await server.stop();
    const place = { cwd: folders.top, settings: { EVENTSTORE_URL: storeUrl } };
    const child = await Child.start(['demo', '--data', folders.in('other'), '--port', '0'], place);
    const ended = await child.ended;
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/holds a record that "entente demo" did not make/);
    expect(wordsOfLease(name).at(-1)).toBe('LeaseReleased');
  });
});
