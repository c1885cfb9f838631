import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alternate, inShare, percentile } from './figures.js';
import type { Figure, Run } from './figures.js';
import {
  caughtUp,
  connected,
  laySubjects,
  layPlace,
  raising,
  signedIn,
  stating,
  subjectOf,
} from './ground.js';
import type { Place, Subject } from './ground.js';
import { closedLoop, openConnections } from './http-load.js';
import type { Connection, Got, Sent } from './http-load.js';
import { MeasuredServer } from './measured-server.js';
import { pin, Reference } from './processes.js';

/** One of the two that are compared: where it listens, and what it has had of the processors. */
interface Side {
  readonly url: string;
  cpuSeconds(): number;
  readonly headers: Readonly<Record<string, string>>;
  /** Nothing is left to be done for what was recorded. */
  settle(last: Got | undefined): Promise<void>;
}

interface Measured {
  /** Requests for each second that the server had of the processors. */
  readonly perCpuSecond: number;
  readonly perSecond: number;
  readonly p99Ms: number;
}

const referencePlace: Place = {
  dialogueId: '01960b3a-0000-7000-8000-000000000001',
  sourceId: '01960b3a-0000-7000-8000-000000000002',
};
const occurred = '2025-04-30';

async function run(
  side: Side,
  connections: readonly Connection[],
  each: number,
  next: (connection: number, last: Got | undefined) => Sent,
): Promise<Measured> {
  const began = performance.now();
  const before = side.cpuSeconds();
  const { ms, lasts } = await closedLoop(connections, each, next);
  const seconds = (performance.now() - began) / 1000;
  await side.settle(lasts.at(-1));
  const cpu = Math.max(side.cpuSeconds() - before, 0.01);
  return { perCpuSecond: ms.length / cpu, perSecond: ms.length / seconds, p99Ms: percentile(ms, 99) };
}

/** Acts on one irritant for each connection, each on the tag that the last answer gave. */
async function acts(
  side: Side,
  place: Place,
  count: number,
  total: number,
  dated: boolean,
): Promise<Measured> {
  const connections = await openConnections(side.url, count, side.headers);
  const [first] = connections;
  if (first === undefined) throw new Error('No connection.');
  const subjects: Subject[] = [...(await laySubjects(first, place, count))];
  const measured = await run(side, connections, Math.ceil(total / count), (at, last) => {
    const subject = last === undefined ? subjects[at] : subjectOf(last);
    if (subject === undefined) throw new Error('No subject.');
    return stating(subject, place, dated ? occurred : undefined);
  });
  for (const one of connections) one.close();
  return measured;
}

async function creates(side: Side, place: Place, count: number, total: number): Promise<Measured> {
  const connections = await openConnections(side.url, count, side.headers);
  const measured = await run(side, connections, Math.ceil(total / count), () => raising(place));
  for (const one of connections) one.close();
  return measured;
}

interface Sides {
  readonly product: Side;
  readonly place: Place;
  readonly reference: Side;
  stop(): Promise<void>;
}

async function sides({ folder, options }: Run): Promise<Sides> {
  const server = await new MeasuredServer(join(folder, 'commands'), undefined, options).start();
  await server.ready();
  const connection = await connected(server);
  const place = await layPlace(connection);
  const [subject] = await laySubjects(connection, place, 1);
  if (subject === undefined) throw new Error('No subject.');
  const pattern = await connection.send(stating(subject, place));
  const answer = join(folder, 'answer.json');
  writeFileSync(answer, pattern.body);
  const reference = await Reference.start('commands.mjs', [join(folder, 'reference.sqlite'), answer]);
  pin(server.child.pid, 0);
  pin(reference.pid, 0);
  return {
    place,
    product: {
      url: server.url,
      cpuSeconds: () => server.cpuSeconds(),
      headers: signedIn(server),
      settle: (last) => caughtUp(connection, last),
    },
    reference: {
      url: reference.url,
      cpuSeconds: () => reference.cpuSeconds(),
      headers: { 'content-type': 'application/json' },
      settle: () => Promise.resolve(),
    },
    stop: async () => {
      connection.close();
      await server.stop();
      await reference.stop();
    },
  };
}

/** The whole way of a command over HTTP, all threads of the server counted, until lists and consequences have followed. */
export async function commandFigures(context: Run): Promise<readonly Figure[]> {
  const { rounds, share, say } = context;
  const both = await sides(context);
  const { place, product, reference } = both;
  const figures: Figure[] = [];
  const latencies: { readonly product: number[]; readonly reference: number[] } = {
    product: [],
    reference: [],
  };
  const compare = async (
    what: string,
    wanted: number,
    measure: (side: Side, at: Place) => Promise<Measured>,
    figure: (measured: Measured) => number = (measured) => measured.perCpuSecond,
  ) => {
    say(what);
    const ofProduct = async () => {
      const measured = await measure(product, place);
      latencies.product.push(measured.p99Ms);
      return figure(measured);
    };
    const ofReference = async () => {
      const measured = await measure(reference, referencePlace);
      latencies.reference.push(measured.p99Ms);
      return figure(measured);
    };
    figures.push({ what, wanted, ...(await alternate(rounds, ofProduct, ofReference)) });
  };
  const total = Math.ceil(2_000 * share);
  // Nothing is measured before its code is compiled.
  await acts(product, place, inShare(16, context), total, false);
  await acts(reference, referencePlace, inShare(16, context), total, false);
  const perCpu = 'commands per CPU-second';
  await compare(`${perCpu}, 64 connections`, 0.5, (side, at) =>
    acts(side, at, inShare(64, context), total, false),
  );
  const ofThese = { product: latencies.product.splice(0), reference: latencies.reference.splice(0) };
  figures.push({ what: 'their p99, ms', wanted: 2, cost: true, ...ofThese });
  await compare(`${perCpu}, 256 connections`, 0.5, (side, at) =>
    acts(side, at, inShare(256, context), total, false),
  );
  await compare(`${perCpu}, 64 connections, dated`, 0.5, (side, at) =>
    acts(side, at, inShare(64, context), total, true),
  );
  await compare(
    'commands per second, one connection',
    0.5,
    (side, at) => acts(side, at, 1, Math.ceil(total / 8), false),
    (measured) => measured.perSecond,
  );
  await compare(`creates per CPU-second, 64 connections`, 0.5, (side, at) =>
    creates(side, at, inShare(64, context), total / 2),
  );
  await both.stop();
  return figures;
}
