import { Problem } from '#libs/problem-details';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { sameId } from '../platform/shapes/sent.js';
import type { Logs } from './logs.js';

export function nothingThere(detail: string): Problem {
  return new Problem(platformProblems.NOT_FOUND, { detail });
}

/** There are fewer leaves than were signed: they are on their way, or an alarm says why not. */
export function leavesLag(): Problem {
  return new Problem(platformProblems.PROJECTION_LAGGING, {
    detail: 'The leaves of this log have not come as far as that checkpoint.',
    headers: { 'Retry-After': '1' },
  });
}

/** The id of a dialogue that has a log. */
export function namedLog(logs: Logs, asked: string): string {
  const id = sameId(asked);
  if (!logs.isReady)
    throw new Problem(platformProblems.PROJECTION_LAGGING, {
      detail: 'The logs are being derived from the store.',
      headers: { 'Retry-After': '1' },
    });
  if (logs.size(id) === 0) throw nothingThere(`There is no dialogue ${asked.slice(0, 64)}.`);
  return id;
}
