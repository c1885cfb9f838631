import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { Facade, faultNames, runFaults, type FaultName } from '#libs/event-store-eventstoredb/testing';

import { faultRuns, faultSeed } from './runs.js';

/** A linear congruential generator: enough to draw from a list, and the same on every machine. */
function drawsFrom<T>(items: readonly T[], seed: number): () => T {
  let state = seed % 2_147_483_647 || 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    const item = items[state % items.length];
    if (item === undefined) throw new RangeError('There is nothing to draw from.');
    return item;
  };
}

describe('The EventStoreDB store', () => {
  const facade = new Facade();
  beforeAll(() => facade.start());
  afterAll(() => facade.stop());

  it(
    'comes through one fault after the other without a lost, false or repeated event',
    async () => {
      const draw = drawsFrom<FaultName>(faultNames, faultSeed);
      for (let run = 0; run < faultRuns; run += 2) {
        const pair = [draw(), draw()];
        const { late, stored, written, received } = await runFaults(facade, pair);
        const told = { pair, faultSeed };
        expect({ ...told, late }).toEqual({ ...told, late: [] });
        expect({ ...told, stored: [...stored].sort() }).toEqual({ ...told, stored: [...written].sort() });
        for (const ids of received) expect({ ...told, ids }).toEqual({ ...told, ids: stored });
      }
    },
    30_000 + faultRuns * 5_000,
  );
});
