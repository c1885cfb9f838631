import { setImmediate } from 'node:timers/promises';
import type { Operation } from 'rfc6902';
import { eventView } from '../platform/record/envelope.js';
import type { Stored } from '../platform/record/envelope.js';
import { fold, foldNext, represent, streamOf } from '../platform/record/fold.js';
import type { Folded } from '../platform/record/fold.js';
import type { RecordRead } from '../platform/record/reading.js';
import type { Slice } from '../platform/record/slice.js';
import { prefixOf } from './as-of.js';
import { keptAlong } from './keeping.js';
import type { Kept } from './keeping.js';
import type { Moment } from './as-of.js';
import { summaryOf } from './naming.js';
import { patchBetween } from './patch.js';

type Document = { readonly [field: string]: unknown };

/** One event and what it made of the state: the representation at that seq, and the RFC 6902 patch that leads there. */
export interface Frame {
  readonly seq: number;
  readonly event: ReturnType<typeof eventView>;
  readonly summary: string;
  /** How the dialogue was kept by then. */
  readonly kept: Kept;
  readonly state: Document | null;
  readonly patch: readonly Operation[];
}

/** As JSON has it, so that a patch made here applies to what was sent. */
function asJson(document: Document | null): Document | null {
  return JSON.parse(JSON.stringify(document)) as Document | null;
}

/** How many events are folded before others get their turn. */
const eventsAtOnce = 4;

/** One event, and the fold of the stream up to it. */
export interface Reached {
  readonly seq: number;
  readonly event: Stored;
  readonly folded: Folded | undefined;
}

/**
 * The folds after each event of the stream that follows the seq given, with the one before them. It pauses now and
 * then, so that a long replay does not keep everybody else waiting.
 */
export async function* reachedStates(
  record: RecordRead,
  slice: Slice,
  id: string,
  moment: Moment,
  afterSeq = -1,
): AsyncGenerator<Reached & { readonly before: Folded | undefined }> {
  const prefix = prefixOf(record, streamOf(slice, id), moment.knownOrdinal);
  const begin = prefix.findIndex(({ seq }) => seq > afterSeq);
  if (begin === -1) return;
  const upTo = (length: number) => prefix.slice(0, length).map((one) => one.event);
  let before: Folded | undefined = fold(slice, upTo(begin), moment.counts);
  for (const [offset, { seq, event }] of prefix.slice(begin).entries()) {
    const folded = foldNext(slice, before, event, () => upTo(begin + offset + 1), moment.counts);
    yield { seq, event, folded, before };
    before = folded;
    if (offset % eventsAtOnce === eventsAtOnce - 1) await setImmediate();
  }
}

/**
 * One frame for each event of the stream after the seq given, each made from the one before; the first of all starts
 * from `{}`.
 */
export async function* replay(
  record: RecordRead,
  slice: Slice,
  id: string,
  moment: Moment,
  afterSeq = -1,
): AsyncGenerator<Frame> {
  let before: Document | undefined;
  const keptUpTo = keptAlong(record, slice, id, moment.knownOrdinal);
  for await (const reached of reachedStates(record, slice, id, moment, afterSeq)) {
    const { seq, event, folded } = reached;
    before ??= reached.before === undefined ? {} : (asJson(represent(reached.before)) ?? {});
    const state = asJson(folded === undefined ? null : represent(folded));
    const patch = patchBetween(before, state ?? {});
    before = state ?? {};
    const summary = summaryOf(record, event);
    yield { seq, event: eventView(event), summary, kept: keptUpTo(seq), state, patch };
  }
}
