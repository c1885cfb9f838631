import { Conflict } from '#libs/event-store';
import type { EventStore, NewEvent, Position } from '#libs/event-store';
import { heldIn } from '../record/beside.js';
import { fold } from '../record/fold.js';
import { Numbers } from '../record/numbers.js';
import type { NumberingTools } from '../record/slice.js';
import type { LoadedStream, StoredStreams } from '../record/stored-streams.js';
import type { Deciding } from './deciding.js';
import type { CommandRequest } from './request.js';

/** The numbers of what a create makes; none for an act on what is there. */
export async function numbersFor(
  tools: NumberingTools,
  { slice, name, data, declaration }: CommandRequest,
  id: string,
): Promise<object> {
  if (declaration.path !== null) return {};
  return (await slice.numbering?.[name]?.(tools, { id, data })) ?? {};
}

/** The stream with these events as if they were stored. */
export function asIfStored(
  { registry }: Pick<StoredStreams, 'registry'>,
  stream: string,
  { events: before }: LoadedStream,
  events: readonly NewEvent[],
  recordedAt: string,
): LoadedStream {
  const told = events.map((one, index) => {
    const plain = JSON.parse(JSON.stringify(one)) as NewEvent;
    const revision = BigInt(before.length + index);
    return registry.read({ ...plain, stream, revision, position: '' as Position, recordedAt });
  });
  const all = [...before, ...told];
  return { events: all, folded: fold(registry.ofStream(stream), all) };
}

/** Appends nothing, and refuses what the store would refuse. */
function rehearsingStore(store: EventStore): Pick<EventStore, 'append' | 'readStream'> {
  return {
    readStream: (stream, options) => store.readStream(stream, options),
    append: async (stream, events, { expected }) => {
      let last: bigint | undefined;
      for await (const { revision } of heldIn(store, stream, { backwards: true, limit: 1 })) last = revision;
      if (expected !== (last ?? 'no_stream')) throw new Conflict(stream, last);
      return { revision: (last ?? -1n) + BigInt(events.length), position: '' as Position };
    },
  };
}

/** By which numbers are given that nobody keeps. */
export function rehearsing({ streams, ids }: Deciding): NumberingTools {
  const store = rehearsingStore(streams.store);
  return {
    streams: {
      store,
      find: (of, id) => streams.find(of, id),
      guarded: (stream, revision) => streams.guarded(stream, revision),
    },
    ids,
    numbers: new Numbers(store, ids),
  };
}
