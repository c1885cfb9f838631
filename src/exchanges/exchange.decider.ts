import {
  accept,
  alreadySaid,
  ending,
  isHearsay,
  nothing,
  refuse,
  restingOn,
  restOnSaid,
  restOnThis,
  ruledBy,
} from '#libs/decider';
import type { Act, CommandOf, Decided, Decider, RefusalOf, RulesOf, Said } from '#libs/decider';
import type { exchangeCommands } from './exchange.commands.js';
import type { exchangeEvents } from './exchange.events.js';
import { completion, coverageOf, evolve } from './exchange.facts.js';
import type { Exchange } from './exchange.facts.js';

export type ExchangeRefusal = RefusalOf<typeof exchangeCommands>;

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

/** The completion that the words as they stand call for, where nothing says yet that the exchange is complete. */
export function follows(exchange: Exchange): readonly Decided[] {
  const derivedFrom = completion(exchange).map(restOnSaid);
  return exchange.completed !== null || derivedFrom.length === 0
    ? []
    : [{ type: 'ExchangeCompleted', data: {}, content: {}, derivedFrom }];
}

function report(command: Ask<'ReportExchange'>, exchange: Exchange) {
  if (alreadySaid(exchange.reportedBy, command.act)) return nothing;
  // A side that now says itself what was attributed to it has not become two.
  const other = exchange.reportedBy.find((one) => one.party !== command.act.party);
  const event = adopting(command, exchange.reportedBy);
  return other === undefined ? accept(event) : accept(event, ...completing(command, exchange, other));
}

/**
 * A party that says itself what was attributed to it has made that its own: its act rests on the other one, which it
 * can't disavow any more.
 */
function adopting({ act, event }: ExchangeCommand, words: readonly Said[]): Decided {
  return restingOn(event, ...words.filter((one) => one.party === act.party && one.capacity === 'attributed'));
}

function present(command: Ask<'PresentNote'>, exchange: Exchange) {
  const { from, to, textHeld, inReplyTo } = command.event.data;
  const { textHash } = command.event.content;
  if (from !== command.act.party) {
    return refuse('NOT_THE_SENDER', `The note is from ${from}; only ${from} presents it.`);
  }
  if (from === to) return refuse('SENDER_IS_ADDRESSEE', 'A note goes from one party to the other.');
  if (!textHeld && textHash !== undefined) return hashWithoutText();
  return inReplyTo === undefined || exchange.notes.some((one) => one.noteId === inReplyTo)
    ? accept(command.event)
    : refuse('NOTE_UNKNOWN', `This exchange has no note ${inReplyTo}; its notes are listed under "notes".`);
}

function hashWithoutText() {
  return refuse(
    'HASH_WITHOUT_TEXT',
    'A hash says that the text is held: set "textHeld" to true, or leave the hash out.',
  );
}

function noteTo(exchange: Exchange, noteId: string, { party }: Act) {
  const note = exchange.notes.find((one) => one.noteId === noteId);
  if (note === undefined) {
    return refuse('NOTE_UNKNOWN', `This exchange has no note ${noteId}; its notes are listed under "notes".`);
  }
  return note.to === party
    ? note
    : refuse(
        'NOT_THE_ADDRESSEE',
        `The note went to ${note.to}; only ${note.to} receives it or replies to it.`,
      );
}

function receive(command: Ask<'ReceiveNote'>, exchange: Exchange) {
  const note = noteTo(exchange, command.event.data.noteId, command.act);
  if ('refused' in note) return note;
  const received = note.received === undefined ? [] : [note.received];
  return alreadySaid(received, command.act) ? nothing : accept(adopting(command, received));
}

function reply(command: Ask<'ReplyToNote'>, exchange: Exchange) {
  const note = noteTo(exchange, command.event.data.inReplyTo, command.act);
  if ('refused' in note) return note;
  if (command.event.content.textHash !== undefined && !command.event.data.textHeld) return hashWithoutText();
  const replies = note.replies.map((one) => one.said);
  // What others record in its name adds nothing to what the addressee replied itself.
  if (replies.some((one) => isHearsay(command, one))) return nothing;
  return accept(adopting(command, replies), ...completing(command, exchange, note.said));
}

/** One side is enough to terminate: it ends the other's words, and so can't be taken back by that side alone. */
function terminate(command: Ask<'TerminateExchange'>, exchange: Exchange) {
  if (alreadySaid(exchange.terminatedBy, command.act)) return nothing;
  const { reportedBy, notes, coverage } = exchange;
  const words = [
    ...reportedBy,
    ...notes.flatMap((one) => [one.said, ...one.replies.map((reply) => reply.said)]),
    ...coverage.map((one) => one.said),
  ];
  const others = words.filter((one) => one.party !== command.act.party);
  return accept(ending(adopting(command, exchange.terminatedBy), ...others));
}

/** What would complete or extend an exchange can't follow its end. */
const beforeItsEnd =
  <C, D>(rule: (command: C, exchange: Exchange) => D) =>
  (command: C, exchange: Exchange) =>
    exchange.terminatedBy.length > 0
      ? refuse(
          'EXCHANGE_TERMINATED',
          `The exchange was terminated by ${exchange.terminatedBy.map((one) => one.party).join(' and ')}; report a new one.`,
        )
      : rule(command, exchange);

const rules: Omit<RulesOf<typeof exchangeCommands, ExchangeCommand, Exchange>, 'OpenExchange'> = {
  ReportExchange: beforeItsEnd(report),
  PresentNote: beforeItsEnd(present),
  ReceiveNote: receive,
  ReplyToNote: beforeItsEnd(reply),
  AssertCoverage: beforeItsEnd((command, exchange) => {
    const words = coverageOf(exchange, command.event.data.irritantId);
    return alreadySaid(words, command.act) ? nothing : accept(adopting(command, words));
  }),
  TerminateExchange: terminate,
  AssertLegalCharacter: ({ act, event }, { legalCharacters }) =>
    accept(ending(event, legalCharacters[act.party ?? '']?.said)),
  RecordEffect: ({ event }) => accept(event),
};

export const exchangeDecider: Decider<Exchange | null, ExchangeCommand, ExchangeRefusal> = {
  initial: null,
  evolve,
  decide: ruledBy({ type: 'OpenExchange', create: ({ event }) => accept(event) }, rules),
};
