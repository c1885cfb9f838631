import { randomUUID } from 'node:crypto';
import { Conflict, OutcomeUnknown, StreamNotFound, Unavailable } from '#libs/event-store';
import type { EventStore, NewEvent } from '#libs/event-store';
import type { FaultKind } from './faults.js';
import { altered } from './our-server.js';
import type { Options } from './our-server.js';
import { storeWaits } from './pace.js';
import type { World } from './world.js';

/** What a server of ours no longer does right, and what has to happen for it to matter. */
export interface Planted {
  readonly fault: string;
  readonly options: Options;
  /** For what lies behind the store. */
  readonly plant?: (world: World) => void;
  readonly about: readonly FaultKind[];
}

type Append = EventStore['append'];

const through = (change: (store: EventStore) => Partial<EventStore>): Options => ({
  storeThrough: (store) => altered(store, change(store)),
});

/** The appends of the record are made in another way. */
const appending = (change: (append: Append, store: EventStore) => Append): Options =>
  through((store) => {
    const append: Append = (...args) => store.append(...args);
    const changed = change(append, store);
    const isOfRecord = (stream: string) => /^(?:irritant|source|round)-/.test(stream);
    return { append: (...args) => (isOfRecord(args[0]) ? changed(...args) : append(...args)) };
  });

const anew = (events: readonly [NewEvent, ...NewEvent[]]): [NewEvent, ...NewEvent[]] => {
  const [first, ...others] = events.map((event) => ({ ...event, id: randomUUID() }));
  return [first as NewEvent, ...others];
};

async function endOf(store: EventStore, stream: string): Promise<bigint | 'no_stream'> {
  try {
    for await (const { revision } of store.readStream(stream, { backwards: true, limit: 1 })) return revision;
  } catch (error) {
    if (!(error instanceof StreamNotFound)) throw error;
  }
  return 'no_stream';
}

const isDerived = ({ meta }: NewEvent) => (meta['act'] as { capacity?: string })?.capacity === 'derived';

const losing: readonly FaultKind[] = [
  'an append is stored, its reply lost, and nothing read',
  'an append is stored and its reply lost',
  'replies come late',
];

/** Those that are found soonest come first: they are what every run looks for. */
export const allPlanted: readonly Planted[] = [
  {
    fault: 'a request is not told from another one by its key',
    options: appending((append) => (stream, [first, ...others], options) => {
      const unmarked = ({ meta: { command: _, ...meta }, ...event }: NewEvent) => ({ ...event, meta });
      return append(stream, [unmarked(first), ...others.map(unmarked)], options);
    }),
    about: losing,
  },
  {
    fault: 'the lease of who was killed never runs out',
    options: { storeWaits: { ...storeWaits, lease: { renewMs: 200, silentMs: 1_000_000 } } },
    about: ['a server of ours is stopped hard'],
  },
  {
    fault: 'an event is left out after a subscription was begun again',
    options: through((store) => ({
      async *subscribe(options) {
        let isFirst = options.after !== undefined;
        for await (const message of store.subscribe(options)) {
          if (isFirst && message.kind === 'event') isFirst = false;
          else yield message;
        }
      },
    })),
    about: ['a server of ours is stopped hard'],
  },
  {
    fault: 'one look is enough to call a store another one',
    options: { storeWaits: { ...storeWaits, electionMs: 0 } },
    about: [
      'the end of the log is behind for a while',
      'subscriptions end cleanly',
      'every connection is cut',
    ],
  },
  {
    fault: 'what nobody knows is taken for not recorded',
    options: appending((append) => async (...args) => {
      try {
        return await append(...args);
      } catch (error) {
        throw error instanceof OutcomeUnknown ? new Unavailable('No answer.') : error;
      }
    }),
    about: losing,
  },
  {
    fault: 'what nobody knows is sent again as something new',
    options: appending((append, store) => async (stream, events, options) => {
      try {
        return await append(stream, events, options);
      } catch (error) {
        if (!(error instanceof OutcomeUnknown)) throw error;
        return append(stream, anew(events), { expected: await endOf(store, stream) });
      }
    }),
    about: losing,
  },
  {
    fault: 'who lost a race appends after what came in between',
    options: appending((append, store) => async (stream, events, options) => {
      try {
        return await append(stream, events, options);
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
        return append(stream, events, { expected: await endOf(store, stream) });
      }
    }),
    about: ['reads are behind'],
  },
  {
    fault: 'a lost race is no race but a fault',
    options: appending((append) => async (...args) => {
      try {
        return await append(...args);
      } catch (error) {
        throw error instanceof Conflict ? new Error('The revision is another one.') : error;
      }
    }),
    about: ['reads are behind'],
  },
  {
    fault: 'a consequence has another id each time that it is drawn',
    options: appending(
      (append) => (stream, events, options) =>
        append(stream, events.every(isDerived) ? anew(events) : events, options),
    ),
    about: ['a server of ours is stopped hard', 'replies come late'],
  },
  {
    fault: 'a store that is away shows nothing',
    options: through((store) => ({
      async *readStream(stream, options) {
        try {
          yield* store.readStream(stream, options);
        } catch (error) {
          throw error instanceof Unavailable ? new StreamNotFound(stream) : error;
        }
      },
    })),
    about: ['a node is killed', 'both followers freeze', 'the password is another one'],
  },
  {
    fault: 'who was away once stays away',
    options: through((store) => {
      let away: Unavailable | undefined;
      return {
        async append(...args) {
          if (away !== undefined) throw away;
          try {
            return await store.append(...args);
          } catch (error) {
            if (error instanceof Unavailable) away = error;
            throw error;
          }
        },
      };
    }),
    about: ['both followers freeze', 'the password is another one', 'a node is killed'],
  },
  {
    fault: 'silence is never doubted',
    options: { storeWaits: { ...storeWaits, watchdogMs: 1_000_000, patienceMs: 1_000_000 } },
    about: ['subscriptions go mute'],
  },
  {
    fault: 'a request may take as long as all of its steps',
    options: { answerMs: 100_000, storeWaits: { ...storeWaits, requestTimeoutMs: 3_000 } },
    about: ['both followers freeze', 'replies come late'],
  },
  {
    fault: 'nobody waits for the place of a write',
    options: {},
    plant: ({ servers }) => {
      for (const { running } of servers)
        if (running) running.record.projections.waitFor = async () => 'reached';
    },
    about: ['subscriptions go mute', 'every connection dies without a word'],
  },
];
