import { describe, expect, it } from '@jest/globals';
import { textOf } from './file-rows.js';

describe('The text of a file of rows', () => {
  async function read(...parts: (string | Uint8Array)[]): Promise<string> {
    const bytes = Buffer.concat(parts.map((part) => Buffer.from(part)));
    let text = '';
    for await (const piece of textOf(
      (async function* () {
        yield bytes;
      })(),
    ))
      text += piece;
    return text;
  }

  const latin = Uint8Array.of(0xe9);
  const many = 'é\n'.repeat(20_000);

  it('is asked for where the file is a workbook', async () => {
    await expect(read(Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 0x14, 0xff))).rejects.toMatchObject({
      kind: { code: 'IMPORT_UNREADABLE' },
      detail: 'It is a workbook, or another packed file: save it as CSV, in UTF-8.',
    });
  });

  it('is read a piece at a time, also where a character stands in two', async () => {
    expect(await read('a', many)).toBe(`a${many}`);
  });

  it.each([
    ['in the first line', [latin, '\n'], 1],
    ['in the third', ['a\né\n', latin, 'x\n', latin], 3],
    ['far behind', ['a', many, 'b\n', latin, '\n'], 20_002],
    ['where two pieces meet', ['\n', 'a'.repeat(16 * 1024 - 2), Uint8Array.of(0xc3), 'b\nc\n'], 2],
    ['cut off at the end', ['a\n', Uint8Array.of(0xc3)], 2],
  ])('is refused by the line that is not UTF-8: %s', async (_, parts, line) => {
    await expect(read(...parts)).rejects.toMatchObject({
      detail: `Line ${line} is not UTF-8: save the file as UTF-8. One of Windows is often in Windows-1252.`,
    });
  });
});
