import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { run } from '../faults/child.js';
import { environmentOf } from '../faults/environment.js';
import { compiledProgram } from '../faults/program.js';
import { slowness } from '../support/pace.js';
import { expectSuccess } from './expectations.js';
import { Folders } from './folders.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const withinMs = 5_000;
const folders = new Folders();
const checkout = folders.in('checkout');
const left = new Set<number>();

/** The scripts as they stand, over the program as it stands: built already, so that no test waits for a build. */
beforeAll(async () => {
  const program = dirname(dirname(await compiledProgram()));
  mkdirSync(checkout);
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const scripts = { ...manifest.scripts, build: 'true' };
  writeFileSync(join(checkout, 'package.json'), JSON.stringify({ ...manifest, scripts }));
  symlinkSync(program, join(checkout, 'dist'));
  symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'));
});

afterAll(() => {
  for (const group of left) endGroup(group, 'SIGKILL');
  folders.remove();
});

function endGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, signal);
  } catch {
    return false;
  }
}

interface Started {
  readonly npm: ChildProcess;
  readonly group: number;
  readonly ended: Promise<unknown[]>;
}

/** In a group of its own, as a terminal or a supervisor starts it; resolves once the server listens. */
async function started(args: readonly string[], data: string): Promise<Started> {
  const env = environmentOf({ ENTENTE_DATA: folders.in(data), ENTENTE_PORT: '0', ENTENTE_LOG: 'error' });
  const npm = spawn('npm', args, { cwd: checkout, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const group = npm.pid ?? 0;
  left.add(group);
  const ended = once(npm, 'exit');
  let printed = '';
  for (const stream of [npm.stdout, npm.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  while (!/\/docs/.test(printed)) {
    if (npm.exitCode !== null) throw new Error(`It ended before it served:\n${printed}`);
    await Promise.race([once(npm.stdout, 'data'), once(npm.stderr, 'data'), ended]);
  }
  return { npm, group, ended };
}

const scripts: readonly (readonly [string, readonly string[]])[] = [
  ['npm start', ['start']],
  ['npm run entente -- serve', ['run', 'entente', '--', 'serve']],
  ['npm run demo', ['run', 'demo', '--', '--data', folders.in('demo'), '--port', '0']],
];

/** A supervisor signals whom it started, a terminal the whole group, and either may do the other. */
const ways = [
  ['SIGTERM', 'npm alone'],
  ['SIGINT', 'the whole group'],
  ['SIGTERM', 'the whole group'],
  ['SIGINT', 'npm alone'],
] as const;
const cases = scripts.flatMap(([name, args], index) =>
  ways.slice(0, index === 1 ? 4 : 2).map(([signal, whom]) => ({ name, args, signal, whom })),
);

describe('A server that was started through npm', () => {
  it.each(cases)(
    'ends in order, with all that was started for it: $name, $signal to $whom',
    async ({ name, args, signal, whom }) => {
      const data = `${name}-${signal}-${whom}`.replaceAll(' ', '-');
      expectSuccess(await run(['init', '--data', folders.in(data)], { cwd: checkout }));
      const { npm, group, ended } = await started(args, data);
      const before = slowness();
      const asked = performance.now();
      if (whom === 'npm alone') npm.kill(signal);
      else endGroup(group, signal);
      const [code] = await ended;
      const limitMs = withinMs * Math.max(before, slowness());
      while (endGroup(group, 0) && performance.now() - asked < limitMs) await turnOfTheLoop();
      expect({ code, isLeft: endGroup(group, 0) }).toEqual({ code: 0, isLeft: false });
      expect(performance.now() - asked).toBeLessThan(limitMs);
    },
  );
});
