import { it } from '@jest/globals';
import fc from 'fast-check';
import { historyOf } from './episodes.js';
import { Histories } from './history.js';
import { keepings, sides } from './stage.js';
import { takingBackLeavesNoTrace } from './without.js';

it('probe', async () => {
  const histories = new Histories();
  const compared = { retractions: 0, disavowals: 0 };
  const opening = fc.record({
    by: fc.constantFrom(...sides),
    isMutual: fc.boolean(),
    keeping: fc.constantFrom(...keepings),
  });
  let ms = 0;
  const failures = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(historyOf(40), opening, async (moves, o) => {
      const told = await histories.play(moves, o, 40);
      const t = process.cpuUsage();
      try {
        await takingBackLeavesNoTrace(told, compared);
      } catch (e) {
        const c = ((e as Error).cause as Error | undefined)?.message ?? (e as Error).message;
        const key = (e as Error).message
          .replace(/[0-9a-f-]{36}/g, '#')
          .replace(/s\d+/, '')
          .slice(0, 300);
        if (!failures.has(key.slice(0, 60)))
          console.log(
            (e as Error).message +
              '\n' +
              c
                .replace(/\u001b\[\d+m/g, '')
                .split('\n')
                .filter((l) => /^\s*[-+]/.test(l) || l.includes('at"'))
                .slice(0, 40)
                .join('\n'),
          );
        failures.set(key.slice(0, 60), (failures.get(key.slice(0, 60)) ?? 0) + 1);
      }
      const u = process.cpuUsage(t);
      ms += (u.user + u.system) / 1000;
    }),
    { numRuns: Number(process.env['N'] ?? 60), seed: 1, endOnFailure: true },
  );
  console.log(JSON.stringify({ compared, ms, f: [...failures] }));
  await histories.close();
});
