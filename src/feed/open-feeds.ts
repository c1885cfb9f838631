import { Problem } from '#libs/problem-details';
import { platformProblems } from '../platform/problems/platform.problems.js';

export interface FeedLimits {
  /** How many may be open at once: of one principal, and in all. */
  readonly perPrincipal: number;
  readonly inAll: number;
  /** How often a reader who gets nothing is told that the server is still there. */
  readonly heartbeatMs: number;
}

/** Each holds a connection, of which a server has two thousand, and at most a page of the record. */
export const feedLimits: FeedLimits = { perPrincipal: 10, inAll: 500, heartbeatMs: 15_000 };

const retryAfterSeconds = 5;

/** The feeds that are open, counted: long polls that wait, and streams. */
export class OpenFeeds {
  readonly #of = new Map<string, number>();
  #all = 0;

  constructor(readonly limits: FeedLimits) {}

  get size(): number {
    return this.#all;
  }

  /** Throws `too-many-feeds`; what is returned ends it. */
  begin(principalId: string): () => void {
    const own = this.#of.get(principalId) ?? 0;
    const { perPrincipal, inAll } = this.limits;
    if (own >= perPrincipal) throw tooMany(`${perPrincipal} feeds of this principal are open`);
    if (this.#all >= inAll) throw tooMany(`${inAll} feeds are open`);
    this.#of.set(principalId, own + 1);
    this.#all += 1;
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      this.#all -= 1;
      const left = (this.#of.get(principalId) ?? 1) - 1;
      if (left === 0) this.#of.delete(principalId);
      else this.#of.set(principalId, left);
    };
  }
}

function tooMany(what: string): Problem {
  return new Problem(platformProblems.TOO_MANY_FEEDS, {
    detail: `${what} already: end one of them, or ask without waiting.`,
    headers: { 'Retry-After': String(retryAfterSeconds) },
  });
}
