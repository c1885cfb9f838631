import type { Elsewhere } from '#libs/decider';
import type { EventRegistry } from '../record/event-registry.js';
import { fold, foldNext } from '../record/fold.js';
import type { Folded } from '../record/fold.js';
import { elsewhere } from '../record/place.js';
import type { Taken } from '../record/place.js';

const held = (stream: string, folded: Folded | undefined) => folded && elsewhere(stream, folded);

/** How many streams are kept; one that falls out is folded whole again. */
const streamsKept = 1_000;

/**
 * What streams hold at the place to which the runner has come. It goes forward only, so each event is folded once, however
 * often its stream is looked at. Words are not kept: whatever is erased is kept nowhere but where it is erased.
 */
export class PassedStreams {
  readonly #kept = new Map<string, { readonly folded: Folded | undefined; readonly ordinal: number }>();

  constructor(readonly registry: EventRegistry) {}

  /** The stream by all its events up to that place; undefined where none of it was there. */
  at(stream: string, { ordinal, record }: Taken): Elsewhere | undefined {
    const kept = this.#kept.get(stream);
    const slice = this.registry.ofStream(stream);
    const prefix = (uptoRevision?: bigint) =>
      record
        .ofStream(stream, {
          uptoOrdinal: ordinal,
          ...(uptoRevision === undefined ? {} : { uptoRevision }),
        })
        .map((one) => this.registry.read(one.event));
    // Whoever asks about an earlier place is answered from the record.
    if (kept !== undefined && kept.ordinal > ordinal) return held(stream, fold(slice, prefix()));
    const from = BigInt((kept?.folded?.revision ?? -1) + 1);
    const since = record
      .ofStream(stream, { fromRevision: from, uptoOrdinal: ordinal })
      .map((one) => this.registry.read(one.event));
    const folded = since.reduce<Folded | undefined>(
      (reached, event) => foldNext(slice, reached, event, () => prefix(BigInt(event.revision))),
      kept?.folded,
    );
    this.#keep(stream, folded && { ...folded, words: new Map() }, ordinal);
    return held(stream, folded);
  }

  #keep(stream: string, folded: Folded | undefined, ordinal: number): void {
    this.#kept.delete(stream);
    this.#kept.set(stream, { folded, ordinal });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > streamsKept && oldest !== undefined) this.#kept.delete(oldest);
  }
}
