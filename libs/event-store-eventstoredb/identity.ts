import { jsonEvent } from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';

import { Conflict, StreamNotFound, Unavailable } from '#libs/event-store';

import type { Connection } from './connection.js';
import { readFailure, verdictOn } from './failures.js';
import { identityStream } from './layout.js';
import type { Settings } from './options.js';
import { readStream } from './server-reads.js';

/**
 * The server's store has no identity of its own, so the first program to come gives it one: the id of the latest event
 * in a stream of its own. Of many that come at once, one wins and the others read what it wrote.
 */
export async function establishEpoch(connection: Connection, settings: Settings): Promise<string> {
  return (await readEpoch(connection, settings)) ?? (await beginEpoch(connection, settings, undefined));
}

/**
 * The store goes on under another name than `before`, so that whoever holds a position of then is told. Of many that
 * begin one after the same name, one wins and all go on under its name.
 */
export async function beginNewEpoch(
  connection: Connection,
  settings: Settings,
  before: string | undefined,
): Promise<string> {
  const latest = await readLatest(connection, settings);
  const isBegun = latest !== undefined && before !== undefined && latest.id !== before;
  return isBegun ? latest.id : beginEpoch(connection, settings, latest);
}

/**
 * Appended only to the very end that the caller decided on: a name that came since, which somebody may have opened the
 * store by already, stands.
 */
async function beginEpoch(
  connection: Connection,
  settings: Settings,
  latest: Latest | undefined,
): Promise<string> {
  const next = jsonEvent({ id: randomUUID(), type: 'StoreIdentified', data: {} });
  let cause: unknown;
  try {
    await connection.ask(
      (api) =>
        api.appendToStream(identityStream, [next], {
          expectedRevision: latest?.revision ?? 'no_stream',
          requiresLeader: true,
        }),
      'no writing',
    );
  } catch (error) {
    cause = error;
    const verdict = verdictOn(identityStream, error);
    if (verdict instanceof Error && !(verdict instanceof Conflict)) throw verdict;
  }
  const now = await readLatest(connection, settings);
  if (now === undefined || now.id === latest?.id) {
    throw new Unavailable('The event store took no identity now.', { cause });
  }
  return now.id;
}

export async function readEpoch(connection: Connection, settings: Settings): Promise<string | undefined> {
  return (await readLatest(connection, settings))?.id;
}

interface Latest {
  readonly id: string;
  readonly revision: bigint;
}

async function readLatest(connection: Connection, settings: Settings): Promise<Latest | undefined> {
  try {
    const newest = { backwards: true, limit: 1 };
    for await (const event of readStream(connection, settings, identityStream, newest)) return event;
    return undefined;
  } catch (error) {
    const failure = readFailure(identityStream, error);
    if (failure instanceof StreamNotFound) return undefined;
    throw failure;
  }
}
