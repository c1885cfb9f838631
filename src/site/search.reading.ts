import { optional } from '#libs/decider';
import type { Shape } from '#libs/decider';
import { Readings } from '../reading/readings.js';
import type { Hit } from '../reading/search.js';
import { asOf, paging, searching } from '../platform/http/query.js';
import type { Query } from '../platform/http/query.js';
import type { OpenRecord } from '../platform/record.js';
import type { Sight } from '../platform/access/sight.js';

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

async function aboutOf(record: OpenRecord, { kind, id }: Hit): Promise<readonly Place[]> {
  const slice = record.registry.slices.find((one) => one.prefix === kind);
  const folded = slice === undefined ? undefined : await record.present.folded(slice.name, id);
  const named = folded === undefined ? undefined : slice?.labels(folded.state)['irritant'];
  const ids = typeof named === 'string' ? [named] : (named ?? []);
  const keys = await Promise.all(
    ids.map(async (one) => (await record.present.facts('irritants', one)) as { key: string } | undefined),
  );
  return keys.flatMap((one) =>
    one === undefined ? [] : [{ address: `/irritants/${one.key}`, name: one.key }],
  );
}

/** Nothing is looked for where nothing was typed. */
export async function readSearch(
  record: OpenRecord,
  query: Query,
  sight: Sight,
): Promise<SearchReading | undefined> {
  if (query['q'] === undefined) return undefined;
  const { items, next, asOf } = await Readings.over(record, query, sight).search();
  const found = await Promise.all(
    items.map(async (hit) => {
      const page = pageOf(hit);
      return { hit, page, about: page === undefined ? await aboutOf(record, hit) : [] };
    }),
  );
  return { found, next, asOf };
}
