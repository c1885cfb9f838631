import { choice, id } from '#libs/decider';
import type { LangText } from '#libs/decider';
import { theParty } from '../platform/record/finding.js';
import { sliceOf } from '../platform/record/slice.js';
import { exchangeCommands } from './exchange.commands.js';
import { exchangeDecider, follows } from './exchange.decider.js';
import { exchangeEvents } from './exchange.events.js';
import { characterOfBoth, coveredIrritants, isCoveredByBoth } from './exchange.facts.js';
import { exchangeProblems } from './exchange.problems.js';
import { exchangeNames, exchangeSummaries } from './exchange.summaries.js';
import { exchangeRepresentation, exchangeView } from './exchange.view.js';

export const exchanges = sliceOf(exchangeDecider, {
  name: 'exchanges',
  about: 'Exchanges of notes: what was presented, received and answered, and what each side says it covers.',
  prefix: 'exchange',
  isInstrument: true,
  foldVersion: 4,
  schemas: exchangeEvents,
  follows,
  commands: exchangeCommands,
  view: exchangeView,
  represents: exchangeRepresentation,
  summaries: exchangeSummaries,
  names: exchangeNames,
  labels: (exchange) => ({
    completed: String(exchange.completed !== null),
    irritant: coveredIrritants(exchange),
  }),
  joint: (exchange) => ({
    completed: exchange.completed !== null,
    coverage: coveredIrritants(exchange).filter((one) => isCoveredByBoth(exchange, one)),
    'legal character': characterOfBoth(exchange),
  }),
  filters: { completed: choice('true', 'false'), irritant: id },
  finding: {
    title: ({ reportedBy, notes }, wordsOf) =>
      [...reportedBy, ...notes.map((one) => one.said)]
        .map((one) => wordsOf(one.eventId)['subject'] as LangText | undefined)
        .find((one) => one !== undefined),
    designations: ({ notes }, wordsOf) =>
      notes
        .flatMap((one) => [one.said, ...one.replies.map((reply) => reply.said)])
        .map(({ eventId }) => ({ name: wordsOf(eventId)['number'], eventId })),
    concerns: ({ reportedBy, notes, dialogueId }) =>
      [...reportedBy.map((one) => one.party), ...notes.flatMap(({ from, to }) => [from, to])]
        .filter((one) => one !== null)
        .map((one) => theParty(one, dialogueId)),
  },
  refusals: exchangeProblems,
  story: [
    ['RU', 'OpenExchange'],
    ['RU', 'PresentNote'],
  ],
});
