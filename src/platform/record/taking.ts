import type { takingOut } from '#libs/decider';
import { neverTakenOut } from '#libs/ledger';
import type { Stored } from './envelope.js';
import { overOthersIn } from './over-others.js';
import { targetOf } from './redating.js';
import { unheardIn } from './voices.js';

/** What became of the events of a prefix. */
export interface Fates {
  /** What does not count: no word of whoever it says, taken out by an event that counts, or resting on what is out. */
  readonly out: ReadonlySet<string>;
  /** By event, the first that took it out by itself, not because of what it rested on. */
  readonly takers: ReadonlyMap<string, Stored>;
  /** The repudiated acts whose review both sides have concluded. */
  readonly concluded: ReadonlySet<string>;
}

const theTarget = (event: Stored): readonly string[] => [targetOf(event)];

/** By type, what an event may take out. */
const takers: { readonly [T in (typeof takingOut)[number]]: (event: Stored) => readonly string[] } = {
  EventRetracted: theTarget,
  AttributionDisavowed: theTarget,
  AttributionVoid: theTarget,
  AttributionContradicted: theTarget,
  MilestoneLifted: (event) => event.data['milestones'] as readonly string[],
  ActReviewConcluded: theTarget,
};

function isTaking(type: string): type is keyof typeof takers {
  return Object.hasOwn(takers, type);
}

/** Whether the event can take others out. */
export function takesOut({ type }: Pick<Stored, 'type'>): boolean {
  return isTaking(type);
}

/** Whether what it says bears on events before it: it takes them out, or what takes them out rests on it. */
export function reachesBack({ type }: Pick<Stored, 'type'>): boolean {
  return isTaking(type) || type === 'ActRepudiated';
}

function isHalf({ type }: Stored): boolean {
  return type === 'ActReviewConcluded';
}

/**
 * The word by which both sides have said the same of a repudiated act; what is said afterwards is no more of it. One of them
 * is the party under whose name the act is.
 */
function conclusionOf(halves: readonly Stored[], party: string | null): Stored | undefined {
  const words = new Map<string | null, unknown>();
  return halves.find(({ act, data }) => {
    words.set(act.party, data['outcome']);
    const own = words.get(party);
    return own !== undefined && [...words].some(([other, outcome]) => other !== party && outcome === own);
  });
}

/**
 * By event, the later ones that may take it out, in the order of the record; what stays for good is not among them. Ids that
 * are drawn can be known beforehand.
 */
function mayTake(events: readonly Stored[]): ReadonlyMap<string, readonly Stored[]> {
  const found = new Map<string, Stored[]>();
  const before = new Set<string>();
  for (const event of events) {
    const { type } = event;
    const taken = isTaking(type) ? takers[type](event).filter((id) => before.has(id)) : [];
    before.add(event.id);
    for (const id of taken) {
      const known = found.get(id);
      if (known === undefined) found.set(id, [event]);
      else known.push(event);
    }
  }
  for (const { id, type } of events) if (neverTakenOut(type)) found.delete(id);
  return found;
}

/**
 * Decides of each event whether it is out, after everything that this depends on: what may take it out, for that takes
 * nothing where it is out itself, and what it rests on.
 */
class Deciding {
  readonly takers = new Map<string, Stored>();
  readonly concluded = new Set<string>();
  readonly #out = new Map<string, boolean>();
  readonly #byId: ReadonlyMap<string, Stored>;
  readonly #places: ReadonlyMap<string, number>;
  readonly #taking: ReadonlyMap<string, readonly Stored[]>;
  readonly #first: string | undefined;

  constructor(events: readonly Stored[], idle: ReadonlySet<string>) {
    this.#byId = new Map(events.map((one) => [one.id, one]));
    this.#places = new Map(events.map((one, place) => [one.id, place]));
    this.#taking = mayTake(events);
    this.#first = events[0]?.id;
    // Before all others, for what it takes out may be what it says it rests on.
    for (const id of idle) this.#out.set(id, true);
    // From the last to the first: what takes out stands after what it takes, and the later word has its say first.
    for (const one of events.toReversed()) this.#decideAfterAll(one);
  }

  get out(): ReadonlySet<string> {
    return new Set([...this.#out].flatMap(([id, isOut]) => (isOut ? [id] : [])));
  }

  /** Without recursion, for what rests on one another may be a chain of any length. Each event is opened once. */
  #decideAfterAll(event: Stored): void {
    const begun = new Set<string>();
    const open = [event];
    for (let one = open.at(-1); one !== undefined; one = open.at(-1)) {
      if (!this.#out.has(one.id) && !begun.has(one.id)) {
        begun.add(one.id);
        // One that is begun depends on this one in its turn: it is asked as if this one stood.
        const needed = this.#needed(one).filter(({ id }) => !this.#out.has(id) && !begun.has(id));
        open.push(...needed);
        if (needed.length > 0) continue;
      }
      if (!this.#out.has(one.id)) this.#decide(one);
      open.pop();
    }
  }

  #needed({ id, restsOn = [] }: Stored): readonly Stored[] {
    return [...(this.#taking.get(id) ?? []), ...restsOn.flatMap((one) => this.#byId.get(one) ?? [])];
  }

  #decide(event: Stored): void {
    const taker = this.#takerOf(event);
    if (taker !== undefined) this.takers.set(event.id, taker);
    const { restsOn = [] } = event;
    this.#out.set(event.id, taker !== undefined || restsOn.some((one) => this.#isFallen(one, event)));
  }

  #takerOf({ id, act }: Stored): Stored | undefined {
    const counting = (this.#taking.get(id) ?? []).filter((one) => this.#out.get(one.id) !== true);
    const conclusion = conclusionOf(counting.filter(isHalf), act.party);
    if (conclusion !== undefined) this.concluded.add(id);
    const isVoid = conclusion?.data['outcome'] === 'void';
    return counting.find((one) => !isHalf(one) || (isVoid && one === conclusion));
  }

  /** The aggregate of a first event stays, so what is said of it after that was taken out rests on no word of its author. */
  #isFallen(restedOn: string, event: Stored): boolean {
    if (this.#out.get(restedOn) !== true) return false;
    const taker = restedOn === this.#first ? this.takers.get(restedOn) : undefined;
    return taker === undefined || this.#placeOf(event) < this.#placeOf(taker);
  }

  #placeOf({ id }: Stored): number {
    return this.#places.get(id) ?? -1;
  }
}

function decided(events: readonly Stored[], idle: ReadonlySet<string>): Deciding | undefined {
  return idle.size > 0 || events.some(takesOut) ? new Deciding(events, idle) : undefined;
}

/**
 * What the amendments of a prefix make of its events. An event takes others out only where it is not out itself: what
 * both found void, or what rested on what fell, amends nothing any more; nor does what takes back or rewords the words of
 * others.
 */
export function fatesIn(events: readonly Stored[]): Fates {
  const unheard = unheardIn(events);
  const outOf = (before: readonly Stored[], idle: ReadonlySet<string>) =>
    decided(before, new Set([...unheard, ...idle]))?.out ?? new Set<string>();
  const idle = new Set([...unheard, ...overOthersIn(events, unheard, outOf)]);
  return decided(events, idle) ?? { out: new Set(), takers: new Map(), concluded: new Set() };
}
