import { describe, expect, it } from '@jest/globals';
import { columnsOf } from './index.js';

const measured: readonly (readonly [string, number])[] = [
  ['', 0],
  ['Istanbul', 8],
  ['Шесть объектов', 14],
  ['⟦U+202E⟧ “·”', 12],
  ['e\u0301', 1],
  ['\u200b\u200d\u2068\u2069', 0],
  ['漢字', 4],
  ['ﾊﾝｶｸ', 4],
  ['ＡＢ', 4],
  ['한국', 4],
  ['\u1112\u1161\u11ab', 2],
  ['か\u3099', 2],
  ['、。', 4],
  ['🤝', 2],
  ['❤', 1],
  ['❤\ufe0f', 2],
  ['🇷🇺', 2],
  ['क्ष', 2],
  ['مرحبا', 5],
];

describe('the columns that a terminal gives a text', () => {
  it.each(measured)('%j takes %i', (text, columns) => expect(columnsOf(text)).toBe(columns));

  it('are never fewer than a terminal takes that draws the parts of a joined emoji apart', () => {
    expect(columnsOf('👩\u200d🚀')).toBe(4);
  });
});
