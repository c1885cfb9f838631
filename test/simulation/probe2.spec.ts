import { it } from '@jest/globals';
import fc from 'fast-check';
import { historyOf } from './episodes.js';
import { Histories } from './history.js';
import * as general from './invariants.js';
import * as joint from './invariants-joint.js';
import * as voice from './invariants-voice.js';
import * as honest from './invariants-honest.js';
import * as work from './invariants-work.js';
import { keepings, otherSide, sides } from './stage.js';
import { honestly } from './honest.js';
import { takingBackLeavesNoTrace } from './without.js';
import type { Told } from './told.js';

const failures = new Map<string, number>();
const ms: Record<string, number> = {};
async function check(name: string, told: Told, one: () => unknown): Promise<void> {
  const t = process.cpuUsage();
  try {
    await one();
  } catch (e) {
    const c = ((e as Error).cause as Error | undefined)?.message;
    const m = ((e as Error).message + '\n' + (c ?? '')).replace(/\u001b\[\d+m/g, '');
    const key = `${name} ${/"at": "s\d+ (\w+)-\S+ r\d+ (\w+)/.exec(m)?.slice(1, 3).join(' ') ?? m.slice(0, 60)}`;
    if (!failures.has(key))
      console.log(
        key +
          '\n' +
          m
            .split('\n')
            .filter(
              (l) => /^\s*[-+]/.test(l) || l.includes('at"') || l.includes('Taken') || /^[A-Z_]+:/.test(l),
            )
            .slice(0, 30)
            .join('\n'),
      );
    failures.set(key, (failures.get(key) ?? 0) + 1);
  }
  const u = process.cpuUsage(t);
  ms[name] = (ms[name] ?? 0) + (u.user + u.system) / 1000;
}
it('probe', async () => {
  const histories = new Histories();
  const compared = { retractions: 0, disavowals: 0 };
  const opening = fc.record({
    by: fc.constantFrom(...sides),
    isMutual: fc.boolean(),
    keeping: fc.constantFrom(...keepings),
  });
  const t = process.cpuUsage();
  await fc.assert(
    fc.asyncProperty(historyOf(50), opening, async (moves, o) => {
      const told = await histories.play(moves, o, 50);
      for (const mod of [general, joint, voice, work])
        for (const [name, f] of Object.entries(mod))
          await check(name, told, () => (f as (told: Told) => unknown)(told));
      await check('taking back', told, () => takingBackLeavesNoTrace(told, compared));
    }),
    { numRuns: Number(process.env['N'] ?? 60), seed: Number(process.env['SEED'] ?? 1), endOnFailure: true },
  );
  const h = new Histories();
  await fc.assert(
    fc.asyncProperty(historyOf(24), opening, async (moves, o) => {
      const told = await h.play(honestly(moves, { ...o, keeping: 'both' }), { ...o, keeping: 'both' }, 24);
      for (const mod of [honest, joint])
        for (const [name, f] of Object.entries(mod))
          if (name !== 'ownListOf')
            await check(name, told, () =>
              (f as (told: Told, side: string) => unknown)(told, otherSide(o.by)),
            );
    }),
    {
      numRuns: Number(process.env['N'] ?? 60) * 2,
      seed: Number(process.env['SEED'] ?? 1),
      endOnFailure: true,
    },
  );
  const u = process.cpuUsage(t);
  console.log(
    JSON.stringify(
      { compared, ms, all: (u.user + u.system) / 1000, f: [...failures], malformed: histories.malformed() },
      null,
      1,
    ),
  );
  await histories.close();
  await h.close();
});
