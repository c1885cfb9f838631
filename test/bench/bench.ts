import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { endAll } from '../faults/child.js';
import { appendFigures } from './append.js';
import { aroundFigures } from './around.js';
import { bookFigures } from './book.js';
import { commandFigures } from './commands.js';
import { tableOf } from './figures.js';
import type { Figure, Run } from './figures.js';
import { growthFigures } from './growth.js';
import { largeFigures } from './large.js';
import { ledgerShareFigures } from './ledger-share.js';
import { endReferences, pin } from './processes.js';
import { rebuildFigures } from './rebuild.js';
import { besideFigures, readFigures } from './reads.js';
import { startFigures } from './start.js';

/**
 * `npm run bench [name …] [-- --quick]`: each figure of the product beside a bare program that does the same, in one
 * alternating run. Prints a table and writes JSON; judges nothing, for the machines are shared and noisy.
 */
const measurements: Readonly<Record<string, (run: Run) => Promise<readonly Figure[]>>> = {
  commands: commandFigures,
  reads: readFigures,
  beside: besideFigures,
  append: appendFigures,
  start: startFigures,
  rebuild: rebuildFigures,
  growth: growthFigures,
  large: largeFigures,
  ledger: ledgerShareFigures,
  around: aroundFigures,
  book: bookFigures,
};
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    share: { type: 'string' },
    /** How many events the data sets have, the smallest first; up to 5,000,000 where there is time and room. */
    sizes: { type: 'string' },
    /** For the Node of the product: with `--cpu-prof` each thread leaves its profile in its folder, and `keep` keeps that. */
    options: { type: 'string', default: '' },
    keep: { type: 'boolean', default: false },
    out: { type: 'string', default: fileURLToPath(new URL('../../coverage/bench', import.meta.url)) },
  },
});
const unknown = positionals.filter((one) => !Object.hasOwn(measurements, one));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no measurement ${unknown.join(', ')}; there are: ${Object.keys(measurements).join(', ')}.\n`,
  );
  process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), 'entente-bench-'));
const run: Run = {
  folder,
  options: values.options,
  rounds: Number(values.rounds ?? (values.quick ? 2 : 5)),
  share: Number(values.share ?? (values.quick ? 0.2 : 1)),
  sizes: (values.sizes ?? (values.quick ? '1000,10000' : '10000,100000')).split(',').map(Number),
  say: (words) => void process.stderr.write(`… ${words}\n`),
};
pin(process.pid, 1);
try {
  mkdirSync(values.out, { recursive: true });
  for (const name of positionals.length > 0 ? positionals : Object.keys(measurements)) {
    const figures = (await measurements[name]?.(run)) ?? [];
    process.stdout.write(`\n${name}: ${run.rounds} rounds, medians and (least–most)\n${tableOf(figures)}\n`);
    writeFileSync(
      join(values.out, `${name}.json`),
      `${JSON.stringify({ ...run, folder: undefined, figures }, null, 2)}\n`,
    );
  }
} finally {
  await endAll();
  endReferences();
  if (values.keep) process.stdout.write(`Left in ${folder}.\n`);
  else rmSync(folder, { recursive: true, force: true });
}
