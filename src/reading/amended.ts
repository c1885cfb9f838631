import { isOut, readableIn, restingUpon, standingsIn, takersIn } from '../platform/record/dropping.js';
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
  // What dropped out itself amends nothing any more.
  const { dropped } = standingsIn(events);
  for (const event of [...events, ...erasures].filter((one) => !dropped.has(one.id))) {
    for (const id of targetsOf(event)) note(id, { type: event.type, eventId: event.id });
  }
  const takers = takersIn(events);
  for (const [restedOn, taker] of takers) {
    for (const id of restingUpon(events, [restedOn])) {
      if (takers.has(id)) continue;
      note(id, { type: taker.type, eventId: taker.id, restedOn });
    }
  }
  return { standings: standingsIn(events), by };
}

/** Whether the entry still counts, and whether its party says that it is not its own. */
export function standingOf({ standings }: Amended, eventId: string): 'dropped' | 'repudiated' | undefined {
  if (isOut(standings, eventId)) return 'dropped';
  return standings.repudiated.has(eventId) ? 'repudiated' : undefined;
}
