/** Drawn on what they follow, or not at all; of Hangul, the vowels and finals that complete a syllable. */
const takesNone = /[\p{Mn}\p{Me}\u200b-\u200f\u2060-\u2064\u2066-\u2069\u1160-\u11ff\ud7b0-\ud7fb]/u;

/** What East Asian scripts are written with, and pictures. */
const takesTwo =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Yi}\p{Script=Tangut}\p{Script=Nushu}\p{Script=Khitan_Small_Script}\u3001-\u303e\u30fb\u30fc\u3190-\u33ff\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\p{Emoji_Presentation}]/u;

/** Of those, what is not: forms of half the width, and the letters of which two make a flag. */
const takesOne = /[\uff61-\uffdc\u{1f1e6}-\u{1f1ff}]/u;

/** Such as a heart, which is a letter's width until U+FE0F asks for the picture. */
const madePictures = /\p{Emoji}(?=\ufe0f)/gu;

function columnsOfOne(character: string): number {
  if (takesNone.test(character)) return 0;
  return takesTwo.test(character) && !takesOne.test(character) ? 2 : 1;
}

/**
 * How many columns a terminal gives a text without control characters. Where terminals differ, as with emoji that are
 * joined into one, it is the larger number: a line that is said to fit must not run over.
 */
export function columnsOf(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  const pictures = text.match(madePictures) ?? [];
  const widened = pictures.filter((one) => columnsOfOne(one) === 1).length;
  return Array.from(text).reduce((columns, one) => columns + columnsOfOne(one), widened);
}
