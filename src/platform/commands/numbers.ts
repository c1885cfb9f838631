import { Conflict } from '#libs/event-store';
import type { EventStore, Position } from '#libs/event-store';
import { heldIn } from '../record/beside.js';
import type { NumberingTools } from '../record/slice.js';
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
export function rehearsing({ streams, ids, numbers }: Deciding): NumberingTools {
  return {
    streams: {
      store: rehearsingStore(streams.store),
      find: (of, id) => streams.find(of, id),
      guarded: (stream, revision) => streams.guarded(stream, revision),
    },
    ids,
    numbers: { next: (guard, id) => numbers.ahead(guard, id) },
  };
}
