import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  checkReceipt,
  nodeCrypto,
  parseCheckpoint,
  parseEntries,
  parseNote,
  parseTlogProof,
  tilePath,
  tilesBetween,
  TreeHasher,
  verifyConsistency,
  verifyMirror,
  verifyReceipt,
  verifyTlogProof,
} from '#libs/ledger';
import type { Checkpoint } from '#libs/ledger';
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

const path = () => `/v1/dialogues/${scene.dialogueId}/ledger`;

/** Every tile of a tree of that size, and the payloads beside the leaves, as bytes. */
async function everything(size: number): Promise<string> {
  const files = [...tilesBetween(0, size)].map(tilePath);
  const read = await Promise.all([...files, `payloads?from=0`].map((one) => served.read(one)));
  return read.map((one) => Buffer.from(one ?? []).toString('hex')).join();
}

describe('The log of a dialogue', () => {
  it('promises a leaf with the answer to an act, and holds it', async () => {
    const contest = `/v1/irritants/${scene.irritantId}/contest`;
    const answer = await api.act(contest, { statement: { en: 'Not ours.' } }, 'us-negotiator');
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
    const [signature] = summary.trusted.log;
    expect(signature?.key.id).toMatch(/^[0-9a-f]{8}$/);
  });

  it('keeps its leaves when words are erased, and hands on that they are', async () => {
    const irritant = `irritants/${scene.irritantId}`;
    const events = await api.server.record.streams.events(`irritant-${scene.irritantId}`);
    const { id: target } = events.find(({ type }) => type === 'IrritantContested')!;
    const before = await covered();
    const asked = { target, basis: 'personal-data', reason: { en: 'It names a private person.' } };
    await done(api, `${irritant}/request-erasure`, 'us-negotiator', asked);
    await done(api, `${irritant}/request-erasure`, 'ru-negotiator', asked);
    const size = await covered();
    expect(size).toBe(before + 3);
    const summary = await verifyMirror(nodeCrypto, served, { policy: await served.policy() });
    expect(summary).toMatchObject({ size, withheld: 0, erased: 1 });
    expect(await served.text(`payloads?from=0`)).not.toContain('Not ours.');
  });

  it('is the same, byte for byte, once the read models are built anew', async () => {
    const size = await covered();
    const before = await everything(size);
    await api.server.record.projections.rebuild('all');
    expect(await everything(size)).toBe(before);
    expect((await checkpoint())?.size).toBe(size);
  });

  it('answers for what it does not have, and lets nobody keep what still grows', async () => {
    const size = await covered();
    const ask = (below: string) => api.get<unknown>(`${path()}/${below}`);
    const codeOf = async (below: string) => ((await ask(below)).body as { code: string }).code;
    expect(await codeOf(`proofs/${size}`)).toBe('not-yet-logged');
    expect(await codeOf(`consistency?from=1&to=${size + 1}`)).toBe('not-yet-logged');
    expect(await codeOf('consistency?from=3&to=2')).toBe('parameter-invalid');
    expect(await codeOf('payloads?from=0&limit=257')).toBe('parameter-invalid');
    expect(await codeOf('proofs/first')).toBe('not-found');
    expect(await codeOf('tile/0/001')).toBe('not-found');
    const partial = await ask(`tile/0/000.p/${size}`);
    expect(partial.headers.get('cache-control')).toBe('no-cache');
    expect((await ask('checkpoint')).headers.get('content-type')).toBe('text/plain; charset=utf-8');
  });

  it('tells strangers sizes and hashes alone', async () => {
    const status = async (below: string) =>
      (await api.ask('GET', `${path()}/${below}`, { as: 'nobody' })).status;
    for (const below of ['checkpoint', 'keys', 'tile/0/000.p/1', 'consistency?from=1&to=2'])
      expect([below, await status(below)]).toEqual([below, 200]);
    for (const below of ['tile/entries/000.p/1', 'proofs/0', 'payloads?from=0'])
      expect([below, await status(below)]).toEqual([below, 401]);
  });
});

const acts = fc.constantFrom(
  ...(['contest', 'acknowledge', 'state-position', 'request-clarification'] as const),
);

describe('Whatever is recorded', () => {
  it('each later checkpoint is a continuation of each earlier one, and every leaf stands in the last', async () => {
    const groups = fc.array(fc.array(acts, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(groups, async (given) => {
        scene = await setScene(api);
        served = new Served(api, scene.dialogueId);
        const shown: Checkpoint[] = [];
        for (const group of given) {
          for (const act of group) await attempt(act);
          await covered();
          shown.push((await checkpoint())!);
        }
        await areContinued(shown);
        await areIncluded(shown.at(-1)!);
      }),
      { numRuns: 4 },
    );
  });
});

/** Refused or not: what is refused is not logged. */
async function attempt(act: string): Promise<void> {
  const text = { text: { en: 'As before.' }, statement: { en: 'As before.' }, question: { en: 'Which?' } };
  const body = {
    contest: { statement: text.statement },
    acknowledge: {},
    'state-position': { stance: 'seeks-action', text: text.text },
    'request-clarification': { question: text.question },
  }[act];
  await api.act(`/v1/irritants/${scene.irritantId}/${act}`, body ?? {}, 'us-negotiator');
}

async function areContinued(shown: readonly Checkpoint[]): Promise<void> {
  const hasher = new TreeHasher(nodeCrypto);
  for (const [at, older] of shown.entries())
    for (const newer of shown.slice(at + 1)) {
      const lines = (await served.text(`consistency?from=${older.size}&to=${newer.size}`)).split('\n');
      const proof = lines
        .filter((one) => one !== '')
        .map((one) => new Uint8Array(Buffer.from(one, 'base64')));
      verifyConsistency(hasher, {
        first: older.size,
        second: newer.size,
        firstRoot: older.root,
        secondRoot: newer.root,
        proof,
      });
    }
}

async function areIncluded({ size }: Checkpoint): Promise<void> {
  const policy = await served.policy();
  const tile = { level: 'entries', index: 0, width: size } as const;
  const entries = parseEntries((await served.read(tilePath(tile)))!, tile);
  for (const [seq, entry] of entries.entries()) {
    const proof = parseTlogProof((await served.read(`proofs/${seq}`))!);
    expect(proof.index).toBe(seq);
    verifyTlogProof(nodeCrypto, entry, proof, policy);
  }
}
