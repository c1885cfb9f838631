import { setImmediate } from 'node:timers/promises';
import type { Operation } from 'rfc6902';
import { eventView } from '../platform/record/envelope.js';
import type { Stored } from '../platform/record/envelope.js';
import { fold, foldNext, represent, streamOf } from '../platform/record/fold.js';
import type { Aggregate } from '../platform/record/fold.js';
import type { Slice } from '../platform/record/slice.js';
import { standingsIn } from '../platform/record/dropping.js';
import type { Standing } from './amended.js';
import { keptIn } from './at-moment.js';
import type { AtMoment } from './at-moment.js';
import type { Kept } from './documents.js';
import { EntryFlags } from './entry-flags.js';
import type { EntryFlag } from './entry-flags.js';
import { patchBetween } from './patch.js';

type Document = { readonly [field: string]: unknown };

/** One event and what it made of the state: the representation at that seq, and the RFC 6902 patch that leads there. */
export interface Frame {
  readonly seq: number;
  readonly event: ReturnType<typeof eventView>;
  readonly summary: string;
  /** What is to be looked at in it, as of the moment that is asked for. */
  readonly flags?: readonly EntryFlag[];
  /** Only where the event counts at no time; what becomes of it later, later frames say. */
  readonly standing?: Extract<Standing, 'unheard'>;
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
  readonly folded: Aggregate | undefined;
}

/**
 * The folds after each event of the stream that follows the seq given, with the one before them. It pauses now and
 * then, so that a long replay does not keep everybody else waiting.
 */
export async function* reachedStates(
  at: AtMoment,
  slice: Slice,
  id: string,
  afterSeq = -1,
): AsyncGenerator<Reached & { readonly before: Aggregate | undefined }> {
  const { counts } = at.moment;
  const prefix = at.prefix(streamOf(slice, id));
  const begin = prefix.findIndex(({ seq }) => seq > afterSeq);
  if (begin === -1) return;
  const upTo = (length: number) => prefix.slice(0, length).map((one) => one.event);
  let before: Aggregate | undefined = fold(slice, upTo(begin), counts);
  for (const [offset, { seq, event }] of prefix.slice(begin).entries()) {
    const folded = foldNext(slice, before, event, () => upTo(begin + offset + 1), counts);
    yield { seq, event, folded, before };
    before = folded;
    if (offset % eventsAtOnce === eventsAtOnce - 1) await setImmediate();
  }
}

/** How its dialogue was kept after each seq, for those who go through a history in order. */
function keptAlong(at: AtMoment, stream: string): (seq: number) => Kept {
  const { projections, registry } = at.record;
  const dialogues = registry.part('dialogue');
  const prefix = at.prefix(streamOf(dialogues, projections.record.logOf(stream) ?? ''));
  let reached = 0;
  let folded: Aggregate | undefined;
  return (seq) => {
    for (let next = prefix[reached]; next !== undefined && next.seq <= seq; next = prefix[reached]) {
      reached += 1;
      const upTo = reached;
      folded = foldNext(dialogues, folded, next.event, () => prefix.slice(0, upTo).map((one) => one.event));
    }
    return keptIn(folded);
  };
}

/**
 * One frame for each event of the stream after the seq given, each made from the one before; the first of all starts
 * from `{}`.
 */
export async function* replay(at: AtMoment, slice: Slice, id: string, afterSeq = -1): AsyncGenerator<Frame> {
  let before: Document | undefined;
  const keptUpTo = keptAlong(at, streamOf(slice, id));
  const flagged = new EntryFlags(at);
  const { unheard } = standingsIn(at.events(streamOf(slice, id)));
  for await (const reached of reachedStates(at, slice, id, afterSeq)) {
    const { seq, event, folded } = reached;
    before ??= reached.before === undefined ? {} : (asJson(represent(reached.before)) ?? {});
    const state = asJson(folded === undefined ? null : represent(folded));
    const patch = patchBetween(before, state ?? {});
    before = state ?? {};
    const flags = flagged.of(event);
    yield {
      seq,
      event: eventView(event),
      summary: at.summary(event),
      ...(flags.length === 0 ? {} : { flags }),
      ...(unheard.has(event.id) ? { standing: 'unheard' } : {}),
      kept: keptUpTo(seq),
      state,
      patch,
    };
  }
}
