import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { firstUnfit, isBlank, lengthOf, shownCharacters, shownOnOneLine } from './index.js';

const refused: readonly (readonly [string, string])[] = [
  ['\u0000', 'U+0000 (control character)'],
  ['\r', 'U+000D (carriage return; send a line feed alone)'],
  ['\u001b', 'U+001B (control character)'],
  ['\u007f', 'U+007F (control character)'],
  ['\u0085', 'U+0085 (control character)'],
  ['\u202a', 'U+202A (left-to-right embedding)'],
  ['\u202e', 'U+202E (right-to-left override)'],
  ['\u2067', 'U+2067 (right-to-left isolate)'],
  ['\u2069', 'U+2069 (pop directional isolate)'],
  ['\ufeff', 'U+FEFF (byte order mark)'],
  ['\ufdd0', 'U+FDD0 (noncharacter)'],
  ['\uffff', 'U+FFFF (noncharacter)'],
  ['\u{1fffe}', 'U+1FFFE (noncharacter)'],
  ['\u{e0041}', 'U+E0041 (tag character)'],
  ['\ud800', 'U+D800 (lone surrogate; send well-formed Unicode)'],
];

describe('characters that show something else than they are', () => {
  it.each(refused)('%j is named with its place', (character, name) => {
    expect(firstUnfit(`🤝a${character}b`)).toEqual({ name, place: 3 });
  });

  it.each(['', 'a\nb\tc', 'مرحبا\u200f', 'क्\u200dष', '👩\u200d🚀', '\u2028', 'é'])('%j is taken', (text) => {
    expect(firstUnfit(text)).toBeUndefined();
    expect(shownCharacters(text)).toBe(text);
  });

  it('are shown by their code, and what is shown holds none of them', () => {
    expect(shownCharacters('Russia pays \u202e000,1\u202c EUR')).toBe(
      'Russia pays ⟦U+202E⟧000,1⟦U+202C⟧ EUR',
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(firstUnfit(shownCharacters(text))).toBeUndefined();
        expect(shownCharacters(text) === text).toBe(firstUnfit(text) === undefined);
      }),
    );
  });
});

it('on one line nothing ends it', () => {
  expect(shownOnOneLine('a\nb\tc\u2028d\u0085')).toBe('a⟦U+000A⟧b⟦U+0009⟧c⟦U+2028⟧d⟦U+0085⟧');
});

describe('a text of nothing visible', () => {
  it.each(['', ' \n\t', '\u200b\u200d', '\u00ad', '\u3164', '\u2800', '\u115f\u1160', '\u2060', '\ufe0f'])(
    '%j is blank',
    (text) => expect(isBlank(text)).toBe(true),
  );
  it.each(['a', '.', '漢', '\u200ba', '🤝'])('%j is not', (text) => expect(isBlank(text)).toBe(false));
});

it('a length counts code points', () => {
  expect(lengthOf('🤝'.repeat(10_000))).toBe(10_000);
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => lengthOf(text) === Array.from(text).length));
});
