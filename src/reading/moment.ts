import { latestMoment, parseDayEnd, parseInstant, parseOccurred } from '#libs/edtf';
import { parsePosition } from '#libs/event-store';
import { Problem } from '#libs/problem-details';
import type { Stored } from '../platform/record/envelope.js';
import { happenedBy } from '../platform/record/fold.js';
import { isMoment } from '../platform/record/moments.js';
import { platformProblems } from '../platform/problems/platform.problems.js';
import type { RestsOn } from '../platform/record/log-standings.js';
import type { RecordRead } from '../platform/record/reading.js';
import type { Slice } from '../platform/record/slice.js';
import { effectiveOf } from '../platform/http/query.js';
import type { Query } from '../platform/http/query.js';

/** A moment of knowledge: the part of the record that was known at it. */
export interface Known {
  /** How far into the record it reaches; -1 where nothing was recorded yet. Shown to nobody: it tells of all dialogues. */
  readonly knownOrdinal: number;
  /** How far into the dialogue that was asked about; absent where no single one was. */
  readonly knownSeq?: number;
  /** What the record knew by then never changes any more, the erasure of words aside. */
  readonly final: boolean;
  /** The moment itself, in epoch ms; the present where none was asked for. */
  readonly knownMs: number;
  /** The question, in one form however it was written; absent where the present was asked for. */
  readonly asked?: string;
  /** By what an instant was told, where that was asked for. */
  readonly grade?: string;
  /** What an answer rests on that was asked for by what was signed. */
  readonly checkpoint?: RestsOn;
}

/** A moment of knowledge and an effective date, resolved: every answer names both. */
export interface Moment extends Known {
  readonly effectiveAt: string | undefined;
  readonly counts: (event: Stored) => boolean;
}

export function invalid(parameter: string, detail: string): Problem {
  return new Problem(platformProblems.KNOWN_AT_INVALID, { detail, errors: [{ parameter, detail }] });
}

export function notYet(detail: string): Problem {
  return new Problem(platformProblems.NOT_YET, { detail });
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** A place in the record names its prefix, which nothing that comes later belongs to. */
function knownByPlace(record: RecordRead, knownOrdinal: number): Known {
  const recordedAt = record.projections.record.recordedAt(knownOrdinal);
  return { knownOrdinal, final: true, knownMs: recordedAt === undefined ? 0 : Date.parse(recordedAt) };
}

export function refuseToCome({ clock, projections }: RecordRead, ms: number): void {
  if (ms <= clock.now() || iso(ms) <= projections.record.runningMaximum) return;
  // Until when anything was recorded is not said: it may be of a dialogue that is not seen.
  throw notYet(`That moment has not come: it is ${clock.iso()} now.`);
}

/** An instant stays open until something is recorded after it: more may still be recorded within it. */
function knownByInstant(record: RecordRead, ms: number): Known {
  refuseToCome(record, ms);
  const { record: reader } = record.projections;
  const end = reader.runningMaximum;
  return { knownOrdinal: reader.ordinalAt(iso(ms)), final: end > iso(ms), knownMs: ms };
}

const knownForms =
  'Give an instant such as 2025-04-10T09:00:00Z, a day such as 2025-04-10, a revision such as r12, an ordinal of the dialogue such as s340, or a moment from an answer.';

/** What looks like a date or an instant is told what is wrong with it as one. */
function adviceOn(text: string): string {
  if (/T[\d:.]+ \d\d:\d\d$/.test(text)) return 'In an address a + stands for a blank: write it as %2B.';
  if (!/^\d{4}-\d\d-\d\d(T|$)/.test(text)) return knownForms;
  const check = parseOccurred(text);
  return check.ok ? knownForms : check.reason;
}

/** What a moment of knowledge is asked about: a revision counts in one stream, an ordinal in one dialogue. */
export interface About {
  readonly stream?: string;
  readonly dialogueId?: string;
}

export function logOf(record: RecordRead, { stream, dialogueId }: About): string | undefined {
  return stream === undefined ? dialogueId : record.projections.record.logOf(stream);
}

function knownByOrdinal(record: RecordRead, seq: number, log: string | undefined, parameter: string): Known {
  const reader = record.projections.record;
  if (log === undefined) {
    throw invalid(
      parameter,
      'An ordinal counts within one dialogue: name it with dialogue=, or give an instant or a moment.',
    );
  }
  const ordinal = reader.ordinalIn(log, seq);
  if (ordinal !== undefined) return knownByPlace(record, ordinal);
  throw notYet(`The record of this dialogue ends at s${reader.seqAt(log, reader.headOrdinal)}.`);
}

function knownByRevision(
  record: RecordRead,
  revision: bigint,
  stream: string | undefined,
  parameter: string,
): Known {
  if (stream === undefined) {
    throw invalid(
      parameter,
      'A revision names a moment of one stream, not of a list; give an instant, an ordinal of the dialogue or a moment.',
    );
  }
  const ordinal = record.projections.record.ordinalOf(stream, revision);
  if (ordinal !== undefined) return knownByPlace(record, ordinal);
  throw notYet(`There is no revision ${revision} here.`);
}

export function lagging(detail: string): Problem {
  return new Problem(platformProblems.PROJECTION_LAGGING, { detail, headers: { 'Retry-After': '1' } });
}

/** A day alone counts to its end in UTC; undefined where it is neither an instant nor a day. */
export function instantIn(knownAt: string): number | undefined {
  return parseInstant(knownAt) ?? parseDayEnd(knownAt);
}

export const unreached = 'The read models of this server have not reached that moment.';

/** A moment that another server gave out may lie beyond what this one has read: a later question finds it. */
function knownByMoment(record: RecordRead, text: string, parameter: string): Known {
  const { record: reader } = record.projections;
  const end = reader.positionAt(reader.headOrdinal);
  if (end === undefined && record.projections.status()[0]?.state !== 'live') throw lagging(unreached);
  // A record in which there is nothing has given no moment out, so none opens there.
  const position = record.moments.open(text, end === undefined ? '' : parsePosition(end).epoch, parameter);
  if (end === undefined || position > end) throw lagging(unreached);
  return knownByPlace(record, reader.ordinalAtPosition(position));
}

function knownAs(record: RecordRead, knownAt: string | undefined, about: About, parameter: string): Known {
  if (knownAt === undefined) {
    const { headOrdinal } = record.projections.record;
    return { knownOrdinal: headOrdinal, final: false, knownMs: record.clock.now() };
  }
  const [, form, digits = ''] = /^([rs])(\d{1,15})$/.exec(knownAt) ?? [];
  if (form === 's') return knownByOrdinal(record, Number(digits), logOf(record, about), parameter);
  if (form === 'r') return knownByRevision(record, BigInt(digits), about.stream, parameter);
  if (isMoment(knownAt)) return knownByMoment(record, knownAt, parameter);
  const ms = instantIn(knownAt);
  if (ms === undefined) throw invalid(parameter, adviceOn(knownAt));
  return { ...knownByInstant(record, ms), asked: iso(ms) };
}

/** Every moment of knowledge resolves to one place in the record. */
export function resolveKnownAt(
  record: RecordRead,
  knownAt: string | undefined,
  about: About,
  parameter = 'knownAt',
): Known {
  const known = {
    ...(knownAt === undefined ? {} : { asked: knownAt }),
    ...knownAs(record, knownAt, about, parameter),
  };
  const log = logOf(record, about);
  if (log === undefined) return known;
  return { ...known, knownSeq: record.projections.record.seqAt(log, known.knownOrdinal) };
}

export function momentOf(record: RecordRead, query: Query, about: About, parameter?: string): Moment {
  const effectiveAt = effectiveOf(query);
  return {
    ...resolveKnownAt(record, query['knownAt'], about, parameter),
    effectiveAt,
    counts: effectiveAt === undefined ? () => true : happenedBy(latestMoment({ edtf: effectiveAt })),
  };
}

/** The present as far as that place in the record. */
export function presentUpTo(knownOrdinal: number): Moment {
  return { knownOrdinal, final: false, knownMs: 0, effectiveAt: undefined, counts: () => true };
}

/** Whether another moment than the present is asked for. */
export function isAsOf(query: Query): boolean {
  return query['knownAt'] !== undefined || query['effectiveAt'] !== undefined;
}

/** Whether the answer is drawn from the record alone: not from what is signed of it or from the clock, and nothing is waited for. */
export function isOfRecord({ grade, minPosition, overdue }: Query): boolean {
  return [grade, minPosition, overdue].every((one) => one === undefined);
}

/** The moment as an answer names it. */
function momentView({ knownSeq, final, effectiveAt, ...moment }: Moment) {
  return {
    ...(knownSeq === undefined ? {} : { knownSeq }),
    final,
    effectiveAt: effectiveAt ?? null,
    ...gradeView(moment),
  };
}

/** By what the moment was found, as an answer names it. */
export function gradeView({ grade, checkpoint }: Pick<Known, 'grade' | 'checkpoint'>) {
  return { ...(grade === undefined ? {} : { grade }), ...(checkpoint === undefined ? {} : { checkpoint }) };
}

/** Of what draws on folds of several slices: the sum of their versions, which goes up with each of them. */
export function foldVersionOf(slices: readonly Slice[]): number {
  return slices.reduce((sum, one) => sum + one.foldVersion, 0);
}

/** What every as-of answer says about itself, with the version of the fold, or of the folds, that gave it. */
export function named(moment: Moment, { foldVersion }: Pick<Slice, 'foldVersion'>) {
  return { ...momentView(moment), foldVersion };
}
