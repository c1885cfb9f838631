import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { format } from 'prettier';
import { draws } from '../support/runs.js';
import { eventsTable } from '../support/events-table.js';

const file = new URL('../../ARCHITECTURE.md', import.meta.url);
const [begin, end] = ['<!-- events: drawn from the declarations -->', '<!-- end of events -->'];

it('ARCHITECTURE.md names every event with its fields, its command, who may give it, and what refuses it', async () => {
  const text = readFileSync(file, 'utf8');
  const [before = '', rest = ''] = text.split(begin);
  const [table = '', after = ''] = rest.split(end);
  const drawn = await format(eventsTable(), { parser: 'markdown', proseWrap: 'preserve' });
  if (draws) writeFileSync(file, `${before}${begin}\n\n${drawn.trim()}\n\n${end}${after}`);
  else expect(table.trim()).toBe(drawn.trim());
});
