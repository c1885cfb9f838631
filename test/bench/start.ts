import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { alternate } from './figures.js';
import type { Figure, Run } from './figures.js';
import { MeasuredServer } from './measured-server.js';
import { cpuSecondsOf, Reference, memoryOf } from './processes.js';

/** By then what the start left behind is given back. */
const atRestAfterMs = 15_000;

/** From nothing to the first answer, on an empty record, by CPU-seconds and by the clock; and what it then holds. */
export async function startFigures({ folder, rounds, say }: Run): Promise<readonly Figure[]> {
  say('start to first answer');
  const answers = join(folder, 'livez.json');
  writeFileSync(answers, JSON.stringify({ '/livez': { body: '{"status":"ok"}' } }));
  const clock: { readonly product: number[]; readonly reference: number[] } = { product: [], reference: [] };
  const memory: { readonly product: number[]; readonly reference: number[] } = { product: [], reference: [] };
  const empty = join(folder, 'start');
  await (await new MeasuredServer(empty, undefined).start()).stop();
  const cpu = await alternate(
    rounds,
    async () => {
      const began = performance.now();
      const server = await new MeasuredServer(empty, undefined).start();
      await (await fetch(`${server.url}/livez`)).text();
      clock.product.push(performance.now() - began);
      const spent = server.cpuSeconds();
      await server.ready();
      await new Promise((resolve) => void setTimeout(resolve, atRestAfterMs));
      memory.product.push(memoryOf(server.child.pid, 'now'));
      await server.stop();
      return spent;
    },
    async () => {
      const began = performance.now();
      const reference = await Reference.start('answers.mjs', [answers]);
      await (await fetch(`${reference.url}/livez`)).text();
      clock.reference.push(performance.now() - began);
      const spent = cpuSecondsOf(reference.pid);
      memory.reference.push(memoryOf(reference.pid, 'now'));
      await reference.stop();
      return spent;
    },
  );
  return [
    { what: 'start to first answer, ms', wanted: 2.5, cost: true, ...clock },
    { what: 'start to first answer, CPU-seconds', cost: true, ...cpu },
    { what: 'memory at rest, MiB (wanted ≤ 150)', cost: true, ...memory },
  ];
}
