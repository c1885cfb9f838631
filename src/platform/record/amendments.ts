import { rewordedBy, wordersIn } from '#libs/decider';
import type { WordingRow } from '#libs/decider';
import { schemaOf } from './amendment-events.js';
import { lostWords, withoutWords } from './envelope.js';
import type { Stored } from './envelope.js';
import { redated, targetOf } from './redating.js';
import { contentCheck } from './readable.js';
import { marksOf, standingsIn } from './dropping.js';
import type { Standings } from './dropping.js';
import type { Slice } from './slice.js';
import { idleCorrections } from './taken-words.js';
import { mayBeUnheard } from './voices.js';
import { isWords } from './words-field.js';

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
function amended(slice: Slice, events: readonly Stored[]): readonly Stored[] {
  if (!events.some(mayBeUnheard)) return events;
  const standings = standingsIn(events);
  const dropped = new Set([...standings.dropped, ...idleCorrections(slice, events, standings.dropped)]);
  const erased = erasedIn(events);
  const corrections = new Map<string, Stored[]>();
  for (const one of events.filter((each) => each.type === 'EventCorrected' && !dropped.has(each.id))) {
    corrections.set(targetOf(one), [...(corrections.get(targetOf(one)) ?? []), one]);
  }
  const right = events.map((one) => correctedBy(slice, one, corrections.get(one.id) ?? []));
  return redated(right)
    .filter((one) => !dropped.has(one.id))
    .map((one) => (erased.has(one.id) ? withoutWords(one) : one))
    .map((one) => inCapacity(one, standings));
}

/**
 * Endorsed, it is as good as direct; disavowed as a first event, it is nobody's; doubted or repudiated, it is marked so. Of a
 * first event that is no word of whoever it says, nobody is known to have recorded it either.
 */
function inCapacity(event: Stored, standings: Standings): Stored {
  const { endorsed, unauthored, unheard } = standings;
  const endorsement = endorsed.get(event.id);
  const act = {
    ...event.act,
    ...(endorsement === undefined
      ? {}
      : { capacity: 'direct' as const, endorsedBy: endorsement.id, endorsedAt: endorsement.revision }),
    ...(unauthored.has(event.id) ? { party: null } : {}),
    ...(unauthored.has(event.id) && unheard.has(event.id) ? { recorderParty: null } : {}),
  };
  return { ...event, act, content: { ...event.content, ...marksOf(event, standings) } };
}

type Rows = readonly WordingRow[] | undefined;

/** Whose words those of an event are by a correction, one of all that count: no more the recorder's, where somebody else worded them. */
function wordedBy(
  slice: Slice,
  { id, type, act, wording }: Stored,
  correction: Stored,
  corrections: readonly Stored[],
): Rows {
  if (act.capacity !== 'attributed') return wording;
  const earlier = corrections.filter(({ revision }) => revision < correction.revision);
  const byOf = (eventId: string) => earlier.find((one) => one.id === eventId)?.act.recorderParty;
  const { recorderParty } = act;
  const worders = wordersIn(
    { data: correction.data, by: correction.act.recorderParty },
    { id, recorderParty },
    byOf,
  );
  const shape = schemaOf(slice, type)?.content ?? {};
  const reworded = worders.filter(({ field }) => {
    const kind = Object.hasOwn(shape, field) ? shape[field] : undefined;
    return kind !== undefined && isWords(field, kind);
  });
  return reworded.length === 0 ? wording : rewordedBy(reworded, act.party, wording);
}

function correctedBy(slice: Slice, event: Stored, corrections: readonly Stored[]): Stored {
  return corrections.reduce(
    (one, by) => corrected(one, by, () => wordedBy(slice, event, by, corrections)),
    event,
  );
}

function corrected(event: Stored, correction: Stored, worded: () => Rows): Stored {
  const { occurred } = correction.data as { occurred?: Stored['occurred'] };
  const { content } = correction.content as { content?: Stored['content'] };
  const { corrected: earlier = [], ...was } = event.content as { corrected?: readonly object[] };
  const wording = content === undefined ? event.wording : worded();
  const isOthers = JSON.stringify(wording) !== JSON.stringify(event.wording);
  const mark = {
    eventId: correction.id,
    recordedAt: correction.recordedAt,
    by: correction.act.recorderParty,
    ...(occurred === undefined || event.occurred === undefined ? {} : { occurredWas: event.occurred }),
    ...(content === undefined ? {} : { was }),
    ...(isOthers ? { wordingWas: event.wording ?? [] } : {}),
  };
  return {
    ...event,
    ...(isOthers && wording !== undefined ? { wording } : {}),
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
  if (end === -1) return { counted: amended(slice, events).map(withErasedSaid), unreadableSince: undefined };
  const readable = withoutErased(events.slice(0, end), events);
  return { counted: amended(slice, readable).map(withErasedSaid), unreadableSince: events[end]?.revision };
}
