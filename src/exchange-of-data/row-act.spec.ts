import { describe, expect, it } from '@jest/globals';
import { Acts } from './acts.js';
import { actOfRow } from './row-act.js';

describe('A row that says of nothing what it is', () => {
  it('is told how to say it, in the file and on the command line', () => {
    const row = { line: 2, isText: true, values: { 'title.en': 'The summer residence' } };
    const mapping = { columns: {}, constants: {}, values: {} };
    expect(() => actOfRow(new Acts([]), row, mapping)).toThrow(/in a column “act”.*--act/);
  });
});
