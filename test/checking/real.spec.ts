import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { nodeCrypto } from '#libs/ledger';
import { bundled } from '../../src/checking/bundling.js';
import { Folder } from '../../src/checking/folder.js';
import { mirror } from '../../src/checking/mirroring.js';
import { ledgerOf } from '../../src/checking/record-address.js';
import { openedSource } from '../../src/checking/source.js';
import { archived } from '../../src/checking/tar.js';
import { verified } from '../../src/checking/verifying.js';
import { ledgerFiles, makeLedgerFiles } from '../../src/ledger/signing.js';
import { done } from '../support/acting.js';
import { Api } from '../support/api.js';
import { Served } from '../support/mirrored.js';
import { setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { until } from '../support/settling.js';
import { Place } from './given.js';

const place = new Place();
const settings = { directory: undefined, ledgerKey: place.in('key.pem'), ledgerGuard: place.in('guard') };
let api: Api;
let scene: Scene;

beforeAll(async () => {
  makeLedgerFiles(settings, ledgerFiles(settings)!);
  api = await Api.start(settings);
  scene = await setScene(api);
  await done(api, `irritants/${scene.irritantId}/acknowledge`, 'us-negotiator');
});
afterAll(async () => {
  await api.stop();
  place.remove();
});

describe('What a running server serves', () => {
  it('is found by the key of an irritant, mirrored, put into a bundle, and right', async () => {
    const key = api.keys['reader'];
    const served = new Served(api, scene.dialogueId);
    const policy = await served.policy();
    const { body } = await api.get<{ key: string }>(`/v1/irritants/${scene.irritantId}`);
    const name = body.key;
    const where = (await ledgerOf(new URL(`${api.server.url}/`), name, key)).href;
    const server = () => openedSource(where, key);
    await api.settled();
    await until(async () => Number((await served.text('checkpoint')).split('\n')[1]) > 7);
    expect(await verified(nodeCrypto, server, { policy })).toMatchObject({ code: 0 });
    const folder = new Folder(place.in('mirror'));
    const { size } = await mirror(server(), folder, { policy, where, evidence: place.in('evidence') });
    expect(size).toBeGreaterThan(7);
    expect(await verified(nodeCrypto, () => folder, { policy })).toMatchObject({ code: 0 });
    const made = await archived(place.in('one.tar'), (sink) => bundled(folder, sink, { key: name }));
    expect(made.stream).toBe(`irritant-${scene.irritantId}`);
    const { code, lines } = await verified(nodeCrypto, () => openedSource(place.in('one.tar'), undefined), {
      policy,
    });
    expect([code, lines[0]]).toEqual([
      0,
      expect.stringContaining(`Right: ${made.entries} entries of irritant-`),
    ]);
  });
});
