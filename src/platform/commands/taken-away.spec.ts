import { expect, it } from '@jest/globals';
import { Damaged, MemoryEventStore } from '#libs/event-store';
import type { EventStore } from '#libs/event-store';
import { Credentials } from '../access/credentials.js';
import { SystemClock } from '../record/clock.js';
import { Ids } from '../record/ids.js';
import { revokeAgain } from './taken-away.js';

/** The same store, in which each event that is read by its place is said to be of this stream, and can't be read. */
function lying(store: EventStore, stream: string): EventStore {
  return new Proxy(store, {
    get(target, name) {
      if (name === 'readAll')
        return async function* (...asked: Parameters<EventStore['readAll']>) {
          for await (const one of target.readAll(...asked)) {
            if (one.kind === 'event')
              throw new Damaged('It can’t be read.', {
                place: { stream, revision: 9n, position: one.event.position },
              });
            yield one;
          }
        };
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}

it('A key that the journal knows as revoked opens nothing again, where a damaged event is said to be of it and is not', async () => {
  const store = new MemoryEventStore();
  const credentials = new Credentials(store, new Ids(), new SystemClock());
  const wanted = { name: 'a reader', party: null, roles: ['reader'] as const, days: 30 };
  const { key, credential } = await credentials.issue(wanted, { as: 'folder' });
  const { id } = credential;
  expect(await credentials.authenticate(key)).toBeDefined();
  const gone = 'a-key-that-is-not-there';
  await revokeAgain({ revoked: new Set([gone, id]) }, lying(store, `credential-${id}`), credentials);
  expect(await credentials.authenticate(key)).toBeUndefined();
});

it('A key of which the stream can’t be read keeps no other from being revoked again', async () => {
  const revoked: string[] = [];
  const revoke = async (id: string) => {
    if (id === 'damaged') throw new Damaged('It can’t be read.');
    revoked.push(id);
    return undefined as never;
  };
  await revokeAgain({ revoked: new Set(['damaged', 'other']) }, new MemoryEventStore(), { revoke });
  expect(revoked).toEqual(['other']);
});
