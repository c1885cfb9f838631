import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { nodeCrypto, parseLeaf, TreeHasher, verifyConsistency, verifyInclusion } from '#libs/ledger';
import { MemoryEventStore } from '#libs/event-store';
import type { Position } from '#libs/event-store';
import type { RecordReader, Sequenced, Tables } from '#libs/projections';
import { Ids } from '../platform/record/ids.js';
import { LedgerProjection } from './ledger.projection.js';
import { Logs } from './logs.js';

const [one, other] = ['0198d5d0-0000-7000-8000-000000000001', '0198d5d0-0000-7000-8000-000000000002'];
const hasher = new TreeHasher(nodeCrypto);

/** Tables as the read models have them, of one slot. */
class OneSlot implements Tables {
  readonly db = new DatabaseSync(':memory:');

  table(logical: string): string {
    return `"ledger_${logical}"`;
  }

  prepare(sql: string) {
    return this.db.prepare(this.named(sql));
  }

  named(sql: string): string {
    return sql.replace(/\{(\w+)\}/g, (_, logical: string) => this.table(logical));
  }
}

let projection: LedgerProjection;
let tables: OneSlot;
let logs: Logs;
let events: Sequenced[];
const record = {
  ordinalOf: (stream: string, revision: bigint) =>
    events.find(({ event }) => event.stream === stream && event.revision === revision)?.ordinal,
} as RecordReader;

beforeEach(async () => {
  projection = new LedgerProjection('entente.example.org');
  await projection.prepare(new MemoryEventStore(), new Ids(), false);
  tables = new OneSlot();
  for (const statement of projection.definition.schema) tables.db.exec(tables.named(statement));
  logs = new Logs({ view: () => ({ tables, ordinal: events.length - 1 }) }, projection);
  events = [];
});

/** The next event of a dialogue, in one of its streams. */
function happened(log: string, stream: string, meta: object = {}): Sequenced {
  const ordinal = events.length;
  const revision = BigInt(events.filter(({ event }) => event.stream === stream).length);
  const seq = events.filter((before) => before.log === log).length;
  const act = { party: 'RU', capacity: 'direct', recordedBy: 'somebody', recorderParty: 'RU' };
  const event = {
    id: `0198d5d0-0000-7000-8000-${String(ordinal).padStart(12, '0')}`,
    stream,
    revision,
    type: 'Said',
    recordedAt: '2025-04-10T09:00:00.000Z',
    position: String(ordinal) as Position,
    data: { at: ordinal },
    content: null,
    salt: null,
    meta: { schemaVersion: 1, act, ...meta },
  };
  const sequenced = { ordinal, log, seq, event };
  events.push(sequenced);
  return sequenced;
}

const apply = (sequenced: Sequenced, by = projection) => by.definition.apply(sequenced, tables, record);

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
    const restarted = new LedgerProjection('entente.example.org');
    await restarted.prepare(new MemoryEventStore(), new Ids(), false);
    apply(happened(one, 'irritant-a'), restarted);
    const leaf = parseLeaf(logs.leafOfEvent(2)!);
    expect(leaf).toMatchObject({ seq: 2, rev: 1, log: `entente.example.org/${one}` });
    expect(leaf.prev).toBe(logs.leafHashOfEvent(0));
  });

  it('are the same after a transaction that was rolled back', () => {
    apply(happened(one, 'irritant-a'));
    const [second, third] = [happened(one, 'irritant-a'), happened(one, 'irritant-a')];
    tables.db.exec('BEGIN');
    apply(second);
    apply(third);
    tables.db.exec('ROLLBACK');
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
