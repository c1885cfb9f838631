import type { Stored } from './envelope.js';
import { targetOf } from './redating.js';
import type { Slice } from './slice.js';

/** Every how many events a state is kept: folding these again costs little, and keeping every state much memory. */
const stride = 32;

/** What counted so far and the state it makes, reached from the nearest earlier one that is kept. */
class Counted {
  readonly #events: Stored[] = [];
  readonly #kept: { readonly count: number; readonly state: unknown }[] = [];

  constructor(private readonly slice: Slice) {}

  /** Amendments are in no slice's format, and no fold looks at them. */
  add(event: Stored): void {
    if (Object.hasOwn(this.slice.schemas, event.type)) this.#events.push(event);
  }

  state(): unknown {
    let { count, state } = this.#kept.at(-1) ?? { count: 0, state: this.slice.initial as unknown };
    for (const event of this.#events.slice(count)) {
      state = this.slice.evolve(state, event);
      count += 1;
      if (count % stride === 0) this.#kept.push({ count, state });
    }
    return state;
  }

  drop(id: string): void {
    const index = this.#events.findLastIndex((one) => one.id === id);
    if (index === -1) return;
    this.#events.splice(index, 1);
    while ((this.#kept.at(-1)?.count ?? 0) > index) this.#kept.pop();
  }
}

/**
 * The events that retractions take out. At each retraction the state says what milestones rest on; where something
 * drops out, later retractions are judged by what counted without it. Folding starts again no further back than what
 * dropped out, for most are taken back soon after they were entered. The rules read neither words nor corrected times,
 * so corrections need not be looked at here.
 */
export function droppedBy(slice: Slice, events: readonly Stored[]): ReadonlySet<string> {
  const dropped = new Set<string>();
  const counted = new Counted(slice);
  for (const event of events) {
    counted.add(event);
    if (event.type !== 'EventRetracted' || dropped.has(targetOf(event))) continue;
    const state = counted.state();
    if (state !== null && slice.restsOn(state).includes(targetOf(event))) continue;
    dropped.add(targetOf(event));
    counted.drop(targetOf(event));
  }
  return dropped;
}
