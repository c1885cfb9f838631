import {
  choice,
  event,
  id,
  inWords,
  integer,
  line,
  list,
  occurred,
  optional,
  quoted,
  ref,
  shape,
  text,
  who,
  words,
} from '#libs/decider';
import type { EventSchema, EventSchemas, SummariesOf } from '#libs/decider';
import { withoutWords } from './envelope.js';
import type { Stored } from './envelope.js';
import { redated, targetOf } from './redating.js';
import { contentCheck } from './readable.js';
import { standingsIn } from './dropping.js';
import type { Standings } from './dropping.js';
import type { Slice } from './slice.js';

export const disavowalGrounds = ['not-what-we-said', 'not-our-source'] as const;

/** The events that any stream may hold: they amend the record and never a stage. */
export const amendmentEvents = {
  EventCorrected: event(
    {
      target: id,
      schemaVersion: integer(1, 1_000),
      occurred: optional(occurred),
      /**
       * Each field of the words that it gives, with the event that first had it read so; none where it is this one. What
       * it changes follows from which words stood before it, and those may drop out.
       */
      reading: list(shape({ field: line(80), as: optional(id) }), 0, 100),
    },
    { content: optional(words) },
    { drawn: ['reading'] },
  ),
  EventRetracted: event({ target: id }, { reason: text }),
  ErasureRequested: event(
    { target: id, basis: choice('legal-duty', 'personal-data', 'security') },
    { reason: text },
  ),
  ContentErased: event({
    target: id,
    basis: choice('legal-duty', 'personal-data', 'security'),
    /** The two principals that asked for it, not both of one party. */
    askedBy: list(line(80), 2, 20),
  }),
  AttributionEndorsed: event({ target: id }, { note: optional(text) }),
  AttributionDisavowed: event(
    { target: id, ground: choice(...disavowalGrounds), sourceId: optional(ref('evidence')) },
    { reason: optional(text) },
  ),
  /**
   * Of what landed in the record after something by which it could not be recorded any more: the party in whose name it
   * was, or without which it was, had joined; a secretariat had come; the party had disowned its source.
   */
  AttributionVoid: event({ target: id }),
  /** Of a word in whose place its party has itself said otherwise: what had followed from it follows no more. */
  AttributionContradicted: event({ target: id }),
  ActRepudiated: event({ target: id }, { reason: optional(text) }),
  ActReviewConcluded: event({ target: id, outcome: choice('stands', 'void') }, { reason: optional(text) }),
  /** What rested on something that dropped out of another stream. */
  MilestoneLifted: event({ milestones: list(id, 1, 500), cause: id }),
};

/** The schema of an event type in one slice; undefined where it has none. */
export function schemaOf({ schemas }: Pick<Slice, 'schemas'>, type: string): EventSchema | undefined {
  return [schemas, amendmentEvents as EventSchemas].find((one) => Object.hasOwn(one, type))?.[type];
}

export const amendmentSummaries: SummariesOf<typeof amendmentEvents> = {
  EventCorrected: (e) =>
    `An earlier entry was corrected (${[...(e.data.occurred === undefined ? [] : ['when it happened']), ...(e.content.content === undefined ? [] : ['its words'])].join(' and ')})`,
  EventRetracted: (e) => `An earlier entry was retracted${quoted(e, 'reason')}`,
  ErasureRequested: (e) =>
    `${e.act.party ?? 'A secretariat'} asked for the erasure of the words of an earlier entry${quoted(e, 'reason')}`,
  ContentErased: () => 'The words of an earlier entry were erased',
  AttributionEndorsed: (e) => `${who(e)} endorsed an entry that was recorded in its name${quoted(e, 'note')}`,
  AttributionDisavowed: (e) =>
    `${who(e)} disavowed an entry that was recorded in its name (${inWords(e.data.ground)})${quoted(e, 'reason')}`,
  AttributionVoid: () =>
    'An entry is void: it landed in the record when it could not be recorded any more, as a party had joined, or disowned its source, or a secretariat had come',
  AttributionContradicted: () =>
    'An entry no longer counts: the party in whose name it was recorded has said otherwise itself',
  ActRepudiated: (e) => `${who(e)} said that an entry under its name was not its own${quoted(e, 'reason')}`,
  ActReviewConcluded: (e) =>
    `${who(e)} concluded on an entry that was repudiated: it ${e.data.outcome === 'void' ? 'is void' : 'stands'}${quoted(e, 'reason')}`,
  MilestoneLifted: () => 'What rested on an entry that dropped out dropped out with it',
};

/**
 * The events whose words are gone once the record says so, whether or not the store has rewritten them yet: what was
 * asked for, and every correction of it, which repeats or replaces the words. Records from before a correction could not
 * be asked for may name one; then what it corrects goes too, or its first words would stand again.
 */
export function erasedIn(events: readonly Stored[]): ReadonlySet<string> {
  const erasures = events.filter((one) => one.type === 'ContentErased');
  if (erasures.length === 0) return new Set();
  const { dropped } = standingsIn(events);
  const named = new Set(erasures.filter((one) => !dropped.has(one.id)).map(targetOf));
  const corrections = events.filter((one) => one.type === 'EventCorrected');
  for (const one of corrections) if (named.has(one.id)) named.add(targetOf(one));
  for (const one of corrections) if (named.has(targetOf(one))) named.add(one.id);
  return named;
}

/**
 * The prefix as it counts: what was taken out drops with what rests on it; endorsed acts count as direct ones;
 * corrections replace words or time, and consequences follow in time; erased words are gone, and those of their
 * corrections too.
 */
function amended(events: readonly Stored[]): readonly Stored[] {
  if (!events.some((one) => Object.hasOwn(amendmentEvents, one.type))) return events;
  const standings = standingsIn(events);
  const { dropped } = standings;
  const erased = erasedIn(events);
  const corrections = new Map<string, Stored[]>();
  for (const one of events.filter((each) => each.type === 'EventCorrected' && !dropped.has(each.id))) {
    corrections.set(targetOf(one), [...(corrections.get(targetOf(one)) ?? []), one]);
  }
  const right = events.map((one) => (corrections.get(one.id) ?? []).reduce(corrected, one));
  return redated(right)
    .filter((one) => !dropped.has(one.id))
    .map((one) => (erased.has(one.id) ? withoutWords(one) : one))
    .map((one) => inCapacity(one, standings));
}

/** Endorsed, it is as good as direct; disavowed as a first event, it is nobody's. */
function inCapacity(event: Stored, { endorsed, unauthored, repudiated }: Standings): Stored {
  const endorsement = endorsed.get(event.id);
  const act = {
    ...event.act,
    ...(endorsement === undefined
      ? {}
      : { capacity: 'direct' as const, endorsedBy: endorsement.id, endorsedAt: endorsement.revision }),
    ...(unauthored.has(event.id) ? { party: null } : {}),
  };
  const repudiation = repudiated.get(event.id);
  const words = event.content;
  return {
    ...event,
    act,
    content:
      repudiation === undefined
        ? words
        : { ...words, repudiated: { eventId: repudiation.id, recordedAt: repudiation.recordedAt } },
  };
}

function corrected(event: Stored, correction: Stored): Stored {
  const { occurred } = correction.data as { occurred?: Stored['occurred'] };
  const { content } = correction.content as { content?: Stored['content'] };
  const { corrected: earlier = [], ...was } = event.content as { corrected?: readonly object[] };
  const mark = {
    eventId: correction.id,
    recordedAt: correction.recordedAt,
    by: correction.act.recorderParty,
    ...(occurred === undefined || event.occurred === undefined ? {} : { occurredWas: event.occurred }),
    ...(content === undefined ? {} : { was }),
  };
  return {
    ...event,
    ...(occurred === undefined ? {} : { occurred }),
    content: { ...(content ?? was), corrected: [...earlier, mark] },
  };
}

/** Whether the corrected words are of the shape that the words of their target have. */
function fitsTarget(slice: Slice, correction: Stored, target: Stored | undefined): boolean {
  const { content } = correction.content as { content?: unknown };
  const schema = target === undefined ? undefined : schemaOf(slice, target.type);
  return content === undefined || schema === undefined || contentCheck(schema)(content) === undefined;
}

/** The place of the first event that can't be read, by itself or as a correction of what it names; -1 if all can. */
function firstUnreadable(slice: Slice, events: readonly Stored[]): number {
  const byId = new Map<string, Stored>();
  return events.findIndex((one) => {
    byId.set(one.id, one);
    if (one.unreadable !== undefined) return true;
    return one.type === 'EventCorrected' && !fitsTarget(slice, one, byId.get(targetOf(one)));
  });
}

/** The events without the words that any of all the events of their stream says are erased. */
function withoutErased(events: readonly Stored[], all: readonly Stored[]): readonly Stored[] {
  const erased = erasedIn(all.filter((one) => one.unreadable === undefined));
  return events.map((one) => (erased.has(one.id) ? withoutWords(one) : one));
}

/**
 * The events of a prefix of one stream as they count: amended, and none from the first on that can't be read. Erasures
 * are obeyed wherever they stand.
 */
export function countedIn(
  slice: Slice,
  events: readonly Stored[],
): { readonly counted: readonly Stored[]; readonly unreadableSince: number | undefined } {
  const end = firstUnreadable(slice, events);
  if (end === -1) return { counted: amended(events), unreadableSince: undefined };
  const readable = withoutErased(events.slice(0, end), events);
  return { counted: amended(readable), unreadableSince: events[end]?.revision };
}
