import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Recorded } from '#libs/event-store';
import type { MissingEntries } from './missing-entries.js';
import { inOrder, refuseDisorder } from './resuming.js';

const at = (second: number) => new Date(Date.UTC(2026, 2, 3, 9, 0, second)).toISOString();

/** What is missing of one log, by the seconds at which it was recorded. */
function missing(log: string, seconds: readonly number[]): MissingEntries {
  const events = seconds.map((second, place) => ({
    stream: `dialogue-${log}`,
    revision: BigInt(place),
    recordedAt: at(second),
  }));
  async function* told() {
    for (const one of events) yield await Promise.resolve(one as Recorded);
  }
  return { events: told } as unknown as MissingEntries;
}

it('What is missing of several logs comes in the order in which it was recorded, and each log keeps its own', async () => {
  const seconds = fc.array(fc.nat(30), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(fc.array(seconds, { minLength: 1, maxLength: 4 }), async (logs) => {
      const sorted = logs.map((one) => one.toSorted((a, b) => a - b));
      const merged = await Array.fromAsync(inOrder(sorted.map((one, log) => missing(String(log), one))));
      const times = merged.map(({ recordedAt }) => recordedAt);
      expect(times).toEqual(times.toSorted());
      for (const [log, one] of sorted.entries())
        expect(
          merged.filter(({ stream }) => stream === `dialogue-${log}`).map(({ recordedAt }) => recordedAt),
        ).toEqual(one.map(at));
    }),
    { numRuns: 50 },
  );
});

it('What was recorded before something that is there is refused; on a cluster clocks may be apart by a minute', async () => {
  const latest = { dialogueId: 'b', recordedAt: at(40) };
  const refused = /Revision 0 of dialogue-a.*something in the dialogue b.*in that order they can't be stored/;
  const one = [missing('a', [39, 41])];
  await expect(refuseDisorder(one, { latest, isOneWriter: true })).rejects.toThrow(refused);
  await refuseDisorder(one, { latest, isOneWriter: false });
  await refuseDisorder([missing('a', [40, 41])], { latest, isOneWriter: true });
  const long = { dialogueId: 'b', recordedAt: at(100) };
  await expect(refuseDisorder(one, { latest: long, isOneWriter: false })).rejects.toThrow(refused);
});
