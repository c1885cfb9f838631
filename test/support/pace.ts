import { createHash } from 'node:crypto';

/** A limit on a wait ends only what would never come about: how fast a busy machine is, is not what a test is about. */
export const backstopMs = 200_000;

const sampleMicroseconds = 50_000;
const block = Buffer.alloc(256 * 1024);

/** How many times longer work takes here and now than its own time on the processor, since others want that too. */
export function slowness(): number {
  const began = performance.now();
  const before = process.cpuUsage();
  let spent = 0;
  while (spent < sampleMicroseconds) {
    createHash('sha256').update(block).digest();
    const { user, system } = process.cpuUsage(before);
    spent = user + system;
  }
  return Math.max(1, ((performance.now() - began) * 1_000) / spent);
}

export interface Timed<T> {
  readonly value: T;
  readonly tookMs: number;
  /** How slow the machine was before or after, whichever is more. */
  readonly slowness: number;
}

/** Does the work and says how long it took, and how slow the machine was meanwhile. */
export async function timed<T>(work: () => Promise<T>): Promise<Timed<T>> {
  const before = slowness();
  const began = performance.now();
  const value = await work();
  const tookMs = performance.now() - began;
  return { value, tookMs, slowness: Math.max(before, slowness()) };
}
