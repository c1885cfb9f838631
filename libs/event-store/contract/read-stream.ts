import { expect, it } from '@jest/globals';

import { Conflict, StreamNotFound } from '../errors.js';
import type { ReadStreamOptions } from '../port.js';
import { ContractFixture, collect, newEvents, type EventStoreHarness } from './harness.js';
import { appendLargeStream, heapGrowth, largeStreamEvents, mostHeapGrowthBytes } from './memory-use.js';

export function describeReadStream(makeHarness: () => EventStoreHarness): void {
  const fixture = new ContractFixture(makeHarness());

  const ranges: { rule: string; options: ReadStreamOptions; revisions: bigint[] }[] = [
    { rule: 'forwards from the first event', options: {}, revisions: [0n, 1n, 2n, 3n, 4n] },
    { rule: 'backwards from the last event', options: { backwards: true }, revisions: [4n, 3n, 2n, 1n, 0n] },
    { rule: 'from a revision, inclusive', options: { from: 3n }, revisions: [3n, 4n] },
    { rule: 'to a revision, inclusive', options: { to: 1n }, revisions: [0n, 1n] },
    { rule: 'from and to', options: { from: 1n, to: 3n }, revisions: [1n, 2n, 3n] },
    {
      rule: 'backwards from and to',
      options: { backwards: true, from: 3n, to: 1n },
      revisions: [3n, 2n, 1n],
    },
    { rule: 'no more than the limit', options: { limit: 2 }, revisions: [0n, 1n] },
    { rule: 'backwards, the limit', options: { backwards: true, limit: 2 }, revisions: [4n, 3n] },
    { rule: 'nothing for a limit of zero', options: { limit: 0 }, revisions: [] },
    { rule: 'nothing from behind the end', options: { from: 9n }, revisions: [] },
    { rule: 'all there is, to beyond the end', options: { to: 9n }, revisions: [0n, 1n, 2n, 3n, 4n] },
    {
      rule: 'backwards, all there is from beyond the end',
      options: { backwards: true, from: 9n, to: 3n },
      revisions: [4n, 3n],
    },
  ];
  it('has the end of a stream at hand, where it says so, after each append and each refusal', async () => {
    const stream = fixture.stream();
    const { store } = fixture;
    const saysIt = store.headKept !== undefined;
    expect(store.headKept?.(stream)).toBeUndefined();
    await store.append(stream, newEvents(2), { expected: 'no_stream' });
    expect(store.headKept?.(stream)).toBe(saysIt ? 1n : undefined);
    const racing = [0, 1, 2].map(async () => {
      await store.append(stream, newEvents(1), { expected: 1n }).catch((error: unknown) => {
        if (!(error instanceof Conflict)) throw error;
      });
      expect(store.headKept?.(stream)).toBe(saysIt ? 2n : undefined);
    });
    await Promise.all(racing);
    await fixture.reopen();
    const again = fixture.store;
    await collect(again.readStream(stream, { limit: 1 }));
    expect(again.headKept?.(stream)).toBe(saysIt ? 2n : undefined);
  });

  it.each(ranges)('reads $rule', async ({ options, revisions }) => {
    const stream = fixture.stream();
    await fixture.store.append(stream, newEvents(5), { expected: 'no_stream' });
    await fixture.store.append(fixture.stream(), newEvents(2), { expected: 'no_stream' });
    const events = await collect(fixture.store.readStream(stream, options));
    expect(events.map((event) => [event.stream, event.revision])).toEqual(
      revisions.map((revision) => [stream, revision]),
    );
  });

  it('says that an absent stream is absent, also beside one whose name begins alike', async () => {
    const stream = fixture.stream();
    await fixture.store.append(`${stream}-longer`, newEvents(1), { expected: 'no_stream' });
    await expect(collect(fixture.store.readStream(stream))).rejects.toThrow(StreamNotFound);
  });

  it('throws the reason of an abort', async () => {
    const stream = fixture.stream();
    await fixture.store.append(stream, newEvents(2), { expected: 'no_stream' });
    const controller = new AbortController();
    const reason = new Error('The caller left.');
    const events = fixture.store.readStream(stream, { signal: controller.signal })[Symbol.asyncIterator]();
    await events.next();
    controller.abort(reason);
    await expect(events.next()).rejects.toBe(reason);
  });

  it('can be left early two hundred times without using anything up', async () => {
    const stream = fixture.stream();
    await fixture.store.append(stream, newEvents(20), { expected: 'no_stream' });
    for (let time = 0; time < 200; time += 1) {
      for await (const event of fixture.store.readStream(stream)) {
        expect(event.revision).toBe(0n);
        break;
      }
      for await (const message of fixture.store.readAll({ ...fixture.own(), limit: 20 })) {
        expect(message.kind).toBe('event');
        break;
      }
    }
    expect(await collect(fixture.store.readStream(stream))).toHaveLength(20);
    await fixture.store.append(stream, newEvents(1), { expected: 19n });
  });

  it('reads a long stream in flat memory, in positions that only grow', async () => {
    const stream = fixture.stream();
    await appendLargeStream(fixture.store, stream);
    let count = 0n;
    let last = '';
    const growth = await heapGrowth(async (measure) => {
      for await (const { revision, position } of fixture.store.readStream(stream)) {
        // No matcher here: thousands of them would outweigh the read.
        if (revision !== count || position <= last) throw new Error(`Revision ${revision} is out of order.`);
        last = position;
        count += 1n;
        if (count % 1_500n === 0n) measure();
      }
    });
    expect(count).toBe(BigInt(largeStreamEvents));
    expect(growth).toBeLessThan(mostHeapGrowthBytes);
  });
}
