import { Newest } from '#libs/newest';
import { erasedIn } from './amendments.js';
import { withoutWords } from './envelope.js';
import type { Stored } from './envelope.js';
import type { EventsRead } from './reading.js';

/** What is known of a stream up to the revision `end`. */
interface Known {
  /** How far the record had come when it was last looked whether anything came into the stream. */
  head: number;
  readonly end: number;
  /** The revision of the last event that erases something; -1 where there is none. */
  readonly last: number;
  /** What is erased; absent while nobody has asked for anything that stands before that. */
  ids?: ReadonlySet<string>;
}

/** Of how many streams it is kept what was erased in them. */
const streamsMax = 1_000;

/**
 * Between the event that says so and the rewriting of store and read models, the words of an event are gone as well. Which
 * are gone takes the whole stream, so it is found once for each of its events that comes, however many are shown.
 */
export class ErasedWords {
  readonly #known = new Newest<Known>(streamsMax);

  asItMayBeShown(reader: EventsRead, event: Stored): Stored {
    const hasWords = !event.erased && Object.keys(event.content).length > 0;
    if (!hasWords) return event;
    const known = this.#of(reader, event.stream);
    // What is erased stands before what erases it: whoever follows what comes needs no look at the stream.
    if (event.revision > known.last) return event;
    known.ids ??= erasedIn(reader.registry.streamAt(reader.projections.record, event.stream));
    return known.ids.has(event.id) ? withoutWords(event) : event;
  }

  #of({ projections: { record } }: EventsRead, stream: string): Known {
    const head = record.headOrdinal;
    const known = this.#known.get(stream);
    if (known?.head === head) return known;
    const end = record.endOf(stream);
    if (known?.end === end) {
      known.head = head;
      return known;
    }
    const found: Known = { head, end, last: record.lastOf(stream, 'ContentErased') };
    this.#known.set(stream, found);
    return found;
  }
}

/** Whether words of the stream were erased since this was called; costs no look at its events while nothing comes into it. */
export function erasedSince(
  { projections: { record } }: Pick<EventsRead, 'projections'>,
  stream: string,
): () => boolean {
  let end = record.endOf(stream);
  const last = record.lastOf(stream, 'ContentErased');
  let isErased = false;
  return () => {
    const now = record.endOf(stream);
    if (now !== end) isErased ||= record.lastOf(stream, 'ContentErased') !== last;
    end = now;
    return isErased;
  };
}
