import { execFile } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { alternate } from './figures.js';
import type { Figure, Run } from './figures.js';

const program = fileURLToPath(new URL('./append-process.ts', import.meta.url));

interface Taken {
  readonly cpuSeconds: number;
  readonly seconds: number;
}

/** The store alone: 256 producers over 50,000 random streams, beside one tuned table; each in a process of its own. */
export async function appendFigures({ folder, rounds, share, say }: Run): Promise<readonly Figure[]> {
  const events = Math.ceil(60_000 * share);
  say(`${events} appends`);
  const perSecond: { readonly product: number[]; readonly reference: number[] } = {
    product: [],
    reference: [],
  };
  const measure = async (kind: 'product' | 'table', round: number): Promise<number> => {
    const place = join(folder, `append-${kind}-${round}`);
    mkdirSync(place);
    const args = [...process.execArgv, program, kind, place, String(events)];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    rmSync(place, { recursive: true });
    const { cpuSeconds, seconds } = JSON.parse(stdout) as Taken;
    perSecond[kind === 'product' ? 'product' : 'reference'].push(events / seconds);
    return events / cpuSeconds;
  };
  const perCpuSecond = await alternate(
    rounds,
    (round) => measure('product', round),
    (round) => measure('table', round),
  );
  return [
    { what: 'appends per CPU-second, 256 producers, 50,000 streams', wanted: 1, ...perCpuSecond },
    { what: 'appends per second', ...perSecond },
  ];
}
