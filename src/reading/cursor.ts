import { Problem } from '#libs/problem-details';
import { platformProblems } from '../platform/problems/platform.problems.js';
import type { Query } from '../platform/http/query.js';
import type { RecordRead } from '../platform/record/reading.js';

/** What may differ from page to page of one question. */
const ofAPage = new Set(['cursor', 'limit', 'knownAt', 'grade', 'minPosition', 'proofs', 'overdueAt']);

/** What a list was asked, in one form: a cursor of another question would lose entries without a word. */
export function questionOf(list: string, query: Query): string {
  const asked = Object.entries(query)
    .flatMap(([name, value]) => (value === undefined || ofAPage.has(name) ? [] : [[name, value] as const]))
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `${list} ${JSON.stringify(asked)}`;
}

/**
 * Where the next page starts. Sealed, for the places of a list that spans dialogues tell how much others write; it holds
 * for one list with its filters and its sorting. Pages as of one moment have the same cursors whenever they are asked for.
 */
export function cursorOf(
  { moments }: RecordRead,
  list: string,
  after: number | undefined,
  knownAt?: string,
): string | undefined {
  return after === undefined ? undefined : moments.cursor(list, after, knownAt);
}

export function readCursor(
  { moments }: RecordRead,
  list: string,
  cursor: string | undefined,
): number | undefined {
  if (cursor === undefined) return undefined;
  const after = moments.afterCursor(list, cursor);
  if (after !== undefined) return after;
  throw new Problem(platformProblems.CURSOR_INVALID, {
    detail: 'The cursor was not given out by this list with these filters and this sorting.',
    errors: [{ parameter: 'cursor', detail: 'is not a cursor of this list' }],
  });
}

/** A page out of all that follows, or out of one more than it holds; the place of the last of it where more follows. */
export function pageOf<R>(
  rows: readonly R[],
  limit: number,
  placeOf: (row: R) => number,
): { readonly shown: readonly R[]; readonly last: number | undefined } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { shown, last: rows.length > limit && last !== undefined ? placeOf(last) : undefined };
}

/**
 * The address of the next page (RFC 8288): the same query, every parameter of it, with another cursor and as of the same
 * moment, so that whoever follows it meets each entry once, whatever is written meanwhile. A list whose entries keep
 * their places needs no moment. Undefined on the last page.
 */
export function nextLink(
  url: string,
  cursor: string | undefined,
  knownAt?: string | null,
  more: { readonly [parameter: string]: string } = {},
): string | undefined {
  if (cursor === undefined) return undefined;
  const { pathname, searchParams } = new URL(url, 'http://here');
  searchParams.set('cursor', cursor);
  if (typeof knownAt === 'string') {
    searchParams.set('knownAt', knownAt);
    // By what it was found is said once: it is a place now.
    searchParams.delete('grade');
  }
  for (const [name, value] of Object.entries(more)) searchParams.set(name, value);
  return `<${pathname}?${searchParams.toString()}>; rel="next"`;
}
