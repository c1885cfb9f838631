import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import type { RightsRow } from '../../src/platform/record/principal.js';
import { rights } from '../../src/rights.js';
import { writesMissing } from '../golden/runs.js';

const file = new URL('rights.golden.txt', import.meta.url);

function who(row: RightsRow): string {
  if ('open' in row) return 'anybody';
  if ('roles' in row) return row.roles.join(', ');
  return `for its party: ${row.direct.join(', ')}; in its name: ${row.attributed.join(', ') || 'nobody'}`;
}

/** `GOLDEN_WRITE=1` writes it where it is missing; what changes in it is read line by line. */
it('Who may call what is as it was read and found right', () => {
  const lines = Object.entries(rights).map(([operation, row]) => `${operation}: ${who(row)}\n`);
  const table = lines.toSorted().join('');
  if (writesMissing && !existsSync(file)) writeFileSync(file, table);
  expect(table).toBe(readFileSync(file, 'utf8'));
});
