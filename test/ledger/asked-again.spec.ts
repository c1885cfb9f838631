import { afterAll, expect, it } from '@jest/globals';
import { Unavailable } from '#libs/event-store';
import type { EventStore } from '#libs/event-store';
import type { Logs } from '../../src/ledger/logs.js';
import { Scrubber } from '../../src/ledger/scrubber.js';
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

it('A store that can’t be asked for a moment is asked again for the same event, and holds nothing that was never logged', async () => {
  await folder.served(async (api) => {
    await setScene(api);
    await api.settled();
    const { store, projections, registry, recorder } = api.server.record;
    const scrubber = new Scrubber(
      {
        store: faltering(store, 3),
        record: projections.record,
        logs: recorder.deciding.logs as unknown as Logs,
        prefixes: registry.streamPrefixes,
        beside: { prefixes: [], at: () => undefined },
        erasedIn: () => Promise.resolve(new Set()),
      },
      () => undefined,
    );
    let failed = 0;
    while (scrubber.rounds === 0) await scrubber.go().catch(() => (failed += 1));
    expect(failed).toBeGreaterThan(1);
    expect(scrubber.alarms).toEqual([]);
  });
});
