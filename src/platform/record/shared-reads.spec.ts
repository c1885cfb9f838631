import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { SharedReads } from './shared-reads.js';

/** Reads that end when they are told to; each gives its number. */
function held() {
  const begun: { readonly name: string; readonly end: (failure?: Error) => void }[] = [];
  const reads = new SharedReads((name) => {
    const number = begun.length + 1;
    return new Promise<number>((resolve, reject) => {
      begun.push({ name, end: (failure) => (failure === undefined ? resolve(number) : reject(failure)) });
    });
  });
  return { begun, reads };
}

describe('Reads of one stream that many ask for at once', () => {
  it('are each of their own where they come one after another', async () => {
    const { begun, reads } = held();
    for (const number of [1, 2]) {
      const read = reads.fresh('dialogue');
      await turnOfTheLoop();
      begun.at(-1)?.end();
      await expect(read).resolves.toBe(number);
    }
  });

  it('are one where they come in one turn, before it has begun', async () => {
    const { begun, reads } = held();
    const together = [reads.fresh('dialogue'), reads.fresh('dialogue')];
    expect(begun).toEqual([]);
    await turnOfTheLoop();
    begun[0]?.end();
    await expect(Promise.all(together)).resolves.toEqual([1, 1]);
    expect(begun).toHaveLength(1);
  });

  it('share none that had begun before, and all the next one', async () => {
    const { begun, reads } = held();
    const first = reads.fresh('dialogue');
    await turnOfTheLoop();
    const later = [reads.fresh('dialogue'), reads.fresh('dialogue')];
    await turnOfTheLoop();
    later.push(reads.fresh('dialogue'));
    expect(begun).toHaveLength(1);
    begun[0]?.end();
    await expect(first).resolves.toBe(1);
    await turnOfTheLoop();
    expect(begun).toHaveLength(2);
    const latest = reads.fresh('dialogue');
    begun[1]?.end();
    await expect(Promise.all(later)).resolves.toEqual([2, 2, 2]);
    await turnOfTheLoop();
    begun[2]?.end();
    await expect(latest).resolves.toBe(3);
  });

  it('go on after one that failed, and tell of a failure only those who share it', async () => {
    const { begun, reads } = held();
    const first = reads.fresh('dialogue');
    await turnOfTheLoop();
    const second = reads.fresh('dialogue');
    begun[0]?.end(new Error('away'));
    await expect(first).rejects.toThrow('away');
    await turnOfTheLoop();
    begun[1]?.end();
    await expect(second).resolves.toBe(2);
    const third = reads.fresh('dialogue');
    await turnOfTheLoop();
    begun[2]?.end();
    await expect(third).resolves.toBe(3);
  });

  it('wait only a moment for one that hangs', async () => {
    let begun = 0;
    const hanging = Promise.withResolvers<number>();
    const reads = new SharedReads(() => ((begun += 1) === 1 ? hanging.promise : Promise.resolve(begun)), 1);
    const first = reads.fresh('dialogue');
    await turnOfTheLoop();
    await expect(reads.fresh('dialogue')).resolves.toBe(2);
    hanging.resolve(1);
    await expect(first).resolves.toBe(1);
    await expect(reads.fresh('dialogue')).resolves.toBe(3);
  });

  it('of different streams have nothing to do with each other', async () => {
    const { begun, reads } = held();
    void reads.fresh('dialogue');
    void reads.fresh('irritant');
    await turnOfTheLoop();
    expect(begun.map(({ name }) => name)).toEqual(['dialogue', 'irritant']);
  });
});
