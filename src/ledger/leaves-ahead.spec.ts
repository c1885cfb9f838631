import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatPosition, MemoryEventStore, Unavailable } from '#libs/event-store';
import type { NewEvent, Position } from '#libs/event-store';
import type { SqliteEventStore } from '#libs/event-store-sqlite';
import { insertElsewhere, SqliteHarness } from '#libs/event-store-sqlite/testing';
import { aNewEvent } from '#libs/event-store/testing';
import type { RecordReader, Tables } from '#libs/projections';
import { World } from '#libs/projections/testing';
import { Ids } from '../platform/record/ids.js';
import { LeavesAhead } from './leaves-ahead.js';
import { LedgerProjection } from './ledger.projection.js';
import { Logs } from './logs.js';

/** The last one belongs to no dialogue. */
const streams = ['thing-a1', 'thing-a2', 'thing-b1', 'thing-b2', 'thing-0'];
const logOf = (stream: string) => (stream === 'thing-0' ? '' : stream.slice(0, -1));
const act = { party: 'RU', capacity: 'direct', recordedBy: 'somebody', recorderParty: 'RU' };

const anAct = (isOurs = true): NewEvent =>
  aNewEvent({ data: { at: 1.5, words: 'π' }, meta: { schemaVersion: 1, ...(isOurs ? { act } : {}) } });

const acts = fc.record({
  kind: fc.constant('acts' as const),
  // At once, so that some of them are one batch.
  of: fc.array(fc.tuple(fc.constantFrom(...streams, 'lease-1'), fc.integer({ min: 1, max: 3 })), {
    minLength: 1,
    maxLength: 8,
  }),
});
const step = fc.oneof(
  { weight: 6, arbitrary: acts },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('turn' as const, 'settle' as const) }) },
  fc.record({ kind: fc.constant('elsewhere' as const), stream: fc.constantFrom(...streams, 'lease-1') }),
  fc.record({ kind: fc.constant('no act' as const), stream: fc.constantFrom(...streams) }),
  fc.record({ kind: fc.constant('rebuild' as const) }),
  // The leaves, or all that is read, come no further for a while.
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('hold leaves' as const, 'hold all' as const, 'go on' as const),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

interface Told {
  readonly stream: string;
  readonly revision: number;
}

class Play {
  /** What was known of each event when it was stored. */
  readonly known: (Told & { readonly log: string; readonly seq: number; readonly leafHash: Uint8Array })[] =
    [];
  readonly unknown: Told[] = [];
  readonly #heads = new Map<string, bigint>();

  private constructor(
    private readonly store: SqliteEventStore,
    private readonly file: string,
    private readonly world: World,
    private readonly ahead: LeavesAhead,
    readonly logs: Logs,
    private readonly hold: (what: 'leaves' | 'all' | undefined) => void,
  ) {}

  static async begin(store: SqliteEventStore, file: string): Promise<Play> {
    const projection = new LedgerProjection('entente.example.org');
    await projection.prepare(new MemoryEventStore(), new Ids(), false);
    let held: 'leaves' | 'all' | undefined;
    const unless = (isHeld: boolean) => {
      if (isHeld) throw new Unavailable('held');
    };
    const { definition } = projection;
    const world = await World.start({
      store,
      definitions: [
        {
          ...definition,
          apply: (...applied) => {
            unless(held === 'leaves');
            definition.apply(...applied);
          },
        },
      ],
      logOf: ({ stream }) => logOf(stream),
      longestDelayMs: 5,
      around: (_step, work) => {
        unless(held === 'all');
        return work();
      },
    });
    const ahead = new LeavesAhead({
      projections: world.projections,
      projection,
      isOfRecord: (stream) => stream.startsWith('thing-'),
      logOf: ({ stream }) => logOf(stream),
    });
    projection.ahead = (...event) => ahead.take(...event);
    ahead.follow(store);
    await world.projections.settled({ timeoutMs: 60_000 });
    const logs = new Logs(world.projections, projection);
    return new Play(store, file, world, ahead, logs, (what) => (held = what));
  }

  async take(one: Step): Promise<void> {
    switch (one.kind) {
      case 'acts':
        await Promise.all(
          one.of.map(([stream, count]) =>
            this.append(stream, [anAct(), ...Array.from({ length: count - 1 }, () => anAct())]),
          ),
        );
        return;
      case 'no act':
        return this.append(one.stream, [anAct(false)]);
      case 'elsewhere':
        return this.#elsewhere(one.stream);
      case 'hold leaves':
        return this.hold('leaves');
      case 'hold all':
        return this.hold('all');
      case 'go on':
        return this.hold(undefined);
      case 'rebuild':
        this.hold(undefined);
        return this.world.projections.rebuild(['ledger']);
      case 'settle':
        // What another program writes is looked for with the next append.
        await this.world.projections.settled({ timeoutMs: 50 });
        return;
      case 'turn':
        await new Promise((resolve) => void setImmediate(resolve));
    }
  }

  async append(stream: string, events: readonly [NewEvent, ...NewEvent[]]): Promise<void> {
    const head = this.#heads.get(stream);
    const last = (head ?? -1n) + BigInt(events.length);
    this.#heads.set(stream, last);
    await this.store.append(stream, events, { expected: head ?? 'no_stream' });
    const revision = Number(last);
    const leaf = this.ahead.leafOf(stream, revision);
    if (leaf === undefined) this.unknown.push({ stream, revision });
    else this.known.push({ ...leaf, stream, revision });
  }

  #elsewhere(stream: string): void {
    const revision = (this.#heads.get(stream) ?? -1n) + 1n;
    this.#heads.set(stream, revision);
    insertElsewhere(this.file, { stream, revision }, anAct());
  }

  async settled(): Promise<void> {
    this.hold(undefined);
    await this.append('lease-1', [anAct()]);
    await this.world.projections.settled({ timeoutMs: 60_000 });
  }
}

describe('The leaf of an act that was only just stored', () => {
  let harness: SqliteHarness;

  beforeEach(() => {
    harness = new SqliteHarness();
  });
  afterEach(() => harness.dispose());

  it('is the one that stands in its log later, whatever else is written, by whomever, and however far the read models are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 30 }), async (steps) => {
        await harness.dispose();
        harness = new SqliteHarness();
        const play = await Play.begin(await harness.open(), harness.database);
        for (const one of steps) await play.take(one);
        await play.settled();
        for (const { stream, revision, log, seq, leafHash } of play.known)
          expect(play.logs.placeOf(stream, revision)).toMatchObject({ log, seq, leafHash });
      }),
      { numRuns: 10, interruptAfterTimeLimit: 60_000 },
    );
  });

  it('is known at once where nobody else writes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(acts, { minLength: 1, maxLength: 10 }), async (steps) => {
        await harness.dispose();
        harness = new SqliteHarness();
        const play = await Play.begin(await harness.open(), harness.database);
        for (const one of steps) await play.take(one);
        expect(play.unknown.filter(({ stream }) => logOf(stream) !== '' && stream !== 'lease-1')).toEqual([]);
      }),
      { numRuns: 4, interruptAfterTimeLimit: 60_000 },
    );
  });
});

describe('A place in a log', () => {
  it('is taken also by an event whose leaf is not known, in a stream that the read models have nothing of', async () => {
    const projection = new LedgerProjection('entente.example.org');
    await projection.prepare(new MemoryEventStore(), new Ids(), false);
    const tables = {} as Tables;
    const there = { tables, ordinal: -1, head: -1, leaves: 0, position: undefined as Position | undefined };
    const ahead = new LeavesAhead({
      projections: {
        view: () => ({ tables: there.tables, ordinal: there.ordinal }),
        record: {
          ...({} as RecordReader),
          get headOrdinal() {
            return there.head;
          },
          logOf: () => undefined,
          seqAt: (_log, ordinal) => ordinal,
        },
        get position() {
          return there.position;
        },
      },
      projection: {
        lastLeaf: () => undefined,
        headOf: () => undefined,
        nameOf: () => 'entente.example.org/thing-a',
        hasLeaves: (_tables, _log, size) => size === there.leaves,
      },
      isOfRecord: () => true,
      logOf: ({ stream }) => logOf(stream),
    });
    const told = (commit: bigint, stream: string, revision: bigint) =>
      ahead.told([
        {
          ...anAct(),
          stream,
          revision,
          position: formatPosition('life', commit),
          recordedAt: '2025-04-10T09:00:00.000Z',
        },
      ]);
    // The record is told of the first event by the store before anybody else is; its leaf is not derived yet.
    Object.assign(there, { head: 0, position: undefined });
    told(1n, 'thing-a0', 0n);
    Object.assign(there, { ordinal: 0, leaves: 1, position: formatPosition('life', 1n) });
    told(2n, 'thing-b9', 0n);
    expect(ahead.leafOf('thing-b9', 0)).toMatchObject({ log: 'thing-b', seq: 1 });
    // Others are built because these are wrong, it may be: what goes on from these is nothing for them.
    const others = {} as Tables;
    expect(ahead.take('thing-b9', 0, others)).toBeUndefined();
    expect(ahead.take('thing-b9', 0, tables)).toMatchObject({ log: 'thing-b', seq: 1 });
    there.leaves = -1;
    told(3n, 'thing-a1', 0n);
    told(4n, 'thing-a1', 1n);
    expect([ahead.leafOf('thing-a1', 0), ahead.leafOf('thing-a1', 1)]).toEqual([undefined, undefined]);
    // The read models have come as far as the first of the two, and not as far as the second.
    Object.assign(there, { ordinal: 2, head: 2, leaves: 2 });
    told(5n, 'thing-a2', 0n);
    expect(ahead.leafOf('thing-a2', 0)).toBeUndefined();
    Object.assign(there, { ordinal: 4, head: 4, leaves: 4 });
    told(6n, 'thing-a3', 0n);
    expect(ahead.leafOf('thing-a3', 0)).toMatchObject({ log: 'thing-a', seq: 4 });
    there.tables = others;
    told(7n, 'thing-a4', 0n);
    expect([ahead.leafOf('thing-a3', 0), ahead.leafOf('thing-a4', 0)]).toEqual([undefined, undefined]);
  });
});
