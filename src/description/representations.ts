import { dialogueEvents } from '../dialogues/dialogue.events.js';
import { exchangeEvents, legalCharacters } from '../exchanges/exchange.events.js';
import { roundEvents } from '../rounds/round.events.js';
import { roundStatuses } from '../rounds/round.view.js';
import { sourceEvents } from '../sources/source.events.js';
import { Asset } from './asset-representation.js';
import { Commitment } from './commitment-representation.js';
import { objectOf, optionalOf, required } from './fields.js';
import {
  array,
  byKey,
  described,
  flag,
  object,
  oneOfWords,
  orNull,
  plainText,
  ref,
  uuid,
  synthetic,
} from './json-schema.js';
import type { Properties } from './json-schema.js';
import { everywhere, told, toldWithData } from './said-representations.js';
import { Proposal, Roadmap } from './text-representations.js';

const said = ref('Said');
const text = ref('LangText');
const parties = array(ref('Party'));

const Dialogue = object({
  ...everywhere,
  parties,
  keyPrefix: plainText,
  series: orNull(plainText),
  synthetic,
  kept: ref('Kept'),
  joined: described(
    array(toldWithData(dialogueEvents.PartyJoined)),
    'The parties that have joined, and so speak for themselves; `firstKey` says how the first key of their negotiators came about.',
  ),
  names: described(array(told(dialogueEvents.PartyNamed)), 'What each party calls itself.'),
  recoveries: described(
    array(toldWithData(dialogueEvents.PartyKeyRecovered)),
    'Keys that an operator made for a party without a negotiator’s approval.',
  ),
  name: orNull(text),
  aim: orNull(text),
  suspensions: array(told(dialogueEvents.DialogueSuspended)),
  aliases: array(object({ party: ref('Party'), alias: orNull(plainText), recorded: said })),
  thirdParties: array(toldWithData(dialogueEvents.ThirdPartyRoleAsserted)),
  commentary: array(toldWithData(dialogueEvents.CommentaryRecorded)),
  irritants: array(objectOf(dialogueEvents.IrritantKeyAssigned.data)),
  opened: said,
});

/** A divergence that was noted, with who has said that it is settled. */
export const divergence = toldWithData(roundEvents.DivergenceNoted, {
  became: described(
    oneOfWords(['noted', 'reconciled']),
    '`reconciled` once both sides have said, each by its own word, that it is settled.',
  ),
  reconciledBy: array(told(roundEvents.DivergenceReconciled)),
});

const ended = described(orNull(said), 'The later word of the same side that ended it; null while it stands.');

const Round = object({
  ...everywhere,
  dialogueId: uuid,
  number: { type: 'integer' },
  synthetic,
  status: oneOfWords(roundStatuses),
  held: { ...flag, description: 'Whether both sides have said, each by its own word, that it was held.' },
  heldBy: array(said),
  scheduled: toldWithData(roundEvents.RoundScheduled),
  delegates: array(
    toldWithData(roundEvents.DelegationNamed, {
      saidBy: described(orNull(ref('Party')), 'Who names this delegate; `party` is whose delegate it is.'),
    }),
  ),
  agenda: array(toldWithData(roundEvents.AgendaItemTabled)),
  discussions: array(told(roundEvents.AgendaItemDiscussed, { irritantId: uuid }, { quote: text })),
  conclusions: array(toldWithData(roundEvents.RoundConcluded)),
  postponements: array(toldWithData(roundEvents.RoundPostponed, { ended })),
  cancellations: array(told(roundEvents.RoundCancelled, { ended })),
  reinstatements: array(toldWithData(roundEvents.RoundReinstated)),
  nextRound: array(toldWithData(roundEvents.NextRoundIndicated)),
  accounts: array(
    toldWithData(roundEvents.AccountPublished, { superseded: orNull(told(roundEvents.AccountSuperseded)) }),
  ),
  points: array(toldWithData(roundEvents.AccountPointRecorded)),
  divergences: array(divergence),
});

const Exchange = object({
  ...everywhere,
  dialogueId: uuid,
  synthetic,
  status: oneOfWords(['reported', 'completed', 'terminated']),
  reports: array(told(exchangeEvents.ExchangeReported)),
  notes: array(
    toldWithData(exchangeEvents.NotePresented, {
      received: orNull(told(exchangeEvents.NoteReceived)),
      replies: array(toldWithData(exchangeEvents.NoteReplied)),
    }),
  ),
  completed: orNull(said),
  coverage: array(
    object({
      irritantId: uuid,
      byBoth: flag,
      asserted: array(told(exchangeEvents.ExchangeCoverageAsserted)),
    }),
  ),
  legalCharacters: byKey(
    told(exchangeEvents.LegalCharacterAsserted, { character: oneOfWords(legalCharacters) }),
  ),
  effects: array(toldWithData(exchangeEvents.EffectRecorded)),
  terminations: described(
    array(told(exchangeEvents.ExchangeTerminated)),
    'One side is enough; who it is stands here.',
  ),
});

const { bytesId: _bytesId, ...sourceData } = sourceEvents.SourceRegistered.data;
const Source = object(
  {
    ...everywhere,
    ...required(sourceData),
    title: orNull(plainText),
    citation: orNull(plainText),
    issuerName: orNull(plainText),
    sha256: described(orNull(ref('Sha256')), 'The hash of the bytes that are held; it is erased with them.'),
    barredBy: described(parties, 'The parties that have said that the source is not theirs.'),
    registered: said,
  },
  optionalOf(sourceData),
);

/** What each view gives, by the name of its schema. */
export const aggregateComponents: Properties = {
  Dialogue,
  Round,
  Exchange,
  Source,
  Proposal,
  Asset,
  Roadmap,
  Commitment,
};
