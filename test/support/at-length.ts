import { OutcomeUnknown, Unavailable } from '#libs/event-store';

/**
 * What may be done twice, again until the store answers: on a machine that does other things a server with short waits is
 * late even in peace. Each try waits for the store as long as it may.
 */
export async function atLength<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Unavailable) && !(error instanceof OutcomeUnknown)) throw error;
    }
  }
}
