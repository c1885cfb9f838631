import { learnedAsItGrows } from './as-it-grows.js';
import type { Stored } from './envelope.js';
import { targetOf } from './redating.js';
import { fatesIn, reachesBack } from './taking.js';
import { mayBeUnheard, unheardIn } from './voices.js';
import { madeOnce } from '../shapes/made-once.js';

/** What the amendments of a prefix make of its events. */
export interface Standings {
  /** Taken out, with everything that rests on it, by what is not out itself. */
  readonly dropped: ReadonlySet<string>;
  /** Nobody's words: they counted at no time. They are dropped as well, where what can't be read has not ended all that counts. */
  readonly unheard: ReadonlySet<string>;
  /** A first event whose act was taken out: its aggregate stays, and nobody is the author of what it said. */
  readonly unauthored: ReadonlySet<string>;
  /** By event, the first that took it out by itself, not because of what it rested on. */
  readonly takers: ReadonlyMap<string, Stored>;
  /** By event, the endorsement that made it as good as a direct act. */
  readonly endorsed: ReadonlyMap<string, Stored>;
  /** By event, the repudiation whose review is not concluded. */
  readonly repudiated: ReadonlyMap<string, Stored>;
  /** By event that still counts, the word by which whoever recorded it in another's name doubts it. */
  readonly doubted: ReadonlyMap<string, Stored>;
}

const nothingBears: Standings = {
  dropped: new Set(),
  unheard: new Set(),
  unauthored: new Set(),
  takers: new Map(),
  endorsed: new Map(),
  repudiated: new Map(),
  doubted: new Map(),
};

/** What takes nothing out, and yet bears on how others stand. */
const marking = new Set(['AttributionEndorsed', 'AttributionDoubted']);

/** Whether any event bears on what others are, or may itself be no word of anybody. Of most streams none does. */
const bearing = learnedAsItGrows(
  () => ({ isAny: false, mayBeUnheard: false }),
  (known, event) => {
    known.isAny ||= event.unreadable !== undefined || reachesBack(event) || marking.has(event.type);
    known.mayBeUnheard ||= mayBeUnheard(event);
  },
);

/** However long the stream is, this is told of what is new in it alone. */
function bears(events: readonly Stored[]): boolean {
  const known = bearing(events);
  return known.isAny || (known.mayBeUnheard && unheardIn(events).size > 0);
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

/** The events before the first that can't be read: that one, and what comes after it, takes nothing out. */
export function readableIn(events: readonly Stored[]): readonly Stored[] {
  const end = events.findIndex((one) => one.unreadable !== undefined);
  return end === -1 ? events : events.slice(0, end);
}

/**
 * What was taken out drops with everything that rests on it, so that the state is that of a history without it. It comes
 * back only where what took it out has dropped out itself, as if that had never been. The rules read neither words nor
 * corrected times, so corrections need not be looked at here. A list of events is never changed, and several rules ask of
 * the same one.
 */
export const standingsIn = madeOnce((all: readonly Stored[]): Standings => {
  if (!bears(all)) return nothingBears;
  const events = readableIn(all);
  const { out, takers, concluded } = fatesIn(events);
  const endorsed = new Map<string, Stored>();
  const repudiated = new Map<string, Stored>();
  const doubted = new Map<string, Stored>();
  for (const event of events) {
    if (out.has(event.id)) continue;
    if (event.type === 'AttributionEndorsed') endorsed.set(targetOf(event), event);
    if (event.type === 'ActRepudiated' && !concluded.has(targetOf(event)))
      repudiated.set(targetOf(event), event);
    if (event.type === 'AttributionDoubted' && !out.has(targetOf(event))) doubted.set(targetOf(event), event);
  }
  const first = events[0]?.id ?? '';
  const unauthored = new Set(out.has(first) ? [first] : []);
  const dropped = unauthored.size === 0 ? out : new Set([...out].filter((one) => one !== first));
  return { dropped, unheard: unheardIn(all), unauthored, takers, endorsed, repudiated, doubted };
});

/** Whether what the event said no longer counts: it dropped out, or it is nobody's word any more. */
export function isOut({ dropped, unauthored }: Standings, eventId: string): boolean {
  return dropped.has(eventId) || unauthored.has(eventId);
}

/** What is shown beside the words of an event that still counts: that its party says it is not its own, that it is in doubt. */
export function marksOf({ id }: Stored, { repudiated, doubted }: Standings): Stored['content'] {
  const [repudiation, doubt] = [repudiated.get(id), doubted.get(id)];
  const by = (event: Stored) => ({ eventId: event.id, recordedAt: event.recordedAt });
  return {
    ...(repudiation === undefined ? {} : { repudiated: by(repudiation) }),
    ...(doubt === undefined ? {} : { doubted: { ...by(doubt), by: doubt.act.recorderParty } }),
  };
}
