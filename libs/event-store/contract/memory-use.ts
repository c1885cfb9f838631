import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import type { EventStore } from '../port.js';
import { newEvents } from './harness.js';

/** Six thousand events of 4 KiB: about 24 MiB, so that holding them all can't be mistaken for noise. */
export const largeStreamEvents = 6_000;
const eventText = 'x'.repeat(4_096);
export const mostHeapGrowthBytes = 12 * 1_048_576;

export async function appendLargeStream(store: EventStore, stream: string): Promise<void> {
  const batch = 100;
  for (let count = 0; count < largeStreamEvents; count += batch) {
    await store.append(stream, newEvents(batch, { data: { text: eventText } }), {
      expected: count === 0 ? 'no_stream' : BigInt(count - 1),
    });
  }
}

/** The most by which the live heap was larger than at the start, at any moment at which it was measured. */
export async function heapGrowth(work: (measure: () => void) => Promise<void>): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const live = () => {
    // The memory of buffers found dead by one collection is still counted as used until the next one has begun.
    collectGarbage();
    collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = live();
  let growth = 0;
  await work(() => {
    growth = Math.max(growth, live() - before);
  });
  return growth;
}
