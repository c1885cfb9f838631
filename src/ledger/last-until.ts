import type { EventStore, Recorded } from '#libs/event-store';
import { originsUpTo } from '#libs/ledger';
import { heldIn } from '../platform/record/beside.js';

type Store = Pick<EventStore, 'readStream'>;

/** How far a stream of statements had come by a moment. */
export interface Reached {
  /** The last event whose time is not later; absent where there is none. */
  readonly found?: Recorded;
  /** The first event whose time is later; absent where there is none yet, and then the answer may still change. */
  readonly after?: Recorded;
}

/** The event at that revision, or the last one. */
export async function eventAt(
  store: Store,
  stream: string,
  revision?: bigint,
): Promise<Recorded | undefined> {
  const asked = revision === undefined ? { backwards: true } : { from: revision };
  for await (const event of heldIn(store, stream, { ...asked, limit: 1 })) return event;
  return undefined;
}

/**
 * Looks for a moment in a stream whose events each say the latest time that anything up to them says, so that it never
 * falls along the stream. Reads one event for each halving: 4 of 10 events, 14 of 10,000, 20 of 1,000,000.
 */
export async function lastUntil(
  store: Store,
  stream: string,
  until: number,
  untilOf: (event: Recorded) => number,
): Promise<Reached> {
  const head = await eventAt(store, stream);
  if (head === undefined) return {};
  if (untilOf(head) <= until) return { found: head };
  let [found, after]: [Recorded | undefined, Recorded] = [undefined, head];
  while (after.revision - (found?.revision ?? -1n) > 1n) {
    const middle: bigint = ((found?.revision ?? -1n) + after.revision) / 2n;
    const event = await eventAt(store, stream, middle);
    if (event === undefined) throw new Error(`The stream ${stream} has no event ${middle}.`);
    if (untilOf(event) <= until) found = event;
    else after = event;
  }
  return found === undefined ? { after } : { found, after };
}

/**
 * The same in a log that began anew, each of whose names has a stream, as if they were one: what was signed under an earlier
 * name at a later time ends the search there, so that an answer stays what it is whichever clock signs under the next one.
 */
export async function lastUntilOf(
  origin: string,
  look: (origin: string) => Promise<Reached>,
): Promise<Reached & { readonly origin: string }> {
  let reached: Reached & { readonly origin: string } = { origin };
  for (const name of originsUpTo(origin)) {
    const { found, after } = await look(name);
    if (found !== undefined) reached = { origin: name, found };
    if (after !== undefined) return { ...reached, after };
  }
  return reached;
}
