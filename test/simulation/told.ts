import { expect } from '@jest/globals';
import { standingsIn } from '../../src/platform/record/dropping.js';
import type { Stored } from '../../src/platform/record/envelope.js';
import { fold, represent } from '../../src/platform/record/fold.js';
import type { Aggregate } from '../../src/platform/record/fold.js';
import type { SimulatedRecord } from './record.js';
import { isSame } from './same.js';
import type { Stage } from './stage.js';

export interface Entry {
  readonly seq: number;
  readonly event: Stored;
}

/** One event with the fold of its stream up to it. */
export interface Reached extends Entry {
  readonly folded: Aggregate;
}

/** What a history left in the record: its events as they are stored, and what each stream folds to after each. */
export interface Told {
  readonly stage: Stage;
  readonly record: SimulatedRecord;
  readonly entries: readonly Entry[];
  readonly streams: ReadonlyMap<string, readonly Reached[]>;
}

export function toldOf(stage: Stage, record: SimulatedRecord): Told {
  const { projections, registry } = stage.desk.record;
  const entries = projections.record
    .after(stage.beforeOrdinal, 100_000)
    .map(({ seq, event }) => ({ seq, event: registry.read(event) }));
  const byStream = Map.groupBy(entries, (one) => one.event.stream);
  const streams = new Map(
    [...byStream].map(([stream, own]) => {
      const slice = registry.ofStream(stream);
      const reached = own.map(({ seq, event }, index): Reached => {
        const prefix = own.slice(0, index + 1).map((one) => one.event);
        const folded = fold(slice, prefix);
        if (folded === undefined) throw new Error(`${stream} folds to nothing at revision ${index}.`);
        return { seq, event, folded };
      });
      return [stream, reached] as const;
    }),
  );
  return { stage, record, entries, streams };
}

export function ofKind({ streams }: Told, prefix: string): readonly (readonly Reached[])[] {
  return [...streams].filter(([stream]) => stream.startsWith(`${prefix}-`)).map(([, reached]) => reached);
}

type Shown = Readonly<Record<string, unknown>>;
const known = new WeakMap<Reached, Shown>();

/** The representation at that place, as JSON has it. */
export function shown(one: Reached): Shown {
  const found = known.get(one) ?? (JSON.parse(JSON.stringify(represent(one.folded))) as Shown);
  known.set(one, found);
  return found;
}

/** The entries before the place in store order that still counted there: nothing had taken them out by then. */
export function countedBefore<E extends Entry>(entries: readonly E[], seq: number): readonly E[] {
  const before = entries.filter((one) => one.seq < seq);
  const byStream = Map.groupBy(before, (one) => one.event.stream);
  const gone = [...byStream.values()].map((own) => standingsIn(own.map(({ event }) => event)));
  return before.filter(
    ({ event }) => !gone.some(({ dropped, unauthored }) => dropped.has(event.id) || unauthored.has(event.id)),
  );
}

/** What an invariant found where it does not hold: enough to see which event broke it. */
export function at({ seq, event }: Entry): string {
  return `s${seq} ${event.stream} r${event.revision} ${event.type} by ${event.act.party} (${event.act.capacity})`;
}

/** What is found at the place must be what is wanted. Comparing as jest does takes ten times as long. */
export function expectSame(entry: Entry, found: unknown, wanted: unknown): void {
  if (isSame(found, wanted)) return;
  expect({ at: at(entry), found }).toEqual({ at: at(entry), found: wanted });
  throw new Error(`${at(entry)}: what was found is not what was wanted, though it looks the same.`);
}
