import type { TextRefusal } from '#libs/versioned-text';
import { ownWordProblem } from './own-word.problems.js';
import { rule } from './rule.js';
import type { RefusalKind } from './rule.js';

/** What is wrong with an act on a text in versions, whichever slice has it. */
export const textProblems = {
  WORDS_REQUIRED: rule(
    'The words are missing',
    'A version is its words; where they are not held, their hash stands for them.',
    'Give "texts", or the hash of the paper in "textHash" alone.',
  ),
  COMMITMENT_WRONG: rule(
    'That is no commitment of one side to the other',
    'A text names each commitment once, with the side that owes it and the other to which it is owed.',
    'Read "detail", and name the other side as beneficiary, or give the commitment an id of its own.',
  ),
  AUTHENTIC_WITHOUT_TEXT: rule(
    'Authentic in a language without words',
    'The text is said to be authentic in a language in which it has no words.',
    'Give the words in that language, or leave it out of "authentic".',
  ),
  VERSION_UNKNOWN: rule(
    'There is no such version',
    'The text has no version of that number.',
    'Take the number from "versions".',
  ),
  VERSION_SUPERSEDED: rule(
    'The version is superseded',
    'A later version is on the table, and assents to the old one no longer count.',
    'Read the latest version, and assent to that one.',
  ),
  TEXT_MISMATCH: rule(
    'Another text',
    'The hash named is not that of the text in question.',
    'Read the text again and name its hash.',
  ),
  NO_ASSENT: rule(
    'There is no assent',
    'The party has not assented to this version.',
    'Nothing needs to be confirmed or withdrawn.',
  ),
  VERSION_AGREED: rule(
    'The version is agreed',
    'An agreed text is terminated or amended by another agreed one, never un-assented.',
    'Terminate it, or table a new version.',
  ),
  ...ownWordProblem,
} as const satisfies Record<TextRefusal, RefusalKind>;
