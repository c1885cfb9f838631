import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FacadeCluster } from '#libs/event-store-eventstoredb/testing';
import { layGround } from '../authorisation/ground.js';
import type { Ground } from '../authorisation/ground.js';
import { Api } from '../support/api.js';
import { atLength } from '../support/at-length.js';
import { asks, questions } from './reading.js';
import { LedgerPlace, signedOnce } from '../support/signed-log.js';

/** A tenth of the minute without a leader that is asked for, as the waits of the store are a tenth of a server's. */
const withoutLeaderMs = 6_000;
const storeWaits = { electionMs: 1_500, gossipTimeoutMs: 100, requestTimeoutMs: 500, suspectMs: 50 };
/** A server that waits for the lease, or renews it, hears the store every two seconds. */
const heardAtLeastEverySeconds = 4;
const cluster = new FacadeCluster();
const ledger = new LedgerPlace();
let api: Api;
let ground: Ground;
let instant: string;
/** Made before the leader was lost, and never shown to this server. */
let unused: { readonly key: string };
let revoked: { readonly key: string };

beforeAll(async () => {
  await cluster.start();
  const storeUrl = cluster.connectionString('without-leader');
  const settings = { storeUrl, ...ledger.settings };
  api = await Api.start(settings, undefined, undefined, storeWaits);
  ground = await layGround(api);
  await signedOnce(api, ground.dialogueId);
  const { credentials } = api.server.record;
  const wanted = { name: 'another reader', party: null, roles: ['reader'] as const, days: 1 };
  const issue = () => credentials.issue(wanted, { as: 'folder' });
  unused = await atLength(issue);
  const made = await atLength(issue);
  await atLength(() => credentials.revoke(made.credential.id));
  revoked = made;
  await api.settled();
  instant = api.server.record.clock.iso();
});
afterAll(async () => {
  await api.stop();
  await cluster.stop();
  ledger.remove();
});

const ageOf = (headers: Headers) => Number(headers.get('record-age') ?? Number.NaN);
const reading = async (key: string) => {
  const response = await fetch(`${api.server.url}/v1/irritants/${ground.key}`, {
    headers: { Authorization: `Bearer ${key}` },
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
};
const withWrongSecret = (key: string) => `${key.slice(0, -8)}${key.endsWith('AAAAAAAA') ? 'B' : 'A'}AAAAAAA`;

describe('While nobody leads the cluster', () => {
  it('every read, list and page is answered from the read models, marked with its age, as it was answered before', async () => {
    const all = questions(ground, instant);
    const path = `/v1/irritants/${ground.irritantId}`;
    const before = await api.get(path);
    expect([before.headers.get('etag'), before.headers.get('record-age')]).toEqual([expect.anything(), null]);
    cluster.loseLeader();
    const lostAt = performance.now();
    // What was heard less than a second ago is the present, so a list may be the last that is not marked.
    while ((await api.get(path)).headers.get('record-age') === null);
    const wrong: unknown[] = [];
    let walks = 0;
    do {
      for (const question of all) {
        const { status, headers, body } = await asks(api, question);
        const age = ageOf(headers);
        const sinceLostMs = performance.now() - lostAt;
        const isMarked = age >= 0 && age <= sinceLostMs / 1_000 + heardAtLeastEverySeconds;
        const isTagged = headers.get('etag') !== null;
        // A page says it to people as well.
        const isSaid = question.cookie === undefined || /can’t be reached now.*ago/s.test(String(body));
        if (status !== 200 || !isMarked || isTagged || !isSaid)
          wrong.push({ ...question, status, age, isTagged, isSaid });
      }
      walks += 1;
    } while (performance.now() - lostAt < withoutLeaderMs || walks < 2);
    expect(wrong).toEqual([]);
    const { body, headers } = await api.get(path);
    expect(body).toEqual(before.body);
    expect(headers.get('dialogue-kept')).toBe(before.headers.get('dialogue-kept'));
    // By now the age is that of the whole time.
    expect(ageOf(headers)).toBeGreaterThanOrEqual(withoutLeaderMs / 1_000 - 1);
  });

  it('keys are known: one that was never shown to this server opens, and a wrong or revoked one is refused', async () => {
    expect((await reading(unused.key)).status).toBe(200);
    for (const key of [
      revoked.key,
      withWrongSecret(unused.key),
      `entente_${'0'.repeat(32)}_${'A'.repeat(43)}`,
    ])
      expect((await reading(key)).status).toBe(401);
  });

  it('the bytes of a source, which only the store holds, are said to be there, and an act is refused', async () => {
    const bytes = await api.get<{ detail: string }>(`/v1/sources/${ground.heldSourceId}/bytes`);
    expect(bytes).toMatchObject({ status: 503, body: { code: 'store-unavailable' } });
    expect(bytes.body.detail).toMatch(/bytes of sources are in the event store alone/);
    const act = await api.create<{ detail: string }>('/v1/dialogues', {
      parties: ['RU', 'US'],
      keyPrefix: 'NONE',
      name: { en: 'A dialogue' },
    });
    expect(act).toMatchObject({
      status: 503,
      body: { detail: expect.stringMatching(/Nothing was recorded/) },
    });
  });

  it('a key is taken for a stated time, and then it is said why not', async () => {
    await api.stop();
    cluster.elect(1);
    const settings = { storeUrl: cluster.connectionString('without-leader'), keysUnaskedMs: 1_500 };
    api = await Api.start(settings, undefined, undefined, storeWaits);
    await api.settled();
    cluster.loseLeader();
    const seen: number[] = [];
    for (let last = 200; last === 200; seen.push(last)) {
      const { status, text, headers } = await reading(unused.key);
      last = status;
      if (status === 200) continue;
      expect(text).toMatch(/1\.5 seconds for which a key is taken without it/);
      expect(headers.get('retry-after')).toBe('1');
      expect(text).not.toMatch(/recorded/);
    }
    expect(seen[0]).toBe(200);
    expect(seen.at(-1)).toBe(503);
    expect((await reading(revoked.key)).status).toBe(401);
  });

  it('once somebody leads again, reads are of the present, with their ETag', async () => {
    cluster.elect(2);
    for (;;) {
      const { status, headers } = await reading(unused.key);
      if (status === 200 && headers.get('record-age') === null) {
        expect(headers.get('etag')).not.toBeNull();
        return;
      }
    }
  });
});
