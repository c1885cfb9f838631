import {
  BACKWARDS,
  END,
  FORWARDS,
  START,
  type AllStreamResolvedEvent,
  type RecordedEvent,
  type ResolvedEvent,
} from '@eventstore/db-client';

import type { Connection } from './connection.js';
import type { Settings } from './options.js';

interface ReadCall<From> {
  /** Inclusive; absent, from the first, and backwards from the last. */
  readonly from?: From | undefined;
  readonly backwards?: boolean;
  readonly limit: number;
  readonly signal?: AbortSignal | undefined;
}

function asked<From>({ from, backwards = false, limit }: ReadCall<From>) {
  return {
    from: from ?? (backwards ? END : START),
    rest: {
      direction: backwards ? BACKWARDS : FORWARDS,
      maxCount: Math.max(limit, 1),
      requiresLeader: true,
    },
  } as const;
}

/** One call, whoever's the events are; fails as the client does. The server counts events and not revisions. */
export async function* readStream(
  connection: Connection,
  { requestTimeoutMs }: Settings,
  stream: string,
  call: ReadCall<bigint>,
): AsyncGenerator<RecordedEvent> {
  const { from, rest } = asked(call);
  const opened = await connection.open<ResolvedEvent>((api) => {
    const read = api.readStream(stream, { ...rest, fromRevision: from });
    return { stream: read, cancel: () => read.cancel() };
  }, call.signal);
  for await (const { event } of opened.items(requestTimeoutMs, call.signal)) {
    if (event !== undefined) yield event;
  }
}

/** The same of `$all`, the places included at which there is no event any more. */
export async function* readAll(
  connection: Connection,
  { requestTimeoutMs }: Settings,
  call: ReadCall<{ readonly commit: bigint; readonly prepare: bigint }>,
): AsyncGenerator<AllStreamResolvedEvent> {
  const { from, rest } = asked(call);
  const opened = await connection.open<AllStreamResolvedEvent>((api) => {
    const read = api.readAll({ ...rest, fromPosition: from });
    return { stream: read, cancel: () => read.cancel() };
  }, call.signal);
  yield* opened.items(requestTimeoutMs, call.signal);
}
