import streams from '@eventstore/db-client/generated/streams_pb.js';
import { status } from '@grpc/grpc-js';

import type { FacadeDatabase } from './facade-database.js';
import type { FacadeLog, Stored } from './facade-log.js';
import { failure, nameOf, placeIn, responseOf, streamDeleted } from './facade-messages.js';
import type { FacadeNode } from './facade-node.js';
import { send, type ReadCall } from './facade-sending.js';
import { runSubscription } from './facade-subscription.js';

/** `Streams.Read`: a read of a stream, a read of `$all`, or a subscription to `$all`. */
export async function read(call: ReadCall, database: FacadeDatabase, node: FacadeNode): Promise<void> {
  call.on('error', () => undefined);
  await node.awake();
  const { log, faults } = database;
  const options = call.request.getOptions();
  const isDead = faults.isDead(call.getPeer()) || !node.hears(call.getPeer());
  if (options === undefined || call.cancelled || isDead) return;
  const refusal = refusalOf(options, database) ?? node.refusal(call.metadata);
  if (refusal !== undefined) return void call.emit('error', refusal);
  if (options.hasSubscription()) return runSubscription(call, options, database, node);
  const to = Math.min(log.readable, node.sleptAt ?? log.readable);
  const events = options.hasStream() ? streamEvents(log, options, to) : allEvents(log, options, to);
  const { duringNextRead } = faults;
  faults.duringNextRead = undefined;
  duringNextRead?.();
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
    if (node.isFrozen) await node.awake();
    if (left === 0 || call.cancelled) break;
    left -= 1;
    await send(call, responseOf(event));
  }
  call.end();
}

function refusalOf(options: streams.ReadReq.Options, { log, faults }: FacadeDatabase) {
  if (faults.away) return failure(status.UNAVAILABLE, 'away');
  if (faults.refusesCredentials) return failure(status.UNAUTHENTICATED, 'not-authenticated');
  if (faults.deniesReads) return failure(status.PERMISSION_DENIED, 'access-denied');
  const stream = nameOf(options.getStream()?.getStreamIdentifier());
  if (log.tombstoned.has(stream)) return streamDeleted(stream);
  const position = options.getAll()?.getPosition();
  if (position === undefined || log.begins(placeIn(position))) return undefined;
  const said =
    'Unexpected error: InvalidReadException: Log record that ends at actual pos has non-positive length';
  return Object.assign(new Error(said), { code: status.UNKNOWN, details: said });
}

function streamEvents(
  log: FacadeLog,
  options: streams.ReadReq.Options,
  to: number,
): Iterable<Stored> | undefined {
  const wanted = options.getStream();
  const end = log.all[to]?.place.commit;
  const whole = log.stream(nameOf(wanted?.getStreamIdentifier()));
  const events = end === undefined ? whole : whole?.filter(({ place }) => place.commit < end);
  if (events === undefined || wanted === undefined) return undefined;
  const begin = log.beginOf(nameOf(wanted.getStreamIdentifier()));
  if (BigInt(events.length) <= begin) return undefined;
  const revision = wanted.hasRevision() ? Number(wanted.getRevision()) : undefined;
  if (options.getReadDirection() === streams.ReadReq.Options.ReadDirection.FORWARDS) {
    return iterate(events, Math.max(revision ?? 0, Number(begin)), 1);
  }
  const from = Math.min(revision ?? events.length - 1, events.length - 1);
  return iterate(events.slice(0, from + 1), from, -1, events.length, Number(begin));
}

/** Forwards inclusive; backwards the real server gives what is before the position. */
function allEvents(log: FacadeLog, options: streams.ReadReq.Options, to: number): Iterable<Stored> {
  const position = options.getAll()?.getPosition();
  const at = position === undefined ? undefined : log.indexAt(placeIn(position));
  if (options.getReadDirection() === streams.ReadReq.Options.ReadDirection.FORWARDS) {
    return iterate(log.all, at ?? 0, 1, to);
  }
  return iterate(log.all, Math.min(at ?? to, to) - 1, -1);
}

function* iterate(
  events: readonly Stored[],
  from: number,
  step: 1 | -1,
  to = events.length,
  least = 0,
): Generator<Stored> {
  for (let index = from; index < to && index >= least; index += step) {
    const event = events[index];
    if (event === undefined) return;
    yield event;
  }
}
