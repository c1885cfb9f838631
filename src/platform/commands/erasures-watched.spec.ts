import { expect, it } from '@jest/globals';
import { Unavailable } from '#libs/event-store';
import { RealTimer } from '../record/timer.js';
import { ErasuresWatched } from './erasures-watched.js';

/** A record that comes as far as it is told, and what is erased of it; no policy ever comes to anything. */
class Told {
  readonly finished: string[] = [];
  readonly reports: unknown[] = [];
  readonly types: string[] = [];
  state: 'live' | 'catching-up' = 'live';
  fault: Error | undefined;
  readonly watched = new ErasuresWatched({
    projections: {
      status: () => [{ state: this.state }],
      record: this.#record() as never,
    },
    erasures: {
      finishAll: () => this.#finish('all'),
      finishLeft: (stream) => this.#finish(stream),
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
      after: (ordinal: number, limit: number) =>
        types
          .map((type, at) => ({ ordinal: at, event: { type, stream: `thing-${at}` } }))
          .slice(ordinal + 1, ordinal + 1 + limit),
    };
  }

  async #finish(what: string): Promise<void> {
    await Promise.resolve();
    if (this.fault !== undefined) throw this.fault;
    this.finished.push(what);
  }
}

it('What others have erased is erased here as soon as the record has it, whatever the policies do, and once', async () => {
  const told = new Told();
  told.types.push('ContentErased', 'Said');
  await told.watched.look();
  expect(told.finished).toEqual(['all']);
  told.types.push(...Array.from({ length: 1_200 }, () => 'Said'), 'ContentErased', 'Said');
  await told.watched.look();
  await told.watched.look();
  expect(told.finished).toEqual(['all', 'thing-1202']);
  expect(told.reports).toEqual([]);
});

it('A record that is read from its beginning is looked at once it is level, and then all that was begun is finished', async () => {
  const told = new Told();
  told.state = 'catching-up';
  told.types.push('ContentErased');
  await told.watched.look();
  expect(told.finished).toEqual([]);
  told.state = 'live';
  await told.watched.look();
  expect(told.finished).toEqual(['all']);
});

it('What can’t be erased is tried again until it can, and told once unless the store was only away', async () => {
  const told = new Told();
  await told.watched.look();
  told.types.push('ContentErased');
  told.fault = new Unavailable('The store is away.');
  await told.watched.look();
  expect(told.reports).toEqual([]);
  told.fault = new Error('It has no disk.');
  await told.watched.look();
  await told.watched.look();
  expect(told.reports).toEqual([told.fault]);
  told.fault = undefined;
  await told.watched.look();
  expect(told.finished).toEqual(['all', 'thing-0']);
});
