import { setImmediate as turnOfTheLoop } from 'node:timers/promises';

import { describe, expect, it } from '@jest/globals';

import { MemoryEventStore, type EventStore } from '#libs/event-store';

import type { PolicyHandler } from './definitions.js';
import { World, append, temporaryDirectory, newEvent, noting, tally } from './testing.js';

/** Answers every event of `thing-cause` by one in `thing-effect-{id}`, and is safe to repeat. */
function answering(store: EventStore): PolicyHandler {
  return {
    name: 'answering',
    handle: async ({ event }) => {
      if (event.stream !== 'thing-cause') return undefined;
      const effect = newEvent(`effect ${event.id}`);
      const { position } = await store.append(`thing-effect-${event.id}`, [effect], {
        expected: 'no_stream',
      });
      return position;
    },
  };
}

describe('a policy', () => {
  it('has its consequences projected when the position of their cause is reached', async () => {
    const store = new MemoryEventStore();
    const world = await World.start({ store, definitions: [tally()], policy: answering(store) });
    for (const id of ['a', 'b', 'c']) {
      expect(await world.waitFor(await append(store, 'thing-cause', id))).toBe('reached');
      expect(world.projections.record.byId(`effect ${id}`)).toBeDefined();
      expect(world.rows('tally', 'counts')).toContainEqual([`thing-effect-${id}`, 1, `effect ${id}`]);
    }
  });

  it('has what those bring about in their turn projected as well', async () => {
    const store = new MemoryEventStore();
    const chain = ['thing-cause', 'thing-agreed', 'thing-reached', 'thing-lifted', 'thing-resolved'];
    const policy: PolicyHandler = {
      name: 'chained',
      handle: async ({ event }) => {
        const next = chain[chain.indexOf(event.stream) + 1];
        if (next === undefined) return undefined;
        return (await store.append(next, [newEvent(`after ${event.id}`)], { expected: 'no_stream' }))
          .position;
      },
    };
    const world = await World.start({ store, definitions: [tally()], policy });
    expect(await world.waitFor(await append(store, 'thing-cause', 'a'))).toBe('reached');
    expect(world.rows('tally', 'counts').map(([stream]) => stream)).toEqual(expect.arrayContaining(chain));
  });

  it('makes nobody wait for what others write into technical streams meanwhile', async () => {
    const store = new MemoryEventStore();
    const world = await World.start({ store, policy: answering(store) });
    const cause = await append(store, 'thing-cause', 'a');
    expect(await world.waitFor(cause)).toBe('reached');
    store.head = () =>
      Promise.reject(new Error('Another server renewed its lease, which is not in the record.'));
    expect(await world.waitFor(cause)).toBe('reached');
  });

  it('sees every event once, in ordinal order, over restarts', async () => {
    const directory = temporaryDirectory();
    const store = new MemoryEventStore();
    const handled: number[] = [];
    const policy = noting(({ ordinal }) => handled.push(ordinal));
    for (const round of ['a', 'b', 'c']) {
      const world = await World.start({ store, directory, policy });
      await append(store, `thing-${round}`, `${round}1`, `${round}2`);
      expect(await world.settled()).toBe('reached');
      await world.stop();
    }
    expect(handled).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('starts again from the beginning where the read models were lost, and repeats without harm', async () => {
    const store = new MemoryEventStore();
    for (let life = 0; life < 2; life += 1) {
      const world = await World.start({ store, policy: answering(store) });
      if (life === 0) await append(store, 'thing-cause', 'a');
      expect(await world.settled()).toBe('reached');
      expect(world.projections.record.headOrdinal).toBe(1);
      await world.stop();
    }
  });

  it('tries on while its handler fails, shows it after the third failure, and goes on when it is mended', async () => {
    const store = new MemoryEventStore();
    const statesSeen: (string | undefined)[] = [];
    let isMended = false;
    const policy: PolicyHandler = {
      name: 'failing',
      handle: async () => {
        statesSeen.push(world.status('failing')?.state);
        if (!isMended) throw new Error('not now');
        return undefined;
      },
    };
    const world = await World.start({ store, definitions: [tally()], policy });
    expect(await world.waitFor(await append(store, 'thing-1', 'a'))).toBe('lagging');
    expect(world.status('failing')).toMatchObject({
      ordinal: -1,
      state: 'halted',
      error: { message: 'not now', ordinal: 0 },
    });
    expect(world.incidents).toMatchObject([{ projection: 'failing', ordinal: 0 }]);
    expect(world.rows('tally', 'counts')).toEqual([['thing-1', 1, 'a']]);
    isMended = true;
    while (world.status('failing')?.state === 'halted') await turnOfTheLoop();
    expect(statesSeen).toEqual(['catching-up', 'catching-up', 'catching-up', 'halted']);
    expect(world.status('failing')).toMatchObject({ ordinal: 0, lag: 0 });
    expect(await world.settled()).toBe('reached');
  });

  it('finishes the event it is at before a stop ends, and begins no other', async () => {
    const directory = temporaryDirectory();
    const store = new MemoryEventStore();
    const log: string[] = [];
    let begun = () => {};
    const first = new Promise<void>((resolve) => (begun = resolve));
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    const policy: PolicyHandler = {
      name: 'slow',
      handle: async ({ event }) => {
        log.push(`begins ${event.id}`);
        begun();
        await released;
        log.push(`ends ${event.id}`);
        return undefined;
      },
    };
    const world = await World.start({ store, directory, policy });
    await append(store, 'thing-1', 'a', 'b');
    await first;
    const stopped = world.stop().then(() => log.push('stopped'));
    release();
    await stopped;
    expect(log).toEqual(['begins a', 'ends a', 'stopped']);

    const next = await World.start({ store, directory, policy });
    await next.settled();
    await next.stop();
    expect(log.slice(3)).toEqual(['begins b', 'ends b']);
  });
});

describe('whoever decides only once all that follows is drawn', () => {
  /** Answers once it is let through. */
  async function held() {
    const store = new MemoryEventStore();
    const gate: { open: () => void; opened?: Promise<void> } = { open: () => {} };
    gate.opened = new Promise((resolve) => (gate.open = resolve));
    const answer = answering(store);
    const policy: PolicyHandler = {
      name: 'held',
      handle: async (sequenced, record) => {
        await gate.opened;
        return answer.handle(sequenced, record);
      },
    };
    const world = await World.start({ store, policy });
    return { store, world, open: gate.open, drawn: world.projections.drawn };
  }

  it('waits for nothing where it is drawn, whatever others write into technical streams', async () => {
    const { store, world, open, drawn } = await held();
    open();
    expect(await drawn.upToNow({ timeoutMs: 1_000 })).toBe('level');
    await world.waitFor(await append(store, 'thing-cause', 'a'));
    await append(store, 'technical-lease', 'b');
    expect(await drawn.upToNow({ timeoutMs: 1_000 })).toBe('level');
  });

  it('waits until it is stored, whatever else was stored before', async () => {
    const { store, open, drawn } = await held();
    await append(store, 'thing-cause', 'a');
    const waiting = drawn.upToNow({ timeoutMs: 10_000 });
    open();
    expect(await waiting).toBe('reached');
    const effects = [];
    for await (const { id } of store.readStream('thing-effect-a')) effects.push(id);
    expect(effects).toEqual(['effect a']);
  });

  it('waits no longer than it is told', async () => {
    const { store, open, drawn } = await held();
    await append(store, 'thing-cause', 'a');
    expect(await drawn.upToNow({ timeoutMs: 20 })).toBe('lagging');
    open();
  });
});
