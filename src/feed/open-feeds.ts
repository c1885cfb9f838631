import { Problem } from '#libs/problem-details';
import { OpenByPrincipal } from '../platform/access/open-by-principal.js';
import type { OpenLimits } from '../platform/access/open-by-principal.js';
import { platformProblems } from '../platform/problems/platform.problems.js';

export interface FeedLimits extends OpenLimits {
  /** How often a reader who gets nothing is told that the server is still there. */
  readonly heartbeatMs: number;
}

/** Each holds a connection, of which a server has two thousand, and at most a page of the record. */
export const feedLimits: FeedLimits = { perPrincipal: 10, inAll: 500, heartbeatMs: 15_000 };

const retryAfterSeconds = 5;

/** The feeds that are open, counted: long polls that wait, and streams. One too many is refused as `too-many-feeds`. */
export class OpenFeeds extends OpenByPrincipal {
  constructor(override readonly limits: FeedLimits) {
    super(limits, 'feeds', tooMany);
  }
}

function tooMany(already: string): Problem {
  return new Problem(platformProblems.TOO_MANY_FEEDS, {
    detail: `${already}: end one of them, or ask without waiting.`,
    headers: { 'Retry-After': String(retryAfterSeconds) },
  });
}
