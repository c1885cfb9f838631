import type { Piece } from '#libs/full-text';
import { asOf, inDialogue, limitOf, paging, searching, waiting } from '../platform/http/query.js';
import type { Query } from '../platform/http/query.js';
import { GivingWay } from '../platform/record/giving-way.js';
import type { AtMoment } from './at-moment.js';
import { cursorOf, pageOf, questionOf, readCursor } from './cursor.js';
import { excerptOfName, excerptsOf } from './excerpts.js';
import { fewMost, givingNames, lookingFor, wantedTerms } from './looking.js';
import { matchingAll } from './matching.js';
import type { Looked } from './looking.js';
import { held } from './matching-rows.js';
import { readingFrom } from './read-model.js';
import { describedIn, describedThen, placesIn, windowMost } from './search-rows.js';
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

/** What is shown of those that were found. Others have their turn between folds. */
async function hitsOf(places: readonly Place[], looked: Looked): Promise<readonly Hit[]> {
  const others = new GivingWay();
  const described = new Map<string, Described>();
  const excerpts = new Map<string, readonly Piece[]>();
  for (const [slice, those] of Map.groupBy(places, (one) => one.slice)) {
    const part = looked.model.partOf(slice);
    const ids = those.map(({ id }) => id);
    for (const [id, one] of describedIn(part, ids)) described.set(id, one);
    for (const [id, one] of excerptsOf(part, ids, looked)) excerpts.set(id, one);
  }
  const hits: Hit[] = [];
  for (const { slice, id } of places) {
    const shown = described.get(id) ?? describedThen(looked.model.at, slice, id);
    const { key, dialogueId, title, titleBy, synthetic, seq } = shown;
    const excerpt = excerpts.get(id) ?? excerptOfName(slice, id, looked);
    hits.push({ kind: slice.prefix, id, key, dialogueId, title, titleBy, synthetic, excerpt, seq });
    await others.turn();
  }
  return hits;
}

/** So that a test comes to what a short record does not. */
interface Bounds {
  readonly fewMax?: number;
  readonly windowSize?: number;
  readonly foldMax?: number;
}

/** Over all slices at once, what changed last first: an event belongs to one entry, so every place is its own. */
export async function search(
  asked: AtMoment,
  query: Query,
  { fewMax = fewMost, windowSize = windowMost, foldMax }: Bounds = {},
) {
  const { record } = asked;
  const terms = wantedTerms(query);
  const limit = limitOf(query);
  const scope = questionOf('search', query);
  const after = readCursor(record, scope, query['cursor']);
  const { dialogue } = query;
  const { slices } = record.registry;
  const naming = givingNames(record);
  const folding = foldMax === undefined ? {} : { foldMax };
  return readingFrom(asked, { slices, naming, ...folding }, query, async (lists) => {
    const looked = lookingFor({ terms, naming, model: held(lists), fewMax });
    const { model } = looked;
    const found: Place[] = [];
    for (const slice of slices) {
      const matching = matchingAll(slice, looked);
      if (matching === undefined) continue;
      const narrowing = { dialogue, after, limit: limit + 1, windowSize };
      found.push(...(await placesIn(slice, model.partOf(slice), matching, narrowing)));
    }
    const all = found.toSorted((one, other) => other.ordinal - one.ordinal);
    const { shown, last } = pageOf(all, limit, ({ ordinal }) => ordinal);
    return {
      items: await hitsOf(shown, looked),
      at: model.at,
      asOf: model.at.sealing()(),
      ...(model.asOfSeq === undefined ? {} : { asOfSeq: model.asOfSeq }),
      next: cursorOf(record, scope, last, model.context),
      moment: model.moment,
    };
  });
}
