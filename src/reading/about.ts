import { idOf } from '../platform/record/fold.js';

/** An entry of a history as far as it names others. */
export interface Naming {
  readonly id: string;
  readonly stream: string;
  readonly causationId?: string;
  readonly data: { readonly [field: string]: unknown };
}

/** What places an entry, and is not what it is about. */
const places = ['irritantId', 'dialogueId', 'roundId', 'sourceId', 'commitmentId', 'exchangeId', 'roadmapId'];
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function idsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return uuid.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(idsIn) : [];
}

/**
 * What each entry of a history is about: the earlier entry that brought in the claim, note, step or other matter that it
 * names, where that stands in the same history. Without it two answers to two claims would read alike.
 */
export function aboutIn<E extends Naming>(history: readonly E[]): ReadonlyMap<string, E> {
  const broughtIn = new Map<string, E>();
  const about = new Map<string, E>();
  for (const entry of history) {
    const named = Object.entries(entry.data).flatMap(([field, value]) =>
      typeof value === 'string' && !places.includes(field) ? idsIn(value) : [],
    );
    // A consequence that names nothing else is about what it follows from.
    const [first] = [...named, ...idsIn(entry.causationId)].flatMap((id) => broughtIn.get(id) ?? []);
    if (first !== undefined) about.set(entry.id, first);
    const own = Object.entries(entry.data).flatMap(([field, value]) =>
      places.includes(field) ? [] : idsIn(value),
    );
    for (const id of [entry.id, idOf(entry.stream), ...own]) if (!broughtIn.has(id)) broughtIn.set(id, entry);
  }
  return about;
}
