import { setTimeout as wait } from 'node:timers/promises';

/** A client that was told to come again, and a fault that lasts, take time by their nature. */
export async function pause(ms: number): Promise<void> {
  await wait(ms);
}
