import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import {
  Facade,
  RealClock,
  faultNames,
  lateAmong,
  runFaults,
  type FaultName,
  type FaultRun,
} from '#libs/event-store-eventstoredb/testing';

import { timed } from '../support/pace.js';
import { drawsFrom } from './draws.js';
import { faultSeed, realFaultRuns } from './runs.js';

/** One of each kind: a connection that ends, a subscription that says nothing, a reply that never comes. */
const shortShare: readonly FaultName[] = [
  'cuts every connection',
  'goes mute on its subscriptions',
  'stores an append and loses the reply',
];

const drawn = drawsFrom(faultNames, faultSeed);
const names = realFaultRuns === 0 ? shortShare : Array.from({ length: realFaultRuns }, drawn);

/** The runner fails a test in which a rejection stays unhandled, so none of these leaves one behind. */
describe('The EventStoreDB store in real time', () => {
  const facade = new Facade();
  beforeAll(() => facade.start());
  afterAll(() => facade.stop());

  it(
    'is back within ten seconds, after a silence within thirty, and gives every event once',
    async () => {
      const noticed: FaultRun['noticed'][number][] = [];
      for (let run = 0; run < names.length; run += 2) {
        const pair = names.slice(run, run + 2);
        const { value: result, slowness } = await timed(() => runFaults(facade, pair, new RealClock()));
        const told = { pair, faultSeed };
        noticed.push(...result.noticed);
        const late = lateAmong(result.noticed, slowness);
        expect({ ...told, late }).toEqual({ ...told, late: [] });
        expect({ ...told, ids: [...result.stored].sort() }).toEqual({
          ...told,
          ids: [...result.written].sort(),
        });
        for (const ids of result.received) expect({ ...told, ids }).toEqual({ ...told, ids: result.stored });
      }
      const longest = (silent: boolean) =>
        Math.max(0, ...noticed.filter((one) => one.silent === silent).map(({ tookMs }) => tookMs));
      process.stdout.write(
        `${noticed.length} faults: back after ${longest(false)} ms at the most, after a silence ${longest(true)} ms\n`,
      );
    },
    240_000 + names.length * 120_000,
  );
});
