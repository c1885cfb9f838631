import type { Stored } from './envelope.js';

/** Whether the event only links what names an entry to that: it goes with the last that does, and nobody relies on it. */
export function isLink({ type }: Pick<Stored, 'type'>): boolean {
  return type === 'InstrumentLinked';
}
