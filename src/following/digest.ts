import { choice, optional } from '#libs/decider';
import type { Shape } from '#libs/decider';
import { sightOf } from '../platform/access/sight.js';
import type { Sight } from '../platform/access/sight.js';
import { limitOf, paging, waiting } from '../platform/http/query.js';
import type { Query } from '../platform/http/query.js';
import {
  changesByParty,
  changesName,
  changesOf,
  ofMatter,
  ofParty,
} from '../platform/lists/changes.projection.js';
import { idOf } from '../platform/record/fold.js';
import type { Principal } from '../platform/record/principal.js';
import type { RecordRead } from '../platform/record/reading.js';
import { AtMoment } from '../reading/at-moment.js';
import type { Placed } from '../reading/at-moment.js';
import { cursorOf, pageOf, questionOf, readCursor } from '../reading/cursor.js';
import { entryViews } from '../reading/history.js';
import { presentUpTo } from '../reading/moment.js';
import { placeOf } from './followings.js';
import type { Watch } from './follower.js';
import { thingNamed } from './things.js';

export const digestParameters = {
  scope: optional(
    choice('new', 'all'),
    'What came after the last look (`new`, unless told), or all since each watch was begun.',
  ),
  ...paging,
  ...waiting,
} satisfies Shape;

export interface Follower {
  readonly principal: Principal;
  readonly watches: readonly Watch[];
  /** The place up to which the principal has looked; -1 before the first look. */
  readonly lookedTo: number;
}

/** A change, and the watches that tell of it. */
interface Found {
  readonly ordinal: number;
  readonly watchIds: readonly string[];
}

type Range = Parameters<typeof changesOf>[2];

/**
 * What came of what somebody watches, the latest first: of each watch as many places of an index as a page holds, and
 * then the events of that page. So it costs what the page and the watches are, however long the record is.
 */
export function digestOf(record: RecordRead, follower: Follower, query: Query) {
  const { principal, watches, lookedTo } = follower;
  const seeing = seeingOf(record, principal);
  const known = reachOf(record, principal);
  const isAll = query['scope'] === 'all';
  const scope = questionOf(`digest ${principal.id}`, { scope: isAll ? 'all' : 'new' });
  const limit = limitOf(query);
  const before = readCursor(record, scope, query['cursor']) ?? known + 1;
  const found = merged(
    watches.map((watch) => {
      const begun = placeOf(record.projections, watch.after);
      const after = isAll ? begun : Math.max(begun, lookedTo);
      return { watch, places: placesOf(record, watch, seeing, { after, before, limit: limit + 1 }) };
    }),
  );
  const { shown, last } = pageOf(found, limit, ({ ordinal }) => ordinal);
  const at = new AtMoment(record, {}, {}, presentUpTo(known));
  const position = record.projections.record.positionAt(known);
  return {
    items: itemsOf(at, shown, lookedTo),
    asOf: position === undefined ? null : record.moments.sealed(position),
    next: cursorOf(record, scope, last),
  };
}

export type DigestItem = ReturnType<typeof itemsOf>[number];

/** How far all read models have come that it is read from; of a party, also that which tells what it sees. */
function reachOf({ projections, registry }: RecordRead, { party }: Principal): number {
  const { headOrdinal } = projections.record;
  const listed = [changesName, ...(party === null ? [] : [registry.part('dialogue').name])];
  return Math.min(headOrdinal, ...listed.map((name) => projections.view(name).ordinal));
}

/** What somebody sees at this moment. */
interface Seeing {
  readonly sight: Sight;
  readonly isSeen: (dialogueId: string) => boolean;
}

export function seeingOf(record: RecordRead, principal: Principal): Seeing {
  const sight = sightOf(record, principal);
  if (sight === 'all') return { sight, isSeen: () => true };
  const seen = new Set(sight);
  return { sight, isSeen: (dialogueId) => seen.has(dialogueId) };
}

function placesOf(
  record: RecordRead,
  watch: Watch,
  { sight, isSeen }: Seeing,
  range: Range,
): readonly number[] {
  const { tables } = record.projections.view(changesName);
  switch (watch.kind) {
    case 'irritant':
      return isSeen(watch.dialogueId) ? changesOf(tables, ofMatter(watch.irritantId), range) : [];
    case 'dialogue':
      return isSeen(watch.dialogueId) ? placesIn(record, watch.dialogueId, range) : [];
    case 'party': {
      const { party } = watch;
      if (sight === 'all') return changesOf(tables, ofParty(party), range);
      return changesByParty(tables, { party, isSeen }, range);
    }
  }
}

/** The log of the dialogue, from its end. */
function placesIn({ projections: { record } }: RecordRead, dialogueId: string, range: Range): number[] {
  const places: number[] = [];
  for (
    let seq = record.seqAt(dialogueId, range.before - 1);
    seq >= 0 && places.length < range.limit;
    seq -= 1
  ) {
    const ordinal = record.ordinalIn(dialogueId, seq);
    if (ordinal === undefined || ordinal <= range.after) break;
    places.push(ordinal);
  }
  return places;
}

function merged(
  all: readonly { readonly watch: Watch; readonly places: readonly number[] }[],
): readonly Found[] {
  const byPlace = new Map<number, string[]>();
  for (const { watch, places } of all)
    for (const ordinal of places) byPlace.set(ordinal, [...(byPlace.get(ordinal) ?? []), watch.id]);
  return [...byPlace]
    .map(([ordinal, watchIds]) => ({ ordinal, watchIds }))
    .toSorted((one, other) => other.ordinal - one.ordinal);
}

function itemsOf(at: AtMoment, found: readonly Found[], lookedTo: number) {
  const { projections, registry } = at.record;
  const placed = found.flatMap(({ ordinal, watchIds }) => {
    const one = projections.record.byOrdinal(ordinal);
    if (one === undefined) return [];
    const entry: Placed = { ordinal, seq: one.seq, event: registry.read(one.event) };
    return [{ entry, watchIds, dialogueId: one.log }];
  });
  const views = entryViews(
    at,
    placed.map(({ entry }) => entry).toReversed(),
    placed.map(({ entry }) => entry),
  );
  return views.flatMap((view, index) => {
    const of = placed[index];
    if (of === undefined) return [];
    const { entry, watchIds, dialogueId } = of;
    return [
      {
        ...view,
        dialogueId,
        kept: at.kept(dialogueId),
        thing: thingNamed(at.record, registry.ofStream(entry.event.stream), idOf(entry.event.stream)),
        new: entry.ordinal > lookedTo,
        watchIds,
      },
    ];
  });
}
