import { expect, it } from '@jest/globals';
import { Unavailable } from '#libs/event-store';
import type { Position } from '#libs/event-store';
import { RealTimer } from '../record/timer.js';
import { ErasuresWatched } from './erasures-watched.js';

/** A record that comes as far as it is told, and what is erased of it; no policy ever comes to anything. */
class Told {
  readonly finished: string[] = [];
  readonly reports: unknown[] = [];
  /** From where the store was asked what was erased. */
  readonly asked: (string | undefined)[] = [];
  readonly types: string[] = [];
  state: 'live' | 'catching-up' | 'halted' | 'rebuilding' = 'live';
  fault: Error | undefined;
  readonly watched = new ErasuresWatched({
    projections: {
      status: () => [{ state: this.state }],
      record: this.#record() as never,
    },
    erasures: {
      begun: async () => {
        await this.#orFail();
        this.finished.push('all');
        return new Set(['begun']);
      },
      begunAfter: async (after) => {
        await this.#orFail();
        this.asked.push(after);
        const streams = this.asked.length === 1 ? ['others'] : [];
        return { streams, read: `read-${this.asked.length}` as Position };
      },
      finishLeft: async (stream) => {
        await this.#orFail();
        this.finished.push(stream);
      },
    },
    timer: new RealTimer(),
    report: (failure) => this.reports.push(failure),
  });

  #record() {
    const { types } = this;
    return {
      get headOrdinal() {
        return types.length - 1;
      },
      positionAt: (ordinal: number) => `at-${ordinal}`,
      after: (ordinal: number, limit: number) =>
        types
          .map((type, at) => ({ ordinal: at, event: { type, stream: `thing-${at}` } }))
          .slice(ordinal + 1, ordinal + 1 + limit),
    };
  }

  async #orFail(): Promise<void> {
    await Promise.resolve();
    if (this.fault !== undefined) throw this.fault;
  }
}

it('What others have erased is erased here as soon as the record has it, whatever the policies do, and once', async () => {
  const told = new Told();
  told.types.push('ContentErased', 'Said');
  await told.watched.look();
  expect(told.finished).toEqual(['all', 'begun']);
  told.types.push(...Array.from({ length: 1_200 }, () => 'Said'), 'ContentErased', 'Said');
  await told.watched.look();
  await told.watched.look();
  expect(told.finished).toEqual(['all', 'begun', 'thing-1202']);
  expect([told.reports, told.asked]).toEqual([[], []]);
});

it('What was begun before the start is finished once, though the record has not come up with the store yet', async () => {
  const told = new Told();
  told.state = 'catching-up';
  told.types.push('ContentErased');
  await told.watched.look();
  expect(told.finished).toEqual(['all', 'begun']);
  told.types.push('ContentErased');
  await told.watched.look();
  told.state = 'live';
  await told.watched.look();
  expect(told.finished).toEqual(['all', 'begun', 'thing-1']);
});

it.each(['catching-up', 'rebuilding'] as const)(
  'A record that is read from its beginning (%s) is looked at once it is level, and then all that came meanwhile is finished',
  async (state) => {
    const told = new Told();
    told.state = state;
    await told.watched.look();
    expect(told.finished).toEqual(['all', 'begun']);
    told.types.push('ContentErased');
    await told.watched.look();
    expect(told.finished).toHaveLength(2);
    told.state = 'live';
    await told.watched.look();
    await told.watched.look();
    expect(told.finished).toEqual(['all', 'begun', 'all', 'begun']);
  },
);

it('A record that has halted hears of it from the store, of which each part is read once', async () => {
  const told = new Told();
  told.types.push('Said');
  await told.watched.look();
  told.state = 'halted';
  for (let look = 0; look < 3; look += 1) await told.watched.look();
  expect(told.finished).toEqual(['all', 'begun', 'others']);
  expect(told.asked).toEqual(['at-0', 'read-1', 'read-2']);
});

it('What can’t be erased is tried again until it can, and told once unless the store was only away', async () => {
  const told = new Told();
  told.fault = new Unavailable('The store is away.');
  await told.watched.look();
  expect([told.reports, told.finished]).toEqual([[], []]);
  told.fault = new Error('It has no end.');
  await told.watched.look();
  await told.watched.look();
  expect(told.reports).toEqual([told.fault]);
  told.fault = undefined;
  await told.watched.look();
  told.types.push('ContentErased');
  told.fault = new Unavailable('The store is away.');
  await told.watched.look();
  expect(told.reports).toHaveLength(1);
  told.fault = new Error('It has no disk.');
  await told.watched.look();
  await told.watched.look();
  expect(told.reports.slice(1)).toEqual([told.fault]);
  told.fault = undefined;
  await told.watched.look();
  expect(told.finished).toEqual(['all', 'begun', 'thing-0']);
});
