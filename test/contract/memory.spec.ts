import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';

import { heapGrowth } from '#libs/event-store/testing';
import { Facade, FacadeHarness, eventOfAnother } from '#libs/event-store-eventstoredb/testing';

import { catchUpEvents } from './runs.js';

const mostGrowthBytes = 50 * 1_048_576;

describe('A subscription of the EventStoreDB store', () => {
  const facade = new Facade();
  beforeAll(() => facade.start());
  afterAll(() => facade.stop());

  it(
    'catches up in flat memory, however much there is',
    async () => {
      const harness = new FacadeHarness(facade);
      const store = await harness.open();
      // The server keeps one text for all of them, so that what grows is what the reader keeps: 4 KiB by event.
      const event = eventOfAnother({ content: { text: 'x'.repeat(4_096) } });
      for (let count = 0; count < catchUpEvents; count += 1) {
        harness.database.log.append('kept-1', 'any', [{ ...event, id: randomUUID() }]);
      }
      let received = 0;
      const over = new AbortController();
      const growth = await heapGrowth(async (measure) => {
        for await (const { kind } of store.subscribe({ signal: over.signal })) {
          if (kind === 'event' && (received += 1) % Math.ceil(catchUpEvents / 8) === 0) measure();
          if (kind === 'caughtUp') over.abort();
        }
      });
      await harness.dispose();
      process.stdout.write(
        `Catch-up: ${received} events, ${(growth / 1_048_576).toFixed(1)} MiB at the most\n`,
      );
      expect(received).toBe(catchUpEvents);
      expect(growth).toBeLessThan(mostGrowthBytes);
    },
    240_000 + catchUpEvents * 15,
  );
});
