import type { Msg, Position } from '#libs/event-store';

import type { Sequenced, Tables } from './definitions.js';
import { ReadModelsDiffer } from './errors.js';
import {
  insertBatch,
  lastRead,
  recordName,
  refuseFewer,
  type Inserting,
  type RecordEnd,
} from './record-table.js';
import type { Runtime } from './runtime.js';
import type { ReadModels } from './read-models.js';
import type { Advance, Slot, Slots } from './slots.js';

/** What follows the record, and can apply an event in the transaction in which the record takes it in. */
export interface Rider {
  /**
   * Applies what comes right after the last event that it has applied, until it is late; undefined where it can't. It
   * throws what its own code throws, and then nothing of what it wrote may stay.
   */
  ride(events: readonly Sequenced[], closesAt: number): Ridden | undefined;
}

/** How far a rider has come, whose checkpoint is moved by whoever it rides with. */
export interface Ridden extends Advance {
  /** Called once all is committed. */
  readonly land: () => void;
}

/** A record whose place another one takes, as far as that one has to know it. */
interface Predecessor {
  readonly ordinal: number;
  readonly position: Position | undefined;
  readonly tables: Tables;
}

interface Taking extends Omit<Inserting, 'logOf'> {
  readonly batch: readonly Msg[];
  readonly slot: Slot;
  readonly tables: Tables;
  readonly end: RecordEnd;
  /** Absent where the store's head of the beginning has not been reached. */
  readonly replaces: Predecessor | undefined;
  readonly riders: readonly Rider[];
}

export interface TakenIn {
  readonly end: RecordEnd;
  readonly inserted: readonly Sequenced[];
  readonly takesOver: boolean;
  /** What the riders have to be told now that all is committed. */
  readonly ridden: readonly Ridden[];
}

/**
 * Writes a batch, the checkpoint, and what the riders make of it, in one transaction. Where that fails, it is tried again
 * with each rider by itself, so that one that fails keeps neither the record nor the others back.
 */
export function takeIn(runtime: Runtime, taking: Taking): TakenIn {
  const eventIds = () => taking.batch.flatMap((one) => (one.kind === 'event' ? one.event.id : []));
  return runtime.around(
    () => ({ projection: recordName, eventIds: eventIds() }),
    () => {
      try {
        return takenIn(runtime, taking, together);
      } catch (error) {
        if (taking.riders.length === 0) throw error;
        return takenIn(runtime, taking, apart);
      }
    },
  );
}

type Rides = readonly (() => Ridden | undefined)[];

function takenIn(
  { models, slots, logOf, batchDelayMs }: Runtime,
  taking: Taking,
  carry: (rides: Rides, models: ReadModels, slots: Slots) => readonly Ridden[],
): TakenIn {
  const { batch, slot, tables, end: before, replaces } = taking;
  return models.transaction(() => {
    const { end: inserted, inserted: events } = insertBatch(tables, before, batch, { ...taking, logOf });
    const takesOver = replaces !== undefined && inserted.ordinal >= replaces.ordinal;
    if (replaces !== undefined && !takesOver) refuseFewer(replaces, inserted);
    const end = takesOver ? endAfter(replaces, inserted, tables) : inserted;
    slots.advance(slot, before, end);
    if (takesOver) slots.activate(slot);
    const closesAt = performance.now() + batchDelayMs;
    const riders = events.length === 0 ? [] : taking.riders;
    const rides = riders.map((one) => () => one.ride(events, closesAt));
    const ridden = carry(rides, models, slots);
    return { end, inserted: events, takesOver, ridden };
  });
}

function together(rides: Rides, _models: ReadModels, slots: Slots): readonly Ridden[] {
  const ridden = rides.flatMap((one) => one() ?? []);
  slots.advanceAll(ridden);
  return ridden;
}

function apart(rides: Rides, models: ReadModels, slots: Slots): readonly Ridden[] {
  return rides.flatMap((one) => byItself(one, models, slots));
}

/** What fails is taken back alone, and goes on by itself later. */
function byItself(ride: Rides[number], { db }: ReadModels, slots: Slots): readonly Ridden[] {
  db.exec('SAVEPOINT rider');
  try {
    const ridden = ride();
    const all = ridden === undefined ? [] : [ridden];
    slots.advanceAll(all);
    db.exec('RELEASE rider');
    return all;
  } catch (error) {
    // A full disk makes SQLite roll back everything by itself.
    if (!db.isTransaction) throw error;
    db.exec('ROLLBACK TO rider; RELEASE rider');
    return [];
  }
}

/**
 * Both have seen the whole log, so the predecessor's place is this one's too, even where the log ends with events
 * outside the record that this subscription has not been told of.
 */
function endAfter({ ordinal, position, tables }: Predecessor, next: RecordEnd, own: Tables): RecordEnd {
  const [was, is] = [tables, own].map((one) => lastRead(one, ordinal)?.id);
  if (was !== is) throw new ReadModelsDiffer(`The store now has another event than before at ${ordinal}`);
  const further = position !== undefined && (next.position === undefined || position > next.position);
  return further ? { ...next, position } : next;
}
