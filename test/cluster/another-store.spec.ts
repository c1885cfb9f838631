import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FacadeCluster, appendAsAnother } from '#libs/event-store-eventstoredb/testing';
import { layGround } from '../authorisation/ground.js';
import type { Ground } from '../authorisation/ground.js';
import { Api } from '../support/api.js';
import { atLength } from '../support/at-length.js';
import { asks, questions } from './reading.js';

const storeWaits = { electionMs: 300, gossipTimeoutMs: 100, requestTimeoutMs: 500, suspectMs: 50 };
const name = 'another-store';
const cluster = new FacadeCluster();
let api: Api;
let ground: Ground;
let instant: string;
let revoked: Awaited<ReturnType<Api['server']['record']['credentials']['issue']>>;

beforeAll(async () => {
  await cluster.start();
  api = await Api.start({ storeUrl: cluster.connectionString(name) }, undefined, undefined, storeWaits);
  ground = await layGround(api);
  await api.settled();
  instant = api.server.record.clock.iso();
});
afterAll(async () => {
  await api.stop();
  await cluster.stop();
});

/** What is answered with anything else than that the store can't be used, question by question. */
async function answered(): Promise<readonly string[]> {
  const others: string[] = [];
  for (const question of questions(ground, instant)) {
    const { status, headers, body } = await asks(api, question);
    const isRefused = status === 503 && headers.get('retry-after') !== null && headers.get('etag') === null;
    if (!isRefused) others.push(`${question.path} ${status} ${JSON.stringify(body).slice(0, 200)}`);
  }
  return others;
}

/** For longer than a key that was found good is trusted. */
async function statusesWith(key: string): Promise<readonly number[]> {
  const statuses = new Set<number>();
  for (const began = performance.now(); performance.now() - began < 1_500;) {
    const response = await fetch(`${api.server.url}/v1/irritants`, {
      headers: { Authorization: `Bearer ${key}` },
    });
    await response.text();
    statuses.add(response.status);
  }
  return [...statuses];
}

describe('Once the store has been found to be another one', () => {
  beforeAll(async () => {
    const { credentials } = api.server.record;
    const wanted = { name: 'A reader', party: null, roles: ['reader'] as const, days: 1 };
    revoked = await atLength(() => credentials.issue(wanted, { as: 'folder' }));
    const before = cluster.database(name).log.all.length;
    const path = `/v1/irritants/${ground.irritantId}`;
    const acted = await api.act(
      `${path}/state-position`,
      { stance: 'contests', text: { en: 'Lost.' } },
      'us-registrar',
    );
    if (acted.status !== 200) throw new Error(`The act that is lost was answered ${acted.status}.`);
    await credentials.revoke(revoked.credential.id);
    await api.settled();
    const database = cluster.database(name);
    database.log = database.log.asOf(before);
    for (let count = 0; count < 40; count += 1) appendAsAnother(database.log, 'others-1');
    database.faults.cut();
    for (;;) {
      const { body } = await api.ask<{ detail: string }>('GET', '/readyz', { as: 'nobody' });
      if (/rebuild.*halted/.test(body.detail ?? '')) break;
    }
  });

  it('no entry, list, search, history, book or page shows what it may not hold', async () => {
    expect(await answered()).toEqual([]);
  });

  it('nor does any of them while it can not be reached, when all is read from the read models', async () => {
    cluster.loseLeader();
    expect(await answered()).toEqual([]);
    cluster.elect(1);
  });

  it('a key whose revocation is not there opens nothing', async () => {
    expect(await statusesWith(revoked.key)).toEqual([503]);
  });

  it('a key that is not there is not called unknown', async () => {
    const database = cluster.database(name);
    database.log = database.log.asOf(0);
    appendAsAnother(database.log, 'others-1');
    database.faults.cut();
    expect(await statusesWith(api.keys['reader'] ?? '')).toEqual([503]);
  });
});
