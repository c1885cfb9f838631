import type { Asked, Decided, Reaction } from '#libs/decider';
import type { EventStore, NewEvent, Position } from '#libs/event-store';
import type { Taken } from '../record/place.js';
import type { Stored } from '../record/envelope.js';
import type { Slice } from '../record/slice.js';
import type { Streams } from '../record/streams.js';

/** Where reactions look and append: the record that a server keeps, or one that somebody plays to check it. */
export type DrawnInto = Streams & { readonly store: Pick<EventStore, 'append'> };

/** What has to be appended, or where it is: somebody, perhaps this server before, has appended it already. */
export type Consequence =
  | { readonly stream: string; readonly event: NewEvent; readonly expected: bigint }
  | { readonly at: Position };

/** What a reaction asks of one target on account of one event, which is taken at its place in the record. */
export interface Wanted {
  readonly slice: Slice;
  readonly reaction: Reaction;
  readonly cause: Stored;
  readonly asked: Asked;
  readonly taken: Taken;
  /** The event by which what stood in its way has fallen; absent where it is drawn for the first time. */
  readonly anew?: string;
}

export function latestPosition(positions: readonly (Position | undefined)[]): Position | undefined {
  return positions.reduce(
    (newest, one) => (one !== undefined && (newest === undefined || one > newest) ? one : newest),
    undefined,
  );
}

/** The latest of the places that the work gives, which is done for one after the other. */
export async function latestInTurn<T>(
  all: Iterable<T>,
  work: (one: T) => Promise<Position | undefined>,
): Promise<Position | undefined> {
  let latest: Position | undefined;
  for (const one of all) latest = latestPosition([latest, await work(one)]);
  return latest;
}

/** Read when it is first needed: most events concern no reaction. */
export function once<T>(read: () => T): () => T {
  let kept: { readonly value: T } | undefined;
  return () => (kept ??= { value: read() }).value;
}

/** A consequence has one id, drawn from its cause, so it is one event. */
export function onlyOne(decided: readonly Decided[]): Decided | undefined {
  if (decided.length > 1)
    throw new Error(`A consequence is one event, not ${decided.map((one) => one.type).join(' and ')}.`);
  return decided[0];
}
