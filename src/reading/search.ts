import type { Piece } from '#libs/full-text';
import { asOf, inDialogue, limitOf, paging, searching, waiting } from '../platform/http/query.js';
import type { Query } from '../platform/http/query.js';
import type { AtMoment } from './at-moment.js';
import { cursorOf, pageOf, questionOf, readCursor } from './cursor.js';
import { excerptOfName, excerptsOf } from './excerpts.js';
import type { Asked } from './excerpts.js';
import { givingNames, matchingAll, wantedTerms } from './matching.js';
import { readingFrom } from './read-model.js';
import { describedIn, FoldedHits, placesIn } from './search-rows.js';
import type { Described, Place } from './search-rows.js';

export const searchParameters = {
  q: searching,
  dialogue: inDialogue,
  ...paging,
  ...asOf,
  ...waiting,
};

/** An entry in which, or in a name of somebody whom it concerns, all the words stand. */
export interface Hit extends Described {
  readonly kind: string;
  readonly id: string;
  /** Why it was found. */
  readonly excerpt: readonly Piece[];
}

/** A hit with what the lists say of it; undefined where its entry has changed since the moment. */
interface Found {
  readonly place: Place;
  readonly excerpt: readonly Piece[];
  readonly described: Described | undefined;
}

/** In the same step in which they were found: the tables of an effective date are gone after it, and the present goes on. */
function foundAt(places: readonly Place[], asked: Asked): readonly Found[] {
  const byList = [...Map.groupBy(places, ({ part }) => part)].map(([part, those]) => {
    const ids = those.map(({ id }) => id);
    return [part, { excerpts: excerptsOf(part, ids, asked), described: describedIn(part, ids) }] as const;
  });
  const lists = new Map(byList);
  return places.map((place) => {
    const { slice, part, id } = place;
    const { excerpts, described } = lists.get(part) ?? {};
    const excerpt = excerpts?.get(id) ?? excerptOfName(slice, id, asked);
    return { place, excerpt, described: described?.get(id) };
  });
}

async function hitsOf(found: readonly Found[], at: AtMoment): Promise<readonly Hit[]> {
  const folded = new FoldedHits(at);
  const hits: Hit[] = [];
  for (const { place, excerpt, described } of found) {
    const { slice, id } = place;
    const shown = described ?? (await folded.described(slice, id));
    const { key, dialogueId, title, titleBy, synthetic, seq } = shown;
    hits.push({ kind: slice.prefix, id, key, dialogueId, title, titleBy, synthetic, excerpt, seq });
  }
  return hits;
}

/** Over all slices at once, what changed last first: an event belongs to one entry, so every place is its own. */
export async function search(asked: AtMoment, query: Query) {
  const { record } = asked;
  const terms = wantedTerms(query);
  const limit = limitOf(query);
  const scope = questionOf('search', query);
  const after = readCursor(record, scope, query['cursor']);
  const { dialogue } = query;
  const { slices } = record.registry;
  const naming = givingNames(record);
  const { found, at, ...places } = await readingFrom(asked, { slices, naming }, query, (model) => {
    const all = slices
      .flatMap((slice) => {
        const matching = matchingAll(terms, slice, naming, model);
        return placesIn(slice, model.partOf(slice), matching, { dialogue, after, limit: limit + 1 });
      })
      .sort((one, other) => other.ordinal - one.ordinal);
    const { shown, last } = pageOf(all, limit, ({ ordinal }) => ordinal);
    return {
      found: foundAt(shown, { terms, naming, model }),
      at: model.at,
      asOf: model.at.sealing()(),
      ...(model.asOfSeq === undefined ? {} : { asOfSeq: model.asOfSeq }),
      next: cursorOf(record, scope, last, model.context),
      moment: model.moment,
    };
  });
  return { items: await hitsOf(found, at), at, ...places };
}
