import type { ProblemRows } from './problem-rows.js';

/** The service can't answer now. */
export const serviceProblems = {
  TOO_MANY_REQUESTS: [
    429,
    'Too many requests',
    'This client asks more often than the server allows, or has as many long answers open, such as replays and books, as it allows.',
    'Wait as long as Retry-After says; read long answers to their end, or close their connections.',
  ],
  TOO_MANY_FEEDS: [
    429,
    'Too many feeds are open',
    'A feed that waits holds a connection, and this principal, or all together, hold as many as the server allows.',
    'End one of them, or ask without "wait"; try again after Retry-After.',
  ],
  TOO_MANY_WEBHOOKS: [
    409,
    'There are too many webhooks',
    'Each webhook is kept and looked at for as long as it has not ended, so their number is bounded.',
    'End one that is not needed; one webhook can tell of several dialogues and types.',
  ],
  TOO_MANY_WATCHES: [
    409,
    'There are too many watches',
    'Each watch is looked at whenever the digest is read, so a principal has a bounded number of them.',
    'End one that is not needed; a watch on a dialogue tells of all that is in it.',
  ],
  TOO_MANY_CHANGES: [
    429,
    'Changed too often within a day',
    'Whoever only reads may keep something of their own here, such as watches, looks and webhooks. Each change of it is kept for ever, so their number within 24 hours is bounded.',
    'Wait as long as Retry-After says. What ends something is never refused for this reason.',
  ],
  API_KEY_NEEDED: [
    409,
    'That takes an API key',
    'What goes on by itself goes on for as long as its principal may: of an access token nobody knows how long that is.',
    'Ask an operator for an API key, and ask again with it.',
  ],
  NOT_BY_GRANTS: [
    409,
    'What this principal sees is no matter of grants',
    'A party sees the dialogues to which it is a party, and an operator reads no content; grants are for readers, auditors and secretariats.',
    'Grant it to a principal without a party, or open a dialogue of that party.',
  ],
  SEES_ALL_DIALOGUES: [
    409,
    'This principal sees all dialogues',
    'One of its keys was made without naming dialogues: from what sees all, none can be taken out.',
    'Make it another key that names the dialogues it may see, and revoke this one.',
  ],
  TOO_MANY_GRANTS: [
    409,
    'There are too many grants',
    'Each grant is looked at whenever the principal reads, so their number is bounded.',
    'Withdraw one that is not needed, or make it a key that sees all dialogues.',
  ],
  INTERNAL: [
    500,
    'Something went wrong on our side',
    'The server met a fault that it did not expect. An act is recorded whole or not at all.',
    'Repeat with the same Idempotency-Key, and give the operator the traceId.',
  ],
  STORE_UNAVAILABLE: [
    503,
    'The store does not answer now',
    'The event store cannot be reached, or its disk is full; of what was sent nothing was recorded.',
    'Try again after Retry-After; repeat with the same Idempotency-Key.',
  ],
  OUTCOME_UNKNOWN: [
    503,
    'It is not known whether it was recorded',
    'The store broke off before it answered.',
    'Repeat with the same Idempotency-Key: it is recorded once. Of keys, look at their list before anything is repeated.',
  ],
  PROJECTION_LAGGING: [
    503,
    'The read models are not that far yet',
    'The read models had not caught up with minPosition within two seconds; or what follows from earlier acts was not drawn yet, which an act that ends or moves a whole matter waits for.',
    'Try again after Retry-After; repeat an act with the same Idempotency-Key.',
  ],
  SHUTTING_DOWN: [
    503,
    'The server is shutting down',
    'The server ends what it has begun and takes nothing new.',
    'Try again in a moment.',
  ],
  LEDGER_UNSIGNED: [
    409,
    'The log is not signed',
    'This server derives the leaves of the log and signs nothing: it has no key of the log, or may not use it.',
    'Tell the operator what is missing, as the answer says it.',
  ],
  WITNESS_UNKNOWN: [
    404,
    'No such witness',
    'The grade of a moment names a witness that is not asked to countersign here, or a party that had registered none of its own by then.',
    'Name one of those that the answer names, or ask for what was logged by then.',
  ],
  NOT_YET_LOGGED: [
    404,
    'The log has not come as far',
    'No checkpoint covers that leaf yet; there is a new one within a second of each event.',
    'Ask again in a second.',
  ],
  NOT_READY: [
    503,
    'The server is not ready',
    'The store, a projection or the disk is not well.',
    'Read "checks"; the operating page says what each means.',
  ],
} as const satisfies ProblemRows;
