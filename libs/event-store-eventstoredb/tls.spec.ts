import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { EventStoreError, Refused } from '#libs/event-store';
import { newEvents } from '#libs/event-store/testing';

import { EventStoreDbEventStore } from './index.js';
import { Facade } from './testing.js';
import { facadeCertificate } from './testing/facade-certificate.js';

const [secure, plain] = [Facade.withTls(), new Facade()];
const folder = mkdtempSync(join(tmpdir(), 'entente-tls-'));
const authority = join(folder, 'ca.crt');
beforeAll(async () => {
  writeFileSync(authority, facadeCertificate);
  await Promise.all([secure.start(), plain.start()]);
});
afterAll(async () => {
  await Promise.all([secure.stop(), plain.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

const open = (connectionString: string, told: string[] = []) =>
  EventStoreDbEventStore.open({
    connectionString,
    requestTimeoutMs: 3_000,
    onConnection: (words, detail) => told.push(`${words} ${detail}`),
  });
const at = ({ port }: Facade, options: string, scheme = 'esdb') =>
  `${scheme}://user:password@127.0.0.1:${port}?connectionName=tls&${options}`;
const trusting = `tls=true&tlsCAFile=${encodeURIComponent(authority)}`;

describe('The EventStoreDB store over TLS', () => {
  it('goes on by itself once the file of the authority is back, and says until then that it is away', async () => {
    const store = await open(at(secure, trusting));
    const append = (stream: string) => store.append(stream, newEvents(1), { expected: 'no_stream' });
    await append('notes-1');
    rmSync(authority);
    secure.database('tls').faults.cut();
    // Its connection breaks under it, so nobody knows of this one.
    await expect(append('notes-2')).rejects.toThrow(EventStoreError);
    await expect(append('notes-3')).rejects.toThrow(Refused);
    expect(store.trouble).toMatch(/The file that tlsCAFile in EVENTSTORE_URL names is not there/);
    writeFileSync(authority, facadeCertificate);
    await append('notes-4');
    expect(store.trouble).toBeUndefined();
    await store.close();
  });

  it.each([
    [
      'its authority is another one',
      () => at(secure, 'tls=true'),
      /not of the authority that tlsCAFile names/,
    ],
    ['it speaks no TLS', () => at(plain, trusting), /does not speak TLS/],
    ['it speaks TLS, and is spoken to without', () => at(secure, 'tls=false'), /either tls=true is meant/],
    ['nothing listens there', () => 'esdb://127.0.0.1:1?tls=false', /nothing listens there/],
  ])('says what is wrong where %s', async (_what, url, says) => {
    await expect(open(url())).rejects.toThrow(says);
    await expect(open(url())).rejects.not.toThrow(/127\.0\.0\.1/);
  });

  it.each([
    ['of another authority', () => at(secure, 'tls=true', 'esdb+discover'), /not of the authority/],
    ['without TLS', () => at(plain, trusting, 'esdb+discover'), /does not speak TLS/],
    ['where nothing listens', () => 'esdb+discover://127.0.0.1:1?tls=false', /nothing listens there/],
  ])('names the address for the operator where it looks for a leader %s', async (_what, url, says) => {
    const told: string[] = [];
    await expect(open(url(), told)).rejects.toThrow(/none of its nodes answers/);
    expect(told.join()).toMatch(says);
    expect(told.join()).toMatch(/127\.0\.0\.1:\d+: /);
    expect(told.join()).not.toMatch(/password/);
  });
});
