import { choice, id, integer, line, list, optional, party } from '#libs/decider';
import type { Shape } from '#libs/decider';
import { roles } from '../record/principal.js';

/** What an operator gives for a key. */
export const newKeyShape = {
  name: line(100),
  party: optional(party),
  roles: list(choice(...roles), 1, roles.length),
  dialogues: optional(list(id, 1, 1_000)),
  days: optional(integer(1, 3_650)),
  principalId: optional(id),
} satisfies Shape;
