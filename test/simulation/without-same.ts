import { standingsIn } from '../../src/platform/record/dropping.js';
import { takesOut } from '../../src/platform/record/taking.js';
import type { Stored } from '../../src/platform/record/envelope.js';
import type { Told } from './told.js';

/** What tells how far a stream has come, and nothing of what stands in it. */
export const counters: readonly string[] = ['revision', 'updatedAt', 'lastHeard', 'checked'];
/** A consequence that fell is drawn anew where its cause still counts: it is the same one, drawn when that fell. */
export const moments: readonly string[] = ['eventId', 'recordedAt', 'stageSince', 'since', 'occurred'];
/** A mere link stays in its place for as long as anything names the irritant, whatever was the first that did. */
const unordered: readonly string[] = ['instruments'];

/** In what place in its stream a consequence stands tells nothing where it may have been drawn anew. */
export type Consequences = ReadonlyMap<string, string>;

function sorted(items: readonly unknown[]): readonly unknown[] {
  const key = (one: unknown) => JSON.stringify(one) ?? '';
  return items.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
}

export function stripped(value: unknown, names: readonly string[], consequences: Consequences): unknown {
  if (typeof value === 'string') return consequences.get(value) ?? value;
  if (Array.isArray(value)) {
    const items = value.map((one) => stripped(one, names, consequences));
    // Without moments there is no order either.
    return names.includes('occurred') ? sorted(items) : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const kept = stripped(member, names, consequences);
      if (names.includes(name)) return [];
      return [[name, unordered.includes(name) && Array.isArray(kept) ? sorted(kept) : kept]];
    }),
  );
}

/** The streams in which a consequence has fallen, or was drawn because something fell, by the place. */
export function drawnAnewIn({ streams, entries }: Told, place: number): ReadonlySet<string> {
  const found = new Set<string>();
  const anew = new Set(entries.filter(({ event }) => takesOut(event)).map(({ event }) => event.id));
  for (const { event } of entries.filter(({ seq }) => seq <= place)) {
    if (takesOut(event) || !anew.has(event.causationId ?? '')) continue;
    anew.add(event.id);
    found.add(event.stream);
  }
  for (const [stream, reached] of streams) {
    const events = reached.filter(({ seq }) => seq <= place).map((one) => one.event);
    const { dropped } = standingsIn(events);
    if (events.some(({ id, act }) => act.capacity === 'derived' && dropped.has(id))) found.add(stream);
  }
  return found;
}

/** By id, what each consequence of a record is and on what: the same one has another id where it was drawn anew. */
export function consequencesIn(events: readonly Stored[]): Consequences {
  const derived = events.filter((one) => one.act.capacity === 'derived');
  return new Map(derived.map(({ id, stream, type }) => [id, `${type} in ${stream}`]));
}

/**
 * Where the others stand is told by ordinals, what was read by when it was read, and who keeps the record is known
 * whatever becomes of what it recorded.
 */
export const ofTheReading: readonly string[] = ['seq', 'asOfSeq', 'knownSeq', 'final', 'kept'];
