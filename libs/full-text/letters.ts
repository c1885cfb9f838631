/** Letters that Unicode takes for letters of their own, and what people type for them. */
const plain: { readonly [letter: string]: string } = {
  ı: 'i',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ς: 'σ',
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ة: 'ه',
};
const unlike = new RegExp(`[${Object.keys(plain).join('')}]`, 'gu');

/**
 * Marks that are left out: accents, Arabic and Hebrew points. Those of India and South-East Asia are vowels, and stay; so
 * do those that make another letter of a kana, and of five letters in Cyrillic. What only joins or lengthens goes too.
 */
const leftOut =
  /(?![\u3099\u309a])(?=[\p{Mn}\p{Me}])[\p{Script=Inherited}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Cyrillic}]|[\p{Default_Ignorable_Code_Point}\u0640]/gu;
const letterMark = /[иу]\u0306|і\u0308|[гк]\u0301/gu;

/** Signs between letters that Unicode takes for letters: an apostrophe of whatever form stands between two words. */
const apostrophes = /[ʹʺʻʼʽʾʿ]/gu;
const noLetter = /[^\p{L}\p{N}\p{M}]+/gu;
const foreignDigit = /(?![0-9])\p{Nd}/gu;

/** Digits stand in Unicode in tens, each from its nought on. */
function digitOf(digit: string): string {
  const place = digit.codePointAt(0) ?? 0;
  let nought = place;
  while (/\p{Nd}/u.test(String.fromCodePoint(nought - 1))) nought -= 1;
  return String((place - nought) % 10);
}

/** A character with all its marks, as it is searched: no letter, one or several, and a space for what is none. */
export function foldedCharacter(character: string): string {
  return character
    .normalize('NFKD')
    .toLowerCase()
    .replace(letterMark, (letter) => letter.normalize('NFC'))
    .replace(leftOut, '')
    .replace(unlike, (letter) => plain[letter] ?? letter)
    .replace(foreignDigit, digitOf)
    .replace(apostrophes, ' ')
    .replace(noLetter, ' ')
    .normalize('NFC');
}

/** The text as it is shown and kept: as it was written, but well-formed, and without NUL, which ends a text for SQLite. */
export function shownText(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', ' ');
}
