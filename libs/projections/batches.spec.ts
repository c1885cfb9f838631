import { describe, expect, it } from '@jest/globals';

import { batches } from './batches.js';

async function* numbers(count: number): AsyncGenerator<number> {
  for (let n = 0; n < count; n += 1) yield n;
}

async function sizesOf(
  source: AsyncIterable<number>,
  limits: { size: number; delayMs: number },
): Promise<number[]> {
  const sizes: number[] = [];
  for await (const batch of batches(source, limits)) sizes.push(batch.length);
  return sizes;
}

const anHour = 3_600_000;

describe('batches', () => {
  it('take what is there, up to their size', async () => {
    expect(await sizesOf(numbers(25), { size: 10, delayMs: anHour })).toEqual([10, 10, 5]);
  });

  it('do not wait for more when nothing more is there', async () => {
    async function* oneAndSilence() {
      yield 1;
      await new Promise(() => {});
    }
    const { value } = await batches(oneAndSilence(), { size: 10, delayMs: anHour }).next();
    expect(value).toEqual([1]);
  });

  it('close when their time is over, however much is there', async () => {
    expect(await sizesOf(numbers(3), { size: 10, delayMs: 0 })).toEqual([1, 1, 1]);
  });

  it('pass a failure of the source on after what came before it', async () => {
    async function* failing() {
      yield 1;
      throw new Error('broken');
    }
    const source = batches(failing(), { size: 1, delayMs: anHour });
    expect(await source.next()).toEqual({ done: false, value: [1] });
    // The failure has happened meanwhile, and must not have ended the process as unhandled.
    await new Promise((resolve) => setImmediate(resolve));
    await expect(source.next()).rejects.toThrow('broken');
  });
});
