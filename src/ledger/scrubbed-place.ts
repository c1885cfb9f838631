import { ReadModelsDamaged } from '#libs/projections';
import type { Recorded } from '#libs/event-store';
import type { Sequenced } from '#libs/projections';
import type { Alarm } from './alarm.js';
import type { Scrubbed } from './scrubbed.js';
import { isSamePlace } from './stored-faults.js';

type Parts = Pick<Scrubbed, 'record' | 'logs'>;

/** How an event of the store stands to the record. */
export interface Placing {
  /** As the record has it; absent where it is not in its own place. */
  readonly own?: Sequenced;
  readonly told: readonly Alarm[];
  /** The ordinal that its place in the store has, or would have; those before it that were not met are gone. */
  readonly at: number;
  /** The ordinal that is expected next. */
  readonly next: number;
}

/** Places in the store never change, so an event is looked for by its own. `next`: the ordinal that is expected there. */
export function placingOf(parts: Parts, event: Recorded, next: number): Placing {
  const { record } = parts;
  const expected = record.byOrdinal(next);
  if (expected !== undefined && isOwn(expected, event)) return inPlace(expected);
  const known = record.ordinalOf(event.stream, event.revision);
  const own = known === undefined ? undefined : record.byOrdinal(known);
  if (own !== undefined && own.ordinal > next && isOwn(own, event)) return inPlace(own);
  const near = record.byOrdinal(record.ordinalAtPosition(event.position));
  const there = near !== undefined && near.ordinal >= next && isThere(near, event) ? near : undefined;
  if (expected === undefined && own === undefined && there === undefined) return lacked(parts, event, next);
  const { type, revision, stream } = event;
  const instead = `in its place the store holds a ${type}, revision ${revision} of ${stream}`;
  const strayed =
    own === undefined
      ? strange(parts, event, next)
      : alarmOf(own, 'the store holds it in another place than when it was logged');
  if (there === undefined) return { told: [strayed], at: next, next };
  return { told: [alarmOf(there, instead), strayed], at: there.ordinal, next: there.ordinal + 1 };
}

function alarmOf({ log, seq }: Sequenced, because: string): Alarm {
  return { dialogueId: log, seq, because };
}

/** In the place that it would have in its log. */
function strange({ record }: Parts, { stream, revision, type }: Recorded, next: number): Alarm {
  const because = `the store holds a ${type} there that was never logged`;
  const dialogueId = record.logOf(stream) ?? '';
  return dialogueId === ''
    ? { dialogueId, seq: Number(revision), because: `revision ${revision} of ${stream}: ${because}` }
    : { dialogueId, seq: record.seqAt(dialogueId, next - 1) + 1, because };
}

/** Of an event that the record has no more, the leaf says where it was. */
function lacked({ logs }: Parts, { stream, revision, type }: Recorded, next: number): Placing {
  const because = `its ${type}, revision ${revision} of ${stream}, is gone from the read models. ${new ReadModelsDamaged().message}`;
  const { log, seq } = logs.placeAt(next) ?? { log: '', seq: Number(revision) };
  return { told: [{ dialogueId: log, seq, because }], at: next, next: next + 1 };
}

function isThere({ event }: Sequenced, { position }: Recorded): boolean {
  return event.position === position;
}

function isOwn(one: Sequenced, event: Recorded): boolean {
  return isThere(one, event) && isSamePlace(one.event, event);
}

function inPlace(own: Sequenced): Placing {
  return { own, told: [], at: own.ordinal, next: own.ordinal + 1 };
}
