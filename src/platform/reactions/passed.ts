import type { Elsewhere } from '#libs/decider';
import { Newest } from '#libs/newest';
import type { EventRegistry } from '../record/event-registry.js';
import { fold, foldNext } from '../record/fold.js';
import type { Aggregate } from '../record/fold.js';
import { elsewhere } from '../record/place.js';
import type { Taken } from '../record/place.js';

const held = (stream: string, folded: Aggregate | undefined) => folded && elsewhere(stream, folded);

/** How many streams are kept; one that falls out is folded whole again. */
const streamsKept = 1_000;

/**
 * What streams hold at the place to which the runner has come. It goes forward only, so each event is folded once, however
 * often its stream is looked at. Words are not kept: whatever is erased is kept nowhere but where it is erased.
 */
export class PassedStreams {
  readonly #kept = new Newest<{ readonly folded: Aggregate | undefined; readonly ordinal: number }>(
    streamsKept,
  );

  constructor(readonly registry: EventRegistry) {}

  /** The stream by all its events up to that place; undefined where none of it was there. */
  at(stream: string, { ordinal, record }: Taken): Elsewhere | undefined {
    const kept = this.#kept.get(stream);
    const slice = this.registry.ofStream(stream);
    const read = (more: { readonly uptoRevision?: bigint; readonly fromRevision?: bigint } = {}) =>
      this.registry.streamAt(record, stream, { uptoOrdinal: ordinal, ...more });
    // Whoever asks about an earlier place is answered from the record.
    if (kept !== undefined && kept.ordinal > ordinal) return held(stream, fold(slice, read()));
    const since = read({ fromRevision: BigInt((kept?.folded?.revision ?? -1) + 1) });
    const folded = since.reduce<Aggregate | undefined>(
      (reached, event) =>
        foldNext(slice, reached, event, () => read({ uptoRevision: BigInt(event.revision) })),
      kept?.folded,
    );
    this.#kept.set(stream, { folded: folded && { ...folded, words: new Map() }, ordinal });
    return held(stream, folded);
  }
}
