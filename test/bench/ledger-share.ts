import { join } from 'node:path';
import { run as runProgram } from '../faults/child.js';
import { ActingServer } from './acting-server.js';
import { copyOf, dataSet } from './data-set.js';
import { alternate, inShare } from './figures.js';
import type { Figure, Run } from './figures.js';
import { MeasuredServer } from './measured-server.js';

const events = 200_000;
/** Smaller logs are checked before a start is over, which who checks nothing never ends. */
const eventsMin = 60_000;
const clients = 64;
const actsAtOnce = 4_000;
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
  const product = await ActingServer.start(
    new MeasuredServer(on, undefined, options, ['--accept-ledger-loss']),
  );
  const reference = await ActingServer.start(
    new MeasuredServer(off, undefined, `${options} --import ${without}`),
  );
  const figures: Figure[] = [];
  for (const [count, total] of [
    [clients, actsAtOnce],
    [1, actsAtOnce / 4],
  ] as const) {
    const connections = inShare(count, { share });
    const acts = Math.ceil(total * share);
    say(`acts, ${connections} connections`);
    // Nothing is measured before its code is compiled.
    await costOf(product, connections, acts, true);
    await costOf(reference, connections, acts, false);
    const measured = await alternate(
      rounds,
      () => costOf(product, connections, acts, true),
      () => costOf(reference, connections, acts, false),
    );
    const what = `ms of CPU an act, with and without the ledger, ${connections} connections`;
    figures.push({ what, wanted: 1.05, cost: true, ...measured });
  }
  await Promise.all([product.stop(), reference.stop()]);
  return figures;
}
