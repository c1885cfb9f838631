import { createPatch } from 'rfc6902';
import { eventView } from '../platform/envelope.js';
import { foldNext, represent, streamOf } from '../platform/fold.js';
import type { Folded } from '../platform/fold.js';
import type { OpenRecord } from '../platform/record.js';
import type { Slice } from '../platform/slice.js';
import { prefixOf } from './as-of.js';
import type { Moment } from './as-of.js';

type Document = { readonly [field: string]: unknown };

/** One event and what it made of the state: the representation at that seq, and the RFC 6902 patch that leads there. */
export interface Frame {
  readonly seq: number;
  readonly event: ReturnType<typeof eventView>;
  readonly summary: string;
  readonly state: Document | null;
  readonly patch: ReturnType<typeof createPatch>;
}

/** As JSON has it, so that a patch made here applies to what was sent. */
function asJson(document: Document | null): Document | null {
  return JSON.parse(JSON.stringify(document)) as Document | null;
}

/** One frame for each event of the stream, each made from the one before; the first starts from `{}`. */
export function* replay(
  record: OpenRecord,
  slice: Slice,
  id: string,
  moment: Moment,
  afterSeq = -1,
): Generator<Frame> {
  const prefix = prefixOf(record, streamOf(slice, id), moment.knownSeq);
  let folded: Folded | undefined;
  let before: Document | null = {};
  for (const [index, { seq, event }] of prefix.entries()) {
    const read = () => prefix.slice(0, index + 1).map((one) => one.event);
    folded = foldNext(slice, folded, event, read, moment.counts);
    const state = asJson(folded === undefined ? null : represent(folded));
    const patch = createPatch(before ?? {}, state ?? {});
    before = state;
    if (seq > afterSeq)
      yield { seq, event: eventView(event), summary: record.registry.summarise(event), state, patch };
  }
}
