import { isOut, readableIn, standingsIn } from '../platform/record/dropping.js';
import type { Standings } from '../platform/record/dropping.js';
import type { Stored } from '../platform/record/envelope.js';
import { targetOf } from '../platform/record/redating.js';

/** A later event that amended an entry, so that a reader of the original sees at once that it was. */
export interface Amendment {
  readonly type: string;
  readonly eventId: string;
  /** The entry that was taken out: this one rested on it, and fell with it. */
  readonly restedOn?: string;
}

/** What became of the events of one stream. */
export interface Amended {
  readonly standings: Standings;
  /** By event, what amended it, in the order of the record. */
  readonly by: ReadonlyMap<string, readonly Amendment[]>;
}

function targetsOf(event: Stored): readonly string[] {
  if (event.type === 'MilestoneLifted') return event.data['milestones'] as readonly string[];
  return typeof event.data['target'] === 'string' ? [targetOf(event)] : [];
}

/** As the fold has it: nothing from the first event on that can't be read, but erasures, wherever they stand. */
export function amendedIn(all: readonly Stored[]): Amended {
  const events = readableIn(all);
  const erasures = all.slice(events.length).filter((one) => one.type === 'ContentErased');
  const by = new Map<string, Amendment[]>();
  const note = (id: string, amendment: Amendment) => by.set(id, [...(by.get(id) ?? []), amendment]);
  const standings = standingsIn(events);
  // What was itself taken back, or found void, amends nothing; words that are erased are gone all the same.
  const isErasing = ({ type, act }: Stored) => type === 'ContentErased' && act.capacity === 'derived';
  for (const event of [...events, ...erasures]) {
    if (isOut(standings, event.id) && !isErasing(event)) continue;
    for (const id of targetsOf(event)) note(id, { type: event.type, eventId: event.id });
  }
  for (const [id, fallenWith] of fallenIn(events, standings)) {
    for (const restedOn of fallenWith) {
      const taker = standings.takers.get(restedOn);
      if (taker !== undefined) note(id, { type: taker.type, eventId: taker.id, restedOn });
    }
  }
  return { standings, by };
}

/** By event that fell with others, those that were taken out by themselves and on which it rests, however far removed. */
function fallenIn(events: readonly Stored[], standings: Standings): ReadonlyMap<string, ReadonlySet<string>> {
  const { takers, dropped } = standings;
  const restedOn = new Map<string, ReadonlySet<string>>();
  for (const { id, restsOn = [] } of events) {
    if (!isOut(standings, id)) continue;
    const taken = restsOn.flatMap((one) => [...(takers.has(one) ? [one] : []), ...(restedOn.get(one) ?? [])]);
    restedOn.set(id, new Set(taken));
  }
  return new Map([...restedOn].filter(([id]) => dropped.has(id) && !takers.has(id)));
}

/** How an entry stands that does not simply stand as it was recorded. */
export const standingWords = ['unheard', 'dropped', 'repudiated', 'doubted'] as const;
export type Standing = (typeof standingWords)[number];

/** Whether the entry still counts, whether its party says that it is not its own, and whether its recorder doubts it. */
export function standingOf({ standings }: Amended, eventId: string): Standing | undefined {
  if (standings.unheard.has(eventId)) return 'unheard';
  if (isOut(standings, eventId)) return 'dropped';
  if (standings.doubted.has(eventId)) return 'doubted';
  return standings.repudiated.has(eventId) ? 'repudiated' : undefined;
}
