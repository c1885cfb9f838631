import { Damaged, StreamNotFound } from '#libs/event-store';
import type { EventStore } from '#libs/event-store';
import { everyEvent } from '../platform/record/every-event.js';
import { EventRegistry } from '../platform/record/event-registry.js';
import { slices } from '../slices.js';
import { Examples } from './stored-events.js';

/** How many streams are asked for at once; a connection carries a hundred calls. */
const askedAtOnce = 20;

interface Seen {
  readonly first: bigint;
  readonly last: bigint;
}

/**
 * What somebody has done by hand to streams of the record: a server deletes and cuts them when it is told to, and leaves
 * their events in its log until it scavenges. Every stream has to begin at 0 in both, and to be whole in the log.
 */
export async function streamFlaws(store: EventStore): Promise<{
  readonly flaws: readonly string[];
  readonly streams: ReadonlySet<string>;
}> {
  const flaws = new Examples();
  const { streamPrefixes } = new EventRegistry(slices);
  const seen = new Map<string, Seen>();
  for await (const { stream, revision } of everyEvent(store, { streamPrefixes })) {
    const before = seen.get(stream);
    if (before !== undefined && revision !== before.last + 1n) {
      flaws.add(`the stream ${stream} lacks revision ${before.last + 1n}`);
    }
    seen.set(stream, { first: before?.first ?? revision, last: revision });
  }
  const streams = [...seen.keys()];
  for (let from = 0; from < streams.length; from += askedAtOnce) {
    const asked = streams.slice(from, from + askedAtOnce);
    const begins = await Promise.all(asked.map((stream) => beginOf(store, stream)));
    for (const [at, stream] of asked.entries()) {
      const begin = begins[at];
      const first = seen.get(stream)?.first ?? 0n;
      if (begin === undefined) flaws.add(`the stream ${stream} was deleted by hand`);
      else if (begin > 0n || first > 0n) {
        flaws.add(`the stream ${stream} does not begin at 0: what came before revision ${begin} was cut off`);
      }
    }
  }
  return { flaws: flaws.all, streams: new Set(streams) };
}

/** Undefined where the stream can't be read any more. */
async function beginOf(store: EventStore, stream: string): Promise<bigint | undefined> {
  try {
    for await (const { revision } of store.readStream(stream, { limit: 1 })) return revision;
  } catch (error) {
    if (!(error instanceof StreamNotFound) && !(error instanceof Damaged)) throw error;
  }
  return undefined;
}
