import { setTimeout as wait } from 'node:timers/promises';

/** For rules about how slow somebody may be: the time that passes is what is tested, not what is hoped to be enough. */
export async function slowFor(ms: number): Promise<void> {
  await wait(ms);
}
