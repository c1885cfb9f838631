import type { Projections } from '#libs/projections';
import type { KnownRecord } from './world.js';

/** What has to go on for consequences to come about. */
const drawing = new Set(['record', 'policies']);

/** Whoever can't follow the record brings nothing about, and must not keep others from it. */
export function follows(projections: Projections): boolean {
  return !projections.status().some(({ name, state }) => state === 'halted' && drawing.has(name));
}

/** What the read models hold; the store is asked first, and they only where it lacks what they have. */
export function knownFrom(projections: () => Projections): KnownRecord {
  const record = () => projections().record;
  return {
    holds: (stream) => record().ordinalOf(stream, 0n) !== undefined,
    dialogueOf: (stream) => record().logOf(stream),
    endOf: (stream) => (follows(projections()) ? record().endOf(stream) : -1),
    newest: () => record().byOrdinal(record().headOrdinal)?.event,
  };
}
