import { describe, expect, it } from '@jest/globals';
import { lengthOf } from '#libs/characters';
import * as fc from 'fast-check';
import { excerptOf, matchesIn, termsOf, textOf } from './index.js';
import type { Piece } from './index.js';

const bracketed = (pieces: readonly Piece[]) =>
  pieces.map((one) => (one.isMatch ? `[${one.text}]` : one.text)).join('');
/** The excerpt of a text in which `[` and `]` stand around what matches. */
function shownAgain(text: string): string {
  const matches = [...text.matchAll(/\[([^\]]*)\]/g)].map(({ index, 1: match = '' }, earlier) => {
    const from = index - 2 * earlier;
    return { from, to: from + match.length };
  });
  return bracketed(excerptOf(text.replaceAll(/[[\]]/g, ''), matches));
}
const found = (text: string, query: string) => excerptOf(text, matchesIn(text, termsOf(query)));
const long = 'one two three four five six seven eight nine ten '.repeat(12);

describe('an excerpt', () => {
  it('is the whole wording where that is short, with all that matched', () => {
    expect(shownAgain('a [b] c [b]')).toBe('a [b] c [b]');
  });

  it('of a long wording is cut between words, on either side, and says so', () => {
    const cut = shownAgain(`${long}[match] ${long}`);
    expect(cut).toMatch(/^… (one|two|three|four|five|six|seven|eight|nine|ten) .*\[match\] .* \S+ …$/);
    expect(
      cut
        .replace(/^… | …$/g, '')
        .split(' ')
        .every((word) => `${long}[match]`.includes(word)),
    ).toBe(true);
    expect(cut.length).toBeLessThanOrEqual(240);
    expect(cut.length).toBeGreaterThan(210);
    expect(shownAgain(`[match] ${long}`)).toMatch(/^\[match\] one .*\S …$/);
  });

  it('cuts a text without gaps somewhere, and keeps the match whole', () => {
    const text = 'x'.repeat(500);
    expect(shownAgain(`${text}[match]${text}`)).toMatch(/^… x{60}\[match\]x+ …$/);
    expect(shownAgain(`[${text}]`)).toBe(`[${'x'.repeat(238)}] …`);
  });

  it('shows what people wrote, not what is searched', () => {
    expect(bracketed(found('in İstanbul ıt was', 'ISTANBUL'))).toBe('in [İstanbul] ıt was');
    expect(bracketed(found('die Straße, ﬁnd ｆｕｌｌ', 'strasse find full'))).toBe(
      'die [Straße], [ﬁnd] [ｆｕｌｌ]',
    );
    expect(bracketed(found('外务省签证的问题', '签证'))).toBe('外务省[签证]的问题');
    expect(bracketed(found('co\u00adope\u00adration', 'cooperation'))).toBe('[co\u00adope\u00adration]');
  });

  it('of what did not match is empty', () => {
    expect(textOf(excerptOf('nothing', []))).toBe('');
    expect(textOf(found('nothing', 'something'))).toBe('');
  });

  it('is not confused by characters for private use, nor by those that turn the direction', () => {
    expect(bracketed(found('a \ue000b\ue001 c', 'c'))).toBe('a \ue000b\ue001 [c]');
    expect(bracketed(found('pays \u202e000,1\u202c EUR', 'eur'))).toBe('pays \u202e000,1\u202c [EUR]');
  });
});

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const charactersOf = (text: string) => [...graphemes.segment(text)].map(({ segment }) => segment);

/** Whether the excerpt is, between its ellipses, a run of whole characters of the text. */
function isOfWholeCharacters(excerpt: string, text: string): boolean {
  const inner = excerpt.replace(/^… /u, '').replace(/ …$/u, '');
  const places = new Set([...graphemes.segment(text)].map(({ index }) => index)).add(text.length);
  for (let place = text.indexOf(inner); place !== -1; place = text.indexOf(inner, place + 1))
    if (places.has(place) && places.has(place + inner.length)) return true;
  return false;
}

const families = ['👩‍👩‍👧‍👦', '🇷🇺', 'e\u0301\u0323', '👍🏽', 'क्षि', '각', 'กำ', '𠮷'];

describe('a cut', () => {
  it.each(families)('never goes through a character: %s', (character) => {
    for (const ahead of [0, 1, 2, 3]) {
      const text = `${'x'.repeat(ahead)}${character.repeat(200)} match ${character.repeat(200)}`;
      const excerpt = textOf(found(text, 'match'));
      expect(excerpt).toContain(' match ');
      expect(lengthOf(excerpt)).toBeLessThanOrEqual(240);
      expect(lengthOf(excerpt)).toBeGreaterThan(180);
      expect(isOfWholeCharacters(excerpt, text)).toBe(true);
    }
  });

  it('leaves out what is longer than an excerpt and is still one character', () => {
    const text = `so ${'a'.repeat(3)}${'\u0301'.repeat(300)} match`;
    expect(shownAgain(`so [aaa${'\u0301'.repeat(300)}] match`)).toBe('so [aa] …');
    expect(isOfWholeCharacters(textOf(found(text, 'so')), text)).toBe(true);
    expect(textOf(found(text, 'match'))).toBe('…  match');
  });

  it('gives at most 240 code points of well-formed text, whatever the text and the matches', () => {
    const unit = fc.constantFrom(
      ...families,
      'a',
      'b',
      ' ',
      '\n',
      '\u0301',
      '\u200d',
      '\u202e',
      '漢',
      '🙂',
      '\ud800',
    );
    const texts = fc.array(unit, { maxLength: 700 }).map((all) => all.join(''));
    fc.assert(
      fc.property(
        texts,
        fc.array(fc.tuple(fc.nat(2000), fc.nat(400)), { minLength: 1, maxLength: 5 }),
        (text, at) => {
          const shown = text.toWellFormed();
          const matches = at
            .map(([from, length]) => ({ from, to: Math.min(from + length + 1, shown.length) }))
            .filter(({ from, to }) => from < to);
          const pieces = excerptOf(shown, matches);
          const excerpt = textOf(pieces);
          expect(pieces.length > 0).toBe(matches.length > 0);
          expect(lengthOf(excerpt)).toBeLessThanOrEqual(240);
          expect(excerpt.isWellFormed()).toBe(true);
          if (matches.length > 0) expect(isOfWholeCharacters(excerpt, shown)).toBe(true);
          const whole = new Set(charactersOf(shown));
          for (const { text: marked } of pieces.filter(({ isMatch }) => isMatch))
            expect(charactersOf(marked).every((one) => whole.has(one))).toBe(true);
        },
      ),
    );
  });
});
