import { optional } from '#libs/decider';
import type { Shape } from '#libs/decider';
import type { Readings } from '../reading/readings.js';
import type { Hit } from '../reading/search.js';
import { asOf, paging, searching } from '../platform/http/query.js';

export const searchPageParameters = {
  q: optional(searching),
  cursor: paging.cursor,
  knownAt: asOf.knownAt,
} satisfies Shape;

/** A page of the record, and what the link to it is called where it is not the title of the hit. */
export interface Place {
  readonly address: string;
  readonly name: string;
}

export interface FoundEntry {
  readonly hit: Hit;
  /** The entry's own page, if it has one. */
  readonly page: string | undefined;
  /** The pages of the irritants that it is about: there the entries without a page of their own are shown. */
  readonly about: readonly Place[];
}

export interface SearchReading {
  readonly found: readonly FoundEntry[];
  readonly next: string | undefined;
  /** The next page is of the same moment as the first one. */
  readonly asOf: string | null;
}

function pageOf({ kind, id, key }: Hit): string | undefined {
  if (kind === 'irritant') return `/irritants/${key ?? id}`;
  if (kind === 'round') return `/rounds/${id}`;
  return kind === 'dialogue' ? `/#dialogue-${id}` : undefined;
}

function aboutOf(readings: Readings, { kind, id }: Hit): readonly Place[] {
  const slice = readings.record.registry.ofStream(`${kind}-${id}`);
  const folded = readings.folded(slice, id);
  const named = folded === undefined ? undefined : slice.labels(folded.state)['irritant'];
  const ids = typeof named === 'string' ? [named] : (named ?? []);
  return ids.flatMap((one) => {
    const name = readings.named('irritants', one)?.key;
    return name === undefined ? [] : [{ address: `/irritants/${name}`, name }];
  });
}

/** Nothing is looked for where nothing was typed. */
export async function readSearch(readings: Readings): Promise<SearchReading | undefined> {
  if (readings.query['q'] === undefined) return undefined;
  const { items, next, asOf } = await readings.search();
  const found = items.map((hit) => {
    const page = pageOf(hit);
    return { hit, page, about: page === undefined ? aboutOf(readings, hit) : [] };
  });
  return { found, next, asOf };
}
