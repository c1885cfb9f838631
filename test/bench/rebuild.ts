import { execFile } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { copyOf, dataSet } from './data-set.js';
import { alternate } from './figures.js';
import type { Figure, Run } from './figures.js';
import { MeasuredServer } from './measured-server.js';
import { memoryOf } from './processes.js';

const pages = fileURLToPath(new URL('./reference/pages.mjs', import.meta.url));

/** As whoever has 256 MB for it starts it: without a bound V8 lets garbage lie for as long as there is room. */
const bounded = '--max-old-space-size=96 --max-semi-space-size=4';

/** All read models from nothing, beside reading and parsing the same store; each size in a process of its own. */
export async function rebuildFigures({
  folder,
  rounds,
  sizes,
  say,
  options,
}: Run): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const size of sizes) {
    const place = copyOf(await dataSet(size, say), join(folder, `rebuild-${size}`));
    const views = ['', '-wal', '-shm'].map((ending) => join(place, `views.sqlite${ending}`));
    const memory: { readonly product: number[]; readonly reference: number[] } = {
      product: [],
      reference: [],
    };
    const disk: { readonly product: number[]; readonly reference: number[] } = { product: [], reference: [] };
    const store = join(place, 'store.sqlite');
    const parse = async (): Promise<{ readonly cpuSeconds: number; readonly events: number }> => {
      const { stdout } = await promisify(execFile)(process.execPath, [
        '--disable-warning=ExperimentalWarning',
        pages,
        store,
      ]);
      return JSON.parse(stdout) as { cpuSeconds: number; events: number };
    };
    const { events } = await parse();
    say(`read models of ${events} events`);
    const build = async (nodeOptions: string) => {
      for (const one of views) rmSync(one, { force: true });
      const server = await new MeasuredServer(place, undefined, nodeOptions).start();
      await server.ready();
      const spent = { cpuSeconds: server.cpuSeconds(), mib: memoryOf(server.child.pid, 'most') };
      await server.stop();
      return spent;
    };
    const perCpuSecond = await alternate(
      Math.min(rounds, 3),
      async () => {
        const { cpuSeconds } = await build(options);
        disk.product.push(statSync(views[0] ?? '').size / 2 ** 20);
        return events / cpuSeconds;
      },
      async () => {
        const { cpuSeconds } = await parse();
        disk.reference.push(statSync(store).size / 2 ** 20);
        return events / cpuSeconds;
      },
    );
    memory.product.push((await build(bounded)).mib);
    memory.reference.push(256);
    figures.push(
      { what: `${events} events: into read models per CPU-second`, wanted: 0.15, ...perCpuSecond },
      { what: `${events} events: memory at most, MiB, of 256, heap of 96`, wanted: 1, cost: true, ...memory },
      { what: `${events} events: read models, MiB, to the store`, wanted: 3, cost: true, ...disk },
    );
    rmSync(place, { recursive: true });
  }
  return figures;
}
