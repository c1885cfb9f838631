export { lengthOf, firstUnfit, isBlank, shownCharacters } from './characters.js';
export type { Unfit } from './characters.js';
