import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { copyOf, dataSet } from './data-set.js';
import { alternate } from './figures.js';
import type { Figure, Run } from './figures.js';
import { caughtUp, connected, laySubjects, layPlace, signedIn, stating, subjectOf } from './ground.js';
import type { Subject } from './ground.js';
import { closedLoop, openConnections } from './http-load.js';
import type { Connection, Got, Sent } from './http-load.js';
import { MeasuredServer } from './measured-server.js';

const clients = 8;

interface Grown {
  readonly server: MeasuredServer;
  readonly connection: Connection;
  readonly dialogueId: string;
  readonly sourceId: string;
  readonly subjects: readonly Subject[];
}

/** The data set with its read models, made once for each version of them: that takes far longer than to copy them. */
async function built(size: number, { say }: Run): Promise<string> {
  const kept = await dataSet(size, say);
  say(`read models of ${size} events`);
  const first = await new MeasuredServer(kept, undefined).start();
  await first.ready();
  await first.stop();
  return kept;
}

async function grown(size: number, run: Run): Promise<Grown> {
  const { folder, options } = run;
  const kept = await built(size, run);
  const server = await new MeasuredServer(
    copyOf(kept, join(folder, `grown-${size}`)),
    undefined,
    options,
  ).start();
  await server.ready();
  const connection = await connected(server);
  const place = await layPlace(connection, 'GROWN');
  return { server, connection, ...place, subjects: await laySubjects(connection, place, clients) };
}

/** Where each irritant stands, from one round to the next. */
const tags = new Map<string, string>();

/** CPU-milliseconds of the server for one request. */
async function cost(
  { server, connection, subjects }: Grown,
  total: number,
  next: (at: number, last: Got | undefined) => Sent,
): Promise<number> {
  const connections = await openConnections(server.url, clients, signedIn(server));
  const before = server.cpuSeconds();
  const { ms, lasts } = await closedLoop(connections, Math.ceil(total / clients), next);
  for (const [at, got] of lasts.entries()) {
    const tag = got?.headers.has('event-position') ? got.headers.get('etag') : undefined;
    if (tag !== undefined) tags.set(subjects[at]?.id ?? '', tag);
  }
  await caughtUp(connection, lasts.at(-1));
  for (const one of connections) one.close();
  return ((server.cpuSeconds() - before) * 1000) / ms.length;
}

interface Asked {
  readonly what: string;
  readonly wanted: number;
  readonly requests: number;
  next(of: Grown): (at: number, last: Got | undefined) => Sent;
}

const get =
  (path: (of: Grown) => string): Asked['next'] =>
  (of) =>
  () => ({ method: 'GET', path: path(of) });

/** What is asked of each record: acts and reads as of now, and the same as of a moment of knowledge. */
const asked: readonly Asked[] = [
  {
    what: 'a command',
    wanted: 1.5,
    requests: 320,
    next: (of) => (at, last) => {
      const { id = '', tag = '' } = of.subjects[at] ?? {};
      const latest = last === undefined ? (tags.get(id) ?? tag) : subjectOf(last).tag;
      return stating({ id, tag: latest }, of);
    },
  },
  {
    what: 'one irritant',
    wanted: 1.2,
    requests: 1_600,
    next: get((of) => `/v1/irritants/${of.subjects[0]?.id}`),
  },
  { what: 'a list of 50', wanted: 1.5, requests: 400, next: get(() => '/v1/irritants?limit=50') },
  {
    what: 'a page of a history',
    wanted: 1.5,
    requests: 400,
    next: get((of) => `/v1/irritants/${of.subjects[0]?.id}/history?limit=50`),
  },
  { what: 'a search', wanted: 1.5, requests: 400, next: get(() => '/v1/search?q=statement&limit=20') },
];

/** The same as of a moment of knowledge costs at most five times as much as now, on each record. */
const past: readonly { readonly what: string; readonly path: string }[] = [
  { what: 'a list', path: '/v1/irritants?limit=50' },
  { what: 'a search', path: '/v1/search?q=statement&limit=20' },
];

/** The same requests on a record of 10,000 events and on larger ones, turn by turn. */
export async function growthFigures(run: Run): Promise<readonly Figure[]> {
  const [smallest = 1_000, ...larger] = run.sizes;
  // First of all: a connection that nobody uses while a large one is built would be ended by its server.
  for (const size of run.sizes) await built(size, run);
  const small = await grown(smallest, run);
  const figures: Figure[] = [];
  for (const size of larger) {
    const large = await grown(size, run);
    for (const one of asked) {
      run.say(`${one.what} at ${size} events`);
      const total = Math.ceil(one.requests * run.share);
      const measured = await alternate(
        Math.min(run.rounds, 3),
        () => cost(large, total, one.next(large)),
        () => cost(small, total, one.next(small)),
      );
      const what = `${one.what}: CPU-ms at ${size} events, to ${smallest}`;
      figures.push({ what, wanted: one.wanted, cost: true, ...measured });
    }
    for (const { what, path } of past) {
      run.say(`${what} as of a moment at ${size} events`);
      const { body } = await large.connection.send({ method: 'GET', path });
      const { asOf } = JSON.parse(body) as { readonly asOf: string };
      const total = Math.ceil(80 * run.share);
      const measured = await alternate(
        Math.min(run.rounds, 3),
        () => cost(large, total, () => ({ method: 'GET', path: `${path}&knownAt=${asOf}` })),
        () => cost(large, total, () => ({ method: 'GET', path })),
      );
      figures.push({
        what: `${what} as of a moment, to now, at ${size} events`,
        wanted: 5,
        cost: true,
        ...measured,
      });
    }
    large.connection.close();
    await large.server.stop();
    rmSync(large.server.directory, { recursive: true });
  }
  small.connection.close();
  await small.server.stop();
  return figures;
}
