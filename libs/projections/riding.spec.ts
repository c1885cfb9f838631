import { describe, expect, it } from '@jest/globals';

import type { PolicyHandler } from './definitions.js';
import { World, append, applying, storeOfMany, tally } from './testing.js';

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
  });

  it('is built in one pass, and of what fails only that one is taken back', async () => {
    const store = await storeOfMany(120);
    const applied: number[] = [];
    const counting = applying(({ ordinal }) => void applied.push(ordinal));
    const world = await World.start({
      store,
      definitions: [counting, tally({ name: 'broken', poison: '60' }), tally()],
    });
    expect(await world.settled()).toBe('lagging');
    expect(world.status('tally')).toMatchObject({ state: 'live', ordinal: 119 });
    expect(world.rows('tally', 'counts')).toHaveLength(120);
    expect(world.status('broken')).toMatchObject({ state: 'halted', ordinal: 59 });
    // Of the batch with the poison each event is seen twice, of all others once.
    expect(new Set(applied).size).toBe(120);
    expect(applied.length).toBeLessThan(240);
  });

  it('writes what is put off once for a transaction, and not what was dropped since', async () => {
    const written: string[] = [];
    const putting = applying(({ event }, _tables, _record, putOff) => {
      if (event.id === 'drop') putOff.drop(event.stream);
      else putOff.put(event.stream, () => void written.push(event.id));
    });
    const world = await World.having(['a', 'b', 'c'], { definitions: [putting] });
    await append(world.store, 'thing-2', 'd', 'drop');
    await append(world.store, 'thing-3', 'drop', 'e');
    await world.settled();
    expect(written).toEqual(['c', 'e']);
  });
});
