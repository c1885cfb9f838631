import type { Damaged } from '#libs/event-store';
import type { Decision, Occurred } from '#libs/decider';
import { earliestMoment } from '#libs/edtf';
import { Problem } from '#libs/problem-details';
import type { ProblemKind } from '#libs/problem-details';
import type { Stored } from './envelope.js';
import { platformProblems } from '../problems/platform.problems.js';
import { problemAt } from '../problems/problem-at.js';
import type { Slice } from './slice.js';
import type { LoadedStream } from './streams.js';

/** How many of the events in between a stale precondition lists. */
const listedMax = 100;

export function kindOf(slice: Slice, code: string): ProblemKind {
  const own = slice.refusals[code];
  const kind = own === undefined ? platformProblems[code as keyof typeof platformProblems] : { ...own, code };
  if (kind === undefined) throw new Error(`The refusal ${code} of ${slice.name} has no problem.`);
  return kind;
}

export function refusalOf(slice: Slice, decision: Extract<Decision, { refused: string }>): Problem {
  return new Problem(kindOf(slice, decision.refused), { detail: decision.because });
}

/** Nothing is recorded as having happened before it can have; a correction has a time of its own. */
export function refuseFuture(occurred: unknown, now: number): void {
  if (occurred === undefined || earliestMoment(occurred as Occurred) <= now) return;
  const detail = `${(occurred as Occurred).edtf} begins after now, ${new Date(now).toISOString()}.`;
  throw problemAt(platformProblems.NOT_YET_HAPPENED, ['occurred'], 'lies in the future', detail);
}

/** No act is taken on what can't be read to its end: nobody knows what it would be decided on. */
export function refuseUnreadableStream({ events, folded }: LoadedStream, id: string): void {
  const since = folded === undefined ? firstMarked(events) : folded.unreadableSince;
  if (since !== undefined) throw unreadableSince(since, id);
}

function firstMarked(events: readonly Stored[]): number | undefined {
  return events.find((one) => one.unreadable !== undefined)?.revision;
}

export function unreadableSince(revision: number, id: string): Problem {
  return new Problem(platformProblems.UNREADABLE, {
    detail: `The event at revision ${revision} of ${id} can't be read.`,
    members: { unreadableSince: revision },
  });
}

/** The precondition failed: what was recorded since the revision that the client decided on, newest last. */
export function staleRevision(events: readonly Stored[], expected: bigint): Problem | undefined {
  const present = events.at(-1)?.revision ?? -1;
  if (BigInt(present) === expected) return undefined;
  const since = events.filter((one) => BigInt(one.revision) > expected);
  return new Problem(platformProblems.STALE_REVISION, {
    detail:
      since.length > 0
        ? `It is at revision ${present}; ${since.length} event(s) came after revision ${expected}.`
        : `It is at revision ${present}, and has never been at revision ${expected}.`,
    members: {
      revision: present,
      events: since.slice(-listedMax).map(({ id, revision, type, recordedAt, act }) => ({
        id,
        revision,
        type,
        recordedAt,
        party: act.party,
        capacity: act.capacity,
      })),
    },
  });
}

export function notFound(slice: Slice, id: string): Problem {
  return new Problem(platformProblems.NOT_FOUND, { detail: `There is no entry ${id} in ${slice.name}.` });
}

export function restsOnDamaged(cause: Damaged): Problem {
  return new Problem(platformProblems.UNREADABLE, {
    detail: 'What it rests on was deleted or cut off in the event store by hand, or is damaged there.',
    cause,
  });
}
