import { platformProblems } from '../platform/platform.problems.js';
import { rule } from '../platform/rule.js';
import type { RefusalKind } from '../platform/rule.js';
import type { RoundRefusal } from './round.decider.js';

export const roundProblems = {
  DIALOGUE_SUSPENDED: rule(
    'The dialogue is suspended',
    'A suspended dialogue takes no new rounds and irritants.',
    'Each side lifts its own suspension with "resume" on the dialogue.',
  ),
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
    "The account is another party's",
    "An account, its translation and its points are one party's.",
    'Publish an account of that party.',
  ),
  SOURCE_NOT_ISSUED_BY_PARTY: platformProblems.SOURCE_NOT_ISSUED_BY_PARTY,
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
    'Who has said that a round was held does not say that it was cancelled.',
    'Retract the earlier word, if it was recorded in error.',
  ),
} as const satisfies Record<RoundRefusal | 'ROUND_NUMBER_TAKEN', RefusalKind>;
