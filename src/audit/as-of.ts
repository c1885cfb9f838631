import { latestMoment, parseDayEnd, parseInstant, parseOccurred } from '#libs/edtf';
import { Problem } from '#libs/problem-details';
import type { Stored } from '../platform/envelope.js';
import { fold, happenedBy, represent, streamOf } from '../platform/fold.js';
import type { Folded } from '../platform/fold.js';
import { platformProblems } from '../platform/platform.problems.js';
import type { OpenRecord } from '../platform/record.js';
import { notFound } from '../platform/refusals.js';
import { refuseUnreadableStream } from '../platform/refusals.js';
import type { Slice } from '../platform/slice.js';
import { effectiveOf } from '../platform/query.js';
import type { Query } from '../platform/query.js';

/** A moment of knowledge: the part of the record that was known at it. */
export interface Known {
  readonly knownSeq: number;
  /** What the record knew by then never changes any more, the erasure of words aside. */
  readonly final: boolean;
  /** The moment itself, in epoch ms; the present where none was asked for. */
  readonly knownMs: number;
}

/** A moment of knowledge and an effective date, resolved: every answer names both. */
export interface Moment extends Known {
  readonly effectiveAt: string | undefined;
  readonly counts: (event: Stored) => boolean;
}

function invalid(parameter: string, detail: string): Problem {
  return new Problem(platformProblems.KNOWN_AT_INVALID, { detail, errors: [{ parameter, detail }] });
}

function notYet(detail: string): Problem {
  return new Problem(platformProblems.NOT_YET, { detail });
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** An ordinal or a revision names its prefix of the record itself, which nothing that comes later belongs to. */
function knownBySeq(record: OpenRecord, knownSeq: number): Known {
  const recordedAt = record.projections.record.recordedAt(knownSeq);
  return { knownSeq, final: true, knownMs: recordedAt === undefined ? 0 : Date.parse(recordedAt) };
}

/** An instant stays open until something is recorded after it: more may still be recorded within it. */
function knownByInstant(record: OpenRecord, ms: number): Known {
  const { record: reader } = record.projections;
  const end = reader.runningMaximum;
  if (ms > record.clock.now() && iso(ms) > end) {
    throw notYet(
      end === '' ? 'The record is empty.' : `That moment has not come: the record goes up to ${end}.`,
    );
  }
  return { knownSeq: reader.seqAt(iso(ms)), final: end > iso(ms), knownMs: ms };
}

const knownForms =
  'Give an instant such as 2025-04-10T09:00:00Z, a day such as 2025-04-10, a revision such as r12, or an ordinal such as s340.';

/** What looks like a date or an instant is told what is wrong with it as one. */
function adviceOn(text: string): string {
  if (/T[\d:.]+ \d\d:\d\d$/.test(text)) return 'In an address a + stands for a blank: write it as %2B.';
  if (!/^\d{4}-\d\d-\d\d(T|$)/.test(text)) return knownForms;
  const check = parseOccurred(text);
  return check.ok ? knownForms : check.reason;
}

/** Every moment of knowledge resolves to one seq; a revision does so only within a stream. */
export function resolveKnownAt(
  record: OpenRecord,
  knownAt: string | undefined,
  stream?: string,
  parameter = 'knownAt',
): Known {
  const reader = record.projections.record;
  if (knownAt === undefined) return { knownSeq: reader.headSeq, final: false, knownMs: record.clock.now() };
  const [, form, digits = ''] = /^([rs])(\d{1,15})$/.exec(knownAt) ?? [];
  if (form === 's') {
    if (Number(digits) > reader.headSeq) throw notYet(`The record ends at s${reader.headSeq}.`);
    return knownBySeq(record, Number(digits));
  }
  if (form === 'r') {
    if (stream === undefined)
      throw invalid(
        parameter,
        'A revision names a moment of one stream, not of a list; give an instant or an ordinal.',
      );
    const seq = reader.seqOf(stream, BigInt(digits));
    if (seq === undefined) throw notYet(`There is no revision ${digits} here.`);
    return knownBySeq(record, seq);
  }
  const ms = parseInstant(knownAt) ?? parseDayEnd(knownAt);
  if (ms === undefined) throw invalid(parameter, adviceOn(knownAt));
  return knownByInstant(record, ms);
}

export function momentOf(record: OpenRecord, query: Query, stream?: string): Moment {
  const effectiveAt = effectiveOf(query);
  return {
    ...resolveKnownAt(record, query['knownAt'], stream),
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

/** The moment as an answer names it. */
export function momentView({ knownSeq, final, effectiveAt }: Moment) {
  return { knownSeq, final, effectiveAt: effectiveAt ?? null };
}

/** What every as-of answer says about itself. */
export function named(moment: Moment, slice: Slice) {
  return { ...momentView(moment), foldVersion: slice.foldVersion };
}

/** The state as of a moment; 404 `not-yet` where it was not there yet, 404 where it never was. */
export function stateAsOf(record: OpenRecord, slice: Slice, id: string, query: Query) {
  const stream = streamOf(slice, id);
  const head = record.projections.record.headSeq;
  if (prefixOf(record, stream, head).length === 0) throw notFound(slice, id);
  const moment = momentOf(record, query, stream);
  const known = prefixOf(record, stream, moment.knownSeq).map((one) => one.event);
  const folded = fold(slice, known, moment.counts);
  if (folded === undefined) refuseUnreadableStream({ events: known, folded }, id);
  if (folded === undefined)
    throw notYet('At that moment the record held nothing of it, or it had not happened yet.');
  return { folded, moment, document: { ...represent(folded), ...named(moment, slice) } };
}
