import { rule } from '../platform/problems/rule.js';
import type { RefusalKind } from '../platform/problems/rule.js';
import type { ExchangeRefusal } from './exchange.decider.js';

export const exchangeProblems = {
  NOTE_UNKNOWN: rule(
    'There is no such note here',
    'The exchange has no note with this id.',
    'Take the noteId from "notes".',
  ),
  NOT_THE_SENDER: rule(
    'Not the sender',
    'A note is presented by the party it is from.',
    'Let the sender act.',
  ),
  NOT_THE_ADDRESSEE: rule(
    'Not the addressee',
    'A note is received and answered by the party it went to.',
    'Let the addressee act.',
  ),
  SENDER_IS_ADDRESSEE: rule(
    'Sender and addressee are one',
    'A note goes from one party to the other.',
    'Name the other party in "to".',
  ),
  HASH_WITHOUT_TEXT: rule(
    'A hash without the text',
    'The hash of a note says that its text is held.',
    'Set "textHeld" to true, or leave "textHash" out.',
  ),
  EXCHANGE_TERMINATED: rule(
    'The exchange is terminated',
    'One side is enough to terminate an exchange; it then takes no more notes, reports and coverage.',
    'Report a new exchange.',
  ),
} as const satisfies Record<ExchangeRefusal, RefusalKind>;
