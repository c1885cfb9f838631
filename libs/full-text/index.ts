export { excerptOf, textOf } from './excerpt.js';
export type { Piece } from './excerpt.js';
export { shownText } from './letters.js';
export { lineOf, matchesIn, standsIn } from './matches.js';
export { beginningOf, expressionOf, termsOf } from './query.js';
export type { Term } from './query.js';
export { searchIndex, takingOut, termFunction, wordList } from './table.js';
export { searchedText } from './tokens.js';
