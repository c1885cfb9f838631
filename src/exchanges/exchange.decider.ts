import { accept, alreadySaid, hasSaid, nothing, refuse, restOnSaid, restOnThis } from '#libs/decider';
import type { CommandOf, Decided, Decider, Decision, Said } from '#libs/decider';
import type { exchangeCommands } from './exchange.commands.js';
import type { exchangeEvents } from './exchange.events.js';
import { coverageOf, evolve } from './exchange.facts.js';
import type { Exchange } from './exchange.facts.js';

export type ExchangeRefusal =
  | 'NOTE_UNKNOWN'
  | 'NOT_THE_SENDER'
  | 'NOT_THE_ADDRESSEE'
  | 'SENDER_IS_ADDRESSEE'
  | 'HASH_WITHOUT_TEXT'
  | 'EXCHANGE_TERMINATED';

export type ExchangeCommand = CommandOf<typeof exchangeCommands, typeof exchangeEvents, object>;
type Ask<T extends ExchangeCommand['type']> = Extract<ExchangeCommand, { type: T }>;

/** The reply, or the second side's report, completes the exchange: a consequence, no party's own act. */
function completing(command: ExchangeCommand, exchange: Exchange, first: Said): readonly Decided[] {
  return exchange.completed === null
    ? [
        {
          type: 'ExchangeCompleted',
          data: {},
          content: {},
          derivedFrom: [restOnSaid(first), restOnThis(command)],
        },
      ]
    : [];
}

function report(command: Ask<'ReportExchange'>, exchange: Exchange): Decision<ExchangeRefusal> {
  if (alreadySaid(exchange.reportedBy, command.act)) return nothing;
  // A side that now says itself what was attributed to it has not become two.
  const other = exchange.reportedBy.find((one) => one.party !== command.act.party);
  return other === undefined
    ? accept(command.event)
    : accept(command.event, ...completing(command, exchange, other));
}

function present(command: Ask<'PresentNote'>, exchange: Exchange): Decision<ExchangeRefusal> {
  const { from, to, textHeld, textHash, inReplyTo } = command.event.data;
  if (from !== command.act.party) {
    return refuse(
      'NOT_THE_SENDER',
      `The note is from ${from}; only ${from} presents it, or another records it in the name of ${from}.`,
    );
  }
  if (from === to) return refuse('SENDER_IS_ADDRESSEE', 'A note goes from one party to the other.');
  if (!textHeld && textHash !== undefined) {
    return refuse(
      'HASH_WITHOUT_TEXT',
      'A hash says that the text is held: set "textHeld" to true, or leave the hash out.',
    );
  }
  return inReplyTo === undefined || exchange.notes.some((one) => one.noteId === inReplyTo)
    ? accept(command.event)
    : refuse('NOTE_UNKNOWN', `This exchange has no note ${inReplyTo}; its notes are listed under "notes".`);
}

function wordsIn(one: Said | undefined): readonly Said[] {
  return one === undefined ? [] : [one];
}

function onNote(command: Ask<'ReceiveNote' | 'ReplyToNote'>, exchange: Exchange): Decision<ExchangeRefusal> {
  const noteId = command.type === 'ReceiveNote' ? command.event.data.noteId : command.event.data.inReplyTo;
  const note = exchange.notes.find((one) => one.noteId === noteId);
  if (note === undefined) {
    return refuse('NOTE_UNKNOWN', `This exchange has no note ${noteId}; its notes are listed under "notes".`);
  }
  if (note.to !== command.act.party) {
    return refuse(
      'NOT_THE_ADDRESSEE',
      `The note went to ${note.to}; only ${note.to} receives it or replies to it.`,
    );
  }
  if (command.type === 'ReceiveNote') {
    return alreadySaid(wordsIn(note.received), command.act) ? nothing : accept(command.event);
  }
  // A reply that took the place of a retracted one has still to complete the exchange.
  return alreadySaid(wordsIn(note.reply?.said), command.act) && exchange.completed !== null
    ? nothing
    : accept(command.event, ...completing(command, exchange, note.said));
}

/** What would complete or extend an exchange; none of it can follow its end. */
const buildsOn: readonly ExchangeCommand['type'][] = [
  'ReportExchange',
  'PresentNote',
  'ReplyToNote',
  'AssertCoverage',
];

function decide(command: ExchangeCommand, exchange: Exchange | null): Decision<ExchangeRefusal> {
  if (command.type === 'OpenExchange') return exchange === null ? accept(command.event) : nothing;
  if (exchange === null) throw new Error(`${command.type} reached an exchange that was never reported.`);
  if (hasSaid(exchange.terminatedBy, command.act.party) && command.type === 'TerminateExchange')
    return nothing;
  if (exchange.terminatedBy.length > 0 && buildsOn.includes(command.type)) {
    return refuse('EXCHANGE_TERMINATED', 'The exchange is terminated; report a new one.');
  }
  switch (command.type) {
    case 'ReportExchange':
      return report(command, exchange);
    case 'PresentNote':
      return present(command, exchange);
    case 'ReceiveNote':
    case 'ReplyToNote':
      return onNote(command, exchange);
    case 'AssertCoverage':
      return alreadySaid(coverageOf(exchange, command.event.data.irritantId), command.act)
        ? nothing
        : accept(command.event);
    case 'AssertLegalCharacter':
      return exchange.legalCharacters[command.act.party ?? '']?.character === command.event.data.character
        ? nothing
        : accept(command.event);
    case 'RecordEffect':
    case 'TerminateExchange':
      return accept(command.event);
  }
}

export const exchangeDecider: Decider<Exchange | null, ExchangeCommand, ExchangeRefusal> = {
  initial: null,
  evolve,
  decide,
};
