import {
  choice,
  event,
  id,
  integer,
  line,
  list,
  means,
  optional,
  shape,
  words,
  derived,
} from '#libs/decider';
import type { EventSchema, EventSchemas } from '#libs/decider';
import { claimedTime, note, reason, sourceId, why } from '../../kernel/fields.js';
import { lostWords, withoutWords } from './envelope.js';
import type { Stored } from './envelope.js';
import { redated, targetOf } from './redating.js';
import { contentCheck } from './readable.js';
import { marksOf, standingsIn } from './dropping.js';
import type { Standings } from './dropping.js';
import type { Slice } from './slice.js';

export const disavowalGrounds = ['not-what-we-said', 'not-our-source'] as const;

const target = means(id, 'The event that is amended: its id is in the history.');
const erasureBasis = means(choice('legal-duty', 'personal-data', 'security'), 'On what it rests.');

/** The events that any stream may hold: they amend the record and never a stage. */
export const amendmentEvents = {
  EventCorrected: event(
    {
      target,
      schemaVersion: means(integer(1, 1_000), 'The version of the schema in which the words are.'),
      occurred: optional(claimedTime),
      /** What it changes follows from which words stood before it, and those may drop out. */
      reading: means(
        list(shape({ field: line(80), as: optional(id) }), 0, 100),
        'Each field of the words that it gives, with the event that first had it read so; none where it is this one.',
      ),
    },
    {
      content: optional(
        words,
        'The words of the event as they should have been: all of them, for they replace those before.',
      ),
    },
    { drawn: ['reading'] },
  ),
  EventRetracted: event({ target }, { reason }),
  ErasureRequested: event({ target, basis: erasureBasis }, { reason }),
  ContentErased: derived(
    event({
      target,
      basis: erasureBasis,
      askedBy: means(list(line(80), 2, 20), 'The two principals that asked for it, not both of one party.'),
    }),
    'Those who have to agree asked for it, so the words of the event are erased; what decides stays.',
  ),
  AttributionEndorsed: event({ target }, { note: optional(note) }),
  AttributionDisavowed: event(
    {
      target,
      ground: means(
        choice(...disavowalGrounds),
        'Why it is disavowed: we did not say so, or the source is not ours.',
      ),
      sourceId: optional(sourceId),
    },
    why,
  ),
  /**
   * Of what landed in the record after something by which it could not be recorded any more: the party in whose name it
   * was, or without which it was, had joined; a secretariat had come; the party had disowned its source, or asked to sign.
   */
  AttributionVoid: derived(
    event({ target }),
    'What landed in the record after something by which it could not be recorded any more counts for nothing.',
  ),
  /** Of a word in whose place its party has itself said otherwise: what had followed from it follows no more. */
  AttributionContradicted: derived(
    event({ target }),
    'The party has itself said otherwise than was recorded in its name: that word drops out.',
  ),
  /** Whoever recorded it in another's name doubts that it was so said: a mark, and nothing of what it brought about. */
  AttributionDoubted: event({ target }, { reason }),
  ActRepudiated: event({ target }, why),
  ActReviewConcluded: event(
    {
      target,
      outcome: means(choice('stands', 'void'), 'Whether the repudiated act stands or is void.'),
    },
    why,
  ),
  /** What rested on something that dropped out of another stream. */
  MilestoneLifted: derived(
    event({
      milestones: means(list(id, 1, 500), 'The events that fall.'),
      cause: means(id, 'The event by which they fall.'),
    }),
    'What rested on something that dropped out of another stream falls.',
  ),
};

/** The schema of an event type in one slice; undefined where it has none. */
export function schemaOf({ schemas }: Pick<Slice, 'schemas'>, type: string): EventSchema | undefined {
  return [schemas, amendmentEvents as EventSchemas].find((one) => Object.hasOwn(one, type))?.[type];
}

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

export function isAmendment({ type }: Pick<Stored, 'type'>): boolean {
  return Object.hasOwn(amendmentEvents, type);
}

/**
 * The prefix as it counts: what was taken out drops with what rests on it; endorsed acts count as direct ones;
 * corrections replace words or time, and consequences follow in time; erased words are gone, and those of their
 * corrections too.
 */
function amended(events: readonly Stored[]): readonly Stored[] {
  if (!events.some(isAmendment)) return events;
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

/** Endorsed, it is as good as direct; disavowed as a first event, it is nobody's; doubted or repudiated, it is marked so. */
function inCapacity(event: Stored, standings: Standings): Stored {
  const { endorsed, unauthored } = standings;
  const endorsement = endorsed.get(event.id);
  const act = {
    ...event.act,
    ...(endorsement === undefined
      ? {}
      : { capacity: 'direct' as const, endorsedBy: endorsement.id, endorsedAt: endorsement.revision }),
    ...(unauthored.has(event.id) ? { party: null } : {}),
  };
  return { ...event, act, content: { ...event.content, ...marksOf(event, standings) } };
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

/** Where words were and are erased stands that they are: who reads none would take it that none were said. */
export function withErasedSaid(event: Stored): Stored {
  return lostWords(event) ? { ...event, content: { ...event.content, erased: true } } : event;
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
  if (end === -1) return { counted: amended(events).map(withErasedSaid), unreadableSince: undefined };
  const readable = withoutErased(events.slice(0, end), events);
  return { counted: amended(readable).map(withErasedSaid), unreadableSince: events[end]?.revision };
}
