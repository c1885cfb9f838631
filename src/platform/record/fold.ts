import type { WordsOf } from '#libs/decider';
import { latestMoment } from '#libs/edtf';
import { isAmendment } from './amendment-events.js';
import { countedIn, withErasedSaid } from './amendments.js';
import { countsAfter, inPlace } from './counting.js';
import { standingsIn } from './dropping.js';
import type { Stored } from './envelope.js';
import type { Talks } from './evidence.js';
import type { Slice } from './slice.js';
import { isByKeyOf } from './unsigned.js';
import { mayBeUnheard } from './voices.js';

/** A prefix of one stream, folded: what the rules see, and the words by event. */
export interface Aggregate {
  readonly slice: Slice;
  readonly id: string;
  readonly state: unknown;
  /**
   * Of every event that counted, and perhaps of later ones, which the state names nowhere. Of amendments none: what
   * they put right stands with what they amend, and their reasons are history.
   */
  readonly words: ReadonlyMap<string, Stored['content']>;
  /** What has dropped out of the prefix: whatever comes and rests on it drops out as well. */
  readonly dropped: ReadonlySet<string>;
  /** What it is called in the system from which it was brought in. */
  readonly externalRef?: string;
  /** The last revision of the prefix, whether or not that event counted. */
  readonly revision: number;
  /** When that revision was recorded, whether or not its event counted. */
  readonly recordedAt: string;
  /** The revision of the first event that can't be read: what it and those after it say is not counted. */
  readonly unreadableSince: number | undefined;
}

export function streamOf(slice: Pick<Slice, 'prefix'>, id: string): string {
  return `${slice.prefix}-${id}`;
}

export function idOf(stream: string): string {
  return stream.slice(stream.indexOf('-') + 1);
}

/** What is claimed to have happened later than the moment does not count; what claims no time always does. */
export function happenedBy(moment: number): (event: Stored) => boolean {
  return (event) => event.occurred === undefined || latestMoment(event.occurred) <= moment;
}

/**
 * The one fold. Current state, as-of state and each frame of a replay come from here: a prefix of the stream in seq
 * order, amended, with consequences in the places of their causes, and, where an effective moment is asked for, only what
 * had happened by then. It ends before an event that can't be read, but for erasures, which are obeyed wherever they
 * stand.
 */
export function fold(
  slice: Slice,
  events: readonly Stored[],
  counts: (event: Stored) => boolean = () => true,
): Aggregate | undefined {
  const last = events.at(-1);
  if (last === undefined) return undefined;
  const { counted: all, unreadableSince } = countedIn(slice, events);
  const counted = inPlace(all).filter(counts);
  const state = counted.reduce<unknown>((reached, one) => slice.evolve(reached, one), slice.initial);
  return state === null
    ? undefined
    : {
        slice,
        id: idOf(last.stream),
        state,
        words: new Map(counted.filter((one) => !isAmendment(one)).map((one) => [one.id, one.content])),
        dropped: standingsIn(events).dropped,
        ...externalRefIn(events),
        revision: last.revision,
        recordedAt: last.recordedAt,
        unreadableSince,
      };
}

/** Its first event says it, also where that has dropped out. */
function externalRefIn([first]: readonly Stored[]): Pick<Aggregate, 'externalRef'> {
  return first?.externalRef === undefined ? {} : { externalRef: first.externalRef };
}

/** Whether any of what an event of the stream needs has dropped out of it already: then the event counts for nothing. */
export function restsOnDropped(
  { dropped }: Pick<Aggregate, 'dropped'>,
  restsOn: readonly string[] = [],
): boolean {
  return restsOn.some((one) => dropped.has(one));
}

/**
 * Of a dialogue whose parties sign, what one of them says by no key that the fold has in force: whether it is that party's
 * word all that stands before it tells.
 */
function lacksKey({ slice, state }: Aggregate, event: Stored): boolean {
  const { party, capacity, recorderParty } = event.act;
  if (slice.part !== 'dialogue' || capacity === 'attributed') return false;
  const talks = state as Pick<Talks, 'keys' | 'signing'>;
  const signer = [party, recorderParty].find((one) => one !== null && talks.signing?.includes(one) === true);
  return typeof signer === 'string' && !isByKeyOf(signer, event, talks);
}

/** Whether the event adds to what is folded, and neither follows after a gap, nor reaches back, nor rests on what fell. */
export function isNext(before: Aggregate | undefined, event: Stored): before is Aggregate {
  return (
    before?.revision === event.revision - 1 &&
    before.unreadableSince === undefined &&
    event.unreadable === undefined &&
    !mayBeUnheard(event) &&
    !lacksKey(before, event) &&
    countsAfter(event) === undefined &&
    !restsOnDropped(before, event.restsOn)
  );
}

/** It can't be read itself, or stands behind one that can't; an amendment may be an erasure, which is obeyed. */
function isBehindUnreadable(before: Aggregate, event: Stored): boolean {
  if (before.revision !== event.revision - 1 || isAmendment(event)) return false;
  return before.unreadableSince !== undefined || event.unreadable !== undefined;
}

function behindUnreadable(before: Aggregate, { revision, recordedAt }: Stored): Aggregate {
  return { ...before, revision, recordedAt, unreadableSince: before.unreadableSince ?? revision };
}

/**
 * The fold of one more event; an amendment, what rests on something that fell, and what counts as of an earlier place
 * folds the whole prefix anew.
 */
export function foldNext(
  slice: Slice,
  before: Aggregate | undefined,
  event: Stored,
  prefix: () => readonly Stored[],
  counts: (event: Stored) => boolean = () => true,
): Aggregate | undefined {
  if (before !== undefined && isBehindUnreadable(before, event)) return behindUnreadable(before, event);
  if (!isNext(before, event)) return fold(slice, prefix(), counts);
  if (!counts(event)) return { ...before, revision: event.revision, recordedAt: event.recordedAt };
  // One map for all folds of a chain: a copy for each event would make a long stream cost its square. What changes the
  // words of an event is an amendment, and the fold anew has a map of its own.
  const counted = withErasedSaid(event);
  (before.words as Map<string, Stored['content']>).set(counted.id, counted.content);
  const { revision, recordedAt } = counted;
  return { ...before, state: slice.evolve(before.state, counted), revision, recordedAt };
}

/** How views look words up: what counts in no event of the fold, or was erased, has none. */
export function wordsOf({ words }: Pick<Aggregate, 'words'>): WordsOf {
  return (eventId) => words.get(eventId) ?? {};
}

/** The representation that every read of the aggregate gives. */
export function represent(folded: Aggregate): { readonly [field: string]: unknown } {
  return {
    id: folded.id,
    ...(folded.externalRef === undefined ? {} : { externalRef: folded.externalRef }),
    ...folded.slice.view(folded.state, wordsOf(folded)),
    // Of no state, since what takes something back leaves that as if it had never been, and is the last event all the same.
    updatedAt: folded.recordedAt,
    revision: folded.revision,
    ...(folded.unreadableSince === undefined ? {} : { unreadableSince: folded.unreadableSince }),
  };
}
