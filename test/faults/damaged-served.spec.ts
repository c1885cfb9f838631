import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failureOf } from '../../src/cli/failures.js';
import { rebuild } from '../../src/cli/rebuild.command.js';
import { WebhookSubscriptions } from '../../src/feed/webhook-subscriptions.js';
import { keyIdOf } from '../../src/platform/access/key-form.js';
import { bringIn } from '../exchange-of-data/bringing-in.js';
import { readiness } from '../ledger/folder-by-hand.js';
import { done } from '../support/acting.js';
import { Api } from '../support/api.js';
import { setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { until } from '../support/settling.js';
import { byDisk, copyOf, inViews, removeAll } from './damaged-folder.js';

describe('A record in which one event is damaged', () => {
  let talks: string;
  let journal: string;
  let scene: Scene;
  let erasedId: string;
  let key: string;

  /** Talks in which words were erased, and bytes wait for their source. */
  beforeAll(async () => {
    talks = mkdtempSync(join(tmpdir(), 'entente-erased-'));
    journal = `${talks}.journal`;
    const api = await Api.start({ directory: talks, storeUrl: undefined, journal });
    scene = await setScene(api);
    const irritant = `irritants/${scene.irritantId}`;
    await done(api, `${irritant}/contest`, 'us-negotiator', { statement: { en: 'Never ours.' } });
    const contested = (await api.server.record.streams.events(`irritant-${scene.irritantId}`)).at(-1);
    erasedId = String(contested?.id);
    key = String(api.keys['auditor']);
    const asked = { target: contested?.id, basis: 'personal-data', reason: { en: 'It names a person.' } };
    await done(api, `${irritant}/request-erasure`, 'us-negotiator', asked);
    await done(api, `${irritant}/request-erasure`, 'ru-negotiator', asked);
    await api.sendBytes(scene.dialogueId, 'Waiting');
    await api.settled();
    await api.stop();
  });
  afterAll(() => {
    removeAll();
    rmSync(talks, { recursive: true });
    rmSync(journal);
  });

  interface Case {
    readonly name: string;
    readonly where: () => string;
    readonly status: number;
  }

  it.each<Case>([
    {
      name: 'a stream of which words were erased',
      where: () => `stream = 'irritant-${scene.irritantId}' AND revision = 0`,
      status: 409,
    },
    { name: 'what was erased', where: () => `id = '${erasedId}'`, status: 409 },
    { name: 'a key', where: () => `stream = 'credential-${keyIdOf(key)}'`, status: 200 },
    { name: 'what says that words were erased', where: () => "type = 'ContentErased'", status: 409 },
    { name: 'what says which bytes were sent', where: () => "type = 'BytesDeposited'", status: 200 },
  ])(
    'A server starts where an event of $name can’t be read, and all else is read',
    async ({ where, status }) => {
      const directory = copyOf(talks);
      byDisk(directory, `UPDATE events SET data = '{broken' WHERE ${where()}`);
      const api = await Api.start({ directory, storeUrl: undefined, journal });
      expect(await api.get(`/v1/irritants/${scene.irritantId}`)).toMatchObject({ status });
      expect(await api.get(`/v1/dialogues/${scene.dialogueId}`)).toMatchObject({ status: 200 });
      const raised = { dialogueId: scene.dialogueId, kind: 'press', issuers: [], lang: 'en', held: false };
      const source = { ...raised, title: 'Late', citation: 'Late' };
      expect(await api.create('/v1/sources', source)).toMatchObject({ status: 201 });
      await api.stop();
    },
  );

  it('A row of an import that rests on a damaged event is refused, and the rows behind it are brought in', async () => {
    const directory = copyOf(talks);
    byDisk(
      directory,
      `UPDATE events SET data = '{broken' WHERE stream = 'irritant-${scene.irritantId}' AND revision = 1`,
    );
    const api = await Api.start({ directory, storeUrl: undefined, journal });
    const source = { act: 'registerSource', kind: 'press', issuers: [], lang: 'en', held: false };
    const rows = [
      { act: 'acknowledgeIrritant', on: scene.key },
      { ...source, title: 'Late', citation: 'Late' },
    ];
    const sent = { dialogue: scene.dialogueId, type: 'application/x-ndjson', as: 'us-negotiator' } as const;
    const { job, faults } = await bringIn(api, rows.map((one) => JSON.stringify(one)).join('\n'), sent);
    expect({ job, faults }).toMatchObject({
      job: { state: 'done', counts: { recorded: 1, refused: 1 } },
      faults: [{ line: 1, code: 'unreadable' }],
    });
    await api.stop();
  });
});

describe('Damaged read models', () => {
  const directory = mkdtempSync(join(tmpdir(), 'entente-copy-'));
  const settings = { directory, storeUrl: undefined };
  let scene: Scene;

  /** The copy of what was raised is no JSON any more; in the store it is as it was. */
  beforeAll(async () => {
    const api = await Api.start(settings);
    scene = await setScene(api);
    await api.settled();
    await api.stop();
    const raised = `stream = 'irritant-${scene.irritantId}' AND revision = 0`;
    inViews(directory, `UPDATE record_v1_s1_events SET body = '{"words":Secret}' WHERE ${raised}`);
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  const says = expect.stringMatching(
    /read models are damaged.*"entente rebuild".*Nothing is lost/,
  ) as unknown;

  it('Of a damaged read model, whoever reads it is told how to go on, the scrubber comes to its end, and a rebuild mends it', async () => {
    const api = await Api.start(settings);
    const history = `/v1/irritants/${scene.irritantId}/history`;
    expect(await api.get(history)).toMatchObject({ status: 500, body: { detail: says } });
    expect(await api.get(`/v1/irritants/${scene.irritantId}`)).toMatchObject({ status: 200 });
    expect(await readiness(api)).toEqual({ status: 200, ledger: says });
    await api.stop();
    await rebuild({ data: directory });
    const mended = await Api.start(settings);
    expect(await mended.get(history)).toMatchObject({ status: 200 });
    await mended.stop();
  });

  it('A damaged page of the read models is told in the same words', () => {
    const corrupt = Object.assign(new Error('database disk image is malformed'), {
      code: 'ERR_SQLITE_ERROR',
      errcode: 11,
    });
    expect(failureOf(corrupt)).toEqual(says);
  });
});

describe('A damaged webhook', () => {
  const directory = mkdtempSync(join(tmpdir(), 'entente-webhook-'));
  const settings = { directory, storeUrl: undefined };
  afterAll(() => rmSync(directory, { recursive: true }));

  it('A webhook of which the store can’t be read keeps no other from being ended with the key of its principal', async () => {
    const before = await Api.start(settings);
    await setScene(before);
    const keyIds = ['reader', 'auditor'].map((name) => keyIdOf(String(before.keys[name])) ?? '');
    const ids: string[] = [];
    for (const as of ['reader', 'auditor'] as const) {
      const body = { url: 'http://127.0.0.1:9/nowhere' };
      ids.push((await before.ask<{ id: string }>('POST', '/v1/webhooks', { as, body })).body.id);
    }
    await before.settled();
    await before.stop();
    byDisk(directory, `UPDATE events SET data = '{broken' WHERE stream = 'webhook-${ids[0]}'`);
    const api = await Api.start(settings);
    const { store, ids: newIds, projections, clock, moments, credentials } = api.server.record;
    const webhooks = new WebhookSubscriptions(store, newIds, moments, projections, clock);
    for (const id of keyIds) await credentials.revoke(id);
    await until(() => Promise.resolve(webhooks.present(String(ids[1]))?.state === 'ended'));
    expect(webhooks.present(String(ids[0]))?.state).toBe('active');
    await api.stop();
  });
});
