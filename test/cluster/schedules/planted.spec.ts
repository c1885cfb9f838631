import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Play } from './play.js';
import { allPlanted } from './planted.js';
import type { Planted } from './planted.js';
import { plantedWanted } from './runs.js';
import { scheduleOf } from './schedule.js';
import { World } from './world.js';

const schedulesMax = 20;
const seed = 7;

/** What was violated first; undefined where none of so many schedules found anything. */
async function found({ options, plant, about }: Planted): Promise<string | undefined> {
  const world = await World.open(options);
  plant?.(world);
  try {
    for (const schedule of fc.sample(scheduleOf(about), { seed, numRuns: schedulesMax })) {
      try {
        await new Play(world).play(schedule);
      } catch (error) {
        return (error as Error).message;
      }
    }
    return undefined;
  } finally {
    await world.close();
  }
}

describe('A server that no longer does right is found', () => {
  it.each(allPlanted.slice(0, plantedWanted))('where $fault', async (planted) => {
    expect(await found(planted)).toBeDefined();
  });
});
