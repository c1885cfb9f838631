export { agreedOn, assented, confirmed, emptyText, isFull, latestOf, tabled, withdrawn } from './text.js';
export type { Agreement, Assent, Version, VersionedText } from './text.js';
export { confirmAssent, giveAssent, newVersion, withdrawAssent } from './rules.js';
export type { TextRefusal } from './rules.js';
export { agreementView, awaitedOn, textView } from './view.js';
export type { AwaitedOnText } from './view.js';
