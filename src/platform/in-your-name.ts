import { standingsIn } from './dropping.js';
import type { Stored } from './envelope.js';

/**
 * What somebody else recorded in the party's name, in one stream, and the party has not answered: neither endorsed nor
 * disavowed, and not void or taken out otherwise.
 */
export function inYourName(all: readonly Stored[], party: string): readonly Stored[] {
  const events = all.filter((one) => one.unreadable === undefined);
  const { dropped, unauthored, endorsed } = standingsIn(events);
  return events.filter(
    ({ id, act }) =>
      act.party === party &&
      act.capacity === 'attributed' &&
      !dropped.has(id) &&
      !unauthored.has(id) &&
      !endorsed.has(id),
  );
}
