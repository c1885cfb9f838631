import { limitOf } from '../platform/http/query.js';
import { isOut } from '../platform/record/dropping.js';
import { eventView } from '../platform/record/envelope.js';
import type { Stored } from '../platform/record/envelope.js';
import { streamOf } from '../platform/record/fold.js';
import { GivingWay } from '../platform/record/giving-way.js';
import { provenAt } from '../platform/record/log-standings.js';
import type { LogStanding } from '../platform/record/log-standings.js';
import { linkedIn, streamOfInstrument } from '../platform/record/links.js';
import { namesIn } from '../platform/record/references.js';
import type { Slice } from '../platform/record/slice.js';
import { aboutIn } from './about.js';
import { amendedIn, standingOf } from './amended.js';
import { answersIn } from './answers.js';
import { dialogueIn } from './at-moment.js';
import type { AtMoment, Placed } from './at-moment.js';
import { EntryFlags } from './entry-flags.js';
import { named } from './moment.js';
import { wantedEntries } from './history-filters.js';
import { subjectOf } from './subject.js';
import { cursorOf, pageOf, questionOf, readCursor } from './cursor.js';

/** What was ever linked to an irritant: a link that was taken back is struck in the history, and does not hide it. */
function everLinked(own: readonly Placed[]) {
  return linkedIn(own.map(({ event }) => event));
}

/** The instruments linked to an irritant, as streams; none for anything else. */
function linkedStreams({ record }: AtMoment, own: readonly Placed[]): readonly string[] {
  return everLinked(own).flatMap((one) => streamOfInstrument(record.registry, one) ?? []);
}

/**
 * Of another irritant on which a linkage with this one is asserted, only what names this one and what amends that:
 * the rest is that irritant's own matter.
 */
function entriesOfLinked(at: AtMoment, own: readonly Placed[], id: string): readonly Placed[] {
  const matter = at.record.registry.part('matter');
  const from = everLinked(own).filter(({ kind }) => kind === matter.prefix);
  return from.flatMap(({ id: other }) => {
    const theirs = at.prefix(streamOf(matter, other));
    const naming = theirs.filter(({ event }) => namesIn(at.record.registry, [event], matter).includes(id));
    const amending = theirs.filter(({ event }) =>
      naming.some((one) => one.event.id === event.data['target']),
    );
    return [...naming, ...amending];
  });
}

/** Its own stream, and of linked instruments the events that name it or no irritant, in the order of the record. */
export function entriesOf(at: AtMoment, slice: Slice, id: string): readonly Placed[] {
  const own = at.prefix(streamOf(slice, id));
  const linked = linkedStreams(at, own).flatMap((stream) =>
    at.prefix(stream).filter(({ event }) => {
      const named = namesIn(at.record.registry, [event], at.record.registry.part('matter'));
      return named.length === 0 || named.includes(id);
    }),
  );
  const related = entriesOfLinked(at, own, id);
  return [...own, ...linked, ...related].sort((one, other) => one.ordinal - other.ordinal);
}

/** How many answers to one entry are named: the latest. */
const answersShown = 100;

/** What is told beside the entries of a stream, by the whole of it, for some streams are here only in part. */
function besideIn(at: AtMoment, stream: string) {
  const prefix = at.prefix(stream);
  const events = at.events(stream);
  const amended = amendedIn(events);
  const { of, by } = answersIn(at.record.registry.ofStream(stream), events);
  const seqs = new Map(prefix.map(({ seq, event }) => [event.id, seq]));
  const view = ({ id, type }: Stored) => ({ seq: seqs.get(id) ?? 0, eventId: id, type });
  return {
    subject: subjectOf(at, stream),
    of(eventId: string) {
      const answers = of.get(eventId);
      // What was taken back, or found void, answers nothing.
      const answeredBy = by.get(eventId)?.filter(({ id }) => !isOut(amended.standings, id)) ?? [];
      const amendments = amended.by.get(eventId);
      const standing = standingOf(amended, eventId);
      return {
        ...(answers === undefined ? {} : { answers: view(answers) }),
        ...(answeredBy.length === 0 ? {} : { answeredBy: answeredBy.slice(-answersShown).map(view) }),
        ...(amendments === undefined ? {} : { amendedBy: amendments }),
        ...(standing === undefined ? {} : { standing }),
      };
    },
  };
}

/** How far the log is signed, at the moment of asking; undefined where that is not told. */
export type Signed = LogStanding | undefined;

/**
 * The entries shown out of a history, each with what it belongs to, what it is about and answers, what answered and
 * amended it, whether it still counts, and what flags it.
 */
export function entryViews(
  at: AtMoment,
  entries: readonly Placed[],
  shown: readonly Placed[],
  signed?: Signed,
) {
  const streams = new Set(shown.map(({ event }) => event.stream));
  const beside = new Map([...streams].map((stream) => [stream, besideIn(at, stream)] as const));
  const seqs = new Map(entries.map(({ seq, event }) => [event.id, seq]));
  const about = aboutIn(entries.map(({ event }) => event));
  const flagged = new EntryFlags(at);
  return shown.map(({ seq, event }) => {
    const own = beside.get(event.stream);
    if (own === undefined) throw new Error('What is told beside an entry is made of its stream.');
    const on = about.get(event.id);
    const flags = flagged.of(event);
    return {
      seq,
      event: eventView(event),
      summary: at.summary(event),
      subject: own.subject,
      ...(on === undefined ? {} : { about: { seq: seqs.get(on.id) ?? seq, eventId: on.id } }),
      ...own.of(event.id),
      ...(flags.length === 0 ? {} : { flags }),
      ...(signed === undefined ? {} : { proof: provenAt(seq, signed) }),
    };
  });
}

export type HistoryEntry = ReturnType<typeof entryViews>[number];

export type HistoryPage = Awaited<ReturnType<typeof historyPage>>;

/** Those in this order that are asked for, one more than a page has: the rest is not looked at. */
async function narrowed(
  at: AtMoment,
  own: string,
  ordered: readonly Placed[],
  limit: number,
): Promise<readonly Placed[]> {
  const isWanted = wantedEntries(at, own);
  if (isWanted === undefined) return ordered;
  const found: Placed[] = [];
  const givingWay = new GivingWay();
  for (const one of ordered) {
    if (found.length > limit) break;
    if (isWanted(one)) found.push(one);
    await givingWay.turn();
  }
  return found;
}

/** A page of the history; events as they were recorded, whatever amended them since. */
export async function historyPage(at: AtMoment, slice: Slice, id: string, signed?: Signed) {
  const folded = at.found(slice, id);
  const { record, query, moment } = at;
  const descending = query['order'] === 'desc';
  const scope = questionOf(`history ${id}`, { ...query, order: descending ? 'desc' : 'asc' });
  const after = readCursor(record, scope, query['cursor']);
  const entries = entriesOf(at, slice, id);
  const ordered = (descending ? entries.toReversed() : entries).filter(
    ({ ordinal }) => after === undefined || (descending ? ordinal < after : ordinal > after),
  );
  const limit = limitOf(query);
  const found = await narrowed(at, streamOf(slice, id), ordered, limit);
  const { shown, last } = pageOf(found, limit, ({ ordinal }) => ordinal);
  return {
    items: entryViews(at, entries, shown, signed),
    kept: at.kept(dialogueIn(folded)),
    asOfSeq: at.asOfSeq,
    ...(query['knownAt'] === undefined ? {} : named(moment, slice)),
    next: () => cursorOf(record, scope, last, moment.asked),
  };
}
