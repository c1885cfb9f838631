export {
  agreedOn,
  assentOf,
  assented,
  confirmed,
  emptyText,
  isFull,
  jointIn,
  latestOf,
  tabled,
  unassented,
  withdrawn,
  wordsOfAssent,
} from './text.js';
export type { AgreedText, Agreement, Assent, Version, VersionedText } from './text.js';
export { agreementDue, assentInName, confirmAssent, giveAssent, terminate, withdrawAssent } from './rules.js';
export { newVersion, onTheTable } from './tabling.js';
export { agreementView, awaitedOn, terminationView, textView } from './view.js';
export type { AwaitedOnText } from './view.js';
export { namedCommitments } from './shapes.js';
export type { NamedCommitment } from './shapes.js';
export { assentRefusals, tablingRefusals, withdrawalRefusals } from './refusals.js';
export type { TextRefusal } from './refusals.js';
