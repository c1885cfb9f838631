import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, it } from '@jest/globals';
import { compiledProgram } from '../faults/program.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'entente-bench-spec-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: { readonly bench: string };
};
const [, ...args] = (manifest.scripts.bench.split(' && ').at(-1) ?? '').split(' ');
const bench = (...more: string[]) => promisify(execFile)(process.execPath, [...args, ...more], { cwd: root });

/** Those that no other one is made of; `beside`, `start`, `growth`, `ledger`, `around` and `book` take what these try, and their time. */
const tried = ['commands', 'reads', 'append', 'rebuild', 'large'];

it('each kind of measurement runs to its end, product beside reference; how fast anything was is not judged here', async () => {
  await compiledProgram();
  const { stdout } = await bench(
    ...tried,
    '--rounds',
    '1',
    '--share',
    '0.002',
    '--sizes',
    '300',
    '--out',
    folder,
  );
  for (const name of tried) {
    expect(stdout).toContain(`${name}: 1 rounds`);
    const { figures } = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as {
      figures: readonly { readonly product: readonly number[]; readonly reference: readonly number[] }[];
    };
    for (const { product, reference } of figures)
      expect([product, reference].map((one) => one.length)).toEqual([1, 1]);
  }
});

it('a measurement that does not exist is refused with those that do', async () => {
  await expect(bench('comands')).rejects.toMatchObject({
    stderr:
      'There is no measurement comands; there are: commands, reads, beside, append, start, rebuild, growth, large, ledger, around, book.\n',
  });
});
