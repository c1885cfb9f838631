import { join } from 'node:path';
import { alternate } from './figures.js';
import type { Figure, Run } from './figures.js';
import { caughtUp, connected, layPlace, raising, signedIn } from './ground.js';
import type { Place } from './ground.js';
import { closedLoop, openConnections } from './http-load.js';
import { MeasuredServer } from './measured-server.js';

const few = 100;
const many = 20_000;
const clients = 64;

/** What it costs to raise an irritant, and to read the dialogue, where there are many of them and where there are few. */
export async function largeFigures({ folder, options, rounds, share, say }: Run): Promise<readonly Figure[]> {
  const server = await new MeasuredServer(join(folder, 'large'), undefined, options).start();
  await server.ready();
  const connection = await connected(server);
  const connections = await openConnections(server.url, clients, signedIn(server));
  const raised = async (place: Place, count: number) => {
    const before = server.cpuSeconds();
    const { ms, lasts } = await closedLoop(connections, Math.ceil(count / clients), () => raising(place));
    await caughtUp(connection, lasts.at(-1));
    return ((server.cpuSeconds() - before) * 1000) / ms.length;
  };
  const read = async ({ dialogueId }: Place) => {
    const before = server.cpuSeconds();
    const get = { method: 'GET', path: `/v1/dialogues/${dialogueId}` } as const;
    const { ms } = await closedLoop(connections, Math.ceil(40 * share), () => get);
    return ((server.cpuSeconds() - before) * 1000) / ms.length;
  };
  const size = Math.ceil(many * share);
  say(`a dialogue of ${size} irritants`);
  const small = await layPlace(connection, 'FEW');
  const large = await layPlace(connection, 'MANY');
  await raised(large, size);
  await raised(small, Math.min(few, size));
  const figures: Figure[] = [];
  for (const [what, cost] of [
    ['to raise an irritant', (place: Place) => raised(place, Math.ceil(640 * share))],
    ['to read the dialogue', read],
  ] as const) {
    const measured = await alternate(
      rounds,
      () => cost(large),
      () => cost(small),
    );
    figures.push({ what: `${what}, of ${size} and of few, ms`, wanted: 2, cost: true, ...measured });
  }
  for (const one of [connection, ...connections]) one.close();
  await server.stop();
  return figures;
}
