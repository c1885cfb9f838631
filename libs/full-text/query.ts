import { searchedText, shownText } from './letters.js';

/** A word, or words between quotation marks that must follow each other. */
export interface Term {
  readonly words: string;
  /** Whether the last word may go on. */
  readonly isBeginning: boolean;
}

const quotationMarks = /["“”„«»]/;
/** What the tokenizer takes for part of a word. */
const letterOrDigit = /[\p{L}\p{N}]/u;

/**
 * What a person types: every term must be found, quotation marks make a phrase, and the last word may be the beginning
 * of one, unless it ends in a digit: whoever looks for the third does not look for the thirtieth.
 */
export function termsOf(query: string): readonly Term[] {
  const pieces = searchedText(shownText(query)).split(quotationMarks);
  const isClosed = pieces.length % 2 === 1;
  const terms = pieces.flatMap((piece, index): Term[] => {
    const isPhrase = index % 2 === 1 && (isClosed || index < pieces.length - 1);
    if (isPhrase) return [{ words: piece, isBeginning: false }];
    const isLastPiece = index === pieces.length - 1;
    const words = piece.split(/\s+/u).filter((one) => letterOrDigit.test(one));
    return words.map((one, at) => ({
      words: one,
      isBeginning: isLastPiece && at === words.length - 1 && /\p{L}[^\p{L}\p{N}]*$/u.test(one),
    }));
  });
  return terms.filter(({ words }) => letterOrDigit.test(words));
}

/**
 * The term as an expression of FTS5. Between quotation marks its language has no operators, and what would end them, or
 * end the text itself, is taken out: nothing that a user writes is ever read as syntax.
 */
export function expressionOf({ words, isBeginning }: Term): string {
  const text = words.replace(/["\p{Cc}]/gu, ' ');
  return `"${text}"${isBeginning ? ' *' : ''}`;
}

export function anyOf(terms: readonly Term[]): string {
  return terms.map(expressionOf).join(' OR ');
}
