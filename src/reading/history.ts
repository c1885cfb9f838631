import { eventView } from '../platform/record/envelope.js';
import { streamOf } from '../platform/record/fold.js';
import { linkedIn, streamOfInstrument } from '../platform/record/links.js';
import { namesIn } from '../platform/record/references.js';
import type { RecordRead } from '../platform/record/reading.js';
import type { Slice } from '../platform/record/slice.js';
import { aboutIn } from './about.js';
import { amendedIn, standingOf } from './amended.js';
import { prefixOf, stateAsOf } from './as-of.js';
import type { Placed } from './as-of.js';
import { cursorOf, questionOf, readCursor } from './cursor.js';
import { summaryOf } from './naming.js';
import { dialogueIn, keptAt } from './keeping.js';
import { limitOf } from '../platform/http/query.js';
import type { Query } from '../platform/http/query.js';

export type Entry = Placed;

/** What was ever linked to an irritant: a link that was taken back is struck in the history, and does not hide it. */
function everLinked(own: readonly Entry[]) {
  return linkedIn(own.map(({ event }) => event));
}

/** The instruments linked to an irritant, as streams; none for anything else. */
function linkedStreams(record: RecordRead, own: readonly Entry[]): readonly string[] {
  return everLinked(own).flatMap((one) => streamOfInstrument(record.registry, one) ?? []);
}

/**
 * Of another irritant on which a linkage with this one is asserted, only what names this one and what amends that:
 * the rest is that irritant's own matter.
 */
function entriesOfLinked(
  record: RecordRead,
  own: readonly Entry[],
  id: string,
  knownOrdinal: number,
): readonly Entry[] {
  const from = everLinked(own).filter(({ kind }) => kind === 'irritant');
  return from.flatMap(({ id: other }) => {
    const theirs = prefixOf(record, streamOf(record.registry.get('irritants'), other), knownOrdinal);
    const naming = theirs.filter(({ event }) =>
      namesIn(record.registry, [event], record.registry.part('matter')).includes(id),
    );
    const amending = theirs.filter(({ event }) =>
      naming.some((one) => one.event.id === event.data['target']),
    );
    return [...naming, ...amending];
  });
}

/** Its own stream, and of linked instruments the events that name it or no irritant, in the order of the record. */
export function entriesOf(
  record: RecordRead,
  slice: Slice,
  id: string,
  knownOrdinal: number,
): readonly Entry[] {
  const own = prefixOf(record, streamOf(slice, id), knownOrdinal);
  const linked = linkedStreams(record, own).flatMap((stream) =>
    prefixOf(record, stream, knownOrdinal).filter(({ event }) => {
      const named = namesIn(record.registry, [event], record.registry.part('matter'));
      return named.length === 0 || named.includes(id);
    }),
  );
  const related = entriesOfLinked(record, own, id, knownOrdinal);
  return [...own, ...linked, ...related].sort((one, other) => one.ordinal - other.ordinal);
}

/** What became of the entries, each by the whole of its own stream, for some streams are here only in part. */
function amendedOf(record: RecordRead, entries: readonly Entry[], knownOrdinal: number) {
  const streams = new Set(entries.map(({ event }) => event.stream));
  return new Map(
    [...streams].map((stream) => {
      const events = prefixOf(record, stream, knownOrdinal).map((one) => one.event);
      return [stream, amendedIn(events)] as const;
    }),
  );
}

/** The entries shown out of a history, each with what amended it, what it is about, and whether it still counts. */
export function entryViews(
  record: RecordRead,
  entries: readonly Entry[],
  shown: readonly Entry[],
  knownOrdinal: number,
) {
  const amended = amendedOf(record, shown, knownOrdinal);
  const seqs = new Map(entries.map(({ seq, event }) => [event.id, seq]));
  const about = aboutIn(entries.map(({ event }) => event));
  return shown.map(({ seq, event }) => {
    const own = amended.get(event.stream);
    const amendments = own?.by.get(event.id);
    const standing = own === undefined ? undefined : standingOf(own, event.id);
    const on = about.get(event.id);
    return {
      seq,
      event: eventView(event),
      summary: summaryOf(record, event),
      ...(on === undefined ? {} : { about: { seq: seqs.get(on.id) ?? seq, eventId: on.id } }),
      ...(amendments === undefined ? {} : { amendedBy: amendments }),
      ...(standing === undefined ? {} : { standing }),
    };
  });
}

/** A page of the history; events as they were recorded, whatever amended them since. */
export function historyPage(record: RecordRead, slice: Slice, id: string, query: Query) {
  const { moment, folded } = stateAsOf(record, slice, id, { ...query, effectiveAt: undefined });
  const descending = query['order'] === 'desc';
  const scope = questionOf(`history ${id}`, { ...query, order: descending ? 'desc' : 'asc' });
  const after = readCursor(record, scope, query['cursor']);
  const limit = limitOf(query);
  const entries = entriesOf(record, slice, id, moment.knownOrdinal);
  const ordered = (descending ? entries.toReversed() : entries).filter(
    ({ ordinal }) => after === undefined || (descending ? ordinal < after : ordinal > after),
  );
  const shown = ordered.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: entryViews(record, entries, shown, moment.knownOrdinal),
    kept: keptAt(record, dialogueIn(folded), moment.knownOrdinal),
    asOfSeq: moment.knownSeq ?? -1,
    ...(query['knownAt'] === undefined ? {} : { final: moment.final }),
    next:
      ordered.length > shown.length && last !== undefined
        ? cursorOf(record, scope, last.ordinal, query['knownAt'])
        : undefined,
  };
}
