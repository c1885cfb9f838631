import { setTimeout as wait } from 'node:timers/promises';
import { OutcomeUnknown, Unavailable } from '#libs/event-store';
import { comeAgainMs } from './pace.js';

/** A client that was told to come again, and a fault that lasts, take time by their nature. */
export async function pause(ms: number): Promise<void> {
  await wait(ms);
}

/** What may be done twice, again until the store answers: with waits of a tenth a busy machine is late even in peace. */
export async function atLength<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Unavailable) && !(error instanceof OutcomeUnknown)) throw error;
      await pause(comeAgainMs);
    }
  }
}
