import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alternate, inShare, percentile } from './figures.js';
import type { Figure, Run } from './figures.js';
import { caughtUp, connected, laySubjects, layPlace, signedIn, stating, subjectOf } from './ground.js';
import { closedLoop, openConnections } from './http-load.js';
import type { Connection, Got } from './http-load.js';
import { MeasuredServer } from './measured-server.js';
import { pin, Reference } from './processes.js';

const most = 64;

interface Read {
  readonly what: string;
  readonly wanted: number;
  readonly path: string;
  /** With this tag it is answered that nothing has changed. */
  readonly tag?: string;
}

/** A record with sixty irritants, and on one of them sixty acts: enough for whole pages of lists and histories. */
async function fill(connection: Connection, count: number): Promise<string> {
  const place = await layPlace(connection);
  const [first] = await laySubjects(connection, place, count);
  let last: Got | undefined;
  for (let at = 0; at < count; at += 1) {
    const subject = last === undefined ? first : subjectOf(last);
    if (subject === undefined) throw new Error('No subject.');
    last = await connection.send(stating(subject, place));
  }
  await caughtUp(connection, last);
  return first?.id ?? '';
}

async function perCpuSecond(
  side: { readonly url: string; cpuSeconds(): number },
  headers: Readonly<Record<string, string>>,
  { path, tag }: Read,
  { total, clients }: { readonly total: number; readonly clients: number },
): Promise<number> {
  const connections = await openConnections(side.url, clients, headers);
  const before = side.cpuSeconds();
  const asked = tag === undefined ? {} : { 'if-none-match': tag };
  const { ms } = await closedLoop(connections, Math.ceil(total / clients), () => ({
    method: 'GET',
    path,
    headers: asked,
  }));
  const spent = Math.max(side.cpuSeconds() - before, 0.01);
  for (const one of connections) one.close();
  return ms.length / spent;
}

/** Reads of a record at rest, beside bare Fastify that answers with the same bytes. */
export async function readFigures(run: Run): Promise<readonly Figure[]> {
  const { folder, options, rounds, share, say } = run;
  const clients = inShare(most, run);
  const server = await new MeasuredServer(join(folder, 'reads'), undefined, options).start();
  await server.ready();
  const connection = await connected(server);
  const id = await fill(connection, inShare(60, run));
  const one = `/v1/irritants/${id}`;
  const tag = (await connection.send({ method: 'GET', path: one })).headers.get('etag') ?? '';
  const reads: readonly Read[] = [
    { what: 'one irritant', wanted: 0.5, path: one },
    { what: 'a list of 50', wanted: 0.6, path: '/v1/irritants?limit=50' },
    { what: 'a history of 50', wanted: 0.5, path: `${one}/history?limit=50` },
    { what: 'one irritant, not changed (304)', wanted: 0.6, path: one, tag },
    { what: '/livez', wanted: 0.8, path: '/livez' },
    // Whoever has none is answered `{"items":[]}` out of memory: nothing is left of it but Nest, and what is before it.
    { what: 'an empty signed-in route of Nest', wanted: 0.6, path: '/v1/webhooks' },
  ];
  const answers: Record<string, { readonly body: string; readonly tag?: string }> = {};
  for (const { path } of reads) {
    const { body, headers } = await connection.send({ method: 'GET', path });
    const etag = headers.get('etag');
    answers[path] = { body, ...(etag === undefined ? {} : { tag: etag }) };
  }
  const file = join(folder, 'answers.json');
  writeFileSync(file, JSON.stringify(answers));
  const reference = await Reference.start('answers.mjs', [file]);
  pin(server.child.pid, 0);
  pin(reference.pid, 0);
  const figures: Figure[] = [];
  for (const read of reads) {
    say(read.what);
    const total = Math.ceil((read.path.includes('limit') ? 2_000 : 8_000) * share);
    // As much as a round: what is compiled on the way to a steady pace is paid by each start, and not by each read.
    await perCpuSecond(server, signedIn(server), read, { total: total * 2, clients });
    await perCpuSecond(reference, {}, read, { total: total * 2, clients });
    const measured = await alternate(
      rounds,
      () => perCpuSecond(server, signedIn(server), read, { total: total * 2, clients }),
      () => perCpuSecond(reference, {}, read, { total: total * 4, clients }),
    );
    figures.push({ what: `${read.what}, per CPU-second`, wanted: read.wanted, ...measured });
  }
  connection.close();
  await server.stop();
  await reference.stop();
  return figures;
}

/** Reads while others write at a fixed rate, half of what the server takes at most, beside the same reads alone. */
export async function besideFigures(run: Run): Promise<readonly Figure[]> {
  const { folder, options, rounds, share, say } = run;
  const clients = inShare(most, run);
  const server = await new MeasuredServer(join(folder, 'beside'), undefined, options).start();
  await server.ready();
  const connection = await connected(server);
  const place = await layPlace(connection);
  const subjects = [...(await laySubjects(connection, place, clients))];
  const path = `/v1/irritants/${subjects[0]?.id ?? ''}`;
  const writers = await openConnections(server.url, clients, signedIn(server));
  const readers = await openConnections(server.url, clients, signedIn(server));
  pin(server.child.pid, 0);
  const write = async (at: number) => {
    const [subject, writer] = [subjects[at], writers[at]];
    if (subject === undefined || writer === undefined) throw new Error('No subject.');
    subjects[at] = subjectOf(await writer.send(stating(subject, place)));
  };
  say('how much is written at most');
  const acts = Math.ceil(1_500 * share);
  const began = performance.now();
  await Promise.all(
    writers.map(async (_, at) => {
      for (let done = 0; done < acts / clients; done += 1) await write(at);
    }),
  );
  const perSecond = acts / ((performance.now() - began) / 1000);
  say(`reads alone, and beside ${(perSecond / 2).toFixed(0)} acts a second`);
  const reading = async (): Promise<{ readonly perSecond: number; readonly p99: number }> => {
    const start = performance.now();
    const each = Math.ceil((3_000 * share) / clients);
    const { ms } = await closedLoop(readers, each, () => ({ method: 'GET', path }));
    return { perSecond: ms.length / ((performance.now() - start) / 1000), p99: percentile(ms, 99) };
  };
  const p99: { readonly product: number[]; readonly reference: number[] } = { product: [], reference: [] };
  const rates = await alternate(
    rounds,
    async () => {
      const done = new AbortController();
      const period = (2 * clients * 1000) / perSecond;
      const writing = writers.map(async (_, at) => {
        let due = performance.now() + (period * at) / clients;
        while (!done.signal.aborted) {
          const wait = due - performance.now();
          if (wait > 0) await new Promise((resolve) => void setTimeout(resolve, wait));
          due += period;
          await write(at);
        }
      });
      const measured = await reading();
      done.abort();
      await Promise.all(writing);
      p99.product.push(measured.p99);
      return measured.perSecond;
    },
    async () => {
      const measured = await reading();
      p99.reference.push(measured.p99);
      return measured.perSecond;
    },
  );
  for (const one of [...writers, ...readers, connection]) one.close();
  await server.stop();
  return [
    { what: 'one irritant while 64 write, per second, to alone', wanted: 0.5, ...rates },
    { what: 'their p99, ms', wanted: 3, cost: true, ...p99 },
  ];
}
