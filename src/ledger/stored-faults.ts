import { isDeepStrictEqual } from 'node:util';
import type { EventStore, Recorded } from '#libs/event-store';
import { Damaged, StreamNotFound } from '#libs/event-store';
import { formatLeaf } from '#libs/ledger';
import type { Leaf } from '#libs/ledger';
import { ReadModelsDamaged } from '#libs/projections';
import type { Beside } from '#libs/projections';
import { wordsFault } from '../platform/record/word-hash.js';
import type { Logs } from './logs.js';

/** Where the event is as it was logged, and what is kept of its leaf is not. */
const damaged = new ReadModelsDamaged().message;

export const goneLeaf = `its leaf is gone. ${damaged}`;

/** What is wrong with what was logged of an event, the leaf of which is derived anew. */
export function leafFault(
  logs: Pick<Logs, 'isHashed'>,
  log: string,
  leaf: Leaf,
  logged: Uint8Array,
): string | undefined {
  if (Buffer.compare(formatLeaf(leaf), logged) !== 0) return 'the store gives another leaf than was logged';
  return logs.isHashed(log, leaf.seq, logged) ? undefined : `its hash in the tree is another one. ${damaged}`;
}

/** What differs between an event that is in no log and the copy that the read models took of it; erased words do not. */
export function copyFault(copy: Recorded, event: Recorded): string | undefined {
  const bare = ({ id, type, recordedAt, data, meta }: Recorded) => ({ id, type, recordedAt, data, meta });
  const isErased = copy.content === null || event.content === null;
  const isSame =
    isDeepStrictEqual(bare(copy), bare(event)) &&
    (isErased || isDeepStrictEqual([copy.content, copy.salt], [event.content, event.salt]));
  return isSame ? undefined : 'the store gives it otherwise than it was taken in';
}

/** The same of an event beside the record, such as one of a key of the API, of which the copy has less. */
export function besideFault(copy: ReturnType<Beside['at']>, event: Recorded): string | undefined {
  const bare = ({ type, recordedAt, data }: NonNullable<typeof copy>) => ({ type, recordedAt, data });
  if (copy === undefined) return 'the store holds it there, and it was never taken in';
  return isDeepStrictEqual(bare(copy), bare(event))
    ? undefined
    : 'the store gives it otherwise than it was taken in';
}

/**
 * Whether the event is found by its stream as it is by its place. Acts are decided on what a stream gives; so an index that
 * leads past an event is as bad as an event that is gone. A cluster finds by what it keeps itself, and each look is a way there.
 */
export async function lookupFault(store: EventStore, event: Recorded): Promise<string | undefined> {
  if (store.headKept === undefined) return undefined;
  const { id, stream, revision } = event;
  try {
    for await (const found of store.readStream(stream, { from: revision, to: revision }))
      if (found.id === id && found.position === event.position) return undefined;
  } catch (error) {
    if (!(error instanceof StreamNotFound)) throw error;
  }
  return 'its stream does not lead to it';
}

/** Words that are there hash to what the envelope says; those that are gone were erased by an event that says so. */
export async function goneWordsFault(
  event: Recorded,
  erasedIn: (stream: string) => Promise<ReadonlySet<string>>,
): Promise<string | undefined> {
  const { id, stream, content, salt } = event;
  if (content !== null) return wordsFault(event);
  const erased = await erasedIn(stream).catch((error: unknown) => {
    if (error instanceof Damaged) return error;
    throw error;
  });
  if (erased instanceof Damaged)
    return `its words are gone, and its stream can't be read as far as what says that they were erased: ${erased.message}`;
  if (!erased.has(id)) return 'its words are gone, and no event says that they were erased';
  return salt === null ? undefined : 'its words are erased, and the salt of their hash is not';
}

export function isSamePlace(one: Recorded, other: Recorded): boolean {
  return one.stream === other.stream && one.revision === other.revision;
}
