import { idOf, streamOf } from '../platform/record/fold.js';
import type { GivingWay } from '../platform/record/giving-way.js';
import type { Slice } from '../platform/record/slice.js';
import type { Standing } from './amended.js';
import type { AtMoment, Placed } from './at-moment.js';
import type { Between } from './diff-changes.js';
import { entriesOf } from './history.js';
import { replay } from './replay.js';
import { subjectOf } from './subject.js';
import type { Subject } from './subject.js';

/** An event that stands between two moments, and what it changed of the entry in whose stream it stands. */
export interface Change {
  readonly stream: string;
  /** The fields of the representation that the event changed. */
  readonly fields: readonly string[];
  readonly view: () => ChangeView;
}

export interface ChangeView {
  readonly seq: number;
  readonly id: string;
  readonly type: string;
  readonly summary: string;
  readonly subject: Subject;
  readonly fields: readonly string[];
  /** Only where the event counts at no time, as where it is followed. */
  readonly standing?: Extract<Standing, 'unheard'>;
}

type Replayed = Pick<ChangeView, 'fields' | 'standing'>;

/** By event of the stream after the seq, the fields that it changed. */
async function replayedIn(
  at: AtMoment,
  stream: string,
  afterSeq: number,
): Promise<ReadonlyMap<string, Replayed>> {
  const found = new Map<string, Replayed>();
  const frames = replay(at, at.record.registry.ofStream(stream), idOf(stream), afterSeq);
  for await (const { event, patch, standing } of frames) {
    const fields = [...new Set(patch.map(({ path }) => path.split('/')[1] ?? ''))];
    found.set(event.envelope.id, { fields, ...(standing === undefined ? {} : { standing }) });
  }
  return found;
}

function changeIn(at: AtMoment, { seq, event }: Placed, { fields, standing }: Replayed): Change {
  const { id, type, stream } = event;
  const view = () => ({
    seq,
    id,
    type,
    summary: at.summary(event),
    subject: subjectOf(at, stream),
    fields,
    ...(standing === undefined ? {} : { standing }),
  });
  return { stream, fields, view };
}

/** The events of its history that were recorded between the two moments, or of its own stream alone. */
export async function eventsBetween(
  { earlier, later }: Between,
  { slice, id, isOwn }: { readonly slice: Slice; readonly id: string; readonly isOwn: boolean },
  givingWay: GivingWay,
): Promise<readonly Change[]> {
  const all = isOwn ? later.prefix(streamOf(slice, id)) : entriesOf(later, slice, id);
  const between = all.filter(({ seq }) => seq > earlier.asOfSeq);
  const replayed = new Map<string, Replayed>();
  for (const stream of new Set(between.map(({ event }) => event.stream))) {
    for (const one of await replayedIn(later, stream, earlier.asOfSeq)) replayed.set(...one);
    await givingWay.turn();
  }
  return between.map((one) => changeIn(later, one, replayed.get(one.event.id) ?? { fields: [] }));
}
