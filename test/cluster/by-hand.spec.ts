import 'reflect-metadata';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FacadeCluster } from '#libs/event-store-eventstoredb/testing';
import { checkRecordOnCluster } from '../../src/cli/cluster-check.js';
import { Folders } from '../cli/folders.js';
import { run } from '../faults/child.js';
import { compiledProgram } from '../faults/program.js';
import { done } from '../support/acting.js';
import { Api } from '../support/api.js';
import { setScene } from '../support/scene.js';

const folders = new Folders();
const cluster = new FacadeCluster();
let databases = 0;
let name = '';
let api: Api;
let irritantId = '';

const folder = () => folders.in(name);
const storeUrl = () => cluster.connectionString(name);
const start = () => Api.start({ directory: folder(), storeUrl: storeUrl() });
const stream = () => `irritant-${irritantId}`;
const path = () => `/v1/irritants/${irritantId}`;
const log = () => cluster.database(name).log;

beforeAll(async () => {
  await cluster.start();
  await compiledProgram();
});
afterAll(async () => {
  await cluster.stop();
  folders.remove();
});
beforeEach(async () => {
  databases += 1;
  name = `by-hand-${databases}`;
  api = await start();
  const scene = await setScene(api);
  ({ irritantId } = scene);
  const stating = { stance: 'contests', text: { en: 'It is not so.' } };
  await done(api, `irritants/${irritantId}/state-position`, 'us-registrar', stating);
  // What was read last is of another stream, or a scavenge would take the only witness.
  const alias = { party: 'RU', alias: 'Russian Federation' };
  await done(api, `dialogues/${scene.dialogueId}/record-party-alias`, 'secretariat', alias);
  await api.settled();
  await api.stop();
});
afterEach(() => api.stop());

const damages: readonly (readonly [what: string, damage: () => void, says: RegExp])[] = [
  ['deleted', () => log().cutBefore(stream(), 'deleted'), /was deleted by hand/],
  ['deleted for good', () => log().tombstone(stream()), /was deleted by hand/],
  [
    'cut off',
    () => log().cutBefore(stream(), 1n),
    /does not begin at 0: what came before revision 1 was cut off/,
  ],
];

describe.each(damages)(
  'A stream of the record that was %s in the database by hand',
  (_what, damage, says) => {
    it('is listed, and by its id unreadable instead of unknown; no act is taken on it', async () => {
      damage();
      api = await start();
      const { body } = await api.get<{ items: { id: string }[] }>('/v1/irritants');
      expect(body.items.map(({ id }) => id)).toContain(irritantId);
      for (const as of ['reader', 'us-registrar'] as const) {
        const read = await api.ask<{ code: string; detail: string }>('GET', path(), { as });
        expect({ status: read.status, code: read.body.code }).toEqual({ status: 409, code: 'unreadable' });
        expect(read.body.detail).toMatch(/deleted or cut off in the event store by hand/);
      }
      const acted = await api.ask<{ code: string }>('POST', `${path()}/state-position`, {
        as: 'us-registrar',
        body: { stance: 'contests', text: { en: 'Again.' } },
        headers: { 'If-Match': '"0"' },
      });
      expect({ status: acted.status, code: acted.body.code }).toEqual({ status: 409, code: 'unreadable' });
      expect((await api.get('/v1/irritants/00000000-0000-4000-8000-000000000000')).status).toBe(404);
    });

    it('is named as damaged, before the server scavenges and after', async () => {
      expect((await checkRecordOnCluster(storeUrl(), folder())).flaws).toEqual([]);
      damage();
      expect((await checkRecordOnCluster(storeUrl(), folder())).flaws).toEqual([expect.stringMatching(says)]);
      log().scavenge();
      expect((await checkRecordOnCluster(storeUrl(), folder())).flaws).toEqual([
        expect.stringMatching(/by hand|cut off/),
      ]);
    });
  },
);

it('The doctor and the rebuild name the stream, and nothing is built of what is left', async () => {
  log().cutBefore(stream(), 'deleted');
  const place = { cwd: folders.top, settings: { EVENTSTORE_URL: storeUrl() } };
  const doctor = await run(['doctor', '--data', folder()], place);
  expect(doctor.code).toBe(1);
  expect(doctor.stdout).toMatch(new RegExp(`^✗ store .*${stream()} was deleted by hand`, 'm'));
  const rebuild = await run(['rebuild', '--data', folder()], place);
  expect(rebuild.code).toBe(1);
  expect(rebuild.stderr).toMatch(new RegExp(`nothing was rebuilt: .*${stream()} was deleted by hand`));
});

it('A stream that a server had read before is as damaged as one that it had not', async () => {
  api = await start();
  expect((await api.get(path())).status).toBe(200);
  log().cutBefore(stream(), 'deleted');
  const { status, body } = await api.get<{ code: string }>(path());
  expect({ status, code: body.code }).toEqual({ status: 409, code: 'unreadable' });
});
