/**
 * Letters that Unicode takes for letters of their own, and that the tokenizer therefore leaves apart from what people
 * type for them. Each stands for one letter, so that places in the text stay what they are.
 */
const plain: { readonly [letter: string]: string } = {
  ı: 'i',
  İ: 'I',
  ё: 'е',
  Ё: 'Е',
  ł: 'l',
  Ł: 'L',
  ø: 'o',
  Ø: 'O',
  đ: 'd',
  Đ: 'D',
};
const unlike = new RegExp(`[${Object.keys(plain).join('')}]`, 'g');

/** For private use in Unicode, and no letter of anybody's: they mark places in texts of ours. */
export const matchBegins = '\uE000';
export const matchEnds = '\uE001';
// eslint-disable-next-line no-control-regex -- a NUL would end the text for SQLite.
const notText = /[\u0000\uE000\uE001]/g;

/** The text as it is shown: composed, so that a letter and its mark are one, and without marks of ours. */
export function shownText(text: string): string {
  return text.normalize('NFC').replace(notText, ' ');
}

/** The text as it is searched, with as many characters; small and capital letters are the tokenizer's matter. */
export function searchedText(shown: string): string {
  return shown.replace(unlike, (letter) => plain[letter] ?? letter);
}
