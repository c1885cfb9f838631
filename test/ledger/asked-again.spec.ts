import { afterAll, expect, it } from '@jest/globals';
import { Damaged, Unavailable } from '#libs/event-store';
import type { DamagedPlace, EventStore } from '#libs/event-store';
import type { Logs } from '../../src/ledger/logs.js';
import { Scrubber } from '../../src/ledger/scrubber.js';
import { done } from '../support/acting.js';
import type { Api } from '../support/api.js';
import { setScene } from '../support/scene.js';
import { folderByHand } from './folder-by-hand.js';

const folder = folderByHand();
afterAll(() => folder.remove());

/** The store, which fails each so many looks at a stream once. */
function faltering(store: EventStore, every: number): EventStore {
  let looks = 0;
  const readStream: EventStore['readStream'] = (...asked) => {
    looks += 1;
    if (looks % every === 0) throw new Unavailable('Not now.');
    return store.readStream(...asked);
  };
  return new Proxy(store, {
    get(_, name) {
      if (name === 'readStream') return readStream;
      const found: unknown = Reflect.get(store, name);
      return typeof found === 'function' ? (found.bind(store) as unknown) : found;
    },
  });
}

/** Goes through one round, and says how often it could not go on; a round that comes to no end is told, too. */
async function rounded(scrubber: Scrubber): Promise<number> {
  let failed = 0;
  for (let goes = 0; scrubber.rounds === 0; goes += 1) {
    if (goes > 1_000) throw new Error('The round comes to no end.');
    await scrubber.go().catch(() => (failed += 1));
  }
  return failed;
}

function scrubberOf(
  { server }: Api,
  parts: Partial<ConstructorParameters<typeof Scrubber>[0]> = {},
): Scrubber {
  const { store, projections, registry, recorder } = server.record;
  return new Scrubber(
    {
      store,
      record: projections.record,
      logs: recorder.deciding.logs as unknown as Logs,
      prefixes: registry.streamPrefixes,
      beside: { prefixes: [], at: () => undefined },
      erasedIn: () => Promise.resolve(new Set()),
      ...parts,
    },
    () => undefined,
  );
}

it('A store that can’t be asked for a moment is asked again for the same event, and holds nothing that was never logged', async () => {
  await folder.served(async (api) => {
    await setScene(api);
    await api.settled();
    const scrubber = scrubberOf(api, { store: faltering(api.server.record.store, 3) });
    expect(await rounded(scrubber)).toBeGreaterThan(1);
    expect(scrubber.alarms).toEqual([]);
  });
});

/** The same store, in which the event at the place can't be read and gives another revision of its stream than its own. */
function lying(store: EventStore, place: DamagedPlace): EventStore {
  return new Proxy(store, {
    get(target, name) {
      if (name === 'readAll')
        return async function* (...asked: Parameters<EventStore['readAll']>) {
          const page = await Array.fromAsync(target.readAll(...asked));
          if (page.some((one) => one.kind === 'event' && one.event.position === place.position))
            throw new Damaged('It can’t be read.', { place });
          yield* page;
        };
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}

it('An event of which the revision itself is damaged is told of at its place, and of no other dialogue anything', async () => {
  await folder.served(async (api) => {
    const { irritantId, dialogueId } = await setScene(api);
    const other = await setScene(api);
    await done(api, `irritants/${irritantId}/acknowledge`, 'us-negotiator');
    await done(api, `irritants/${other.irritantId}/acknowledge`, 'us-negotiator');
    await api.settled();
    const { store, projections } = api.server.record;
    const { record } = projections;
    const last = BigInt(record.endOf(`irritant-${irritantId}`));
    const { event, seq } = record.ofStream(`irritant-${irritantId}`)[0]!;
    const place = { stream: event.stream, revision: last, position: event.position };
    const scrubber = scrubberOf(api, { store: lying(store, place) });
    expect(await rounded(scrubber)).toBe(0);
    expect(scrubber.alarms).toEqual([{ dialogueId, seq, because: 'It can’t be read.' }]);
  });
});

/** The same store, of which the events of these places are gone. */
function lacking(store: EventStore, gone: ReadonlySet<string>): EventStore {
  return new Proxy(store, {
    get(target, name) {
      if (name === 'readAll')
        return async function* (...asked: Parameters<EventStore['readAll']>) {
          for await (const one of target.readAll(...asked))
            if (one.kind !== 'event' || !gone.has(one.event.position)) yield one;
        };
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}

it.each(['can be read', 'is damaged', 'is gone, too'])(
  'Where the events of several dialogues are gone one after the other, that is told of each; what follows %s',
  async (next) => {
    await folder.served(async (api) => {
      const [one, other] = [await setScene(api), await setScene(api)];
      await done(api, `irritants/${one.irritantId}/acknowledge`, 'us-negotiator');
      await api.settled();
      const { store, projections } = api.server.record;
      const { record } = projections;
      const [from, last] = [one, other].map(
        ({ irritantId }) => record.ofStream(`irritant-${irritantId}`)[0]!.ordinal,
      );
      const after = record.byOrdinal(last! + 1)!.event;
      const isLast = next === 'is gone, too';
      const places = Array.from({ length: record.headOrdinal + 1 }, (_, at) => record.positionAt(at)!);
      const left = lacking(store, new Set(places.slice(from, isLast ? places.length : last! + 1)));
      const scrubber = scrubberOf(api, { store: next === 'is damaged' ? lying(left, after) : left });
      expect(await rounded(scrubber)).toBe(0);
      const told = new Map(scrubber.alarms.map(({ dialogueId, seq }) => [dialogueId, seq]));
      expect([told.get(one.dialogueId), told.get(other.dialogueId)]).toEqual([
        record.byOrdinal(from!)!.seq,
        0,
      ]);
    });
  },
);

it('Where what says that words were erased can’t be read, that is told of the event without words, and all others are looked at', async () => {
  await folder.served(async (api) => {
    const { dialogueId, irritantId } = await setScene(api);
    const irritant = `irritants/${irritantId}`;
    await done(api, `${irritant}/contest`, 'us-negotiator', { statement: { en: 'Never ours.' } });
    const { record } = api.server;
    const events = await record.streams.events(`irritant-${irritantId}`);
    const contested = events.at(-1)!;
    const asked = {
      target: contested.id,
      basis: 'personal-data',
      reason: { en: 'It names a private person.' },
    };
    await done(api, `${irritant}/request-erasure`, 'us-negotiator', asked);
    await done(api, `${irritant}/request-erasure`, 'ru-negotiator', asked);
    await done(api, `${irritant}/acknowledge`, 'us-negotiator');
    await api.settled();
    const { stream, revision, position } = record.projections.record.byId(events[0]!.id)!.event;
    const damaged = new Damaged('It can’t be read.', { place: { stream, revision, position } });
    const scrubber = scrubberOf(api, { erasedIn: () => Promise.reject(damaged) });
    expect(await rounded(scrubber)).toBe(0);
    expect(scrubber.alarms).toEqual([
      {
        dialogueId,
        seq: record.projections.record.byId(contested.id)!.seq,
        because: expect.stringContaining(
          "can't be read as far as what says that they were erased",
        ) as unknown,
      },
    ]);
  });
});
