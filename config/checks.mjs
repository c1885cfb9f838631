import { spawn } from 'node:child_process';
import process from 'node:process';

/** What a tree has to pass before its tests are worth running, the longest first: each has one core, and there are two. */
const checks = ['types', 'format:check', 'imports', 'lint', 'dead'];
const atOnce = 2;

/** Its output is shown as a whole, so that two of them are not told in turns. */
function run(check) {
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '--silent', check], { stdio: ['ignore', 'pipe', 'pipe'] });
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (words) => said.push(words));
    child.on('close', (code) => {
      process.stdout.write(`${check}: ${code === 0 ? 'passed' : 'FAILED'}\n`);
      if (code !== 0) process.stdout.write(Buffer.concat(said));
      resolve(code === 0);
    });
  });
}

const waiting = [...checks];
const passed = [];

async function runAll() {
  for (let check = waiting.shift(); check !== undefined; check = waiting.shift())
    passed.push(await run(check));
}

await Promise.all(Array.from({ length: atOnce }, runAll));
process.exitCode = passed.every(Boolean) ? 0 : 1;
