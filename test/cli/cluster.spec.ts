import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStoreDbEventStore } from '#libs/event-store-eventstoredb';
import { Facade } from '#libs/event-store-eventstoredb/testing';
import { timed } from '../support/pace.js';
import { Child, endAll, run } from '../faults/child.js';
import type { Ended } from '../faults/child.js';
import { compiledProgram } from '../faults/program.js';
import { expectFailure, expectNoTrace, expectSuccess } from './expectations.js';
import { Folders } from './folders.js';

/** How long the doctor waits for a cluster, and how long a command takes to start and to end. */
const waitingMs = 10_000;
const runningMs = 2_000;
const folders = new Folders();
const facade = new Facade();
const directory = folders.in('data');
const on = (url: string, ...args: string[]) =>
  run(args, { cwd: folders.top, settings: { EVENTSTORE_URL: url } });
const doctor = (url: string) => on(url, 'doctor', '--data', directory);

beforeAll(async () => {
  await compiledProgram();
  await facade.start();
});
afterAll(async () => {
  await endAll();
  await facade.stop();
  folders.remove();
});

function expectIll(ended: Ended, says: RegExp): void {
  expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 1, stderr: '' });
  expect(ended.stdout).toMatch(says);
  expect(ended.stdout).toMatch(/1 thing\(s\) to mend/);
  expect(ended.stdout).not.toMatch(/sekret|somebody/);
  expectNoTrace(ended);
}

describe('The commands on a cluster', () => {
  const url = facadeUrl('commands');

  it('enter the Istanbul record, and replay it, list its keys and build it anew from there', async () => {
    const child = await Child.start(['demo', '--data', directory, '--port', '0'], {
      cwd: folders.top,
      settings: { EVENTSTORE_URL: url() },
    });
    await child.printed(/\d+ acts recorded/);
    expect((await child.stop()).code).toBe(0);
    const replayed = await on(url(), 'replay', 'RUUS-1', '--data', directory);
    expectSuccess(replayed);
    expect(replayed.stdout).toContain('stage: raised → under consultation');
    const listed = await on(url(), 'keys', 'list', '--data', directory);
    expectSuccess(listed);
    expect(listed.stdout).toContain('secretariat');
    expectSuccess(await on(url(), 'rebuild', '--data', directory));
    expect(existsSync(folders.in('data/store.sqlite'))).toBe(false);
  });

  it('say that the read models in the folder are of another store, and what to do', async () => {
    const ended = await on(facade.connectionString('another'), 'demo', '--data', directory, '--port', '0');
    // It looks for longer than an election before it calls a store another one, and says meanwhile what it does.
    const stdout = 'Reading what the store holds already …\n';
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: 1, stdout });
    expect(ended.stderr).toMatch(/entente: record halted: .*rebuild/);
    expectNoTrace(ended);
  });

  it('find it well, and say that the way to it has no TLS', async () => {
    const ended = await doctor(url());
    expectSuccess(ended);
    expect(ended.stdout).toMatch(/^✓ cluster +answers/m);
    expect(ended.stdout).toMatch(/^· connection +without TLS/m);
    expect(ended.stdout).toMatch(/^✓ store +\d+ event/m);
  });
});

describe('The doctor', () => {
  it.each([
    ['is not there', () => 'esdb://somebody:sekret@127.0.0.1:1?tls=false', /cluster .*can't be reached/],
    [
      'is not to be discovered',
      () => 'esdb+discover://somebody:sekret@127.0.0.1:1?tls=false',
      /can't be reached/,
    ],
    [
      'does not answer',
      () => `esdb://somebody:sekret@127.0.0.1:${silent.port}?tls=false`,
      /can't be reached/,
    ],
    ['refuses the user', () => deniedUrl(), /refuses this user.*password is wrong/],
    ['lets the user write nothing', () => readOnlyUrl(), /refuses to record anything.*right to write/],
    ['has an option too many', () => 'esdb://somebody:sekret@h?tlsVerify=no', /an option that there is not/],
    ['names no user', () => 'esdb://127.0.0.1:1', /names no user/],
  ])('says in time, and without its secrets, that a cluster %s', async (_what, url, says) => {
    const { value: ended, tookMs, slowness } = await timed(async () => doctor(await url()));
    expect(tookMs).toBeLessThan(waitingMs + runningMs * slowness);
    expect(ended.stdout).toMatch(says);
    if (/names no user/.test(ended.stdout)) expect(ended.code).toBe(1);
    else expectIll(ended, says);
  });
});

describe('Without a cluster', () => {
  it.each([['replay', 'RUUS-1'], ['rebuild']])('%s makes no record where there is none', async (...args) => {
    const ended = await run([...args, '--data', 'nope'], { cwd: folders.top });
    expectFailure(ended, 1, /There is no record in nope/);
    expect(existsSync(folders.in('nope'))).toBe(false);
  });
});

/** Takes connections and says nothing on them. */
const silent = {
  server: createServer(),
  get port() {
    return (this.server.address() as AddressInfo).port;
  },
};
beforeAll(async () => {
  silent.server.listen(0, '127.0.0.1');
  await once(silent.server, 'listening');
});
afterAll(() => void silent.server.close());

function facadeUrl(name: string): () => string {
  return () => facade.connectionString(name);
}

/** The record is there, and was made by somebody who could. */
async function readOnlyUrl(): Promise<string> {
  const connectionString = facade.connectionString('read-only');
  await (await EventStoreDbEventStore.open({ connectionString })).close();
  facade.database('read-only').faults.deniesWrites = true;
  return connectionString.replace('esdb://', 'esdb://somebody:sekret@');
}

function deniedUrl(): string {
  facade.database('denied').faults.deniesReads = true;
  return facade.connectionString('denied').replace('esdb://', 'esdb://somebody:sekret@');
}
