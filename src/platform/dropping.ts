import type { Stored } from './envelope.js';
import { targetOf } from './redating.js';

/** What the amendments of a prefix make of its events. */
export interface Standings {
  /** Taken out, with everything that rests on it. */
  readonly dropped: ReadonlySet<string>;
  /** A first event whose act was taken out: its aggregate stays, and nobody is the author of what it said. */
  readonly unauthored: ReadonlySet<string>;
  /** By event, the endorsement that made it as good as a direct act. */
  readonly endorsed: ReadonlyMap<string, string>;
  /** By event, the repudiation whose review is not concluded. */
  readonly repudiated: ReadonlyMap<string, Stored>;
}

/** By event, the later ones that rest on it. */
function dependentsIn(events: readonly Stored[]): ReadonlyMap<string, readonly string[]> {
  const dependents = new Map<string, string[]>();
  for (const { id, restsOn = [] } of events) {
    for (const one of restsOn) {
      const known = dependents.get(one);
      if (known === undefined) dependents.set(one, [id]);
      else known.push(id);
    }
  }
  return dependents;
}

/** The events of the stream that rest on any of these, however far removed; these themselves are not among them. */
export function restingUpon(events: readonly Stored[], ids: Iterable<string>): ReadonlySet<string> {
  const dependents = dependentsIn(events);
  const found = new Set<string>();
  const open = [...ids];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const one of dependents.get(id) ?? []) {
      if (found.has(one)) continue;
      found.add(one);
      open.push(one);
    }
  }
  return found;
}

export type ReviewOutcome = 'stands' | 'void';

/** What each party says of a repudiated act, by target. */
class Reviews {
  readonly #words = new Map<string, Map<string | null, ReviewOutcome>>();

  /** The outcome, once both sides say the same. */
  hear(event: Stored): ReviewOutcome | undefined {
    const words = this.#words.get(targetOf(event)) ?? new Map<string | null, ReviewOutcome>();
    words.set(event.act.party, event.data['outcome'] as ReviewOutcome);
    this.#words.set(targetOf(event), words);
    const [first, second] = words.values();
    return words.size === 2 && first === second ? first : undefined;
  }
}

/** What an event takes out by itself, given what both sides have concluded with it. */
function takenOutBy(event: Stored, concluded: ReviewOutcome | undefined): readonly string[] {
  switch (event.type) {
    case 'EventRetracted':
    case 'AttributionDisavowed':
    case 'AttributionVoid':
      return [targetOf(event)];
    case 'MilestoneLifted':
      return event.data['milestones'] as readonly string[];
    case 'ActReviewConcluded':
      return concluded === 'void' ? [targetOf(event)] : [];
    default:
      return [];
  }
}

/** Whether the event can take others out. */
export function takesOut({ type }: Pick<Stored, 'type'>): boolean {
  return [
    'EventRetracted',
    'AttributionDisavowed',
    'AttributionVoid',
    'MilestoneLifted',
    'ActReviewConcluded',
  ].includes(type);
}

/** What can't be read, and what comes after it, takes nothing out, as it says nothing else. */
function readableIn(events: readonly Stored[]): readonly Stored[] {
  const end = events.findIndex((one) => one.unreadable !== undefined);
  return end === -1 ? events : events.slice(0, end);
}

/** By event, the first that took it out by itself, not because of what it rested on. */
export function takersIn(events: readonly Stored[]): ReadonlyMap<string, Stored> {
  const takers = new Map<string, Stored>();
  const reviews = new Reviews();
  for (const event of readableIn(events)) {
    const concluded = event.type === 'ActReviewConcluded' ? reviews.hear(event) : undefined;
    for (const id of takenOutBy(event, concluded)) if (!takers.has(id)) takers.set(id, event);
  }
  return takers;
}

/**
 * What was taken out drops with everything that rests on it and never comes back, so that the state is that of a
 * history without it. The rules read neither words nor corrected times, so corrections need not be looked at here.
 */
export function standingsIn(all: readonly Stored[]): Standings {
  const events = readableIn(all);
  const out = new Set<string>();
  const first = events[0]?.id ?? '';
  let firstFell = events.length;
  const endorsed = new Map<string, string>();
  const repudiated = new Map<string, Stored>();
  const reviews = new Reviews();
  for (const [index, event] of events.entries()) {
    const concluded = event.type === 'ActReviewConcluded' ? reviews.hear(event) : undefined;
    for (const id of takenOutBy(event, concluded)) {
      if (id === first) firstFell = Math.min(firstFell, index);
      out.add(id);
    }
    if (event.type === 'AttributionEndorsed') endorsed.set(targetOf(event), event.id);
    if (event.type === 'ActRepudiated') repudiated.set(targetOf(event), event);
    if (concluded !== undefined) repudiated.delete(targetOf(event));
  }
  const unauthored = new Set(out.has(first) ? [first] : []);
  // Its aggregate stays, so that what is said of it afterwards rests on no word of its author.
  const withFirst = out.delete(first) ? restingUpon(events.slice(0, firstFell), [first]) : [];
  const taken = [...out, ...withFirst];
  const dropped = new Set([...taken, ...restingUpon(events, taken)]);
  dropped.delete(first);
  return { dropped, unauthored, endorsed, repudiated };
}
