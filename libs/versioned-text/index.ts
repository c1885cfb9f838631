export { agreedOn, assented, confirmed, emptyText, isFull, latestOf, tabled, withdrawn } from './text.js';
export type { Agreement, Assent, Version, VersionedText } from './text.js';
export { awaitedOn, confirmAssent, giveAssent, newVersion, withdrawAssent } from './rules.js';
export type { AwaitedOnText, TextRefusal } from './rules.js';
