import { describe, expect, it } from '@jest/globals';
import { MemoryEventStore } from '#libs/event-store';
import { Problem } from '#libs/problem-details';
import { ManualClock } from '../../test/support/manual-clock.js';
import { Ids } from '../platform/record/ids.js';
import type { RecordRead } from '../platform/record/reading.js';
import { Followings } from './followings.js';

const day = 24 * 60 * 60 * 1_000;
const principal = '01960b3a-0000-7000-8000-000000000001';

function following() {
  const clock = new ManualClock();
  const store = new MemoryEventStore({ clock: () => clock.iso() });
  return { clock, store, followings: new Followings(store, new Ids(), clock) };
}

/** In how many seconds whoever was refused may try again. */
async function refused(work: Promise<unknown>): Promise<number> {
  const error = await work.catch((thrown: unknown) => thrown);
  if (!(error instanceof Problem)) throw new Error('It was not refused.');
  expect(error.kind.code).toBe('TOO_MANY_CHANGES');
  return Number(error.headers?.['Retry-After']);
}

describe('Who only reads makes the store grow so fast and no faster', () => {
  it('by addresses and watches, 300 times within 24 hours, and ends what it has at any time', async () => {
    const { clock, store, followings } = following();
    await followings.begin(principal, { kind: 'party', party: 'US' }, null);
    clock.advance(day / 2);
    for (let made = 1; made < 300; made += 1) await followings.renew(principal, 'digest');
    expect(await refused(followings.renew(principal, 'digest'))).toBe(day / 2 / 1_000);
    expect(await refused(followings.begin(principal, { kind: 'party', party: 'RU' }, null))).toBe(43_200);
    // A server that was started meanwhile knows as much.
    expect(await refused(new Followings(store, new Ids(), clock).renew(principal, 'digest'))).toBe(43_200);
    expect(await followings.begin(principal, { kind: 'party', party: 'US' }, null)).toMatchObject({
      party: 'US',
    });
    expect((await followings.withdraw(principal, 'digest')).addresses).toEqual({});
    // What was withdrawn counts, too: the second of all is the one that has to be a day old now.
    expect(await refused(followings.renew(principal, 'digest'))).toBe(day / 1_000);
    clock.advance(day);
    expect(await followings.renew(principal, 'digest')).toMatch(/_/);
    await followings.renew('01960b3a-0000-7000-8000-000000000002', 'digest');
  });

  it('by looks, 1,500 times within 24 hours', async () => {
    const { clock, store, followings } = following();
    const record = {
      byOrdinal: (ordinal: number) => ({ event: { id: String(ordinal) } }),
      byId: (id: string) => ({ ordinal: Number(id) }),
    };
    const reading = { projections: { record } } as unknown as RecordRead;
    for (let at = 0; at < 1_500; at += 1) await followings.look(principal, at, reading);
    expect(await refused(followings.look(principal, 1_500, reading))).toBe(day / 1_000);
    // What says nothing new is not written, and so not refused.
    await followings.look(principal, 7, reading);
    expect((await Array.fromAsync(store.readStream(`looked-${principal}`))).length).toBe(1_500);
    clock.advance(day);
    await followings.look(principal, 1_500, reading);
  });
});
