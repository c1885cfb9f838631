import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MemoryEventStore } from '#libs/event-store';
import type { EventStore, NewEvent, ReadStreamOptions } from '#libs/event-store';
import { heldIn } from '../platform/record/beside.js';
import { OverlayStore } from './overlay-store.js';

const clock = { iso: () => '2026-01-01T00:00:00.000Z' };
const stream = 'irritant-1';

function event(place: number): NewEvent {
  return { id: `e${place}`, type: 'Said', data: {}, content: null, salt: null, meta: {} };
}

async function append(store: EventStore, from: number, count: number): Promise<void> {
  for (let place = from; place < from + count; place += 1)
    await store.append(stream, [event(place)], { expected: place === 0 ? 'no_stream' : BigInt(place - 1) });
}

const idsIn = async (store: EventStore, options: ReadStreamOptions) =>
  (await Array.fromAsync(heldIn(store, stream, options))).map(({ id }) => id);

const place = fc.option(fc.bigInt({ min: 0n, max: 9n }), { nil: undefined });
const asked = fc.record(
  { from: place, to: place, backwards: fc.boolean(), limit: fc.integer({ min: 1, max: 9 }) },
  { requiredKeys: [] },
);

/** Counts what is read of the store below. */
class Counting extends MemoryEventStore {
  read = 0;
  override async *readStream(...args: Parameters<EventStore['readStream']>) {
    for await (const one of super.readStream(...args)) {
      this.read += 1;
      yield one;
    }
  }
}

describe('What is tried on top of a store', () => {
  it('is read as if it stood in the store, from anywhere to anywhere, forwards and backwards', async () => {
    const count = fc.integer({ min: 0, max: 4 });
    await fc.assert(
      fc.asyncProperty(
        count,
        count,
        fc.array(asked, { minLength: 1, maxLength: 6 }),
        async (old, tried, reads) => {
          const [whole, below] = [new MemoryEventStore(), new MemoryEventStore()];
          await append(whole, 0, old + tried);
          await append(below, 0, old);
          const overlay = new OverlayStore(below, clock);
          await append(overlay, old, tried);
          for (const { from, to, ...rest } of reads) {
            const options = {
              ...rest,
              ...(from === undefined ? {} : { from }),
              ...(to === undefined ? {} : { to }),
            };
            expect(await idsIn(overlay, options)).toEqual(await idsIn(whole, options));
          }
          expect(await idsIn(below, {})).toHaveLength(old);
        },
      ),
    );
  });

  it('costs no read of what stands below where only what came after is asked for', async () => {
    const below = new Counting();
    await append(below, 0, 50);
    const overlay = new OverlayStore(below, clock);
    await append(overlay, 50, 1);
    below.read = 0;
    for (let at = 51; at < 100; at += 1) {
      await append(overlay, at, 1);
      expect(await idsIn(overlay, { from: BigInt(at - 1) })).toEqual([`e${at - 1}`, `e${at}`]);
    }
    expect(below.read).toBe(0);
  });
});
