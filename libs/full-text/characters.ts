import { foldedCharacter } from './letters.js';

/**
 * Scripts that put no gaps between words. Each of their characters is a word of its own, and what is looked for is a
 * phrase of them: lists of words by which to part them are never whole, and a name is on none. Korean puts gaps, but
 * joins particles to its words, and one word to another.
 */
const gapless =
  '\\p{Script=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{Script=Bopomofo}\\p{Script=Hangul}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';
const parts = new RegExp(` |[${gapless}]\\p{M}*|[^ ${gapless}]+`, 'gu');
const isGapless = new RegExp(`^[${gapless}]`, 'u');

/** What belongs to the character before it: marks, what is not visible, and the later parts of a Korean syllable. */
const extending =
  /[\p{M}\p{Default_Ignorable_Code_Point}\u1160-\u11ff\ud7b0-\ud7ff\uff9e\uff9f\u0e33\u0eb3]/u;

/** A piece of what a character is searched as; a space where the character ends a word. */
export interface Part {
  readonly text: string;
  /** Whether it is a word, whatever stands beside it. */
  readonly isWord: boolean;
}

function made(character: string): readonly Part[] {
  const found = foldedCharacter(character).match(parts) ?? [];
  return found.map((text) => ({ text, isWord: isGapless.test(text) }));
}

/** What was found out about a character is kept: of one code unit in its place, of more while there is room. */
const units = 0x10000;
const keptOfUnit: (readonly Part[] | undefined)[] = Array.from({ length: units });
const keptOfMore = new Map<string, readonly Part[]>();
const keptMax = 20_000;
const keptLongest = 4;
const keptExtending = new Int8Array(units);

/** The character between two places, as it is searched: in one part, in several, or in none. */
export function partsOf(text: string, from: number, to: number): readonly Part[] {
  if (to === from + 1) return (keptOfUnit[text.charCodeAt(from)] ??= made(text.slice(from, to)));
  const character = text.slice(from, to);
  const known = keptOfMore.get(character);
  if (known !== undefined) return known;
  const found = made(character);
  if (character.length <= keptLongest && keptOfMore.size < keptMax) keptOfMore.set(character, found);
  return found;
}

function isExtending(text: string, place: number): boolean {
  const unit = text.charCodeAt(place);
  if (unit < 0x80) return false;
  if (widthAt(text, place) > 1) return extending.test(text.slice(place, place + 2));
  const known = keptExtending[unit];
  if (known !== 0) return known === 1;
  const found = extending.test(String.fromCharCode(unit));
  keptExtending[unit] = found ? 1 : -1;
  return found;
}

function widthAt(text: string, place: number): number {
  const unit = text.charCodeAt(place);
  return unit >= 0xd800 && unit < 0xdc00 && place + 1 < text.length ? 2 : 1;
}

/** In code units; marks beyond that are taken for themselves, since to order many of them costs their square. */
const longest = 40;

/** Where the character that begins at the place ends, with what belongs to it. */
export function endOf(text: string, place: number): number {
  const furthest = Math.min(text.length, place + longest);
  let end = place + widthAt(text, place);
  while (end < furthest && isExtending(text, end)) end += widthAt(text, end);
  return end;
}
