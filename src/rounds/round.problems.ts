import { platformProblems } from '../platform/problems/platform.problems.js';
import { ownWordProblem } from '../platform/problems/own-word.problems.js';
import { rule } from '../platform/problems/rule.js';
import type { RefusalKind } from '../platform/problems/rule.js';
import type { RoundRefusal } from './round-terms.decider.js';

export const roundProblems = {
  ROUND_NUMBER_TAKEN: rule(
    'The number is taken',
    'Another round of this dialogue has this number.',
    'Leave "number" out to get the next one.',
  ),
  ACCOUNT_UNKNOWN: rule(
    'There is no such account here',
    'The round has no account with this id.',
    'Take the accountId from "accounts".',
  ),
  ACCOUNT_OF_ANOTHER_PARTY: rule(
    "The account is another's",
    "An account, its translation and what replaces it are one party's, or the press's.",
    'Name an account of the same party, or of the press.',
  ),
  ACCOUNT_NO_REPLACEMENT: rule(
    'The account does not stand itself',
    'An account is replaced by another one, and by one that has not been replaced.',
    'Name the account that stands now, or leave "supersededBy" out.',
  ),
  SOURCE_NOT_ISSUED_BY_PARTY: platformProblems.SOURCE_NOT_ISSUED_BY_PARTY,
  SOURCE_NOT_PRESS: rule(
    'The source is not press',
    "The press has accounts of its own, and none of a party: what a party issued is that party's account, whoever quotes it.",
    'Name a source of the kind "press", or publish the account with the voice "party".',
  ),
  POINT_UNKNOWN: rule(
    'There is no such point here',
    'The round has no account point with this id.',
    'Take the pointId from "points".',
  ),
  DIVERGENCE_UNKNOWN: rule(
    'There is no such divergence here',
    'The round has no noted divergence with this id.',
    'Take the divergenceId from "divergences".',
  ),
  ROUND_HELD: rule(
    'The round was held',
    'Who has said that a round was held does not say that it was cancelled or postponed, and neither does anybody once both sides have said so.',
    'Retract the earlier word if it was recorded in error and nothing relies on it; disavow it if it was recorded in your name and you did not say it.',
  ),
  ROUND_NOT_CALLED_OFF: rule(
    'This side has not called it off',
    'A side reinstates a round that it has cancelled or postponed itself; the word of the other side is not its to take back.',
    'Say that the round was held, once it was ("confirm-held"); the other side reinstates what it called off.',
  ),
  ...ownWordProblem,
} as const satisfies Record<RoundRefusal | 'ROUND_NUMBER_TAKEN', RefusalKind>;
