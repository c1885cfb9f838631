import { Problem } from '#libs/problem-details';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { represent, streamOf } from '../platform/record/fold.js';
import type { Slice } from '../platform/record/slice.js';
import type { AtMoment } from './at-moment.js';
import { gradeView } from './moment.js';
import type { Moment } from './moment.js';
import { patchBetween } from './patch.js';
import { replay } from './replay.js';

interface EventChanges {
  readonly seq: number;
  readonly id: string;
  readonly type: string;
  readonly summary: string;
  /** The fields of the representation that the event changed. */
  readonly fields: readonly string[];
}

function valueAt(document: unknown, path: string): unknown {
  const keys = path
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  return keys.reduce<unknown>(
    (value, key) => (value as Record<string, unknown> | undefined)?.[key],
    document,
  );
}

function documentAt(at: AtMoment, slice: Slice, id: string): object | undefined {
  const folded = at.folded(slice, id);
  return folded === undefined ? undefined : (JSON.parse(JSON.stringify(represent(folded))) as object);
}

/** By what the two moments were found, and which checkpoint each rests on. */
function graded(from: Moment, to: Moment) {
  const { grade, checkpoint: after } = gradeView(to);
  const { checkpoint: before } = gradeView(from);
  return {
    ...(grade === undefined ? {} : { grade }),
    ...(before === undefined || after === undefined ? {} : { checkpoints: { before, after } }),
  };
}

/** What changed between two moments of knowledge, field by field, and which events did it. */
export async function diff(from: AtMoment, to: AtMoment, slice: Slice, id: string) {
  const [first, second] = [from.moment, to.moment];
  const [before, after] = [documentAt(from, slice, id), documentAt(to, slice, id)];
  if (before === undefined && after === undefined) {
    throw new Problem(platformProblems.NOT_YET, {
      detail: 'At neither moment did the record hold anything of it.',
    });
  }
  const changes = patchBetween(before ?? {}, after ?? {}).map(({ op, path }) => ({
    op,
    pointer: path,
    before: valueAt(before, path) ?? null,
    after: op === 'remove' ? null : (valueAt(after, path) ?? null),
  }));
  const [earlier, later] = first.knownOrdinal <= second.knownOrdinal ? [first, to] : [second, from];
  const events: EventChanges[] = [];
  for await (const frame of replay(later, slice, id, earlier.knownSeq)) {
    const { id: eventId, type } = frame.event.envelope;
    const fields = [...new Set(frame.patch.map(({ path }) => path.split('/')[1] ?? ''))];
    events.push({ seq: frame.seq, id: eventId, type, summary: frame.summary, fields });
  }
  const dialogueId = to.record.projections.record.logOf(streamOf(slice, id)) ?? '';
  return {
    fromSeq: from.asOfSeq,
    toSeq: to.asOfSeq,
    final: first.final && second.final,
    kept: { before: from.kept(dialogueId), after: to.kept(dialogueId) },
    effectiveAt: second.effectiveAt ?? null,
    ...graded(first, second),
    foldVersion: slice.foldVersion,
    changes,
    events,
  };
}
