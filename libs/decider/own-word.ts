import { refuse } from './decider.js';
import type { Act } from './fact.js';
import { isHearsay } from './said.js';
import type { Said } from './said.js';

type Word = Said | undefined;

/**
 * What a party said itself, only that party ends, answers or takes back: what is recorded in its name does not. `did` is what
 * it did, as in “declined this”; of several words the first that it said itself is told.
 */
export function ownWordStands(act: Act, earlier: Word | readonly Word[], did = 'said this') {
  const own = [earlier].flat().find((one) => isHearsay({ act }, one));
  return own === undefined
    ? undefined
    : refuse(
        'OWN_WORD_STANDS',
        `${act.party} ${did} itself, in the event ${own.eventId}; what is recorded in its name does not change that: let ${act.party} say so itself.`,
      );
}
