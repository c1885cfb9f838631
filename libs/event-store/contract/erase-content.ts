import { expect, it } from '@jest/globals';

import { StreamNotFound } from '../errors.js';
import { ContractFixture, collect, newEvents, placeOf, type EventStoreHarness } from './harness.js';

export function describeEraseContent(makeHarness: () => EventStoreHarness): void {
  const fixture = new ContractFixture(makeHarness());
  const spoken = { data: { kept: true }, content: { text: 'in confidence' }, salt: 'c2FsdA' };

  it('takes the content and salt of one event, and nothing else, from every read and for good', async () => {
    const stream = fixture.stream();
    const events = newEvents(3, spoken);
    await fixture.store.append(stream, events, { expected: 'no_stream' });
    const before = await fixture.readOwn();
    await fixture.store.eraseContent(stream, 1n);
    const after = before.map((event, index) =>
      index === 1 ? { ...event, content: null, salt: null } : event,
    );
    expect(await fixture.readOwn()).toEqual(after);
    expect(await collect(fixture.store.readStream(stream))).toEqual(after);
    await fixture.reopen();
    expect(await fixture.readOwn()).toEqual(after);
  });

  it('changes nothing when it is repeated', async () => {
    const stream = fixture.stream();
    await fixture.store.append(stream, newEvents(1, spoken), { expected: 'no_stream' });
    await fixture.store.eraseContent(stream, 0n);
    const once = await fixture.readOwn();
    await fixture.store.eraseContent(stream, 0n);
    expect(await fixture.readOwn()).toEqual(once);
  });

  it('leaves the safe retry of the append as it was', async () => {
    const stream = fixture.stream();
    const events = newEvents(2, spoken);
    const first = await fixture.store.append(stream, events, { expected: 'no_stream' });
    await fixture.store.eraseContent(stream, 0n);
    expect(placeOf(await fixture.store.append(stream, events, { expected: 'no_stream' }))).toEqual(
      placeOf(first),
    );
    expect((await fixture.readOwn()).map(({ content }) => content)).toEqual([null, spoken.content]);
  });

  it('refuses an absent stream and an absent revision', async () => {
    const stream = fixture.stream();
    await expect(fixture.store.eraseContent(stream, 0n)).rejects.toThrow(StreamNotFound);
    await fixture.store.append(stream, newEvents(1, spoken), { expected: 'no_stream' });
    await expect(fixture.store.eraseContent(stream, 1n)).rejects.toThrow(RangeError);
    expect((await fixture.readOwn())[0]?.content).toEqual(spoken.content);
  });
}
