import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isolated, isolatedLines, shownCharacters } from './index.js';

const between = /^\u2068([^\u2066-\u2069]*)\u2069$/;

describe('a text that runs from right to left', () => {
  it.each(['שלום', 'مرحبا 3', 'a אב', 'ދިވެހި', '\u{1e900}', 'x\u200f'])('%j stands for itself', (text) => {
    expect(between.exec(isolated(text))?.[1]).toBe(text);
  });

  it.each(['', 'Statement of 10 April', 'Шесть', '漢字', 'क्ष', '🤝 3'])('%j needs nothing', (text) => {
    expect(isolated(text)).toBe(text);
  });

  it('can’t end what surrounds it', () => {
    expect(isolated('א\u2069 3')).toBe('\u2068א⟦U+2069⟧ 3\u2069');
  });

  it('holds nothing but what is shown of it, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = isolated(text);
        expect(between.exec(shown)?.[1] ?? shown).toBe(shownCharacters(text));
      }),
    );
  });
});

it('on several lines it begins and ends on each', () => {
  expect(isolatedLines(['a “\u2068אב', 'גד', 'הו\u2069” b', 'c'])).toEqual([
    'a “\u2068אב\u2069',
    '\u2068גד\u2069',
    '\u2068הו\u2069” b',
    'c',
  ]);
});
