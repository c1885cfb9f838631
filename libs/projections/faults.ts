import { Damaged, EventStoreError, OutcomeUnknown, PositionForeign, Unavailable } from '#libs/event-store';

import {
  CheckpointMoved,
  ReadModelsDamaged,
  ReadModelsDiffer,
  ReadModelsForeign,
  RecordGap,
  asError,
} from './errors.js';

/**
 * Primary result codes of SQLite for what is wrong with the disk or the moment, and not with what was asked: the same
 * work succeeds once there is space, the lock is let go, the disk answers again.
 */
const passingCodes: ReadonlyMap<number, string> = new Map([
  [3, 'this user may not use the file of the read models'],
  [5, 'another program holds the read models'],
  [6, 'another program holds the read models'],
  [7, 'there is no memory left'],
  [8, 'the read models can only be read'],
  [10, 'the disk of the read models does not answer'],
  [13, 'the disk is full'],
  [14, "the file of the read models can't be opened"],
  [15, 'another program holds the read models'],
]);

/** How deep an error may lie in another's cause and still be looked at. */
const causesSeen = 8;

/** As `node:sqlite` throws it; looked at by its shape, since it may come from another realm than our `Error`. */
interface SqliteError {
  readonly errcode: number;
  readonly message: string;
  readonly cause: unknown;
}

/**
 * Why the work could not be done now, in words, where trying again will mend it: a fault of disk or store, never the
 * throw of our own code. Undefined where it won't.
 */
export function passingReason(error: unknown): string | undefined {
  let one = error;
  for (let depth = 0; depth < causesSeen && typeof one === 'object' && one !== null; depth += 1) {
    if (isForGood(one)) return undefined;
    if (one instanceof Unavailable || one instanceof OutcomeUnknown) return one.message;
    const { errcode, message, cause } = one as Partial<SqliteError>;
    const reason = typeof errcode === 'number' ? passingCodes.get(errcode & 0xff) : undefined;
    if (reason !== undefined) return `${reason} (SQLite says: ${message})`;
    one = cause;
  }
  return undefined;
}

/** SQLITE_CORRUPT, SQLITE_NOTADB; and what SQLite says, with no code of its own, of a document that is no JSON. */
const damagedCodes = [11, 26];
const damagedJson = 'malformed JSON';

/** The error in words that say how to go on, where it tells of damage to the read models; undefined where it does not. */
export function readModelsDamage(error: unknown): ReadModelsDamaged | undefined {
  if (error instanceof ReadModelsDamaged) return error;
  const { errcode, message } = (error ?? {}) as Partial<SqliteError>;
  const isDamage =
    typeof errcode === 'number' && (damagedCodes.includes(errcode & 0xff) || message === damagedJson);
  return isDamage ? new ReadModelsDamaged({ cause: error }) : undefined;
}

/** JSON as it was kept in the read models. What is none is not quoted: it may be words of the record. */
export function keptJson<T>(text: unknown): T {
  try {
    return JSON.parse(String(text)) as T;
  } catch {
    throw new ReadModelsDamaged();
  }
}

/** What no waiting mends: another store, a hole in this one, an event that is no event, another writer. */
function isForGood(error: unknown): boolean {
  const kinds = [Damaged, PositionForeign, ReadModelsForeign, RecordGap, CheckpointMoved];
  return kinds.some((kind) => error instanceof kind);
}

/**
 * A subscription that fails is begun again, whatever it failed of, but for what no waiting mends. Anybody may read the
 * reason at a probe, so of what is not the store's own sentence it names the kind alone.
 */
export function reasonOfEnd(error: unknown): string | undefined {
  if (isForGood(error)) return undefined;
  if (error instanceof EventStoreError) return error.message;
  return passingReason(error) ?? `the record can't be followed (${asError(error).constructor.name})`;
}

/** Trying again gives the same. */
export function isSettled(error: unknown): boolean {
  return [CheckpointMoved, RecordGap, ReadModelsDiffer].some((kind) => error instanceof kind);
}
