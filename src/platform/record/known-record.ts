import type { Projections } from '#libs/projections';
import type { KnownRecord } from './stored-streams.js';

/** What the read models hold; the store is asked first, and they only where it lacks what they have. */
export function knownFrom(projections: () => Projections): KnownRecord {
  const record = () => projections().record;
  return {
    holds: (stream) => record().ordinalOf(stream, 0n) !== undefined,
    dialogueOf: (stream) => record().logOf(stream),
    endOf: (stream) => (projections().goesOn ? record().endOf(stream) : -1),
    newest: () => record().byOrdinal(record().headOrdinal)?.event,
  };
}
