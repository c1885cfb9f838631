export { contradicting } from './contradicting.js';
export {
  byParty,
  choice,
  date,
  derived,
  event,
  flag,
  hash,
  id,
  integer,
  language,
  line,
  list,
  means,
  nonce,
  occurred,
  optional,
  party,
  ref,
  refOfKind,
  shape,
  text,
  texts,
  words,
} from './schema.js';
export type { Occurred, SourceRef } from './claimed.js';
export type { Act, Fact } from './fact.js';
export type {
  EventSchema,
  EventSchemas,
  FactOf,
  Field,
  Infer,
  LangText,
  MeantShape,
  NewEventOf,
  Shape,
} from './schema.js';
export {
  accept,
  basisOf,
  ending,
  firstOf,
  nothing,
  refuse,
  rest,
  restingOn,
  restOnThis,
  saidBy,
  thisAct,
  unmoved,
} from './decider.js';
export { ruledBy } from './rules.js';
export type { RulesOf } from './rules.js';
export type { CommandBase, Decided, Decider, Decision, Rest } from './decider.js';
export type {
  Assignment,
  CommandDeclaration,
  CommandDeclarations,
  CommandOf,
  RefusalOf,
  Weight,
} from './command.js';
export {
  alreadySaid,
  hasSaid,
  isHearsay,
  isOfStranger,
  isOwnWord,
  restOnSaid,
  said,
  withWord,
} from './said.js';
export type { Said } from './said.js';
export { ownWordStands } from './own-word.js';
export { entries, looksAt } from './reaction.js';
export type { Asked, Elsewhere, Entries, Find, LookUp, Origin, Reaction } from './reaction.js';
export { takingOut } from './taking-out.js';
export {
  inWords,
  isQuotable,
  labelled,
  languageOf,
  listed,
  markedView,
  quoted,
  saidView,
  since,
  toldView,
  toldViews,
  wordersIn,
  wording,
  rewordedBy,
  wordingOf,
} from './words.js';
export type { SaidView, Told, Words, WordsOf } from './words.js';
export {
  bracketed,
  dated,
  drawnFrom,
  inShort,
  its,
  itself,
  ownId,
  placed,
  recorded,
  recorderIn,
  who,
} from './names.js';
export type { Brought, NameOf, NamesOf, SummariesOf } from './names.js';
export { wordingKinds } from './wording.js';
export type { WordingRow } from './wording.js';
