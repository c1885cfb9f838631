import { describe, expect, it } from '@jest/globals';

import { MemoryEventStore, type SubscribeOptions } from '#libs/event-store';

import { World, append, temporaryDirectory, tally } from './testing.js';

/** Gives a subscription only so many of its messages until it is let go. */
class SlowStore extends MemoryEventStore {
  #held = Promise.withResolvers<void>();

  constructor(private readonly givenAtOnce: number) {
    super();
  }

  goOn(): void {
    this.#held.resolve();
  }

  override async *subscribe(options: SubscribeOptions) {
    let given = 0;
    for await (const message of super.subscribe(options)) {
      if (given === this.givenAtOnce) await this.#held.promise;
      given += 1;
      yield message;
    }
  }
}

const names = (count: number) => Array.from({ length: count }, (_, index) => `e${index}`);
const noWait = { timeoutMs: 1 };

describe('what is behind', () => {
  it('is measured against the end of the store, and nothing that was not read to there says that it is level', async () => {
    const store = new SlowStore(100);
    await append(store, 'thing-1', ...names(500));
    const world = await World.start({ store, definitions: [tally()], batchSize: 50 });
    expect(world.status('record')).toMatchObject({ lag: undefined, serves: false, state: 'catching-up' });
    expect(world.status('tally')).toMatchObject({ lag: undefined, serves: false, state: 'catching-up' });
    while (world.status('tally')?.ordinal !== 99) await world.projections.settled(noWait);
    expect(world.status('record')).toMatchObject({ lag: 400, serves: false, state: 'catching-up' });
    expect(world.status('tally')).toMatchObject({ lag: 400, serves: false, state: 'catching-up' });
    store.goOn();
    await world.settled();
    for (const name of ['record', 'tally'])
      expect(world.status(name)).toMatchObject({ lag: 0, serves: true, state: 'live' });
  });

  it('grows with what somebody has seen of the store that is not read yet', async () => {
    const store = new SlowStore(11);
    await append(store, 'thing-1', ...names(10));
    const world = await World.start({ store, definitions: [tally()] });
    await world.settled();
    const { position } = await append(store, 'thing-1', 'x', 'y');
    world.projections.sawEnd(position);
    expect(world.status('tally')).toMatchObject({ lag: 2, serves: true });
    store.goOn();
    await world.settled();
    expect(world.status('tally')).toMatchObject({ lag: 0 });
  });
});

describe('what is kept beside the record', () => {
  const besidePrefixes = ['key-'];

  it('has no place in it, is there after a restart, and is read anew by a rebuild', async () => {
    const directory = temporaryDirectory();
    const first = await World.start({ directory, besidePrefixes });
    await append(first.store, 'key-1', 'made', 'revoked');
    await append(first.store, 'thing-1', 'a');
    await append(first.store, 'key-2', 'other');
    await append(first.store, 'keyless-1', 'c');
    const beside = (world: World, prefix = 'key-') =>
      world.projections.beside.under(prefix).map(({ stream, data }) => [stream, data['id']]);
    const all = [
      ['key-1', 'made'],
      ['key-1', 'revoked'],
      ['key-2', 'other'],
    ];
    await first.settled();
    expect(first.projections.record.headOrdinal).toBe(0);
    expect(beside(first)).toEqual(all);
    expect(beside(first, 'key-2')).toEqual(all.slice(2));
    await first.projections.rebuild('all');
    expect(beside(first)).toEqual(all);
    const { store } = first;
    await first.stop();
    const second = await World.start({ store, directory, besidePrefixes });
    expect(beside(second)).toEqual(all);
  });
});
