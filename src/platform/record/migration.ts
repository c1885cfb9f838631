import { canonicalBytes, sha256Hex } from '#libs/canonical';
import { Conflict } from '#libs/event-store';
import type { EventStore, NewEvent, Position, Recorded } from '#libs/event-store';
import { sealingKeyStream } from './moments.js';

const pageEvents = 500;
/** Streams that belong to one life of one store, and not to what is moved. */
const ownStreams = ['lease-', 'entente-identity', sealingKeyStream];

export interface Moved {
  readonly events: number;
  /** Over ids, streams, revisions, times, salts and contents, in order: equal on both sides. */
  readonly digest: string;
}

export interface MigrationOptions {
  readonly source: EventStore;
  readonly target: EventStore;
  /** Sets the clock by which the target stamps the next append, so that recorded times stay what they were. */
  readonly setRecordedAt: (recordedAt: string) => void;
  /** How many events the target holds by now. */
  readonly onProgress: (moved: number) => Promise<void>;
}

/** The target holds something else where an event of the source belongs; nothing of it was changed. */
export class TargetNotEmpty extends Error {
  constructor(stream: string, moved = 0) {
    const written =
      moved === 0 ? 'nothing was written to it' : `${moved} event(s) had been moved to it before`;
    super(
      `The target holds other events in the stream ${stream}, and ${written}. Move into an empty cluster, or into the one that an earlier move began to fill.`,
    );
    this.name = 'TargetNotEmpty';
  }
}

/**
 * Copies every event in order, with its id, revision, recorded time and salt. The target is looked at before anything is
 * written: it has to be the beginning of the source, and nothing else, for the keys that come with a record would open
 * whatever else is there. So a move that broke off goes on where it stopped.
 */
export async function move({ source, target, setRecordedAt, onProgress }: MigrationOptions): Promise<number> {
  const begun = await beginningOf(source, target);
  let moved = begun.events;
  for await (const page of pagesOf(source, begun.end)) {
    for (const batch of batchesOf(page.events)) {
      const [{ stream, revision, recordedAt }] = batch;
      setRecordedAt(recordedAt);
      const [first, ...others] = batch.map(saidIn);
      if (first === undefined) continue;
      try {
        await target.append(stream, [first, ...others], {
          expected: revision === 0n ? 'no_stream' : revision - 1n,
        });
      } catch (error) {
        throw error instanceof Conflict ? new TargetNotEmpty(stream, moved - begun.events) : error;
      }
      moved += batch.length;
    }
    await onProgress(moved);
  }
  return moved - begun.events;
}

/** How much of the source the target holds already; throws `TargetNotEmpty` where it holds anything else. */
async function beginningOf(
  source: EventStore,
  target: EventStore,
): Promise<{ readonly events: number; readonly end: Position | undefined }> {
  const ours = eventsOf(source);
  let [events, end]: [number, Position | undefined] = [0, undefined];
  try {
    for await (const theirs of eventsOf(target)) {
      const { value: own } = await ours.next();
      if (own === undefined || !isSameEvent(own, theirs)) throw new TargetNotEmpty(theirs.stream);
      events += 1;
      end = own.position;
    }
  } finally {
    await ours.return(undefined);
  }
  return { events, end };
}

function saidIn({ id, type, data, content, salt, meta }: Recorded): NewEvent {
  return { id, type, data, content, salt, meta };
}

function isSameEvent(one: Recorded, other: Recorded): boolean {
  return one.id === other.id && one.stream === other.stream && one.revision === other.revision;
}

async function* eventsOf(store: EventStore): AsyncGenerator<Recorded, undefined> {
  for await (const { events } of pagesOf(store, undefined)) yield* events;
}

/** Reads a store from the start and digests all that a move must keep. */
export async function digestOf(store: EventStore): Promise<Moved> {
  let events = 0;
  let digest = '';
  for await (const page of pagesOf(store, undefined)) {
    for (const event of page.events) {
      const { stream, recordedAt } = event;
      const kept = { ...saidIn(event), stream, recordedAt, revision: String(event.revision), before: digest };
      digest = sha256Hex(canonicalBytes(kept));
      events += 1;
    }
  }
  return { events, digest };
}

interface Page {
  readonly events: readonly Recorded[];
  readonly end: Position;
}

async function* pagesOf(store: EventStore, from: Position | undefined): AsyncGenerator<Page> {
  for (let after = from; ;) {
    const events: Recorded[] = [];
    let end: Position | undefined;
    for await (const message of store.readAll({
      ...(after === undefined ? {} : { after }),
      limit: pageEvents,
    })) {
      if (message.kind === 'caughtUp') continue;
      end = message.kind === 'event' ? message.event.position : message.position;
      if (message.kind === 'event') events.push(message.event);
    }
    if (end === undefined || end === after) return;
    after = end;
    yield { events: events.filter(({ stream }) => !ownStreams.some((one) => stream.startsWith(one))), end };
  }
}

/** What stands together in one stream with one recorded time can be sent together. */
function batchesOf(events: readonly Recorded[]): readonly (readonly [Recorded, ...Recorded[]])[] {
  const batches: [Recorded, ...Recorded[]][] = [];
  for (const event of events) {
    const last = batches.at(-1)?.at(-1);
    const joins =
      last?.stream === event.stream &&
      last.recordedAt === event.recordedAt &&
      last.revision + 1n === event.revision;
    if (joins) batches.at(-1)?.push(event);
    else batches.push([event]);
  }
  return batches;
}
