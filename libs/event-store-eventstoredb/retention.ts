import { Conflict } from '#libs/event-store';

import type { Connection } from './connection.js';
import { readFailure, verdictOn } from './failures.js';

/**
 * Tells the server that of a technical stream it need keep no more than the newest events; the next scavenge removes
 * the others. What an operator has set on the stream already stays as it is.
 */
export async function keepNewest(connection: Connection, stream: string, count: number): Promise<void> {
  try {
    await connection.ask(
      (api) =>
        api.setStreamMetadata(
          stream,
          { maxCount: count },
          { expectedRevision: 'no_stream', requiresLeader: true },
        ),
      'nothing',
    );
  } catch (error) {
    if (!(verdictOn(stream, error) instanceof Conflict)) throw readFailure(stream, error);
  }
}
