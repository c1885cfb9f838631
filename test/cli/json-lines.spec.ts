import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { jsonLinesOf } from '../../src/cli/json-lines.js';

async function* chunksOf(bytes: Uint8Array, ends: readonly number[]): AsyncGenerator<Uint8Array> {
  const places = [...new Set(ends.map((one) => one % (bytes.length + 1)))].sort((a, b) => a - b);
  let from = 0;
  for (const to of [...places, bytes.length]) {
    yield bytes.subarray(from, to);
    from = to;
  }
}

const read = (text: string, ends: readonly number[] = []) =>
  Array.fromAsync(jsonLinesOf(chunksOf(new TextEncoder().encode(text), ends)));

const endings = fc.constantFrom(
  '\u2028',
  '\u2029',
  '\u0085',
  '\r',
  '\n',
  '\u000b',
  '\u000c',
  '漢',
  '🤝',
  'é',
);

describe('JSON that comes line by line', () => {
  it('is what was sent, whatever ends lines elsewhere and wherever the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: fc.oneof(endings, fc.string({ unit: 'binary', maxLength: 1 })) })),
        fc.array(fc.nat()),
        async (texts, ends) => {
          const said = texts.map((text) => text.toWellFormed());
          const sent = said.map((text) => `${JSON.stringify({ text })}\n`).join('');
          expect(await read(sent, ends)).toEqual(said.map((text) => ({ text })));
        },
      ),
    );
  });

  it('that broke off is not taken for the whole', async () => {
    await expect(read('{"a":1}\n{"a":')).rejects.toThrow(/broke off in the middle/);
    await expect(read('{"a":1}\n{"a":2}')).rejects.toThrow(/broke off in the middle/);
    expect(await read('')).toEqual([]);
  });
});
