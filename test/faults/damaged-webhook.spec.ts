import { afterAll, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebhookSubscriptions } from '../../src/feed/webhook-subscriptions.js';
import { keyIdOf } from '../../src/platform/access/key-form.js';
import { Api } from '../support/api.js';
import { setScene } from '../support/scene.js';
import { until } from '../support/settling.js';
import { byDisk } from './damaged-folder.js';

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
