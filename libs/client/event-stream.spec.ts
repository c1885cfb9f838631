import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { eventsOf } from './event-stream.js';
import type { StreamEvent } from './event-stream.js';

async function read(chunks: readonly string[]): Promise<readonly StreamEvent[]> {
  const events: StreamEvent[] = [];
  for await (const event of eventsOf(
    (async function* () {
      yield* chunks;
    })(),
  ))
    events.push(event);
  return events;
}

const text =
  'retry: 1000\n\nid: m1\ndata: {"a":\ndata: 1}\n\n: here\nid: m2\n\nevent: end\ndata: x\n\nid: m3\ndata: cut o';
const events = [
  { type: 'message', data: undefined, id: undefined },
  { type: 'message', data: '{"a":\n1}', id: 'm1' },
  { type: 'message', data: undefined, id: 'm2' },
  { type: 'end', data: 'x', id: undefined },
];

describe('A stream of events', () => {
  it('is read the same however it is cut into pieces, and whatever ends its lines', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(text.length + 20)),
        fc.constantFrom('\n', '\r\n', '\r'),
        async (cuts, end) => {
          const whole = text.replaceAll('\n', end);
          const places = [
            0,
            ...cuts.filter((one) => one < whole.length).toSorted((one, other) => one - other),
            whole.length,
          ];
          const chunks = places.slice(1).map((place, index) => whole.slice(places[index], place));
          expect(await read(chunks)).toEqual(events);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is left where a line never ends, however small its pieces are', async () => {
    for (const size of [1024 * 1024, 1024]) {
      const endless = Array.from({ length: (9 * 1024 * 1024) / size }, () => 'x'.repeat(size));
      const began = performance.now();
      await expect(read(endless)).rejects.toThrow('has no end');
      // Each piece was once looked through with all that had come before it: minutes.
      expect(performance.now() - began).toBeLessThan(10_000);
    }
  });

  it('is left where an event never ends, also one of empty lines', async () => {
    for (const line of ['data\n', `data: ${'x'.repeat(1_000)}\n`]) {
      const endless = Array.from({ length: 9 }, () => line.repeat(10_000));
      await expect(read(endless)).rejects.toThrow('has no end');
    }
  });
});
