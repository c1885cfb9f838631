import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStoreDbEventStore } from '#libs/event-store-eventstoredb';
import { Facade } from '#libs/event-store-eventstoredb/testing';
import { newEvents } from '#libs/event-store/testing';
import { emptiedStore } from './engine.js';

const facade = new Facade();
beforeAll(() => facade.start());
afterAll(() => facade.stop());

describe('A real server under the tests', () => {
  it('is not taken without a command that empties it', async () => {
    await expect(emptiedStore(facade.connectionString('one'), undefined)).rejects.toThrow(/EVENTSTORE_EMPTY/);
  });

  it('is empty before each test, or the test does not begin', async () => {
    const connectionString = facade.connectionString('two');
    const first = await emptiedStore(connectionString, 'true');
    expect(first.storeUrl).toBe(connectionString);
    const store = await EventStoreDbEventStore.open({ connectionString });
    await store.append('notes-1', newEvents(1), { expected: 'no_stream' });
    await store.close();
    // Beside one that works on it nothing is emptied.
    await (await emptiedStore(connectionString, 'exit 3')).stop();
    await first.stop();
    await expect(emptiedStore(connectionString, 'true')).rejects.toThrow('left events on the server');
    await expect(emptiedStore(connectionString, 'exit 3')).rejects.toThrow('exit 3');
  });
});
