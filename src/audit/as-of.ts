import { latestMoment, parseOccurred } from '#libs/edtf';
import { Problem } from '#libs/problem-details';
import type { Stored } from '../platform/envelope.js';
import { fold, happenedBy, represent, streamOf } from '../platform/fold.js';
import type { Folded } from '../platform/fold.js';
import { platformProblems } from '../platform/platform.problems.js';
import type { OpenRecord } from '../platform/record.js';
import { notFound } from '../platform/recorder.service.js';
import type { Slice } from '../platform/slice.js';
import { effectiveOf } from '../platform/query.js';
import type { Query } from '../platform/query.js';

/** A moment of knowledge and an effective date, resolved: every answer names both. */
export interface Moment {
  readonly knownSeq: number;
  readonly effectiveAt: string | undefined;
  readonly counts: (event: Stored) => boolean;
}

function invalid(parameter: string, detail: string): Problem {
  return new Problem(platformProblems.KNOWN_AT_INVALID, { detail, errors: [{ parameter, detail }] });
}

function notYet(detail: string): Problem {
  return new Problem(platformProblems.NOT_YET, { detail });
}

/** Every moment of knowledge resolves to one seq; a revision does so only within a stream. */
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

export function resolveKnownAt(
  record: OpenRecord,
  knownAt: string | undefined,
  stream?: string,
  parameter = 'knownAt',
): number {
  const reader = record.projections.record;
  if (knownAt === undefined) return reader.headSeq;
  const [, form, digits = ''] = /^([rs])(\d{1,15})$/.exec(knownAt) ?? [];
  if (form === 's') {
    if (Number(digits) > reader.headSeq) throw notYet(`The record ends at s${reader.headSeq}.`);
    return Number(digits);
  }
  if (form === 'r') {
    if (stream === undefined)
      throw invalid(
        parameter,
        'A revision names a moment of one stream, not of a list; give an instant or an ordinal.',
      );
    const seq = reader.seqOf(stream, BigInt(digits));
    if (seq === undefined) throw notYet(`There is no revision ${digits} here.`);
    return seq;
  }
  if (!instant.test(knownAt) || !parseOccurred(knownAt).ok) {
    throw invalid(
      parameter,
      'Give an instant such as 2025-04-10T09:00:00Z, a revision such as r12, or an ordinal such as s340.',
    );
  }
  return reader.seqAt(new Date(knownAt).toISOString());
}

export function momentOf(record: OpenRecord, query: Query, stream?: string): Moment {
  const effectiveAt = effectiveOf(query);
  return {
    knownSeq: resolveKnownAt(record, query['knownAt'], stream),
    effectiveAt,
    counts: effectiveAt === undefined ? () => true : happenedBy(latestMoment({ edtf: effectiveAt })),
  };
}

export function isAsOf(query: Query): boolean {
  return query['knownAt'] !== undefined || query['effectiveAt'] !== undefined;
}

/** The prefix of one stream as the record held it. */
export function prefixOf(
  record: OpenRecord,
  stream: string,
  uptoSeq: number,
): readonly { readonly seq: number; readonly event: Stored }[] {
  return record.projections.record
    .ofStream(stream, { uptoSeq })
    .map(({ seq, event }) => ({ seq, event: record.registry.read(event) }));
}

export function foldAt(record: OpenRecord, slice: Slice, id: string, moment: Moment): Folded | undefined {
  const prefix = prefixOf(record, streamOf(slice, id), moment.knownSeq).map((one) => one.event);
  return fold(slice, prefix, moment.counts);
}

/** What every as-of answer says about itself. */
export function named(moment: Moment, slice: Slice) {
  return {
    knownSeq: moment.knownSeq,
    effectiveAt: moment.effectiveAt ?? null,
    foldVersion: slice.foldVersion,
  };
}

/** The state as of a moment; 404 `not-yet` where it was not there yet, 404 where it never was. */
export function stateAsOf(record: OpenRecord, slice: Slice, id: string, query: Query) {
  const stream = streamOf(slice, id);
  const head = record.projections.record.headSeq;
  if (prefixOf(record, stream, head).length === 0) throw notFound(slice, id);
  const moment = momentOf(record, query, stream);
  const folded = foldAt(record, slice, id, moment);
  if (folded === undefined)
    throw notYet('At that moment the record held nothing of it, or it had not happened yet.');
  return { folded, moment, document: { ...represent(folded), ...named(moment, slice) } };
}
