import { shownText } from './letters.js';
import { searchedText, wordsIn } from './tokens.js';

/** A word, or words between quotation marks that must follow each other, as they are searched. */
export interface Term {
  readonly words: string;
  /** Whether the last word may go on. */
  readonly isBeginning: boolean;
}

const quotationMarks = /["“”„«»「」『』＂]/u;

/**
 * What a person types: every term must be found, quotation marks make a phrase, and the last word may be the beginning
 * of one, unless it ends in a digit: whoever looks for the third does not look for the thirtieth. In scripts without
 * gaps every word is a phrase of characters, and may stand anywhere as it is.
 */
export function termsOf(query: string): readonly Term[] {
  const pieces = shownText(query).split(quotationMarks);
  const isClosed = pieces.length % 2 === 1;
  const terms = pieces.flatMap((piece, index): Term[] => {
    const isPhrase = index % 2 === 1 && (isClosed || index < pieces.length - 1);
    if (isPhrase) return [{ words: searchedText(piece).trim(), isBeginning: false }];
    const isLastPiece = index === pieces.length - 1;
    const words = piece.split(/\s+/u).map(searchedText).filter(hasWords);
    return words.map((one, at) => ({
      words: one.trim(),
      isBeginning: isLastPiece && at === words.length - 1 && /\p{L}[^\p{L}\p{N}]*$/u.test(one),
    }));
  });
  return terms.filter(({ words }) => hasWords(words));
}

function hasWords(searched: string): boolean {
  return wordsIn(searched).length > 0;
}

/** The last word of a term, where that may go on, and those before it, which may not; undefined where it may not go on. */
export function beginningOf({ words, isBeginning }: Term): Beginning | undefined {
  const before = [...wordsIn(words)];
  const word = before.pop();
  if (!isBeginning || word === undefined) return undefined;
  return {
    word,
    before: before.length === 0 ? undefined : { words: before.join(' '), isBeginning: false },
  };
}

interface Beginning {
  readonly word: string;
  readonly before: Term | undefined;
}

/**
 * The term as an expression of FTS5. Between quotation marks its language has no operators, and what would end them, or
 * end the text itself, is taken out: nothing that a user writes is ever read as syntax.
 */
export function expressionOf({ words, isBeginning }: Term): string {
  const text = words.replace(/["\p{Cc}]/gu, ' ');
  return `"${text}"${isBeginning ? ' *' : ''}`;
}
