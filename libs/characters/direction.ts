import { shownCharacters } from './characters.js';

const firstStrongIsolate = '\u2068';
const popIsolate = '\u2069';

/**
 * What runs from right to left: the blocks that Unicode keeps for such scripts (DerivedBidiClass.txt names them, also
 * for characters to come), and the mark that is drawn as nothing.
 */
const rightToLeft = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * For plain text, where no markup can do it: a text that holds anything written from right to left stands between
 * U+2068 and U+2069, so that it moves nothing beside it. Any other text could move nothing, and stays as it is. The
 * text itself can't end what surrounds it, for what it holds of such characters is shown by its code.
 */
export function isolated(text: string): string {
  const shown = shownCharacters(text);
  return rightToLeft.test(shown) ? `${firstStrongIsolate}${shown}${popIsolate}` : shown;
}

/** Lines of one text, each of which ends what it began: a line of a terminal or of a file stands for itself. */
export function isolatedLines(lines: readonly string[]): readonly string[] {
  let isOpen = false;
  return lines.map((line) => {
    const begun = isOpen ? `${firstStrongIsolate}${line}` : line;
    isOpen = begun.lastIndexOf(firstStrongIsolate) > begun.lastIndexOf(popIsolate);
    return isOpen ? `${begun}${popIsolate}` : begun;
  });
}
