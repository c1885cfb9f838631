import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { Facade, faultNames, runFaults, type FaultName } from '#libs/event-store-eventstoredb/testing';

import { drawsFrom } from './draws.js';
import { faultRuns, faultSeed } from './runs.js';

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
    240_000 + faultRuns * 15_000,
  );
});
