import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { CsvRecords } from './csv-records.js';
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

  it('is read as a reader that others wrote reads it, and refused where that one refuses it', () => {
    const asOthers = (text: string) =>
      parse(text, {
        record_delimiter: ['\r\n', '\n', '\r'],
        relax_column_count: true,
        skip_empty_lines: true,
      }) as unknown as readonly (readonly string[])[];
    const asHere = (text: string, at: number) => {
      const records = new CsvRecords(',');
      const pieces = [text.slice(0, at), text.slice(at)];
      return [...pieces.flatMap((one) => [...records.take(one)]), ...records.end()];
    };
    const orRefused = (read: () => unknown) => {
      try {
        return read();
      } catch {
        return 'refused';
      }
    };
    const csv = fc.array(fc.constantFrom('"', '"', ',', '\r\n', '\n', '\r', 'a', ' '), { maxLength: 14 });
    const property = fc.property(csv, fc.nat(14), (parts, at) => {
      const text = parts.join('');
      const read = orRefused(() => asHere(text, at).map(({ cells }) => cells));
      expect(read).toEqual(orRefused(() => asOthers(text)));
    });
    fc.assert(property, { numRuns: 1_000 });
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
    expect((await read('\r\n\na;b\r1;2')).map(({ line }) => line)).toEqual([4]);
  });
});

describe('A file in which next to nothing stands', () => {
  const mebibyte = 1024 * 1024;
  const read = async (begin: string, fill: string, format: 'csv' | 'jsonl') => {
    async function* bytes() {
      yield Buffer.from(begin);
      // As the store gives them: one piece after the other without a pause.
      for (let at = 0; at < 8; at += 1) yield Buffer.alloc(mebibyte, fill);
    }
    let turns = 0;
    const others = setInterval(() => (turns += 1), 0);
    try {
      await Array.fromAsync(rowsOf(bytes(), format));
      return { turns };
    } catch (error) {
      return { turns, refused: (error as { readonly detail?: string }).detail };
    } finally {
      clearInterval(others);
    }
  };

  it.each([
    ['lines', '', '\n', 'jsonl', /more than 1,048,576 lines/],
    ['lines of a table', 'act\n', '\n', 'csv', /more than 1,048,576 lines/],
    ['rows without a cell', 'act\n', ',\n', 'csv', /more than 1,048,576 lines/],
    ['cells of one row', 'act\n', ',', 'csv', /line 2 has more than 1,000 cells/],
    ['one cell', 'act\n', ' ', 'csv', /line 2 has more than 256 KiB/],
  ] as const)('%s without end: is refused, and others have their turn meanwhile', async (...given) => {
    const [, begin, fill, format, because] = given;
    const { turns, refused } = await read(begin, fill, format);
    expect(refused).toMatch(because);
    if (fill.includes('\n')) expect(turns).toBeGreaterThan(5);
  });
});
