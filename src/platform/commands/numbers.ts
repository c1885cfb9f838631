import { Conflict } from '#libs/event-store';
import type { EventStore, NewEvent, Position } from '#libs/event-store';
import { heldIn } from '../record/beside.js';
import { fold, streamOf } from '../record/fold.js';
import { stamped } from '../record/recording.js';
import { refusalOf } from '../record/refusals.js';
import type { NumberingTools } from '../record/slice.js';
import type { LoadedStream, StoredStreams } from '../record/stored-streams.js';
import { recordKeepingAct } from './attribution.js';
import type { Deciding } from './deciding.js';
import type { CommandRequest } from './request.js';

/** The numbers of what a create makes; none for an act on what is there. */
export async function numbersFor(
  tools: NumberingTools,
  { slice, name, data, principal, declaration }: CommandRequest,
  id: string,
): Promise<object> {
  if (declaration.path !== null) return {};
  return (await slice.numbering?.[name]?.(tools, { id, data, act: recordKeepingAct(principal) })) ?? {};
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
export function rehearsing({ streams, ids, clock }: Deciding): NumberingTools {
  return {
    streams: {
      store: rehearsingStore(streams.store),
      find: (of, id) => streams.find(of, id),
      guarded: (stream) => streams.guarded(stream),
    },
    ids,
    internally: async (sliceName, id, command) => {
      const slice = streams.registry.get(sliceName);
      const stream = streamOf(slice, id);
      const present = await streams.stream(stream);
      const decision = slice.decide(command as never, present.folded?.state ?? null);
      if ('refused' in decision) throw refusalOf(slice, decision);
      const { act } = command;
      const now = clock.iso();
      const stamp = { act, sources: [], audience: 'both' as const, correlationId: ids.next(), now };
      const events = decision.events.length === 0 ? [] : stamped(slice, decision.events, stamp, ids);
      return { state: asIfStored(streams, stream, present, events, now).folded?.state };
    },
  };
}
