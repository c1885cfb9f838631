import { saidView, toldView, toldViews } from '#libs/decider';
import type { WordsOf } from '#libs/decider';
import type { Exchange, Note, Reply } from './exchange.facts.js';
import { coveredIrritants, coverageOf, isCoveredByBoth } from './exchange.facts.js';

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
