import { Problem } from '#libs/problem-details';
import { platformProblems } from '../platform/platform.problems.js';

/** Where the next page starts. Opaque to clients; it holds for one list and one sorting. */
export function cursorOf(scope: string, after: number): string {
  return Buffer.from(JSON.stringify([scope, after])).toString('base64url');
}

export function readCursor(scope: string, cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  try {
    const [givenScope, after] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    if (givenScope === scope && Number.isSafeInteger(after)) return after as number;
  } catch {
    // What is no cursor of ours is refused below, in one way.
  }
  throw new Problem(platformProblems.CURSOR_INVALID, {
    detail: 'The cursor was not given out by this list with this sorting.',
    errors: [{ parameter: 'cursor', detail: 'is not a cursor of this list' }],
  });
}

/**
 * The address of the next page (RFC 8288): the same query, every parameter of it, with another cursor and as of the same
 * moment, so that whoever follows it meets each entry once, whatever is written meanwhile. A list whose entries keep
 * their places needs no moment.
 */
export function nextLink(url: string, cursor: string, asOfSeq?: number): string {
  const { pathname, searchParams } = new URL(url, 'http://here');
  searchParams.set('cursor', cursor);
  if (asOfSeq !== undefined) searchParams.set('knownAt', `s${asOfSeq}`);
  return `<${pathname}?${searchParams.toString()}>; rel="next"`;
}
