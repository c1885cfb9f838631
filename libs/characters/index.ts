export { lengthOf, firstUnfit, isBlank, shownCharacters, shownOnOneLine } from './characters.js';
export type { Unfit } from './characters.js';
export { columnsOf } from './columns.js';
export { isolated, isolatedLines } from './direction.js';
