import { rule } from '../platform/problems/rule.js';
import type { RefusalKind } from '../platform/problems/rule.js';
import type { DialogueRefusal } from './dialogue.decider.js';

export const dialogueProblems = {
  NOT_A_THIRD_PARTY: rule(
    'Not a third party',
    'A party to the dialogue has no third-party role in it.',
    'Name the third party.',
  ),
  OWN_WORD_STANDS: rule(
    'The party has said it itself',
    "What is recorded in a party's name ends, answers or undoes nothing that the party said itself.",
    'Let the party act itself.',
  ),
  KEY_PREFIX_TAKEN: rule(
    'The key prefix is taken',
    'Another dialogue owns this prefix; keys must be unique.',
    'Choose another prefix.',
  ),
} as const satisfies Record<DialogueRefusal | 'KEY_PREFIX_TAKEN', RefusalKind>;
