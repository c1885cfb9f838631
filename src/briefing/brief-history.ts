import { dated } from '#libs/decider';
import type { SourceRef } from '#libs/decider';
import type { IrritantDocument } from '../reading/documents.js';
import type { HistoryEntry } from '../reading/history.js';
import { withoutTail } from '../wording/quotes.js';
import type { Quote } from '../wording/quotes.js';
import { isRepudiated } from '../wording/spoken.js';
import type { Told, Worded } from '../wording/spoken.js';
import { outInWords } from '../wording/standing.js';
import { aboutInWords, amendmentInWords, entryInWords } from '../wording/tellings.js';
import { isAmendment } from '../platform/record/amendment-events.js';
import { eventView } from '../platform/record/envelope.js';
import type { Stored } from '../platform/record/envelope.js';
import { idOf } from '../platform/record/fold.js';
import { namesIn } from '../platform/record/references.js';
import type { RecordRead } from '../platform/record/reading.js';
import type { Line } from './brief-document.js';
import { flagsInWords } from './brief-words.js';
import { instantOfWord } from './talks.js';
import type { ReadTalks } from './talks.js';
import { stagesOf } from './stages.js';
import type { StageReached } from './stages.js';

type Moved = Pick<StageReached, 'to' | 'byWordOf'>;

/** One act of an irritant’s history, in the words that count today. */
export interface Act extends Worded {
  /** The irritant or the instrument in whose stream it is. */
  readonly on: { readonly kind: string; readonly id: string };
  /** Whether the irritant or the instrument begins with it. */
  readonly isFirst: boolean;
  readonly occurred: Stored['occurred'];
  readonly recordedAt: string;
  /** When it counts as said, in epoch ms. */
  readonly at: number;
  readonly summary: readonly Told[];
  /** The claim, step or other entry that it is about; empty where it is about none. */
  readonly onEntry: readonly Told[];
  readonly quotes: readonly Quote[];
  readonly sources: readonly SourceRef[];
  /** What is to be looked at in it, in words. */
  readonly flagged: Line;
  /** The stage that it led to, where it moved it. */
  readonly moved: Moved | undefined;
}

/**
 * Whether it was said of this matter. What a round or an exchange of notes holds beside it is in the history of every
 * irritant that it concerns: there it tells how things came about, but it is nobody’s word on any one of them.
 */
function isOnMatter({ registry }: RecordRead, event: Stored, irritantId: string): boolean {
  const isBeside = /^(round|exchange)-/.test(event.stream);
  return !isBeside || namesIn(registry, [event], registry.part('matter')).includes(irritantId);
}

/** An act that was recorded and no longer counts. */
export interface Fallen {
  readonly seq: number;
  readonly summary: readonly Told[];
  /** What became of it. */
  readonly how: string;
}

/** What the record holds on one matter at the moment. */
export interface Acts {
  /** What counts, in the order of the record. */
  readonly acts: readonly Act[];
  readonly fallen: readonly Fallen[];
}

/** Whose words the event's are as it counts: endorsed, corrected, doubted and repudiated as it was since. */
function wordedIn({ act, wording, content }: Stored): Worded {
  const { party, capacity, recorderParty, endorsedBy } = act;
  const { corrected, doubted, repudiated } = content;
  return {
    party,
    capacity,
    ...(endorsedBy === undefined ? {} : { endorsedBy }),
    ...(recorderParty === party && endorsedBy === undefined ? {} : { recorderParty }),
    ...(wording === undefined ? {} : { wording }),
    ...(corrected === undefined ? {} : { corrected }),
    ...(doubted === undefined ? {} : { doubted }),
    ...(repudiated === undefined ? {} : { repudiated }),
  };
}

/** An event as it counts: what it says, whatever was written in it, and who said it. */
export function entryOf(summary: string, event: Stored) {
  const { data, content } = event;
  const worded = wordedIn(event);
  const { occurred, recordedAt, sources } = event;
  const said = { ...worded, recordedAt, sources, ...(occurred === undefined ? {} : { occurred }) };
  return { ...withoutTail(summary, { data, content, worded, dated: dated(event) }), said };
}

function actOf(
  told: string,
  event: Stored,
  { on, moved, flagged }: Pick<Act, 'moved' | 'flagged'> & { readonly on: HistoryEntry | undefined },
): Act {
  const { head, quotes } = entryOf(told, event);
  return {
    ...wordedIn(event),
    isFirst: event.revision === 0,
    on: { kind: event.stream.slice(0, event.stream.indexOf('-')), id: idOf(event.stream) },
    occurred: event.occurred,
    recordedAt: event.recordedAt,
    at: instantOfWord(event),
    summary: head,
    onEntry:
      on === undefined ? [] : aboutInWords({ seq: on.seq, event: eventView(event), summary: told }, on),
    quotes,
    sources: event.sources,
    flagged,
    moved,
  };
}

function seqsOf(views: readonly HistoryEntry[]): (eventId: string) => string {
  const seqOf = (eventId: string) => views.find(({ event }) => event.envelope.id === eventId)?.seq;
  return (eventId) => `s${seqOf(eventId) ?? '?'}`;
}

function fallenIn(entry: HistoryEntry, views: readonly HistoryEntry[]): Fallen {
  const nameOf = seqsOf(views);
  const amendments = (entry.amendedBy ?? []).map((one) => amendmentInWords(one, nameOf));
  const how = [...(entry.standing === 'unheard' ? [outInWords(entry.standing)] : []), ...amendments].join(
    '; ',
  );
  return { seq: entry.seq, summary: entryInWords(entry).head, how };
}

/** Every act on the matter at the moment, in the order of the record. */
export async function actsOf({ readings }: ReadTalks, { id }: IrritantDocument): Promise<Acts> {
  const history = readings.history(readings.record.registry.part('matter'), id);
  const views = history.views();
  const bySeq = new Map(views.map((one) => [one.seq, one]));
  const moves = new Map<number, Moved>();
  for await (const move of stagesOf(readings, id)) moves.set(move.seq, move);
  const said = history.all.filter(
    ({ event }) =>
      !isAmendment(event) && isOnMatter(readings.record, event, id) && readings.moment.counts(event),
  );
  const streams = new Set(said.map(({ event }) => event.stream));
  const counted = new Map([...streams].flatMap((one) => readings.counted(one)).map((one) => [one.id, one]));
  const acts = said.flatMap(({ seq, event: { id: eventId } }) => {
    const event = counted.get(eventId);
    if (event === undefined) return [];
    const entry = bySeq.get(seq);
    const on = bySeq.get(entry?.about?.seq ?? -1);
    const flagged = flagsInWords(event.act.party, entry?.flags ?? [], seqsOf(views));
    return [actOf(readings.summary(event), event, { on, moved: moves.get(seq), flagged })];
  });
  const fallen = said.flatMap(({ seq }) => {
    const entry = bySeq.get(seq);
    return entry === undefined || outInWords(entry.standing) === undefined ? [] : [fallenIn(entry, views)];
  });
  return { acts, fallen };
}

const fewActs = 5;

/** What moved the stage, and the latest few acts of the parties: enough to know how it came to where it stands. */
export function inShort(acts: readonly Act[]): readonly Act[] {
  const latest = acts.filter((one) => one.party !== null).slice(-fewActs);
  return acts.filter((one) => one.moved !== undefined || latest.includes(one));
}

/** What the party said last, by when it said it. */
export function lastOf(acts: readonly Act[], party: string): Act | undefined {
  return acts
    .filter((one) => one.party === party && !isRepudiated(one))
    .reduce<Act | undefined>(
      (last, one) => (last === undefined || one.at >= last.at ? one : last),
      undefined,
    );
}
