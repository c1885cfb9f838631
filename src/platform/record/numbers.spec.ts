import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EventStore } from '#libs/event-store';
import { Damaged, Unavailable } from '#libs/event-store';
import { FaultyMemoryEventStore } from '#libs/event-store/testing';
import { Facade, FacadeHarness } from '#libs/event-store-eventstoredb/testing';
import { SqliteHarness } from '#libs/event-store-sqlite/testing';
import { eventBeside } from './beside.js';
import { Ids } from './ids.js';
import { Numbers } from './numbers.js';

const ids = new Ids();

/** A dialogue that owns a prefix, whose keys nobody has yet. */
async function guardIn(store: EventStore): Promise<string> {
  const guard = `keyprefix-${ids.random()}`;
  await store.append(guard, [eventBeside(ids, 'KeyPrefixReserved', { dialogueId: 'd' })], {
    expected: 'no_stream',
  });
  return guard;
}

/** Whom the store says each number is of, from the first on. */
async function numbered(store: EventStore, guard: string): Promise<readonly unknown[]> {
  const events = await Array.fromAsync(store.readStream(guard, { from: 1n }));
  return events.map(({ data }) => data['id']);
}

const facade = new Facade();
beforeAll(() => facade.start());
afterAll(() => facade.stop());

describe.each([
  [
    'in memory',
    () => ({ open: async () => new FaultyMemoryEventStore(), dispose: async (): Promise<void> => undefined }),
  ],
  ['in SQLite', () => new SqliteHarness()],
  ['on EventStoreDB', () => new FacadeHarness(facade)],
] as const)('Numbers that several servers hand out at once, %s', (_, harnessOf) => {
  const harness = harnessOf();
  let store: EventStore;
  beforeAll(async () => {
    store = await harness.open();
  });
  afterAll(() => harness.dispose());

  it('are each one matter’s, and none is left out', async () => {
    const asked = fc.array(fc.record({ server: fc.nat(2), dialogue: fc.nat(1), pauses: fc.boolean() }), {
      minLength: 1,
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(asked, async (all) => {
        const guards = [await guardIn(store), await guardIn(store)] as const;
        const servers = Array.from({ length: 3 }, () => new Numbers(store, ids));
        const taken: Promise<readonly [guard: string, number: number, id: string]>[] = [];
        for (const { server, dialogue, pauses } of all) {
          const guard = guards[dialogue as 0 | 1];
          const id = ids.random();
          taken.push(servers[server]!.next(guard, id).then((number) => [guard, number, id]));
          if (pauses) await taken.at(-1);
        }
        const got = await Promise.all(taken);
        for (const guard of guards) {
          const here = got.filter((one) => one[0] === guard).toSorted((one, other) => one[1] - other[1]);
          expect(here.map(([, number]) => number)).toEqual(here.map((_one, at) => at + 1));
          const isThere = here.length === 0 ? [] : await numbered(store, guard);
          expect(isThere).toEqual(here.map(([, , id]) => id));
        }
      }),
      { numRuns: 12 },
    );
  });
});

describe('A number', () => {
  it('is taken once where the reply was lost', async () => {
    const store = new FaultyMemoryEventStore();
    const guard = await guardIn(store);
    const numbers = new Numbers(store, ids);
    store.loseReplyOnce();
    await expect(Promise.all(['a', 'b'].map((id) => numbers.next(guard, id)))).resolves.toEqual([1, 2]);
    await expect(numbered(store, guard)).resolves.toEqual(['a', 'b']);
  });

  it('is refused while the store is away, and given once it is back', async () => {
    const store = new FaultyMemoryEventStore();
    const guard = await guardIn(store);
    const numbers = new Numbers(store, ids);
    await expect(numbers.next(guard, 'a')).resolves.toBe(1);
    store.goAwayAfter(0);
    await expect(numbers.next(guard, 'b')).rejects.toThrow(Unavailable);
    store.mend();
    await expect(numbers.next(guard, 'c')).resolves.toBe(2);
  });

  it('is the same for a raising that broke off and is repeated, also where the program has fallen meanwhile', async () => {
    const store = new FaultyMemoryEventStore();
    const guard = await guardIn(store);
    const numbers = new Numbers(store, ids);
    await Promise.all(['a', 'b', 'c'].map((id) => numbers.next(guard, id)));
    for (const repeated of [numbers, new Numbers(store, ids)]) {
      await expect(Promise.all(['b', 'b', 'a'].map((id) => repeated.next(guard, id)))).resolves.toEqual([
        2, 2, 1,
      ]);
    }
    await expect(numbered(store, guard)).resolves.toEqual(['a', 'b', 'c']);
  });

  it('is given by nobody where somebody deleted the stream of the numbers', async () => {
    const numbers = new Numbers(new FaultyMemoryEventStore(), ids);
    await expect(numbers.next('keyprefix-GONE', 'a')).rejects.toThrow(Damaged);
  });

  it('costs one append for all that ask while one is under way', async () => {
    const store = new FaultyMemoryEventStore();
    const guard = await guardIn(store);
    const numbers = new Numbers(store, ids);
    store.mend();
    const all = Array.from({ length: 100 }, (_, at) => numbers.next(guard, `${at}`));
    await expect(Promise.all(all)).resolves.toEqual(Array.from(all, (_, at) => at + 1));
    expect(store.stored).toBe(2);
  });
});
