import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { failureOf } from '../../src/cli/failures.js';
import { rebuild } from '../../src/cli/rebuild.command.js';
import { readiness } from '../ledger/folder-by-hand.js';
import { Api } from '../support/api.js';
import { setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { inViews } from './damaged-folder.js';

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

const says = expect.stringMatching(/read models are damaged.*"entente rebuild".*Nothing is lost/) as unknown;

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
