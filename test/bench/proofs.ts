import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endAll, run } from '../faults/child.js';
import { copyOf, dataSet } from './data-set.js';
import { connected, layPlace, raising, signedIn } from './ground.js';
import { closedLoop, openConnections } from './http-load.js';
import type { Connection } from './http-load.js';
import { MeasuredServer } from './measured-server.js';
import { memoryOf } from './processes.js';

/**
 * `npm run bench:proofs [entries of a log] [seconds] [events of a record …]`: what the route of inclusion proofs costs a
 * server, beside a route that reads next to nothing; and what a server that nobody asks costs, with the scrubber and without it, on
 * records of several sizes.
 */
const [entries = '10000', seconds = '60', ...sizes] = process.argv.slice(2);
const asked = 2_000;
const without = new URL('without-scrubber.mjs', import.meta.url).href;
const rounds = 5;
const print = (line: string) => process.stdout.write(`${line}\n`);
const folder = mkdtempSync(join(tmpdir(), 'entente-proofs-'));
const pause = (ms: number) => new Promise((resolve) => void setTimeout(resolve, ms));
const median = (of: readonly number[]) =>
  of.toSorted((one, other) => one - other)[Math.floor(of.length / 2)] ?? Number.NaN;

/** Milliseconds of CPU a request, of all threads of the server. */
async function costOf(
  server: MeasuredServer,
  connection: Connection,
  path: (at: number) => string,
): Promise<number> {
  const before = server.cpuSeconds();
  for (let at = 0; at < asked; at += 1) {
    const { status } = await connection.send({ method: 'GET', path: path(at) });
    if (status !== 200) throw new Error(`${path(at)} was answered ${status}.`);
  }
  return ((server.cpuSeconds() - before) * 1_000) / asked;
}

async function proofs(count: number): Promise<void> {
  const data = join(folder, 'proofs');
  await run(['init', '--data', data], { cwd: folder });
  await run(['ledger', 'key', 'create', '--data', data], { cwd: folder });
  const server = await new MeasuredServer(data, undefined, '', ['--accept-ledger-loss']).start();
  await server.ready();
  const connection = await connected(server);
  const place = await layPlace(connection, 'PROOFS');
  const clients = await openConnections(server.url, 64, signedIn(server));
  await closedLoop(clients, Math.ceil(count / clients.length), () => raising(place));
  for (const one of clients) one.close();
  const ledger = `/v1/dialogues/${place.dialogueId}/ledger`;
  const last = `${ledger}/proofs/${count - 1}`;
  while ((await connection.send({ method: 'GET', path: last })).status !== 200) await pause(100);
  const size = (await connection.send({ method: 'GET', path: `${ledger}/checkpoint` })).body.split('\n')[1];
  const paths = {
    proof: (at: number) => `${ledger}/proofs/${(at * 7_919) % count}`,
    keys: () => `${ledger}/keys`,
  };
  // Nothing is measured before its code is compiled.
  for (const path of [paths.proof, paths.keys]) await costOf(server, connection, path);
  const costs: { proof: number[]; keys: number[] } = { proof: [], keys: [] };
  for (let round = 0; round < rounds; round += 1)
    for (const name of ['proof', 'keys'] as const)
      costs[name].push(await costOf(server, connection, paths[name]));
  connection.close();
  await server.stop();
  const words = (of: readonly number[]) =>
    `${median(of).toFixed(2)} (${Math.min(...of).toFixed(2)}–${Math.max(...of).toFixed(2)})`;
  print(
    `GET …/ledger/proofs/{seq} of a log of ${size} entries: ${words(costs.proof)} ms of CPU; ` +
      `…/ledger/keys, beside it: ${words(costs.keys)} ms; ${rounds} rounds of ${asked}`,
  );
}

/** Percent of a core that a server takes which nobody asks, once what follows a start is over; and what it holds. */
async function atRest(data: string, forSeconds: number, options = ''): Promise<string> {
  const server = await new MeasuredServer(data, undefined, options).start();
  // Without the scrubber nothing is ever checked, and the server never says that it is ready.
  if (options === '') await server.ready();
  for (let used = 1; used > 0.05;) {
    const before = server.cpuSeconds();
    await pause(2_000);
    used = server.cpuSeconds() - before;
  }
  const memory = memoryOf(server.child.pid, 'now');
  const shares: string[] = [];
  for (let part = 0; part < 3; part += 1) {
    const [before, begun] = [server.cpuSeconds(), performance.now()];
    await pause((forSeconds * 1_000) / 3);
    const took = (performance.now() - begun) / 1_000;
    shares.push((((server.cpuSeconds() - before) / took) * 100).toFixed(2));
  }
  const said = await (await fetch(`${server.url}/readyz`)).text();
  const does = /"name":"ledger"[^}]*"detail":"([^"]*)"/.exec(said)?.[1] ?? '';
  const now = memoryOf(server.child.pid, 'now');
  await server.stop();
  return `${shares.join(', ')} % of a core, memory ${memory.toFixed(0)} → ${now.toFixed(0)} MiB (${does})`;
}

async function scrubbing(events: number, forSeconds: number): Promise<void> {
  const data = copyOf(await dataSet(events, print), join(folder, `scrubbing-${events}`));
  // The read models are made before anything is measured.
  const first = await new MeasuredServer(data, undefined).start();
  await first.ready();
  await first.stop();
  print(`at rest with ${events} events, thirds of ${forSeconds} s: ${await atRest(data, forSeconds)}`);
  print(`the same without the scrubber: ${await atRest(data, forSeconds, `--import ${without}`)}`);
  rmSync(data, { recursive: true, force: true });
}

try {
  if (Number(entries) > 0) await proofs(Number(entries));
  for (const size of sizes) await scrubbing(Number(size), Number(seconds));
} finally {
  await endAll();
  rmSync(folder, { recursive: true, force: true });
}
