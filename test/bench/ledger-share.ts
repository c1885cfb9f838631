import { join } from 'node:path';
import { run as runProgram } from '../faults/child.js';
import { copyOf, dataSet } from './data-set.js';
import { alternate, inShare } from './figures.js';
import type { Figure, Run } from './figures.js';
import { caughtUp, connected, layPlace, laySubjects, signedIn, stating, subjectOf } from './ground.js';
import type { Place } from './ground.js';
import { closedLoop, openConnections } from './http-load.js';
import { MeasuredServer } from './measured-server.js';
import { pin } from './processes.js';

const events = 200_000;
const clients = 64;
const actsAtOnce = 4_000;
const without = new URL('without-ledger.mjs', import.meta.url).href;

/** A server, and acts to be given on it. */
class Side {
  private constructor(
    private readonly server: MeasuredServer,
    private readonly place: Place,
  ) {}

  static async start(server: MeasuredServer): Promise<Side> {
    await server.start();
    await server.ready();
    pin(server.child.pid, 0);
    const connection = await connected(server);
    const place = await layPlace(connection, 'LEDGER');
    connection.close();
    await quiet(server);
    return new Side(server, place);
  }

  /** Milliseconds of all its threads for an act, until all that follows is there. */
  async costOfActs(count: number, total: number): Promise<number> {
    const { server, place } = this;
    const connections = await openConnections(server.url, count, signedIn(server));
    const [first] = connections;
    if (first === undefined) throw new Error('No connection.');
    const subjects = await laySubjects(first, place, count);
    const before = server.cpuSeconds();
    const { ms, lasts } = await closedLoop(connections, Math.ceil(total / count), (at, last) => {
      const subject = last === undefined ? subjects[at] : subjectOf(last);
      if (subject === undefined) throw new Error('No subject.');
      return stating(subject, place);
    });
    await caughtUp(first, lasts.at(-1));
    const cost = ((server.cpuSeconds() - before) * 1000) / ms.length;
    const hasReceipt = lasts[0]?.headers.has('ledger-receipt');
    if (hasReceipt !== this.signs) throw new Error(`Receipts are ${hasReceipt ? '' : 'not '}given.`);
    for (const one of connections) one.close();
    return cost;
  }

  /** Fails where `without-ledger.mjs` did not find all that it takes out. */
  refuseUntouched(): void {
    if (!/The ledger is taken out/.test(this.server.child.stdout))
      throw new Error('A piece that is to be taken out of the program is not there any more.');
  }

  get signs(): boolean {
    return this.server.more.length > 0;
  }

  stop(): Promise<void> {
    return this.server.stop();
  }
}

/** Until the server has nothing left to do: after a start, the logs of all dialogues are signed. */
async function quiet(server: MeasuredServer): Promise<void> {
  for (let used = 1; used > 0.05;) {
    const before = server.cpuSeconds();
    await new Promise((resolve) => void setTimeout(resolve, 1_000));
    used = server.cpuSeconds() - before;
  }
}

/** What leaves, receipts, checkpoints and guard file add to an act, beside the same program without any of them. */
export async function ledgerShareFigures({
  folder,
  options,
  rounds,
  share,
  say,
}: Run): Promise<readonly Figure[]> {
  const size = Math.max(300, Math.ceil(events * share));
  say(`a record of ${size} events`);
  const data = await dataSet(size, say);
  const on = copyOf(data, join(folder, 'with'));
  say('its read models');
  const first = await new MeasuredServer(on, undefined, options).start();
  await first.ready();
  await first.stop();
  const off = copyOf(on, join(folder, 'without'));
  await runProgram(['ledger', 'key', 'create', '--data', on], { cwd: folder });
  const product = await Side.start(new MeasuredServer(on, undefined, options, ['--accept-ledger-loss']));
  const reference = await Side.start(new MeasuredServer(off, undefined, `${options} --import ${without}`));
  reference.refuseUntouched();
  const figures: Figure[] = [];
  for (const [count, total] of [
    [clients, actsAtOnce],
    [1, actsAtOnce / 4],
  ] as const) {
    const connections = inShare(count, { share });
    const acts = Math.ceil(total * share);
    say(`acts, ${connections} connections`);
    // Nothing is measured before its code is compiled.
    for (const side of [product, reference]) await side.costOfActs(connections, acts);
    const measured = await alternate(
      rounds,
      () => product.costOfActs(connections, acts),
      () => reference.costOfActs(connections, acts),
    );
    const what = `ms of CPU an act, with and without the ledger, ${connections} connections`;
    figures.push({ what, wanted: 1.05, cost: true, ...measured });
  }
  await Promise.all([product.stop(), reference.stop()]);
  return figures;
}
