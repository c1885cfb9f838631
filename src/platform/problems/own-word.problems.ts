import { rule } from './rule.js';

/** Every slice in which a party's word may be ended or answered has it. */
export const ownWordProblem = {
  OWN_WORD_STANDS: rule(
    'The party has said it itself',
    "What is recorded in a party's name ends, answers or undoes nothing that the party said itself.",
    'Let the party act itself.',
  ),
} as const;
