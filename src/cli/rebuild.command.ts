import { withRecord } from './opened.js';
import { recordIn } from './settings.js';
import type { CommonOptions } from './settings.js';

const barWidth = 30;

function bar(done: number, whole: number): string {
  const filled = whole <= 0 ? barWidth : Math.round((barWidth * Math.min(done, whole)) / whole);
  return `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}`;
}

/** Builds every read model anew beside the old ones and swaps them; nothing of the store is changed. */
export async function rebuild(options: CommonOptions): Promise<void> {
  const directory = recordIn(options);
  const isTerminal = process.stdout.isTTY;
  let current = '';
  await withRecord(directory, (record) =>
    record.projections.rebuild('all', ({ name, seq, head }) => {
      const line = `${name.padEnd(14)} ${bar(seq + 1, head + 1)} ${seq + 1} of ${head + 1}`;
      if (isTerminal) process.stdout.write(`${current !== '' && current !== name ? '\n' : ''}\r${line}`);
      else if (seq === head) process.stdout.write(`${line}\n`);
      current = name;
    }),
  );
  process.stdout.write(`${isTerminal ? '\n' : ''}Every read model of ${directory} is built anew.\n`);
}
