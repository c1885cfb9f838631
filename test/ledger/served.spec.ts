import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  checkReceipt,
  nodeCrypto,
  parseCheckpoint,
  parseNote,
  tilePath,
  verifyMirror,
  verifyReceipt,
} from '#libs/ledger';
import { ledgerFiles, makeLedgerFiles } from '../../src/ledger/signing.js';
import { done } from '../support/acting.js';
import { Api } from '../support/api.js';
import { Served } from '../support/mirrored.js';
import { until } from '../support/settling.js';
import { setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';

const outside = mkdtempSync(join(tmpdir(), 'entente-ledger-'));
const settings = {
  directory: undefined,
  ledgerKey: join(outside, 'key.pem'),
  ledgerGuard: join(outside, 'guard'),
};
let api: Api;
let scene: Scene;
let served: Served;

beforeAll(async () => {
  makeLedgerFiles(settings, ledgerFiles(settings)!);
  api = await Api.start({ ...settings, ledgerHost: 'entente.example.org' });
  scene = await setScene(api);
  served = new Served(api, scene.dialogueId);
});
afterAll(async () => {
  await api.stop();
  rmSync(outside, { recursive: true });
});

const checkpoint = async () => {
  const bytes = await served.read('checkpoint');
  return bytes === undefined ? undefined : parseCheckpoint(parseNote(bytes).text);
};

/** Once the checkpoint covers as many leaves as the dialogue has events. */
async function covered(): Promise<number> {
  await api.settled();
  const { record } = api.server.record.projections;
  const size = record.seqAt(scene.dialogueId, record.headOrdinal) + 1;
  await until(async () => (await checkpoint())?.size === size);
  return size;
}

describe('The log of a dialogue', () => {
  it('promises a leaf with the answer to an act, and holds it', async () => {
    const path = `/v1/irritants/${scene.irritantId}/contest`;
    const answer = await api.act(path, { statement: { en: 'Not ours.' } }, 'us-negotiator');
    const [, receipt = ''] = /^:(.*):$/.exec(answer.headers.get('ledger-receipt') ?? '') ?? [];
    const promised = verifyReceipt(nodeCrypto, Buffer.from(receipt, 'base64'), await served.policy());
    await covered();
    const hashes = await served.read(tilePath({ level: 0, index: 0, width: promised.seq + 1 }));
    checkReceipt(promised, hashes!.subarray(32 * promised.seq));
    expect((await api.get(`/v1/irritants/${scene.irritantId}`)).headers.get('ledger-receipt')).toBeNull();
  });

  it('is read over HTTP and verified by the library alone: every leaf, payload, tile and signature', async () => {
    await done(api, `irritants/${scene.irritantId}/acknowledge`, 'us-negotiator');
    const size = await covered();
    const summary = await verifyMirror(nodeCrypto, served, { policy: await served.policy() });
    expect(summary).toMatchObject({ size, withheld: 0, erased: 0 });
    expect(size).toBeGreaterThan(7);
    expect(summary.trusted.checkpoint.origin).toBe(`entente.example.org/${scene.dialogueId}`);
  });
});
