export { excerptOf, textOf } from './excerpt.js';
export type { Piece } from './excerpt.js';
export { matchBegins, matchEnds, searchedText, shownText } from './letters.js';
export { anyOf, expressionOf, termsOf } from './query.js';
export type { Term } from './query.js';
export { searchIndex, takingOut } from './table.js';
