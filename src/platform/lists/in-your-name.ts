import { isOut, readableIn, standingsIn } from '../record/dropping.js';
import type { Stored } from '../record/envelope.js';

/**
 * What somebody else recorded in the party's name, in one stream, and the party has not answered: neither endorsed nor
 * disavowed, and not void or taken out otherwise.
 */
export function inYourName(all: readonly Stored[], party: string): readonly Stored[] {
  const events = readableIn(all);
  const standings = standingsIn(events);
  return events.filter(
    ({ id, act }) =>
      act.party === party &&
      act.capacity === 'attributed' &&
      !isOut(standings, id) &&
      !standings.endorsed.has(id),
  );
}
