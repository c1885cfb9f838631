import { describe, expect, it } from '@jest/globals';
import { excerptOf, matchBegins, matchEnds, textOf } from './index.js';

/** `[` and `]` in the place of the marks. */
const marked = (text: string) => text.replaceAll('[', matchBegins).replaceAll(']', matchEnds);
const shownAgain = (text: string, asWritten: string | null = null) =>
  excerptOf(marked(text), asWritten)
    .map((one) => (one.isMatch ? `[${one.text}]` : one.text))
    .join('');
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
    expect(cut.length).toBeLessThan(280);
    expect(shownAgain(`[match] ${long}`)).toMatch(/^\[match\] one .*\S …$/);
  });

  it('cuts a text without gaps somewhere, and keeps the match whole', () => {
    const text = 'x'.repeat(500);
    expect(shownAgain(`${text}[match]${text}`)).toMatch(/^… x{60}\[match\]x+ …$/);
    expect(shownAgain(`[${text}]`)).toBe(`[${text}]`);
  });

  it('shows what people wrote, not what is searched', () => {
    expect(shownAgain('in [Istanbul] it was', 'in İstanbul ıt was')).toBe('in [İstanbul] ıt was');
  });

  it('of what did not match is empty', () => {
    expect(textOf(excerptOf('nothing', null))).toBe('');
  });
});
