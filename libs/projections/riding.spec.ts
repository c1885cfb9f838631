import { describe, expect, it } from '@jest/globals';

import type { PolicyHandler } from './definitions.js';
import { World, append, tally } from './testing.js';

describe('what is level with the record', () => {
  it('shows an event at the moment at which the record shows it', async () => {
    const behind: number[] = [];
    const shown = () => world.projections.view('tally').ordinal;
    const policy: PolicyHandler = {
      name: 'watching',
      handle: ({ ordinal }) => {
        if (shown() < ordinal) behind.push(ordinal);
        return Promise.resolve(undefined);
      },
    };
    const world = await World.start({ definitions: [tally()], policy });
    await world.settled();
    for (let at = 0; at < 20; at += 1) await append(world.store, `thing-${at % 3}`, `e${at}`, `f${at}`);
    expect(await world.settled()).toBe('reached');
    expect(world.projections.view('tally').ordinal).toBe(39);
    expect(behind).toEqual([]);
    await world.stop();
  });

  it('sees nothing after the event that it applies, though more came with it', async () => {
    const seen: number[] = [];
    const looking = {
      ...tally(),
      apply: (...[, , record]: Parameters<ReturnType<typeof tally>['apply']>) =>
        void seen.push(record.headOrdinal),
    };
    const world = await World.start({ definitions: [looking] });
    await world.settled();
    await append(world.store, 'thing-1', 'a', 'b', 'c');
    await world.settled();
    expect(seen).toEqual([0, 1, 2]);
    await world.stop();
  });

  it('keeps neither the record nor the others back where it fails', async () => {
    const world = await World.start({ definitions: [tally({ name: 'broken', poison: 'a' }), tally()] });
    await world.settled();
    await append(world.store, 'thing-1', 'a', 'b');
    expect(await world.settled()).toBe('lagging');
    expect(world.status('record')).toMatchObject({ state: 'live', ordinal: 1 });
    expect(world.status('tally')).toMatchObject({ state: 'live', ordinal: 1 });
    expect(world.rows('tally', 'counts')).toEqual([['thing-1', 2, 'b']]);
    expect(world.status('broken')).toMatchObject({ state: 'halted', ordinal: -1 });
    await world.stop();
  });
});
