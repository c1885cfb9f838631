import type { Piece } from '#libs/full-text';
import { asOf, inDialogue, limitOf, paging, searching, waiting } from '../platform/http/query.js';
import type { Query } from '../platform/http/query.js';
import { GivingWay } from '../platform/record/giving-way.js';
import type { Slice } from '../platform/record/slice.js';
import type { AtMoment } from './at-moment.js';
import { cursorOf, pageOf, questionOf, readCursor } from './cursor.js';
import { excerptOfName, excerptsOf } from './excerpts.js';
import type { Row } from './list-rows.js';
import { fewMost, givingNames, lookingFor, wantedTerms } from './looking.js';
import type { Looked } from './looking.js';
import { askedMost, held, matchingRows } from './matching-rows.js';
import { readingFrom } from './read-model.js';
import { describedIn, describedThen } from './search-rows.js';
import type { Described } from './search-rows.js';

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

interface Found extends Row {
  readonly slice: Slice;
}

/** What is shown of those that were found. Others have their turn between folds. */
async function hitsOf(places: readonly Found[], looked: Looked): Promise<readonly Hit[]> {
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

/** All of a list, what changed last first. */
const lastChanged = {
  sort: '-updatedAt',
  filters: [],
  updatedSince: undefined,
  beyond: undefined,
  elsewhere: undefined,
} as const;

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
  { fewMax = fewMost, windowSize = askedMost, foldMax }: Bounds = {},
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
    const found: Found[] = [];
    for (const slice of slices) {
      const rows = await matchingRows(slice, looked, { ...lastChanged, dialogue, after, limit }, windowSize);
      found.push(...rows.map((row) => ({ ...row, slice })));
    }
    const all = found.toSorted((one, other) => other.place - one.place);
    const { shown, last } = pageOf(all, limit, ({ place }) => place);
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
