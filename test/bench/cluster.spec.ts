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
  scripts: { readonly 'bench:cluster': string };
};

it('the measurement of a cluster beside SQLite runs to its end; how fast anything was is not judged here', async () => {
  await compiledProgram();
  const [, ...args] = (manifest.scripts['bench:cluster'].split(' && ').at(-1) ?? '').split(' ');
  const few = ['--rounds', '1', '--acts', '2', '--connections', '2', '--rebuilds', '0', '--out', folder];
  const { stdout } = await promisify(execFile)(process.execPath, [...args, ...few], { cwd: root });
  expect(stdout).toMatch(/acts per CPU-second, 2 connections .*ratio/);
  const { rows } = JSON.parse(readFileSync(join(folder, 'cluster.json'), 'utf8')) as {
    rows: readonly { readonly sqlite: readonly number[]; readonly cluster: readonly number[] }[];
  };
  expect(rows.map(({ sqlite, cluster }) => [sqlite.length, cluster.length])).toEqual([[1, 1]]);
});
