import { describe, expect, it } from '@jest/globals';
import { MemoryEventStore, Unavailable } from '#libs/event-store';
import { FaultyMemoryEventStore } from '#libs/event-store/testing';
import { Ids } from '../record/ids.js';
import { StoreLease } from './lease.js';
import type { Timer } from '../record/timer.js';

/** Time that goes on only when it is told to; whoever waits is woken when its time has come. */
class ManualTimer implements Timer {
  #now = 0;
  readonly #waiting = new Set<{ at: number; wake: () => void }>();

  now(): number {
    return this.#now;
  }

  wait(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiter = { at: this.#now + ms, wake: resolve };
      this.#waiting.add(waiter);
      signal.addEventListener('abort', () => {
        this.#waiting.delete(waiter);
        reject(new Error('no longer waited for'));
      });
      if (signal.aborted) reject(new Error('no longer waited for'));
    });
  }

  /** Goes on in small steps and lets everything that follows from each step happen. */
  async advance(ms: number): Promise<void> {
    for (let gone = 0; gone < ms; gone += 500) {
      this.#now += 500;
      for (const waiter of [...this.#waiting].filter((one) => one.at <= this.#now)) {
        this.#waiting.delete(waiter);
        waiter.wake();
      }
      for (let turn = 0; turn < 20; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }
}

function streams() {
  const store = new MemoryEventStore();
  const timer = new ManualTimer();
  const ids = new Ids();
  const takeovers: string[] = [];
  const server = (name: string) =>
    new StoreLease(store, ids, timer, name, undefined, undefined, () => takeovers.push(name));
  return { store, timer, takeovers, server };
}

describe('The lease on the policies', () => {
  it('is taken by one server where it is free, and by no other as long as that one is heard', async () => {
    const { timer, server } = streams();
    const first = server('first');
    await timer.advance(500);
    const second = server('second');
    await timer.advance(60_000);
    expect([first.held, second.held]).toEqual([true, false]);
    await Promise.all([first.stop(), second.stop()]);
  });

  it('is taken over within ten seconds once its holder is silent, which is told once', async () => {
    const { timer, store, takeovers, server } = streams();
    const first = server('first');
    await timer.advance(500);
    // As if it were killed: it says nothing any more, and gives nothing up.
    const silenced = new MemoryEventStore({ epoch: 'gone' });
    Object.assign(first, { store: silenced });
    await silenced.close();
    const second = server('second');
    await timer.advance(10_000);
    expect([first.held, second.held]).toEqual([false, true]);
    await timer.advance(10_000);
    expect(takeovers).toEqual(['second']);
    await second.stop();
    await first.stop();
    await store.close();
  });

  it('runs out by itself before anybody else may take it', async () => {
    const { timer, store, server } = streams();
    const first = server('first');
    await timer.advance(500);
    expect(first.held).toBe(true);
    await store.close();
    await timer.advance(4_000);
    expect(first.held).toBe(false);
    await first.stop();
  });

  it('is given up at once by a server that stops, and nobody has fallen silent', async () => {
    const { timer, takeovers, server } = streams();
    const first = server('first');
    await timer.advance(500);
    const second = server('second');
    await timer.advance(500);
    await first.stop();
    await timer.advance(2_500);
    expect([first.held, first.ended, second.held]).toEqual([false, true, true]);
    expect(takeovers).toEqual([]);
    await second.stop();
  });

  it('is given up by a server that stops even where it ran out while nothing could be said', async () => {
    const { timer, store, server } = streams();
    const first = server('first');
    await timer.advance(500);
    const append = store.append.bind(store);
    store.append = () => Promise.reject(new Unavailable('no leader'));
    await timer.advance(4_000);
    expect(first.held).toBe(false);
    store.append = append;
    await first.stop();
    const second = server('second');
    await timer.advance(500);
    expect(second.held).toBe(true);
    await second.stop();
  });

  it('wakes whoever waits for it, and lets them go when the time is up', async () => {
    const { timer, server } = streams();
    const only = server('only');
    const woken = only.waitHeld(60_000);
    await timer.advance(500);
    await woken;
    expect(only.held).toBe(true);
    const other = server('other');
    const waited = other.waitHeld(1_000);
    await timer.advance(1_500);
    await waited;
    expect(other.held).toBe(false);
    await Promise.all([only.stop(), other.stop()]);
  });

  it('goes to one of two that reach for it at once', async () => {
    const { timer, server } = streams();
    const both = [server('first'), server('second')];
    await timer.advance(6_000);
    expect(both.filter((one) => one.held)).toHaveLength(1);
    await Promise.all(both.map((one) => one.stop()));
  });

  it('is given up also where nobody knew whether it had been taken', async () => {
    const store = new FaultyMemoryEventStore();
    const timer = new ManualTimer();
    store.loseReplyOnce();
    const first = new StoreLease(store, new Ids(), timer, 'first');
    await timer.advance(500);
    await first.stop();
    const second = new StoreLease(store, new Ids(), timer, 'second');
    await timer.advance(500);
    expect(second.held).toBe(true);
    await second.stop();
  });
});
