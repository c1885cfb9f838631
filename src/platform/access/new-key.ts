import { choice, id, integer, line, list, means, optional, party } from '#libs/decider';
import type { MeantShape } from '#libs/decider';
import { grantedMax } from './grants.js';
import { roles } from '../record/principal.js';

/** What an operator gives for a key. */
export const newKeyShape = {
  name: means(line(100), 'What people call the principal.'),
  party: optional(party, 'The party that it acts for; absent where it acts for none.'),
  roles: means(list(choice(...roles), 1, roles.length), 'What it may do.'),
  dialogues: optional(
    list(id, 1, grantedMax),
    'Of a key without a party: the dialogues that it sees; all of them where left out.',
  ),
  days: optional(integer(1, 3_650), 'For how many days it holds; 365 unless given.'),
  principalId: optional(
    id,
    'The principal that it is for, where that has a key already; a new one where left out.',
  ),
} satisfies MeantShape;
