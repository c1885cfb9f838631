import type { Appended, EventStore, NewEvent, Recorded } from '#libs/event-store';
import type { Sequenced } from '#libs/projections';
import type { DrawnInto } from '../../platform/reactions/drawing.js';
import type { EventRegistry } from '../../platform/record/event-registry.js';
import { foldNext } from '../../platform/record/fold.js';
import type { PassedRecord } from '../../platform/record/place.js';
import { dialogueOfStream } from '../../platform/record/references.js';
import { Streams } from '../../platform/record/streams.js';
import type { LoadedStream } from '../../platform/record/streams.js';

/** What reactions would append now. It is thrown, so that nothing more is drawn before it is known whether it is there. */
export class Drawn extends Error {
  constructor(
    readonly stream: string,
    readonly event: NewEvent,
  ) {
    super(`${event.type} in ${stream}`);
  }
}

type OfStream = Parameters<PassedRecord['ofStream']>;

/** The beginning of a log, as the record that it was when its last event had just been stored. */
export class PlayedLog extends Streams implements DrawnInto, PassedRecord {
  /** Consequences that are not there, though they follow: taken for drawn, so that the next one is found. */
  readonly conceded = new Set<string>();
  readonly #entries: Sequenced[] = [];
  readonly #byId = new Map<string, Sequenced>();
  readonly #byStream = new Map<string, Sequenced[]>();
  readonly #loaded = new Map<string, LoadedStream>();

  constructor(readonly registry: EventRegistry) {
    super();
  }

  get size(): number {
    return this.#entries.length;
  }

  get streams(): Iterable<string> {
    return this.#byStream.keys();
  }

  at(ordinal: number): Sequenced | undefined {
    return this.#entries[ordinal];
  }

  add(event: Recorded): void {
    const { stream } = event;
    const own = this.#byStream.get(stream) ?? [];
    const [first = { event }] = own;
    const log = dialogueOfStream(this.registry, stream, first.event) ?? '';
    const sequenced = { ordinal: this.size, seq: this.size, log, event };
    this.#loaded.set(stream, this.#with(stream, event));
    this.#entries.push(sequenced);
    if (!this.#byId.has(event.id)) this.#byId.set(event.id, sequenced);
    this.#byStream.set(stream, [...own, sequenced]);
  }

  #with(stream: string, event: Recorded): LoadedStream {
    const before = this.#loaded.get(stream);
    const events = [...(before?.events ?? []), this.registry.read(event)];
    const next = events.at(-1) as (typeof events)[number];
    return { events, folded: foldNext(this.registry.ofStream(stream), before?.folded, next, () => events) };
  }

  async stream(stream: string): Promise<LoadedStream> {
    return this.#loaded.get(stream) ?? { events: [], folded: undefined };
  }

  /** What belongs to no dialogue is in no log. */
  async guarded(): Promise<undefined> {
    return undefined;
  }

  readonly store: Pick<EventStore, 'append'> = {
    append: async (stream: string, [event]: readonly [NewEvent, ...NewEvent[]]): Promise<Appended> => {
      const last = this.#entries.at(-1);
      if (!this.conceded.has(event.id) || last === undefined) throw new Drawn(stream, event);
      return { revision: last.event.revision, position: last.event.position };
    },
  };

  byId(eventId: string): Sequenced | undefined {
    return this.#byId.get(eventId);
  }

  logOf(stream: string): string | undefined {
    return this.#byStream.get(stream)?.[0]?.log;
  }

  ofStream(...[stream, bounds = {}]: OfStream): Sequenced[] {
    const { fromRevision = 0n, uptoOrdinal = Infinity, uptoRevision } = bounds;
    const own = this.#byStream.get(stream) ?? [];
    return own.filter(
      ({ ordinal, event: { revision } }) =>
        ordinal <= uptoOrdinal &&
        revision >= fromRevision &&
        (uptoRevision === undefined || revision <= uptoRevision),
    );
  }
}
