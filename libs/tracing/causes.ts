import type { Place } from './traceparent.js';

/** Far more than wait for what follows from them at any time; each takes some hundred bytes. */
const keptMax = 4_096;

/**
 * By which span each of the latest events was recorded, so that what follows from one is found in the trace of the act.
 * It is told from nothing that is stored: events are the same whether they are traced or not.
 */
export class Causes {
  readonly #places = new Map<string, Place>();

  constructor(private readonly max = keptMax) {}

  keep(eventIds: readonly string[], place: Place): void {
    for (const id of eventIds) {
      this.#places.delete(id);
      this.#places.set(id, place);
    }
    for (const oldest of this.#places.keys()) {
      if (this.#places.size <= this.max) return;
      this.#places.delete(oldest);
    }
  }

  of(eventId: string): Place | undefined {
    return this.#places.get(eventId);
  }

  /** Each span once, at the most so many. */
  ofAll(eventIds: Iterable<string>, most: number): readonly Place[] {
    const found = new Set<Place>();
    for (const id of eventIds) {
      const place = this.#places.get(id);
      if (place !== undefined) found.add(place);
      if (found.size >= most) break;
    }
    return [...found];
  }
}
