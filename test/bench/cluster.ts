import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { endAll } from '../faults/child.js';
import { ClosedLoop } from './closed-loop.js';
import { median } from './figures.js';
import { MeasuredServer } from './measured-server.js';

/**
 * What the same server costs on a cluster, beside SQLite, by the CPU that the kernel counts for its process: acts in a closed
 * loop, and read models from nothing. Both engines take turns in one run, each first every other time, so that whatever
 * else the machine does falls on both. The cluster is the façade; what a real one costs is not measured.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    rebuilds: { type: 'string' },
    acts: { type: 'string' },
    connections: { type: 'string', default: '16,64' },
    out: { type: 'string', default: join(root, 'coverage/bench') },
    /** For the Node of the servers: with `--cpu-prof` each thread leaves its profile, named by engine, in `out`. */
    options: { type: 'string', default: '' },
  },
});
const rounds = Number(values.rounds);
/** How often read models are made from nothing; each time starts two servers of each engine. */
const rebuilds = Number(values.rebuilds ?? rounds);
/** Of all clients together in one round, at each number of connections. */
const acts = Number(values.acts ?? (values.quick ? 320 : 1_280));
const connections = values.connections.split(',').map(Number);
/** No round begins later than this, so that a slow machine ends in time as well. */
const beginsWithinMs = values.quick ? 20_000 : 240_000;
const wantedRatio = 0.6;

type Engine = 'sqlite' | 'cluster';
const engines: readonly [Engine, Engine] = ['sqlite', 'cluster'];
type Measured = Record<Engine, number[]>;

const ratiosOf = ({ cluster, sqlite }: Measured) =>
  cluster.map((one, at) => one / (sqlite[at] ?? Number.NaN));
const shown = (of: readonly number[], digits = 0) =>
  `${median(of).toFixed(digits)} (${Math.min(...of).toFixed(digits)}–${Math.max(...of).toFixed(digits)})`;

/** A profile lies where its server ran, and that folder goes with the run: so it is told another. */
function optionsFor(engine: Engine): string {
  const { options, out } = values;
  if (!/--(?:cpu|heap)-prof(?![-\w])/.test(options) || options.includes('-prof-dir')) return options;
  const place = join(out, 'profiles', engine);
  mkdirSync(place, { recursive: true });
  return `${options} --${options.includes('--heap-prof') ? 'heap-prof' : 'cpu-prof'}-dir=${JSON.stringify(place)}`;
}

async function cpuOf(server: MeasuredServer, work: () => Promise<unknown>): Promise<number> {
  const before = server.cpuSeconds();
  await work();
  return server.cpuSeconds() - before;
}

/** CPU-seconds of a server from its start until its read models hold all, without any at the beginning. */
async function startingCost(server: MeasuredServer): Promise<number> {
  await server.start();
  await server.ready();
  const spent = server.cpuSeconds();
  await server.stop();
  return spent;
}

const facade = spawn(
  process.execPath,
  [...process.execArgv, fileURLToPath(new URL('./facade-process.ts', import.meta.url))],
  { stdio: ['pipe', 'pipe', 'inherit'] },
);
const folder = mkdtempSync(join(tmpdir(), 'entente-bench-'));
try {
  const [printed] = (await once(facade.stdout, 'data')) as [Buffer];
  const storeUrl = (name: string) => printed.toString().trim().replace('NAME', name);
  const urls: Record<Engine, string | undefined> = { sqlite: undefined, cluster: storeUrl('bench') };
  const servers = {} as Record<Engine, MeasuredServer>;
  const loops = {} as Record<Engine, ClosedLoop>;
  const prepare = async (engine: Engine) => {
    const directory = join(folder, engine);
    servers[engine] = await new MeasuredServer(directory, urls[engine], optionsFor(engine)).start();
    await servers[engine].ready();
    loops[engine] = new ClosedLoop(servers[engine]);
    await loops[engine].begin();
    // Before it is measured, so that no round pays for code that is compiled.
    await loops[engine].act(await loops[engine].subjects(4), Math.ceil(acts / 16));
  };
  await Promise.all(engines.map(prepare));

  const perSecond = new Map(connections.map((one): [number, Measured] => [one, { sqlite: [], cluster: [] }]));
  const began = performance.now();
  for (let round = 0; round < rounds && performance.now() - began < beginsWithinMs; round += 1) {
    for (const [count, measured] of perSecond) {
      for (const engine of round % 2 === 0 ? engines : [...engines].reverse()) {
        const subjects = await loops[engine].subjects(count);
        const each = Math.ceil(acts / count);
        const spent = await cpuOf(servers[engine], () => loops[engine].act(subjects, each));
        measured[engine].push((each * count) / spent);
      }
    }
  }

  const events = loops.cluster.recorded;
  for (const engine of engines) {
    loops[engine].end();
    await servers[engine].stop();
  }
  const catchingUp: Measured = { sqlite: [], cluster: [] };
  const views = ['', '-wal', '-shm'].map((ending) => join(folder, 'sqlite', `views.sqlite${ending}`));
  for (let round = 0; round < rebuilds && performance.now() - began < beginsWithinMs * 1.7; round += 1) {
    for (const engine of round % 2 === 0 ? engines : [...engines].reverse()) {
      const place = (what: string) => join(folder, `${engine}-${what}-${round}`);
      const empty = engine === 'cluster' ? storeUrl(`empty-${round}`) : undefined;
      const starting = await startingCost(new MeasuredServer(place('empty'), empty));
      for (const one of views) rmSync(one, { force: true });
      const directory = engine === 'sqlite' ? join(folder, 'sqlite') : place('second');
      const whole = await startingCost(new MeasuredServer(directory, urls[engine]));
      catchingUp[engine].push(events / Math.max(whole - starting, 0.01));
    }
  }

  const rows = [
    ...[...perSecond].map(([count, measured]) => ({
      what: `acts per CPU-second, ${count} connections`,
      measured,
    })),
    { what: `events per CPU-second, read models from nothing`, measured: catchingUp },
  ]
    .filter(({ measured }) => measured.cluster.length > 0)
    .map(({ what, measured }) => ({ what, ...measured, ratio: ratiosOf(measured) }));
  process.stdout.write(
    `${rows[0]?.ratio.length ?? 0} rounds, medians and (least–most); ${events} events; wanted of acts: ${wantedRatio}\n`,
  );
  for (const { what, sqlite, cluster, ratio } of rows) {
    const cells = [shown(sqlite).padEnd(20), shown(cluster).padEnd(20), shown(ratio, 2)];
    process.stdout.write(`${what.padEnd(48)} sqlite ${cells[0]} cluster ${cells[1]} ratio ${cells[2]}\n`);
  }
  mkdirSync(values.out, { recursive: true });
  writeFileSync(
    join(values.out, 'cluster.json'),
    `${JSON.stringify({ rounds, acts, events, rows }, null, 2)}\n`,
  );
} finally {
  await endAll();
  facade.stdin.end();
  rmSync(folder, { recursive: true, force: true });
}
