import { join } from 'node:path';
import { run as runProgram } from '../faults/child.js';
import { ActingServer } from './acting-server.js';
import { copyOf, dataSet } from './data-set.js';
import { inShare } from './figures.js';
import type { Figure, Run } from './figures.js';
import { MeasuredServer } from './measured-server.js';

const events = 200_000;
/** Smaller logs are checked before a start is over, which who checks nothing never ends. */
const eventsMin = 60_000;
const clients = 64;
const actsAtOnce = 4_000;
const sides = ['product', 'reference'] as const;
type Side = (typeof sides)[number];
type Measured = Readonly<Record<Side, number[]>>;
const without = new URL('without-ledger.mjs', import.meta.url).href;

async function costOf(
  side: ActingServer,
  connections: number,
  acts: number,
  signs: boolean,
): Promise<number> {
  const { ms, last } = await side.costOfActs(connections, acts);
  const hasReceipt = last?.headers.has('ledger-receipt') === true;
  if (hasReceipt !== signs) throw new Error(`Receipts are ${hasReceipt ? '' : 'not '}given.`);
  return ms;
}

/** What leaves, receipts, checkpoints and guard file add to an act, beside the same program without any of them. */
export async function ledgerShareFigures({
  folder,
  options,
  rounds,
  share,
  say,
}: Run): Promise<readonly Figure[]> {
  const size = Math.max(eventsMin, Math.ceil(events * share));
  say(`a record of ${size} events`);
  const data = await dataSet(size, say);
  const on = copyOf(data, join(folder, 'with'));
  say('its read models');
  const first = await new MeasuredServer(on, undefined, options).start();
  await first.ready();
  await first.stop();
  const off = copyOf(on, join(folder, 'without'));
  await runProgram(['ledger', 'key', 'create', '--data', on], { cwd: folder });
  const begun = {
    product: (prefix: string) =>
      ActingServer.start(new MeasuredServer(on, undefined, options, ['--accept-ledger-loss']), prefix),
    reference: (prefix: string) =>
      ActingServer.start(new MeasuredServer(off, undefined, `${options} --import ${without}`), prefix),
  };
  const measured = new Map<number, Measured>(
    [clients, 1].map((count) => [count, { product: [], reference: [] }]),
  );
  // What a process makes of the same code differs by a tenth from its twin for as long as both live, by how it was laid
  // out and compiled: so each round has processes of its own.
  for (let round = 0; round < rounds; round += 1) {
    say(`acts, round ${round + 1} of ${rounds}`);
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
      const server = await begun[side](`ACTS${round}`);
      await measure(server, side, share, measured);
      await server.stop();
    }
  }
  return [...measured].map(([count, found]) => ({
    what: `ms of CPU an act, with and without the ledger, ${inShare(count, { share })} connections`,
    wanted: 1.05,
    cost: true,
    ...found,
  }));
}

/** What a server that has just begun is found to cost. */
async function measure(
  server: ActingServer,
  side: Side,
  share: number,
  into: ReadonlyMap<number, Measured>,
): Promise<void> {
  for (const [count, found] of into) {
    const connections = inShare(count, { share });
    const acts = Math.ceil((count === clients ? actsAtOnce : actsAtOnce / 4) * share);
    // Nothing is measured before its code is compiled.
    await costOf(server, connections, acts, side === 'product');
    found[side].push(await costOf(server, connections, acts, side === 'product'));
  }
}
