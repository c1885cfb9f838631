import { idOf, streamOf } from '../platform/record/fold.js';
import type { GivingWay } from '../platform/record/giving-way.js';
import { streamOfInstrument } from '../platform/record/links.js';
import type { Linked } from '../platform/record/links.js';
import type { Slice } from '../platform/record/slice.js';
import type { AtMoment } from './at-moment.js';
import { changesBetween, documentAt } from './diff-changes.js';
import type { Between } from './diff-changes.js';
import type { Change } from './diff-events.js';
import { subjectOf } from './subject.js';

/** What is linked with a matter, as its fold has it. */
interface Linking {
  readonly instruments?: readonly Linked[];
  readonly linkedFrom?: readonly string[];
}

/** The streams of what is linked with it at the moment: instruments, and irritants that assert a linkage with it. */
function linkedAt(at: AtMoment, slice: Slice, id: string): ReadonlySet<string> {
  const { instruments = [], linkedFrom = [] } = (at.folded(slice, id)?.state ?? {}) as Linking;
  const { registry } = at.record;
  return new Set([
    ...instruments.flatMap((one) => streamOfInstrument(registry, one) ?? []),
    ...linkedFrom.map((one) => streamOf(registry.part('matter'), one)),
  ]);
}

/** Only of what is linked at neither moment, or at both, is it asked which fields the events shown changed. */
function changesOf(
  { from, to }: Between,
  stream: string,
  linked: { readonly before: boolean; readonly after: boolean },
  fields: ReadonlySet<string>,
) {
  const slice = to.record.registry.ofStream(stream);
  const at = (moment: AtMoment) => documentAt(moment, slice, idOf(stream));
  if (linked.before !== linked.after)
    return changesBetween(linked.before ? at(from) : undefined, linked.after ? at(to) : undefined);
  return changesBetween(at(from), at(to)).filter(({ pointer }) => fields.has(pointer.split('/')[1] ?? ''));
}

/**
 * What changed of whatever is linked at either moment, or of which the history has events in between. What was linked in
 * between is new as a whole, and what was let go is gone as a whole. Of the rest it is what the events shown changed: what
 * an instrument says of other matters alone is not told here, as it is not in the history.
 */
export async function instrumentChanges(
  between: Between,
  { slice, id }: { readonly slice: Slice; readonly id: string },
  events: readonly Change[],
  givingWay: GivingWay,
) {
  const own = streamOf(slice, id);
  const [before, after] = [linkedAt(between.from, slice, id), linkedAt(between.to, slice, id)];
  const changed = Map.groupBy(events, ({ stream }) => stream);
  const relinked = [...before, ...after].filter((one) => before.has(one) !== after.has(one));
  const told = [];
  for (const stream of new Set([...changed.keys(), ...relinked])) {
    if (stream === own) continue;
    const linked = { before: before.has(stream), after: after.has(stream) };
    const fields = new Set(changed.get(stream)?.flatMap((one) => one.fields));
    const changes = changesOf(between, stream, linked, fields);
    told.push({ ...subjectOf(between.later, stream), linked, changes });
    await givingWay.turn();
  }
  return told;
}
