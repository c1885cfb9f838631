import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { stripVTControlCharacters } from 'node:util';
import { columnsOf, firstUnfit } from '#libs/characters';
import { shown, written } from '../../src/cli/shown.js';
import { inkFor, wrapped } from '../../src/cli/timeline-ink.js';

const words = fc.string({
  unit: fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    fc.constantFrom(' ', '\n', '\t', '\u2028', '\u2029', '\u0085', '\r', 'word ', 'ab'),
    fc.constantFrom('\u001b[31m', '\u001b]8;;https://example.org\u0007', '\u009b1A', '\u001b[?1049h', '\b'),
    fc.constantFrom('\u202e', '\u2067', '\u2069', '\ufeff', '\u{e0041}', '\ud800', '\ufdd0'),
    fc.constantFrom('漢字', '한국어', 'e\u0301', '👩\u200d🚀', '❤\ufe0f', '🇷🇺', 'क्ष', 'שלום', 'مرحبا '),
  ),
});
const between = /\u2068[^\u2068\u2069]*\u2069/g;
const lineEnd = /[\n\r\u0085\u2028\u2029]/;

describe('What somebody wrote, in a terminal', () => {
  it('keeps to the width, ends no line but by breaking it, and steers nothing', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 40, max: 80 }), fc.boolean(), (text, width, colours) => {
        const ink = inkFor([], colours);
        for (const line of wrapped(shown`by RU: “${ink.paint('bold', written(text))}” · 3`, width)) {
          const bare = colours ? stripVTControlCharacters(line) : line;
          expect(columnsOf(bare)).toBeLessThanOrEqual(width);
          expect(bare).not.toMatch(lineEnd);
          expect(firstUnfit(bare.replace(between, ''))).toBeUndefined();
        }
      }),
    );
  });

  it('is painted in our colours only', () => {
    fc.assert(
      fc.property(words, (text) => {
        const ours = wrapped(inkFor([], true).paint('bold', written(text)), 60).join('\n');
        // eslint-disable-next-line no-control-regex -- our own escapes are what is looked for.
        expect(ours.replace(/\u001b\[(1|22)m/g, '')).not.toContain('\u001b');
      }),
    );
  });

  it('breaks where the text itself does, and keeps a line that the text leaves empty', () => {
    expect(wrapped(written('One.\u2028Two.\n\nThree.'), 60)).toEqual(['One.', 'Two.', '', 'Three.']);
    expect(wrapped(written(' \t '), 60)).toEqual([]);
  });

  it('counts the columns that it takes, and cuts no character in two', () => {
    expect(wrapped(written('漢'.repeat(10)), 7)).toEqual(['漢漢漢', '漢漢漢', '漢漢漢', '漢']);
    expect(wrapped(written('e\u0301'.repeat(5)), 3)).toEqual(['e\u0301'.repeat(3), 'e\u0301'.repeat(2)]);
    expect(wrapped(written('🤝🤝 🤝'), 4)).toEqual(['🤝🤝', '🤝']);
  });

  it('from right to left stands apart on every line that it takes', () => {
    expect(wrapped(shown`“${written('שלום שלום שלום')}” 3`, 11)).toEqual([
      '“\u2068שלום שלום\u2069',
      '\u2068שלום\u2069” 3',
    ]);
  });
});
