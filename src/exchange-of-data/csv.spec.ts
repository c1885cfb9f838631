import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { csvLine } from './csv-writing.js';
import { rowsOf } from './file-rows.js';
import type { Read } from './row.js';

/** The bytes cut wherever a network cuts them. */
async function* inPieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const read = (text: string, size = 7): Promise<Read[]> =>
  Array.fromAsync(rowsOf(inPieces(text, size), 'csv'));
const nasty = fc.constantFrom(
  '=',
  '+',
  '-',
  '@',
  "'",
  '"',
  ',',
  ';',
  '\t',
  '\r\n',
  '\n',
  ' ',
  'é',
  '語',
  '\u{1F600}',
  'a',
  '|',
);
const cell = fc.array(nasty, { maxLength: 8 }).map((parts) => parts.join(''));

describe('A cell', () => {
  it('is read as it was written, whatever stands in it and wherever the file is cut', async () => {
    const property = fc.asyncProperty(
      cell,
      cell,
      fc.integer({ min: 1, max: 9 }),
      async (one, other, size) => {
        const rows = await read(csvLine(['first', 'second', 'last']) + csvLine([one, other, 'x']), size);
        const said = Object.entries({ first: one, second: other, last: 'x' }).filter(
          ([, text]) => text.trim() !== '',
        );
        expect(rows).toEqual([{ line: 2, isText: true, values: Object.fromEntries(said) }]);
      },
    );
    await fc.assert(property);
  });

  it('is never one that a spreadsheet would run', () => {
    fc.assert(
      fc.property(cell, (text) => {
        expect(csvLine([text])).not.toMatch(/^"?[=+\-@\t\r](?!\n$)/);
      }),
    );
  });

  it('stands on the line on which its row begins, also after rows of several lines and empty ones', async () => {
    const rows = await read('a;b\r\n1;"x\r\ny"\r\n\r\n;\r\n2;3\n4;5');
    expect(rows.map(({ line }) => line)).toEqual([2, 6, 7]);
  });
});
