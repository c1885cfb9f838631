import { exchangeEvents, legalCharacters } from './exchange.events.js';
import {
  array,
  byKey,
  described,
  flag,
  object,
  oneOfWords,
  orNull,
  said,
  synthetic,
  uuid,
} from '../platform/shapes/json-schema.js';
import { everywhere, told, toldWithData } from '../platform/shapes/said-shapes.js';

export const exchangeRepresentation = object({
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
