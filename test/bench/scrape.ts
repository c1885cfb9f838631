import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endAll } from '../faults/child.js';
import { Connection } from './http-load.js';
import { MeasuredServer } from './measured-server.js';

/**
 * `npm run bench:scrape`: what one scrape of /metrics costs a server under load, every route of which has been asked with
 * several outcomes. The same load runs without scrapes and with them, in turn; the difference of CPU is theirs.
 */
const rounds = 5;
const scrapes = 40;
const requestsBetween = 25;
const everySeconds = 15;

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Each operation as nobody, as an operator and as one who reads: so that each has the series of several statuses. */
async function askEverything(server: MeasuredServer): Promise<void> {
  const { operator = '', secretariat = '' } = server.keys();
  const { paths } = (await (await fetch(`${server.url}/openapi.json`)).json()) as OpenApi;
  const asked = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({
      path: path.replaceAll(/\{\w+\}/g, 'none'),
      method: method.toUpperCase(),
    })),
  );
  for (const { path, method } of asked) {
    if (path.endsWith('/replay') || path === '/v1/feed') continue;
    for (const key of ['', operator, secretariat]) {
      const headers = key === '' ? {} : { Authorization: `Bearer ${key}` };
      await (await fetch(`${server.url}${path}`, { method, headers, redirect: 'manual' })).arrayBuffer();
    }
  }
}

async function load(connection: Connection, key: string): Promise<void> {
  for (let at = 0; at < requestsBetween; at += 1)
    await connection.send({
      method: 'GET',
      path: '/v1/irritants',
      headers: { authorization: `Bearer ${key}` },
    });
}

const folder = mkdtempSync(join(tmpdir(), 'entente-scrape-'));
try {
  const server = await new MeasuredServer(join(folder, 'data'), undefined).start();
  await server.ready();
  await askEverything(server);
  const { operator = '', secretariat = '' } = server.keys();
  const connection = await new Connection(new URL(server.url)).open();
  const scrape = () =>
    connection.send({ method: 'GET', path: '/metrics', headers: { authorization: `Bearer ${operator}` } });
  const { body } = await scrape();
  const series = body.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length;
  const spent: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const phase = async (withScrapes: boolean) => {
      const begun = server.cpuSeconds();
      for (let at = 0; at < scrapes; at += 1) {
        await load(connection, secretariat);
        if (withScrapes) await scrape();
      }
      return server.cpuSeconds() - begun;
    };
    const [without, withThem] = [await phase(false), await phase(true)];
    spent.push(((withThem - without) / scrapes) * 1_000);
  }
  connection.close();
  await server.stop();
  const each = median(spent);
  const share = (each / 1_000 / everySeconds) * 100;
  process.stdout.write(
    `${series} series, ${body.length} bytes: ${each.toFixed(1)} ms of CPU a scrape (rounds: ${spent.map((one) => one.toFixed(1)).join(', ')}), ` +
      `${share.toFixed(3)} % of a core at one in ${everySeconds} s\n`,
  );
} finally {
  await endAll();
  rmSync(folder, { recursive: true, force: true });
}
