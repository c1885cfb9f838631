import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  Frontier,
  nodeCrypto,
  parseLeaf,
  TreeHasher,
  verifyConsistency,
  verifyInclusion,
} from '#libs/ledger';
import { MemoryEventStore } from '#libs/event-store';
import { ReadModelsDamaged } from '#libs/projections';
import { DerivedLogs } from '../../test/support/derived-logs.js';
import { Ids } from '../platform/record/ids.js';
import { LedgerProjection } from './ledger.projection.js';
import type { Logs } from './logs.js';

const [one, other] = ['0198d5d0-0000-7000-8000-000000000001', '0198d5d0-0000-7000-8000-000000000002'];
const hasher = new TreeHasher(nodeCrypto);

let derived: DerivedLogs;
let logs: Logs;

beforeEach(async () => {
  derived = await DerivedLogs.under('entente.example.org');
  ({ logs } = derived);
});

const happened = (...given: Parameters<DerivedLogs['happened']>) => derived.happened(...given);
const apply = (...given: Parameters<DerivedLogs['apply']>) => derived.apply(...given);

describe('The leaves of a dialogue', () => {
  it('are logged each by itself, and prove their place at every size, across tiles', () => {
    for (let at = 0; at < 530; at += 1) apply(happened(one, `irritant-${at % 7}`));
    apply(happened(other, 'irritant-x'));
    expect([logs.size(one), logs.size(other)]).toEqual([530, 1]);
    expect(logs.all()).toEqual([one, other]);
    const sizes = [1, 2, 255, 256, 257, 511, 512, 530];
    for (const size of sizes)
      for (const index of [0, 1, 255, 256, 511, 529].filter((place) => place < size)) {
        const leafHash = hasher.leaf(logs.leafOfEvent(index)!);
        const root = logs.root(one, size);
        verifyInclusion(hasher, { index, size, leafHash, proof: logs.inclusion(one, index, size), root });
      }
    for (const first of sizes)
      for (const second of sizes.filter((size) => size >= first)) {
        const [firstRoot, secondRoot] = [logs.root(one, first), logs.root(one, second)];
        const proof = logs.consistency(one, first, second);
        verifyConsistency(hasher, { first, second, firstRoot, secondRoot, proof });
      }
    expect(logs.tile(one, { level: 1, index: 0, width: 2 })).toHaveLength(64);
    expect(logs.tile(one, { level: 1, index: 0, width: 3 })).toBeUndefined();
    expect(logs.tile(one, { level: 'entries', index: 2, width: 18 })).toBeDefined();
  });

  it('name the leaf before them in their stream, also where nothing is in memory any more', async () => {
    apply(happened(one, 'irritant-a'));
    apply(happened(one, 'irritant-b'));
    const restarted = await DerivedLogs.projection('entente.example.org');
    apply(happened(one, 'irritant-a'), restarted);
    const leaf = parseLeaf(logs.leafOfEvent(2)!);
    expect(leaf).toMatchObject({ seq: 2, rev: 1, log: `entente.example.org/${one}` });
    expect(leaf.prev).toBe(logs.leafHashOfEvent(0));
  });

  it('make the same tree wherever another process goes on, within a tile and at its end', async () => {
    const begins = new Set([1, 100, 255, 256, 257, 511, 512, 600]);
    const alone = new Frontier(hasher);
    let by: LedgerProjection | undefined;
    for (let at = 0; at < 700; at += 1) {
      if (begins.has(at)) by = await DerivedLogs.projection('entente.example.org');
      if (at % 3 === 0) apply(happened(other, 'irritant-x'), by);
      apply(happened(one, `irritant-${at % 5}`), by);
      alone.appendEntry(logs.leafOfEvent(derived.last)!);
      expect(logs.size(one)).toBe(at + 1);
    }
    expect(logs.root(one, 700)).toEqual(alone.root());
    for (const [level, index, width] of [
      [0, 0, 256],
      [0, 1, 256],
      [0, 2, 188],
      [1, 0, 2],
    ] as const)
      expect(logs.tile(one, { level, index, width })).toHaveLength(width * 32);
  });

  it('are held against the tiles: one that was changed or is gone is found', () => {
    for (let at = 0; at < 300; at += 1) apply(happened(one, 'irritant-a'));
    const isHashed = (seq: number) => logs.isHashed(one, seq, logs.leafOfEvent(seq)!);
    expect([0, 255, 256, 299].map(isHashed)).toEqual([true, true, true, true]);
    const { tables } = derived;
    const [tile] = tables.prepare('SELECT hashes FROM {tiles} WHERE level = 0').all();
    const changed = Uint8Array.from(tile!['hashes'] as Uint8Array);
    changed[255 * 32] = 255 - changed[255 * 32]!;
    tables.prepare('UPDATE {tiles} SET hashes = ? WHERE level = 0').run(changed);
    expect([0, 255, 256].map(isHashed)).toEqual([true, false, true]);
    tables.prepare('DELETE FROM {tiles}').run();
    expect([0, 255, 256].map(isHashed)).toEqual([false, false, true]);
  });

  it('are held against the tiles above them, too', () => {
    for (let at = 0; at < 520; at += 1) apply(happened(one, 'irritant-a'));
    const isHashed = (seq: number) => logs.isHashed(one, seq, logs.leafOfEvent(seq)!);
    expect([255, 511].map(isHashed)).toEqual([true, true]);
    const kept = derived.tables.prepare('SELECT hashes FROM {tiles} WHERE level = 1').get();
    const put = derived.tables.prepare('UPDATE {tiles} SET hashes = ? WHERE level = 1');
    const hashes = Uint8Array.from(kept!['hashes'] as Uint8Array);
    hashes[32] = 255 - hashes[32]!;
    put.run(hashes);
    expect([254, 255, 511].map(isHashed)).toEqual([true, true, false]);
    // The root is made of it: one that was signed before gives it away.
    const signed = { size: 515, root: Buffer.alloc(32).toString('base64') };
    expect(() => logs.rootAfter(one, signed, 520)).toThrow(ReadModelsDamaged);
    put.run(hashes.subarray(0, 40));
    expect([255, 511].map(isHashed)).toEqual([true, false]);
    for (const asked of [
      () => logs.root(one, 520),
      () => logs.inclusion(one, 3, 520),
      () => logs.tile(one, { level: 1, index: 0, width: 2 }),
    ])
      expect(asked).toThrow(ReadModelsDamaged);
    expect(logs.tile(one, { level: 1, index: 0, width: 1 })).toHaveLength(32);
  });

  it('end where what is kept of them is damaged, and those of other dialogues go on', async () => {
    for (let at = 0; at < 300; at += 1) apply(happened(one, 'irritant-a'));
    derived.tables.prepare('DELETE FROM {tiles} WHERE level = 1').run();
    const restarted = await DerivedLogs.projection('entente.example.org');
    apply(happened(one, 'irritant-a'), restarted);
    apply(happened(other, 'irritant-b'), restarted);
    expect([logs.size(one), logs.size(other)]).toEqual([300, 1]);
    const because = expect.stringContaining('entente rebuild') as unknown;
    expect(logs.stopped()).toEqual([{ log: one, seq: 300, because }]);
  });

  it('end at a tile that does not go on from what it held, and no hash is put in the place of another', () => {
    for (let at = 0; at < 511; at += 1) apply(happened(one, 'irritant-a'));
    derived.tables.prepare('DELETE FROM {tiles} WHERE level = 1').run();
    for (let at = 0; at < 3; at += 1) apply(happened(one, 'irritant-a'));
    expect(logs.stopped()).toMatchObject([{ log: one, seq: 511 }]);
    expect(logs.size(one)).toBe(511);
  });

  it('are the same after a transaction that was rolled back', () => {
    apply(happened(one, 'irritant-a'));
    const [second, third] = [happened(one, 'irritant-a'), happened(one, 'irritant-a')];
    derived.tables.db.exec('BEGIN');
    apply(second);
    apply(third);
    derived.rollBackTo(0);
    expect(logs.size(one)).toBe(1);
    apply(second);
    apply(third);
    expect(logs.size(one)).toBe(3);
    expect(parseLeaf(logs.leafOfEvent(2)!).prev).toBe(logs.leafHashOfEvent(1));
  });

  it('end before what somebody stored by hand and is no event of ours; other dialogues go on', () => {
    apply(happened(one, 'irritant-a'));
    apply(happened(one, 'irritant-a', { act: undefined }));
    apply(happened(one, 'irritant-a'));
    apply(happened(other, 'irritant-b'));
    expect([logs.size(one), logs.size(other)]).toEqual([1, 1]);
    expect(logs.stopped()).toEqual([{ log: one, seq: 1, because: expect.any(String) }]);
  });

  it('are of no log where the event belongs to no dialogue', () => {
    apply(happened('', 'lost-a'));
    expect(logs.all()).toEqual([]);
  });
});

describe('The host in the origins', () => {
  it('is chosen once: a record that began under one is not gone on with under another', async () => {
    const store = new MemoryEventStore();
    await new LedgerProjection('a.example').prepare(store, new Ids(), false);
    const again = new LedgerProjection();
    await again.prepare(store, new Ids(), false);
    expect(again.host).toBe('a.example');
    await expect(new LedgerProjection('b.example').prepare(store, new Ids(), false)).rejects.toThrow(
      /began under the host a\.example/,
    );
  });
});
