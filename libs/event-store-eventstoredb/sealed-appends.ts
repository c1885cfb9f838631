import {
  Conflict,
  OutcomeUnknown,
  type Appended,
  type Expected,
  type SerialisedEvent,
} from '#libs/event-store';

import type { Appender } from './appender.js';
import type { KeyPool } from './key-pool.js';
import { eventDataOf } from './layout.js';
import { hasWords, sealWords } from './sealed-words.js';

interface Unsealed {
  readonly stream: string;
  readonly events: readonly SerialisedEvent[];
  readonly expected: Expected;
}

/**
 * Appends events with their words under keys that were stored before them. Where they are sent again with the same ids,
 * the words are sealed anew, under other keys: the server keeps what came first, and the others open nothing.
 */
export class SealedAppends {
  constructor(
    private readonly appender: Appender,
    private readonly pool: KeyPool,
  ) {}

  async append({ stream, events, expected }: Unsealed, recordedAt: string): Promise<Appended> {
    const keys = await this.pool.take(events.filter(hasWords).length);
    const left = [...keys];
    const sealed = events.map((event) => {
      const key = hasWords(event) ? left.shift() : undefined;
      return eventDataOf(event, key && sealWords(event, stream, key), recordedAt);
    });
    let appended: Appended;
    try {
      appended = await this.appender.append({ stream, events: sealed, expected });
    } catch (error) {
      if (error instanceof Conflict) this.pool.giveBack(keys);
      throw error;
    }
    try {
      await this.pool.secure(keys);
    } catch (cause) {
      throw new OutcomeUnknown(`Nobody knows whether ${stream} can be read as it was appended.`, { cause });
    }
    return appended;
  }
}
