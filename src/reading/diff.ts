import { patchBetween } from './patch.js';
import { Problem } from '#libs/problem-details';
import { represent, streamOf } from '../platform/record/fold.js';
import { platformProblems } from '../platform/problems/platform.problems.js';
import type { RecordRead } from '../platform/record/reading.js';
import type { Slice } from '../platform/record/slice.js';
import { foldAt, resolveKnownAt } from './as-of.js';
import type { Known } from './as-of.js';
import { effectiveOf } from '../platform/http/query.js';
import type { Query } from '../platform/http/query.js';
import { dialogueOf, keptAt } from './keeping.js';
import { replay } from './replay.js';
import { happenedBy } from '../platform/record/fold.js';
import { latestMoment } from '#libs/edtf';

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

/** What changed between two moments of knowledge, field by field, and which events did it. */
export async function diff(record: RecordRead, slice: Slice, id: string, query: Query) {
  const stream = streamOf(slice, id);
  const effectiveAt = effectiveOf(query);
  const counts = effectiveAt === undefined ? () => true : happenedBy(latestMoment({ edtf: effectiveAt }));
  const [from, to] = [
    resolveKnownAt(record, query['from'], { stream }, 'from'),
    resolveKnownAt(record, query['to'], { stream }, 'to'),
  ];
  const at = (known: Known) => {
    const folded = foldAt(record, slice, id, { ...known, effectiveAt, counts });
    return folded === undefined ? undefined : (JSON.parse(JSON.stringify(represent(folded))) as object);
  };
  const [before, after] = [at(from), at(to)];
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
  const [earlier, later] = from.knownOrdinal <= to.knownOrdinal ? [from, to] : [to, from];
  const dialogueId = dialogueOf(record, slice, id);
  const events: EventChanges[] = [];
  const moment = { ...later, effectiveAt, counts };
  for await (const frame of replay(record, slice, id, moment, earlier.knownSeq)) {
    const { id: eventId, type } = frame.event.envelope;
    const fields = [...new Set(frame.patch.map(({ path }) => path.split('/')[1] ?? ''))];
    events.push({ seq: frame.seq, id: eventId, type, summary: frame.summary, fields });
  }
  return {
    fromSeq: from.knownSeq ?? -1,
    toSeq: to.knownSeq ?? -1,
    final: from.final && to.final,
    kept: {
      before: keptAt(record, dialogueId, from.knownOrdinal),
      after: keptAt(record, dialogueId, to.knownOrdinal),
    },
    effectiveAt: effectiveAt ?? null,
    foldVersion: slice.foldVersion,
    changes,
    events,
  };
}
