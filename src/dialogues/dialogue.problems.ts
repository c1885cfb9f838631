import { claimProblems } from '../platform/problems/claim.problems.js';
import { rule } from '../platform/problems/rule.js';
import type { RefusalKind } from '../platform/problems/rule.js';
import type { DialogueRefusal } from './dialogue.decider.js';

export const dialogueProblems = {
  ...claimProblems,
  NOT_A_THIRD_PARTY: rule(
    'Not a third party',
    'A party to the dialogue has no third-party role in it.',
    'Name the third party.',
  ),
  NAME_OF_WITNESS: rule(
    'A witness has a name',
    'The key of a witness is registered with the name under which the witness signs; a key for acts has none.',
    'Give "name" with the purpose "witness", and leave it out with "act".',
  ),
  KEY_NOT_POSSESSED: rule(
    'The new key did not sign its registration',
    'Whoever registers a key shows that it has it: the key signs the RFC 8785 bytes of {jwk, origin}.',
    'Sign these bytes with the new key; "entente sign possession" does it.',
  ),
  KEY_REGISTERED_BEFORE: rule(
    'The key was registered before',
    'A key is registered in a dialogue once, for one party and one purpose, and never again after it was revoked.',
    'Make a new key.',
  ),
  TOO_MANY_KEYS: rule(
    'Too many keys',
    'A party has a bounded number of keys in force.',
    'Revoke one that is not needed any more.',
  ),
  NO_ACT_KEY: rule(
    'No key signs acts of the party',
    'It is said only signed, and no key of the party that signs its acts is in force.',
    'Register a key with the purpose "act" first.',
  ),
  NOTE_OF_KEY_REQUIRED: rule(
    'The first key rests on a note',
    'No key in force could sign the new one, so it rests on a note of the party, registered as a source, that gives its thumbprint.',
    'Register the note as a source of kind "note", issued by the party, and cite it in "sources".',
  ),
  NOT_A_KEY_OF_YOURS: rule(
    'Not a key of the party',
    'A party revokes keys of its own that are in force.',
    'Look under "keys" of the dialogue.',
  ),
  LAST_KEY: rule(
    'It is the last key',
    'The acts of the party are taken only signed, and without this key it could say nothing any more.',
    'Register another key first, or lift that acts are signed.',
  ),
  KEY_PREFIX_TAKEN: rule(
    'The key prefix is taken',
    'Another dialogue owns this prefix; keys must be unique.',
    'Choose another prefix.',
  ),
} as const satisfies Record<DialogueRefusal | 'KEY_PREFIX_TAKEN', RefusalKind>;
