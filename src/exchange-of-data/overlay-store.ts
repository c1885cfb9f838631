import { Conflict, StreamNotFound } from '#libs/event-store';
import type {
  Appended,
  EventStore,
  Expected,
  Msg,
  NewEvent,
  Position,
  ReadAllOptions,
  ReadStreamOptions,
  Recorded,
} from '#libs/event-store';
import type { Clock } from '../platform/record/clock.js';

/**
 * A store that looks as if what is appended here were in the one below, and leaves that as it is: acts can be judged in
 * it one after the other, each on those before it, and nothing is recorded. Only streams are read through it, and what no
 * act adds to, such as keys.
 */
export class OverlayStore implements EventStore {
  readonly erasesContent = false;
  readonly #added = new Map<string, Recorded[]>();

  constructor(
    private readonly below: EventStore,
    private readonly clock: Pick<Clock, 'iso'>,
  ) {}

  identity(): Promise<{ epoch: string }> {
    return this.below.identity();
  }

  /** Of the store below, whoever appends there meanwhile: what is judged here is judged on it. */
  async #endBelow(stream: string): Promise<bigint | undefined> {
    try {
      for await (const { revision } of this.below.readStream(stream, { backwards: true, limit: 1 }))
        return revision;
    } catch (error) {
      if (!(error instanceof StreamNotFound)) throw error;
    }
    return undefined;
  }

  async append(
    stream: string,
    events: readonly [NewEvent, ...NewEvent[]],
    { expected }: { readonly expected: Expected },
  ): Promise<Appended> {
    const added = this.#added.get(stream) ?? [];
    const end = added.at(-1)?.revision ?? (await this.#endBelow(stream));
    if (expected !== (end ?? 'no_stream')) throw new Conflict(stream, end);
    const recordedAt = this.clock.iso();
    for (const [place, event] of events.entries()) {
      const plain = JSON.parse(JSON.stringify(event)) as NewEvent;
      const revision = (end ?? -1n) + 1n + BigInt(place);
      added.push({ ...plain, stream, revision, position: 'overlay' as Position, recordedAt });
    }
    this.#added.set(stream, added);
    return { revision: (end ?? -1n) + BigInt(events.length), position: 'overlay' as Position, recordedAt };
  }

  async *readStream(stream: string, options: ReadStreamOptions = {}): AsyncIterable<Recorded> {
    const added = this.#added.get(stream);
    if (added === undefined) {
      yield* this.below.readStream(stream, options);
      return;
    }
    const { from, to, backwards = false, limit = Infinity } = options;
    const [low = 0n, high] = backwards ? [to, from] : [from, to];
    const first = added[0]?.revision ?? 0n;
    const above = added.slice(
      low > first ? Number(low - first) : 0,
      high === undefined ? undefined : Math.max(0, Number(high - first) + 1),
    );
    let left = limit;
    const parts = [this.#readBelow(stream, first, options), backwards ? above.toReversed() : above];
    for (const part of backwards ? parts.toReversed() : parts) {
      for await (const event of part) {
        if (left === 0) return;
        left -= 1;
        yield event;
      }
    }
  }

  /** What stands below the first event that was appended here: nothing is read where no more than those is asked for. */
  async *#readBelow(stream: string, first: bigint, options: ReadStreamOptions): AsyncIterable<Recorded> {
    const { from, to, backwards = false } = options;
    const end = first - 1n;
    const [low = 0n, high = end] = backwards ? [to, from] : [from, to];
    if (low > end) return;
    const upTo = high > end ? end : high;
    const within = backwards ? { from: upTo, to: low } : { from: low, to: upTo };
    yield* this.below.readStream(stream, { ...options, ...within });
  }

  /** Of the store below: what is appended here has no place among what others wrote, so of its kind nothing may be asked. */
  readAll(options: ReadAllOptions): AsyncIterable<Msg> {
    const asked = options.filter?.streamPrefixes ?? [''];
    if ([...this.#added.keys()].some((stream) => asked.some((prefix) => stream.startsWith(prefix))))
      throw new Error('What is only tried has no place in the order of the store.');
    return this.below.readAll(options);
  }

  subscribe(): never {
    throw new Error('Nobody follows what is only tried.');
  }

  head(): Promise<Position | undefined> {
    return this.below.head();
  }

  eraseContent(): never {
    throw new Error('Nothing is erased by what is only tried.');
  }

  async close(): Promise<void> {}
}
