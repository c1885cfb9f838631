import { Problem } from '#libs/problem-details';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { streamOf } from '../platform/record/fold.js';
import { GivingWay } from '../platform/record/giving-way.js';
import type { Slice } from '../platform/record/slice.js';
import type { AtMoment } from './at-moment.js';
import { changesBetween, documentAt } from './diff-changes.js';
import { eventsBetween } from './diff-events.js';
import { instrumentChanges } from './diff-instruments.js';
import { gradeView } from './moment.js';
import type { Moment } from './moment.js';

/** How many events are told with a difference: the earliest. The history has the rest. */
const eventsShown = 1_000;

/** By what the two moments were found, and which checkpoint each rests on. */
function graded(from: Moment, to: Moment) {
  const { grade, checkpoint: after } = gradeView(to);
  const { checkpoint: before } = gradeView(from);
  return {
    ...(grade === undefined ? {} : { grade }),
    ...(before === undefined || after === undefined ? {} : { checkpoints: { before, after } }),
  };
}

/**
 * What changed between two moments of knowledge, field by field, and which events did it; with what linked instruments
 * say, unless only its own stream is asked for.
 */
export async function diff(from: AtMoment, to: AtMoment, slice: Slice, id: string) {
  const [first, second] = [from.moment, to.moment];
  const inOrder = first.knownOrdinal <= second.knownOrdinal;
  const between = { from, to, earlier: inOrder ? from : to, later: inOrder ? to : from };
  const [before, after] = [documentAt(from, slice, id), documentAt(to, slice, id)];
  if (before === undefined && after === undefined) {
    throw new Problem(platformProblems.NOT_YET, {
      detail: 'At neither moment did the record hold anything of it.',
    });
  }
  const isOwn = to.query['scope'] === 'own';
  const givingWay = new GivingWay();
  const events = await eventsBetween(between, { slice, id, isOwn }, givingWay);
  const instruments = isOwn ? undefined : await instrumentChanges(between, { slice, id }, events, givingWay);
  const stream = streamOf(slice, id);
  const dialogueId = to.record.projections.record.logOf(stream) ?? '';
  const omitted = events.length - eventsShown;
  return {
    fromSeq: from.asOfSeq,
    toSeq: to.asOfSeq,
    final: first.final && second.final,
    kept: { before: from.kept(dialogueId), after: to.kept(dialogueId) },
    effectiveAt: second.effectiveAt ?? null,
    ...graded(first, second),
    foldVersion: slice.foldVersion,
    changes: changesBetween(before, after),
    ...(instruments === undefined ? {} : { instruments }),
    events: events.slice(0, eventsShown).map(({ view }) => view()),
    ...(omitted > 0 ? { eventsOmitted: omitted } : {}),
  };
}
