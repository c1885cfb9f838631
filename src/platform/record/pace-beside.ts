import { Problem } from '#libs/problem-details';
import { platformProblems } from '../problems/platform.problems.js';

const dayMs = 24 * 60 * 60 * 1_000;

/** How often within a day something beside the record may be changed, and what it is, for whoever is told. */
export interface Pace {
  readonly perDay: number;
  readonly what: string;
}

/**
 * Of the changes made before, the one that must be a day old before the next one: the time at which it was recorded, or
 * undefined where there were not as many. So what stands in the store is the count: it outlives a restart, is the same on
 * every server, and takes no room. Throws 429 with `Retry-After`.
 */
export function refuseBeyond({ perDay, what }: Pace, recordedAt: string | undefined, now: number): void {
  const leftMs = recordedAt === undefined ? 0 : Date.parse(recordedAt) + dayMs - now;
  if (leftMs <= 0) return;
  throw new Problem(platformProblems.TOO_MANY_CHANGES, {
    detail: `${what} may be changed ${perDay} times within 24 hours, and was.`,
    headers: { 'Retry-After': String(Math.ceil(leftMs / 1_000)) },
  });
}
