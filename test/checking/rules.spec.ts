import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Recorded } from '#libs/event-store';
import { RuleCheck } from '../../src/checking/rules/rule-check.js';
import { slices } from '../../src/slices.js';
import { historyOf } from '../simulation/episodes.js';
import { Histories } from '../simulation/history.js';
import { keepings, sides } from '../simulation/stage.js';
import type { Told } from '../simulation/told.js';

const runs = Number(process.env['RULES_RUNS'] ?? 20);
const length = 50;

function eventsOf({ stage: { desk, beforeOrdinal } }: Told): readonly Recorded[] {
  return desk.record.projections.record.after(beforeOrdinal, 100_000).map(({ event }) => event);
}

async function checked(events: readonly Recorded[]) {
  const check = new RuleCheck(slices);
  for (const one of events) await check.add(one);
  const toCome = await check.finish(Number.POSITIVE_INFINITY);
  return { findings: check.findings, toCome };
}

describe('What the rules conclude, played again from a log alone', () => {
  const histories = new Histories();
  afterAll(() => histories.close());

  it('is what is there, whatever both sides said', async () => {
    const opening = fc.record({
      by: fc.constantFrom(...sides),
      isMutual: fc.boolean(),
      keeping: fc.constantFrom(...keepings),
    });
    let derived = 0;
    let all = 0;
    let ms = 0;
    const property = fc.asyncProperty(historyOf(length), opening, async (moves, begun) => {
      const events = eventsOf(await histories.play(moves, begun, length));
      derived += events.filter(
        ({ meta }) => (meta['act'] as { capacity?: string }).capacity === 'derived',
      ).length;
      all += events.length;
      const t = performance.now();
      const found = await checked(events);
      ms += performance.now() - t;
      expect(found).toEqual({ findings: [], toCome: 0 });
    });
    await fc.assert(property, { numRuns: runs, seed: 383_058_627, endOnFailure: true });
    process.stdout.write(`${derived} of ${all} derived, ${ms} ms\n`);
  });
});
