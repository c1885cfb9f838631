import { randomUUID } from 'node:crypto';
import { graphFault } from '../../src/roadmaps/roadmap-graph.facts.js';

/** What a roadmap may hold at the most. */
const stepsMax = 500;
const afterMax = 100;
const runs = 200;
const allowedMs = 50;

interface Step {
  readonly stepId: string;
  readonly responsible: string;
  readonly after: readonly string[];
  readonly counterpart: string;
  readonly mandatory: boolean;
}

/** Pairs of counterparts, each after as many earlier steps as may be named: the densest order there can be. */
function densest(): readonly Step[] {
  const ids = Array.from({ length: stepsMax }, () => randomUUID());
  return ids.map((stepId, index) => {
    const pair = index - (index % 2);
    return {
      stepId,
      responsible: index % 2 === 0 ? 'RU' : 'US',
      after: ids.slice(Math.max(0, pair - afterMax), pair),
      counterpart: ids[index % 2 === 0 ? index + 1 : index - 1] ?? '',
      mandatory: true,
    };
  });
}

function medianMs(work: () => unknown): number {
  const times = Array.from({ length: runs }, () => {
    const begun = performance.now();
    work();
    return performance.now() - begun;
  });
  return times.sort((one, other) => one - other)[runs >> 1] ?? Number.NaN;
}

const steps = densest();
const body = JSON.stringify({ steps });
if (graphFault(steps) !== undefined) throw new Error('The steps can be taken in no order.');
const closed = steps.map((one, index) =>
  index === 0 ? { ...one, after: [steps.at(-1)?.stepId ?? ''] } : one,
);
if (graphFault(closed)?.kind !== 'circle') throw new Error('A circle through all steps was not found.');

const parsingMs = medianMs(() => JSON.parse(body));
const checkingMs = medianMs(() => graphFault(steps));
const circleMs = medianMs(() => graphFault(closed));
const edges = steps.reduce((sum, one) => sum + one.after.length, 0);
const shown = (ms: number) => `${ms.toFixed(2)} ms (${(ms / parsingMs).toFixed(1)} × JSON.parse)`;
process.stdout.write(
  `${steps.length} steps in pairs of counterparts, ${edges} dependencies, ${body.length} bytes; medians of ${runs} runs\n` +
    `JSON.parse of the same body: ${parsingMs.toFixed(2)} ms\n` +
    `the order is found good:     ${shown(checkingMs)}\n` +
    `a circle is found:           ${shown(circleMs)}\n`,
);
if (Math.max(checkingMs, circleMs) > allowedMs) {
  process.stderr.write(`That is more than the ${allowedMs} ms allowed.\n`);
  process.exitCode = 1;
}
