import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { format } from 'prettier';
import { draws } from '../support/runs.js';
import { disputes } from './all.js';
import { saidOf } from './telling.js';

const file = new URL('gaps.md', import.meta.url);
const beginning = `# What the record can't say of six public disputes

Each was entered act by act (\`test/disputes\`). What follows happened, is publicly known, and has no place there.
Drawn from the data: \`DRAW=1 npm test -- test/disputes/gaps\` writes it anew.`;

it('gaps.md names every place at which the record of a dispute can’t say what happened', async () => {
  const told = disputes.map(({ name, make, gaps }) => {
    const list = gaps.map((one) => `- ${saidOf(one)}`).join('\n');
    return `## ${name}\n\nOf its make: ${make}.\n\n${list}`;
  });
  const drawn = await format([beginning, ...told].join('\n\n'), {
    parser: 'markdown',
    proseWrap: 'preserve',
  });
  if (draws) writeFileSync(file, drawn);
  else expect(readFileSync(file, 'utf8')).toBe(drawn);
});
