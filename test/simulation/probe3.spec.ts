import { it } from '@jest/globals';
import fc from 'fast-check';
import { historyOf } from './episodes.js';
import { Histories } from './history.js';
import { honestly } from './honest.js';
import { otherSide, sides } from './stage.js';
import { ownWordsStand, recordIsOwnList, shownAsOwn } from './invariants-honest.js';
import { jointStandsOnBoth, jointTakesBoth } from './invariants-joint.js';

it('probe', async () => {
  const histories = new Histories();
  const opening = fc.record({
    by: fc.constantFrom(...sides),
    isMutual: fc.boolean(),
    keeping: fc.constant('both' as const),
  });
  let ms = 0;
  const failures = new Map<string, number>();
  const start = process.cpuUsage();
  const length = 24;
  await fc.assert(
    fc.asyncProperty(historyOf(length), opening, async (moves, o) => {
      const told = await histories.play(honestly(moves, o), o, length);
      const other = otherSide(o.by);
      const t = process.cpuUsage();
      for (const check of [recordIsOwnList, ownWordsStand, shownAsOwn, jointTakesBoth, jointStandsOnBoth]) {
        try {
          check(told, other);
        } catch (e) {
          const m = (e as Error).message.replace(/\u001b\[\d+m/g, '');
          const key = check.name + ' ' + (/r\d+ (\w+)/.exec(m)?.[1] ?? '');
          if (!failures.has(key)) console.log(key + '\n' + m.slice(0, 700));
          failures.set(key, (failures.get(key) ?? 0) + 1);
        }
      }
      const u = process.cpuUsage(t);
      ms += (u.user + u.system) / 1000;
    }),
    { numRuns: Number(process.env['N'] ?? 60), seed: 1, endOnFailure: true },
  );
  const u = process.cpuUsage(start);
  console.log(JSON.stringify({ ms, all: (u.user + u.system) / 1000, f: [...failures] }));
  await histories.close();
});
