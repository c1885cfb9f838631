export {
  agreedOn,
  assentOf,
  assented,
  confirmed,
  emptyText,
  isFull,
  latestOf,
  tabled,
  unassented,
  withdrawn,
  wordsOfAssent,
} from './text.js';
export type { Agreement, Assent, Version, VersionedText } from './text.js';
export {
  confirmAssent,
  giveAssent,
  newVersion,
  onTheTable,
  ownWordStands,
  terminate,
  withdrawAssent,
} from './rules.js';
export type { TextRefusal } from './rules.js';
export { agreementView, awaitedOn, terminationView, textView } from './view.js';
export type { AwaitedOnText } from './view.js';
export { namedCommitments } from './shapes.js';
export type { NamedCommitment } from './shapes.js';
