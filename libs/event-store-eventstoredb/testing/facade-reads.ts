import streams from '@eventstore/db-client/generated/streams_pb.js';
import { status } from '@grpc/grpc-js';

import type { FacadeDatabase } from './facade-database.js';
import type { FacadeLog, Stored } from './facade-log.js';
import { failure, nameOf, placeIn, responseOf } from './facade-messages.js';
import { send, type ReadCall } from './facade-sending.js';
import { runSubscription } from './facade-subscription.js';

/** `Streams.Read`: a read of a stream, a read of `$all`, or a subscription to `$all`. */
export async function read(call: ReadCall, database: FacadeDatabase): Promise<void> {
  const { log, faults } = database;
  call.on('error', () => undefined);
  const options = call.request.getOptions();
  if (options === undefined || faults.isDead(call.getPeer())) return;
  if (faults.away) return void call.emit('error', failure(status.UNAVAILABLE, 'away'));
  if (faults.deniesReads) return void call.emit('error', failure(status.PERMISSION_DENIED, 'access-denied'));
  if (options.hasSubscription()) return runSubscription(call, options, database);
  const events = options.hasStream() ? streamEvents(log, options) : allEvents(log, options);
  if (events === undefined) {
    const response = new streams.ReadResp();
    const absent = new streams.ReadResp.StreamNotFound();
    await send(
      call,
      response.setStreamNotFound(absent.setStreamIdentifier(options.getStream()?.getStreamIdentifier())),
    );
  }
  let left = Number(options.getCount());
  for (const event of events ?? []) {
    if (left === 0 || call.cancelled) break;
    left -= 1;
    await send(call, responseOf(event));
  }
  call.end();
}

function streamEvents(log: FacadeLog, options: streams.ReadReq.Options): Iterable<Stored> | undefined {
  const wanted = options.getStream();
  const events = log.stream(nameOf(wanted?.getStreamIdentifier()));
  if (events === undefined || wanted === undefined) return undefined;
  const revision = wanted.hasRevision() ? Number(wanted.getRevision()) : undefined;
  if (options.getReadDirection() === streams.ReadReq.Options.ReadDirection.FORWARDS) {
    return iterate(events, revision ?? 0, 1);
  }
  return iterate(events, Math.min(revision ?? events.length - 1, events.length - 1), -1);
}

/** Forwards inclusive; backwards the real server gives what is before the position. */
function allEvents(log: FacadeLog, options: streams.ReadReq.Options): Iterable<Stored> {
  const position = options.getAll()?.getPosition();
  if (options.getReadDirection() === streams.ReadReq.Options.ReadDirection.FORWARDS) {
    return iterate(log.all, position === undefined ? 0 : log.indexAt(placeIn(position)), 1);
  }
  return iterate(log.all, (position === undefined ? log.all.length : log.indexAt(placeIn(position))) - 1, -1);
}

function* iterate(events: readonly Stored[], from: number, step: 1 | -1): Generator<Stored> {
  for (let index = from; ; index += step) {
    const event = events[index];
    if (event === undefined) return;
    yield event;
  }
}
