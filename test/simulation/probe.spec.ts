import { it } from '@jest/globals';
import fc from 'fast-check';
import { historyOf } from './episodes.js';
import { Histories } from './history.js';
import { outcomes } from './moves.js';
import { keepings, sides } from './stage.js';

it('probe', async () => {
  const histories = new Histories();
  const opening = fc.record({
    by: fc.constantFrom(...sides),
    isMutual: fc.boolean(),
    keeping: fc.constantFrom(...keepings),
  });
  const begun = process.cpuUsage();
  await fc.assert(
    fc.asyncProperty(historyOf(55), opening, async (moves, o) => {
      await histories.play(moves, o, 55);
    }),
    { numRuns: Number(process.env['N'] ?? 60), seed: 1, endOnFailure: true },
  );
  const used = process.cpuUsage(begun);
  console.log(
    JSON.stringify({
      cpu: (used.user + used.system) / 1000,
      histories: histories.played,
      commands: histories.commands,
    }),
  );
  console.log(
    Object.entries(outcomes)
      .map(([k, v]) => `${k}: ${JSON.stringify(v)}`)
      .join('\n'),
  );
  console.log(JSON.stringify(Object.fromEntries(histories.reached)));
  await histories.close();
});
