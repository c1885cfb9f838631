import 'reflect-metadata';
import { afterAll, describe, it } from '@jest/globals';
import fc from 'fast-check';
import { Play } from './play.js';
import { budgetMs, firstSeed, path, schedulesWanted } from './runs.js';
import { scheduleOf, toldOf } from './schedule.js';
import { World } from './world.js';

/** So many schedules share a seed; the next ones have the next. */
const perSeed = 10;
/** So many are played in one world, or until one fails: what it left behind must not count against the next. */
const perWorld = 30;

describe('Two servers on a cluster of three, whatever happens to all of them', () => {
  let world: World | undefined;
  afterAll(() => world?.close());

  async function worldNow(): Promise<World> {
    if (world !== undefined && world.schedules < perWorld) return world;
    await world?.close();
    world = await World.open();
    return world;
  }

  it('record once what they acknowledge, say nothing untrue, and are level soon after', async () => {
    const levels: number[] = [];
    const property = fc.asyncProperty(scheduleOf(), async (schedule) => {
      const present = await worldNow();
      try {
        levels.push(await new Play(present).play(schedule));
      } catch (error) {
        world = undefined;
        await present.close();
        throw new Error(`${toldOf(schedule)}\n${(error as Error).message}`, { cause: error });
      }
    });
    const began = performance.now();
    const cpu = process.cpuUsage();
    if (path !== undefined) return fc.assert(property, { seed: firstSeed, path, numRuns: perSeed });
    let played = 0;
    let seed = firstSeed;
    for (; played < schedulesWanted && performance.now() - began < budgetMs; seed += 1) {
      const numRuns = Math.min(perSeed, schedulesWanted - played);
      await fc.assert(property, { seed, numRuns, endOnFailure: true });
      played += numRuns;
    }
    const { user, system } = process.cpuUsage(cpu);
    const perMinute = Math.round((played * 60_000) / (performance.now() - began));
    const slowest = Math.round(Math.max(...levels));
    process.stdout.write(
      `${played} of ${schedulesWanted} schedules from SCHEDULES_SEED=${firstSeed}, ${perMinute} a minute, ` +
        `${Math.round((user + system) / 1e6)} s of processor time; level after ${slowest} ms at the latest` +
        `${played < schedulesWanted ? `; go on with SCHEDULES_SEED=${seed}` : ''}\n`,
    );
  }, 4_000_000);
});
