import { saidView, toldView, toldViews } from '#libs/decider';
import type { WordsOf } from '#libs/decider';
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
import { represented, told, toldWithData } from '../platform/shapes/said-shapes.js';
import { exchangeEvents, legalCharacters } from './exchange.events.js';
import { coveredIrritants, coverageOf, isCoveredByBoth } from './exchange.facts.js';
import type { Exchange, Note, Reply } from './exchange.facts.js';

function noteView({ said, received, replies, ...note }: Note, wordsOf: WordsOf) {
  return {
    ...note,
    ...toldView(said, wordsOf),
    received: received === undefined ? null : toldView(received, wordsOf),
    replies: replies.map((one) => replyView(one, wordsOf)),
  };
}

function replyView({ said, ...reply }: Reply, wordsOf: WordsOf) {
  return { ...reply, ...toldView(said, wordsOf) };
}

function statusOf(exchange: Exchange): 'reported' | 'completed' | 'terminated' {
  if (exchange.terminatedBy.length > 0) return 'terminated';
  return exchange.completed === null ? 'reported' : 'completed';
}

/** The exchange with what each side asserts about it, and which irritants both say it covers. */
export function exchangeView(exchange: Exchange, wordsOf: WordsOf) {
  return {
    dialogueId: exchange.dialogueId,
    synthetic: exchange.synthetic,
    status: statusOf(exchange),
    reports: toldViews(exchange.reportedBy, wordsOf),
    notes: exchange.notes.map((one) => noteView(one, wordsOf)),
    completed: exchange.completed === null ? null : saidView(exchange.completed),
    coverage: coveredIrritants(exchange).map((irritantId) => ({
      irritantId,
      byBoth: isCoveredByBoth(exchange, irritantId),
      asserted: toldViews(coverageOf(exchange, irritantId), wordsOf),
    })),
    legalCharacters: Object.fromEntries(
      Object.entries(exchange.legalCharacters).map(([party, { said, character }]) => [
        party,
        { character, ...toldView(said, wordsOf) },
      ]),
    ),
    effects: exchange.effects.map(({ said, ...effect }) => ({ ...effect, ...toldView(said, wordsOf) })),
    terminations: toldViews(exchange.terminatedBy, wordsOf),
  };
}

export const exchangeRepresentation = represented<typeof exchangeView>({
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
