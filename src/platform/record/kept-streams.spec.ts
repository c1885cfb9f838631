import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Stored } from './envelope.js';
import { KeptStreams } from './kept-streams.js';
import type { LoadedStream } from './streams.js';

function read(length: number, characters: number, of = 'A'): LoadedStream {
  const events = Array.from({ length }, (_, revision) => ({
    id: `${of}${revision}`,
    data: {},
    content: { text: { en: 'x'.repeat(characters) } },
  }));
  return { events: events as unknown as readonly Stored[], folded: undefined };
}

describe('Streams that are kept in memory', () => {
  it('take no more than they may, whatever comes in whichever order, and what was kept is given as it was', () => {
    const steps = fc.array(
      fc.record({ stream: fc.nat(6), length: fc.integer({ min: 1, max: 6 }), text: fc.nat(3_000) }),
    );
    fc.assert(
      fc.property(steps, (all) => {
        const kept = new KeptStreams(100_000, 40_000);
        const latest = new Map<string, LoadedStream>();
        for (const { stream, length, text } of all) {
          const name = `irritant-${stream}`;
          const before = latest.get(name);
          const now = read(length, text, name);
          kept.keep(name, now);
          if (kept.get(name) === now) latest.set(name, now);
          else if (kept.get(name) !== undefined) expect(kept.get(name)).toBe(before);
          const total = [...latest.keys()].flatMap((one) => kept.get(one)?.events ?? []);
          const characters = total.reduce((sum, one) => sum + JSON.stringify(one.content).length, 0);
          expect(characters * 2).toBeLessThan(100_000);
        }
      }),
    );
  });

  it('make room for others when they were looked at the longest time ago', () => {
    const kept = new KeptStreams(30_000, 30_000);
    for (const name of ['a', 'b', 'c']) kept.keep(name, read(1, 3_000, name));
    expect(kept.get('a')).toBeDefined();
    kept.keep('d', read(1, 3_000, 'd'));
    expect(['a', 'b', 'c', 'd'].filter((name) => kept.get(name) !== undefined)).toEqual(['a', 'c', 'd']);
  });

  it('are not replaced by a shorter read that ends later, nor kept where one takes too much alone', () => {
    const kept = new KeptStreams(100_000, 10_000);
    const long = read(3, 10);
    kept.keep('a', long);
    kept.keep('a', read(2, 10));
    expect(kept.get('a')).toBe(long);
    kept.keep('b', read(6, 10));
    expect(kept.get('b')).toBeUndefined();
  });
});
