import type { ProjectionDefinition, PutOff, RecordReader, Sequenced, Tables } from '#libs/projections';
import type { EventRegistry } from '../record/event-registry.js';
import { addedBy, beforeOf, findableOf, titleOf } from '../record/findable.js';
import type { Added } from '../record/findable.js';
import { fold, foldNext, idOf, isNext, represent } from '../record/fold.js';
import type { Aggregate } from '../record/fold.js';
import { dialogueOf } from '../record/references.js';
import type { Slice } from '../record/slice.js';
import { madeOnce } from '../shapes/made-once.js';
import { changeLabels, labelsSchema, writeFirstLabels, writeLabels } from './labels.js';
import { storedOnce } from './stored-once.js';
import {
  addFindable,
  forgetWords,
  wordsSchema,
  writeFindable,
  writeFirstFindable,
} from './words.projection.js';

/** How many folds are kept in memory; a stream that falls out is folded anew from the record. */
const foldsKept = 2_000;

/** Goes up when the tables below change, or what of a fold is written into them; lists are then built anew. */
const listVersion = 16;

export const listSchema = [
  `CREATE TABLE {entries} (
    id TEXT PRIMARY KEY, dialogue TEXT, updated_at TEXT NOT NULL, updated_ordinal INTEGER NOT NULL, seq INTEGER NOT NULL,
    created_ordinal INTEGER NOT NULL, title TEXT, document TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`,
  // Lists are sorted by ordinal, which no two entries share; one dialogue's list is read without those of the others.
  `CREATE INDEX {entries_by_update} ON {entries} (updated_ordinal)`,
  `CREATE INDEX {entries_by_creation} ON {entries} (created_ordinal)`,
  `CREATE INDEX {entries_of_dialogue_by_update} ON {entries} (dialogue, updated_ordinal)`,
  `CREATE INDEX {entries_of_dialogue_by_creation} ON {entries} (dialogue, created_ordinal)`,
  ...labelsSchema,
  ...wordsSchema,
];

/**
 * What only the list that is served has: after which event an entry was as it was until which other one. So a list as of a
 * place in the record is a page of an index, and nothing is folded to find what belongs to it.
 */
const versionsSchema = [
  `CREATE TABLE {versions} (
    ordinal INTEGER PRIMARY KEY, id TEXT NOT NULL, dialogue TEXT, updated_at TEXT NOT NULL, until INTEGER
  ) STRICT`,
  `CREATE INDEX {versions_of_dialogue} ON {versions} (dialogue, ordinal)`,
  // Past lists of few entries are read by it, too.
  `CREATE INDEX {versions_of_entry} ON {versions} (id, ordinal)`,
];

/** The last event of the fold: its places in the record and in its dialogue, and when it was recorded. */
export interface LastEvent {
  readonly ordinal: number;
  readonly seq: number;
  readonly recordedAt: string;
}

function writeDocument(
  folded: Aggregate,
  { recordedAt, ordinal, seq }: LastEvent,
  createdOrdinal: number,
  tables: Tables,
): void {
  const { id, slice } = folded;
  const document = represent(folded);
  const dialogue = dialogueOf(slice, id, document) ?? null;
  const title = titleOf(folded, document);
  tables
    .prepare(
      `INSERT INTO {entries} (id, dialogue, updated_at, updated_ordinal, seq, created_ordinal, title, document)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at, updated_ordinal = excluded.updated_ordinal,
         seq = excluded.seq, title = excluded.title, document = excluded.document`,
    )
    .run(id, dialogue, recordedAt, ordinal, seq, createdOrdinal, title, JSON.stringify(document));
}

const placeOf = ({ id }: Aggregate, { ordinal }: LastEvent) => ({ id, ordinal });

/** Writes the entry; what was created before keeps the ordinal by which it was. */
export function writeEntry(folded: Aggregate, last: LastEvent, createdOrdinal: number, tables: Tables): void {
  writeDocument(folded, last, createdOrdinal, tables);
  writeLabels(folded, last.ordinal, tables);
  writeFindable(placeOf(folded, last), findableOf(folded), tables);
}

/** Of the entries whose first document is put off: by which event each was created. */
const createdIn = madeOnce((_: PutOff) => new Map<string, number>());

/** The document is written once for all events of a batch, since nobody sees it in between. */
function putOffDocument(folded: Aggregate, last: LastEvent, tables: Tables, putOff: PutOff): void {
  const createdOrdinal = createdIn(putOff).get(folded.id) ?? last.ordinal;
  putOff.put(folded.id, () => writeDocument(folded, last, createdOrdinal, tables));
}

/** What a past list is made of is written with each event. */
function beginEntry(folded: Aggregate, last: LastEvent, tables: Tables, putOff: PutOff): void {
  writeFirstLabels(folded, last.ordinal, tables);
  writeFirstFindable(placeOf(folded, last), findableOf(folded), tables);
  createdIn(putOff).set(folded.id, last.ordinal);
  putOffDocument(folded, last, tables, putOff);
}

/** The same where the event only adds to the entry as the tables have it. */
function growEntry(
  [earlier, folded]: readonly [Aggregate, Aggregate],
  added: Added | undefined,
  last: LastEvent,
  tables: Tables,
  putOff: PutOff,
): void {
  changeLabels(earlier, folded, last.ordinal, tables);
  if (added === undefined) writeFindable(placeOf(folded, last), findableOf(folded), tables);
  else addFindable(placeOf(folded, last), added, tables);
  putOffDocument(folded, last, tables, putOff);
}

/** Closes the version before it, if there is one. */
function writeVersion(folded: Aggregate, last: LastEvent, tables: Tables): void {
  const { id, slice } = folded;
  tables
    .prepare(
      'UPDATE {versions} SET until = ? WHERE ordinal = (SELECT max(ordinal) FROM {versions} WHERE id = ?)',
    )
    .run(last.ordinal, id);
  tables
    .prepare('INSERT INTO {versions} (ordinal, id, dialogue, updated_at) VALUES (?, ?, ?, ?)')
    .run(last.ordinal, id, dialogueOf(slice, id, folded.state) ?? null, last.recordedAt);
}

function keep(streams: Set<string>, stream: string): void {
  streams.add(stream);
  const [oldest] = streams;
  if (streams.size > foldsKept && oldest !== undefined) streams.delete(oldest);
}

/** What the entry shows once these events have no words any more; how far it has come stays as it is. */
function forgetIn(
  slice: Slice,
  registry: EventRegistry,
  [stream, events]: readonly [stream: string, events: readonly Sequenced[]],
  tables: Tables,
  record: RecordReader,
): void {
  const ids = events.map(({ event }) => event.id);
  forgetWords(idOf(stream), ids, tables);
  const folded = fold(slice, registry.streamAt(record, stream));
  if (folded === undefined) return;
  const document = represent(folded);
  tables
    .prepare('UPDATE {entries} SET title = ?, document = ? WHERE id = ?')
    .run(titleOf(folded, document), JSON.stringify(document), folded.id);
}

/** The read model behind the list of one slice: each entry's representation, and labels to find it by. */
export function listProjection(slice: Slice, registry: EventRegistry): ProjectionDefinition {
  const folds = new Map<string, Aggregate>();
  /** Streams whose first event can't be read: whatever comes, they have no entry. */
  const unread = new Set<string>();
  return {
    name: slice.name,
    version: listVersion * 1_000 + slice.foldVersion,
    schema: [...listSchema, ...versionsSchema],
    apply(sequenced, tables, record, putOff) {
      const { ordinal, seq, event } = sequenced;
      if (!event.stream.startsWith(`${slice.prefix}-`)) return;
      if (unread.has(event.stream)) return;
      const stored = storedOnce(registry)(sequenced);
      const isFirst = stored.revision === 0;
      if (isFirst && stored.unreadable !== undefined) keep(unread, event.stream);
      const read = () =>
        isFirst ? [stored] : registry.streamAt(record, event.stream, { uptoOrdinal: ordinal });
      const earlier = folds.get(event.stream);
      const before = isNext(earlier, stored) ? beforeOf(earlier) : undefined;
      const folded = foldNext(slice, earlier, stored, read);
      folds.delete(event.stream);
      if (folded === undefined) return;
      folds.set(event.stream, folded);
      const [oldest] = folds.keys();
      if (folds.size > foldsKept && oldest !== undefined) folds.delete(oldest);
      const last = { ordinal, seq, recordedAt: event.recordedAt };
      writeVersion(folded, last, tables);
      if (earlier !== undefined && before !== undefined) {
        growEntry([earlier, folded], addedBy(stored, before, folded), last, tables, putOff);
      } else if (isFirst) {
        beginEntry(folded, last, tables, putOff);
      } else {
        writeEntry(folded, last, createdIn(putOff).get(folded.id) ?? ordinal, tables);
        putOff.drop(folded.id);
      }
    },
    forget(events, tables, record) {
      const own = events.filter(({ event }) => event.stream.startsWith(`${slice.prefix}-`));
      for (const those of Map.groupBy(own, ({ event }) => event.stream)) {
        folds.delete(those[0]);
        unread.delete(those[0]);
        forgetIn(slice, registry, those, tables, record);
      }
    },
  };
}
