import { jsonEvent, type ResolvedEvent } from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';

import { Conflict, StreamNotFound, Unavailable } from '#libs/event-store';

import type { Connection } from './connection.js';
import { readFailure, verdictOn } from './failures.js';
import { identityStream } from './layout.js';
import type { Settings } from './options.js';

/**
 * The server's store has no identity of its own, so the first program to come gives it one: the id of the first event
 * in a stream that must not exist before. Of many that come at once, one wins and the others read what it wrote.
 */
export async function establishEpoch(connection: Connection, settings: Settings): Promise<string> {
  const existing = await readEpoch(connection, settings);
  if (existing !== undefined) return existing;
  const first = jsonEvent({ id: randomUUID(), type: 'StoreIdentified', data: {} });
  let cause: unknown;
  try {
    await connection.ask((api) =>
      api.appendToStream(identityStream, [first], { expectedRevision: 'no_stream', requiresLeader: true }),
    );
  } catch (error) {
    cause = error;
    const verdict = verdictOn(identityStream, error);
    if (verdict instanceof Error && !(verdict instanceof Conflict)) throw verdict;
  }
  const epoch = await readEpoch(connection, settings);
  if (epoch === undefined) throw new Unavailable('The event store took no identity now.', { cause });
  return epoch;
}

export async function readEpoch(connection: Connection, settings: Settings): Promise<string | undefined> {
  const call = await connection.open<ResolvedEvent>((api) => {
    const read = api.readStream(identityStream, { maxCount: 1, requiresLeader: true });
    return { stream: read, cancel: () => read.cancel() };
  });
  try {
    for await (const { event } of call.items(settings.requestTimeoutMs)) {
      if (event !== undefined) return event.id;
    }
    return undefined;
  } catch (error) {
    const failure = readFailure(identityStream, error);
    if (failure instanceof StreamNotFound) return undefined;
    throw failure;
  }
}
