import type { takingOut } from '#libs/decider';
import type { Stored } from './envelope.js';
import { targetOf } from './redating.js';

/** What the amendments of a prefix make of its events. */
export interface Standings {
  /** Taken out, with everything that rests on it. */
  readonly dropped: ReadonlySet<string>;
  /** A first event whose act was taken out: its aggregate stays, and nobody is the author of what it said. */
  readonly unauthored: ReadonlySet<string>;
  /** By event, the endorsement that made it as good as a direct act. */
  readonly endorsed: ReadonlyMap<string, Stored>;
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

const theTarget = (event: Stored): readonly string[] => [targetOf(event)];

/** By type, what an event takes out by itself, given what both sides have concluded with it. */
const takers: {
  readonly [T in (typeof takingOut)[number]]: (
    event: Stored,
    concluded: ReviewOutcome | undefined,
  ) => readonly string[];
} = {
  EventRetracted: theTarget,
  AttributionDisavowed: theTarget,
  AttributionVoid: theTarget,
  AttributionContradicted: theTarget,
  MilestoneLifted: (event) => event.data['milestones'] as readonly string[],
  ActReviewConcluded: (event, concluded) => (concluded === 'void' ? theTarget(event) : []),
};

function isTaking(type: string): type is keyof typeof takers {
  return Object.hasOwn(takers, type);
}

/** Whether the event can take others out. */
export function takesOut({ type }: Pick<Stored, 'type'>): boolean {
  return isTaking(type);
}

interface Taking {
  readonly event: Stored;
  /** What both sides have concluded with it. */
  readonly concluded: ReviewOutcome | undefined;
  /** What it takes out by itself. */
  readonly ids: readonly string[];
}

/** The events before the first that can't be read: that one, and what comes after it, takes nothing out. */
export function readableIn(events: readonly Stored[]): readonly Stored[] {
  const end = events.findIndex((one) => one.unreadable !== undefined);
  return end === -1 ? events : events.slice(0, end);
}

/** What landed in the record too late takes nothing out. */
function voidIn(events: readonly Stored[]): (event: Stored) => boolean {
  const ids = new Set(events.flatMap((one) => (one.type === 'AttributionVoid' ? theTarget(one) : [])));
  return ({ id }) => ids.has(id);
}

/** Each event with what it takes out. What follows from an act takes nothing out any more where that act dropped out. */
function takingsIn(events: readonly Stored[]): readonly Taking[] {
  const reviews = new Reviews();
  const readable = readableIn(events);
  const isVoid = voidIn(readable);
  const all = readable.map((event): Taking => {
    const concluded = event.type === 'ActReviewConcluded' ? reviews.hear(event) : undefined;
    const takes = isTaking(event.type) && !isVoid(event);
    return { event, concluded, ids: takes ? takers[event.type](event, concluded) : [] };
  });
  const isResting = ({ event: { restsOn = [] }, ids }: Taking) => ids.length > 0 && restsOn.length > 0;
  if (!all.some(isResting)) return all;
  const taken = all.flatMap((one) => (isResting(one) ? [] : one.ids));
  const gone = new Set([...taken, ...restingUpon(events, taken)]);
  return all.map((one) => (isResting(one) && gone.has(one.event.id) ? { ...one, ids: [] } : one));
}

/** By event, the first that took it out by itself, not because of what it rested on. */
export function takersIn(events: readonly Stored[]): ReadonlyMap<string, Stored> {
  const found = new Map<string, Stored>();
  for (const { event, ids } of takingsIn(events)) {
    for (const id of ids) if (!found.has(id)) found.set(id, event);
  }
  return found;
}

/** A list of events is never changed, and several rules ask of the same one. */
const known = new WeakMap<readonly Stored[], Standings>();

/**
 * What was taken out drops with everything that rests on it and never comes back, so that the state is that of a
 * history without it. The rules read neither words nor corrected times, so corrections need not be looked at here.
 */
export function standingsIn(events: readonly Stored[]): Standings {
  const standings = known.get(events) ?? standingsOf(readableIn(events));
  known.set(events, standings);
  return standings;
}

function standingsOf(events: readonly Stored[]): Standings {
  const out = new Set<string>();
  const first = events[0]?.id ?? '';
  let firstFell = events.length;
  const endorsed = new Map<string, Stored>();
  const repudiated = new Map<string, Stored>();
  for (const { event, concluded, ids } of takingsIn(events)) {
    for (const id of ids) out.add(id);
    if (ids.includes(first)) firstFell = Math.min(firstFell, events.indexOf(event));
    if (event.type === 'AttributionEndorsed') endorsed.set(targetOf(event), event);
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

/** Whether what the event said no longer counts: it dropped out, or it is nobody's word any more. */
export function isOut({ dropped, unauthored }: Standings, eventId: string): boolean {
  return dropped.has(eventId) || unauthored.has(eventId);
}
