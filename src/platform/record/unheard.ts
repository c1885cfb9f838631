import { Newest } from '#libs/newest';
import type { RecordReader } from '#libs/projections';
import type { Stored } from './envelope.js';
import type { EventsRead } from './reading.js';
import { HeardByKeys, isAsRecorded, mayAmend } from './voices.js';

/** What is known of the stream of a dialogue. */
interface Learned {
  readonly words: HeardByKeys;
  readonly unheard: Set<string>;
  /** The revision and the id of the last event that was learned. */
  end: number;
  last: string;
}

/** Of how many dialogues it is kept by which keys their parties sign. */
const dialoguesMax = 100;

/**
 * Whether a single event is nobody's word: what `unheardIn` says of it in its stream, told without that where the event and
 * what it names are enough, and else of what is new in the stream of its dialogue.
 */
export class Unheard {
  readonly #dialogues = new Newest<Learned>(dialoguesMax);

  has(reader: EventsRead, event: Stored): boolean {
    if (event.unreadable !== undefined) return false;
    if (!isAsRecorded(event.act) || !mayAmend(event, targetIn(reader, event))) return true;
    if (reader.registry.ofStream(event.stream).part !== 'dialogue') return false;
    return this.#unheardIn(reader, event).has(event.id);
  }

  #unheardIn(
    { projections: { record }, registry }: EventsRead,
    { stream, revision }: Stored,
  ): ReadonlySet<string> {
    const known = this.#dialogues.get(stream);
    const isKnown = known !== undefined && isAt(record, stream, known);
    const learned = isKnown
      ? known
      : { words: new HeardByKeys(), unheard: new Set<string>(), end: -1, last: '' };
    if (revision <= learned.end) return learned.unheard;
    const bounds = { fromRevision: BigInt(learned.end + 1), uptoRevision: BigInt(revision) };
    for (const event of registry.streamAt(record, stream, bounds)) {
      if (!learned.words.hears(event)) learned.unheard.add(event.id);
      learned.end = event.revision;
      learned.last = event.id;
    }
    this.#dialogues.set(stream, learned);
    return learned.unheard;
  }
}

/** What it names of what stands before it in its stream. */
function targetIn(
  { projections: { record }, registry }: EventsRead,
  { stream, revision, data }: Stored,
): Stored | undefined {
  const { target } = data;
  const found = typeof target === 'string' ? record.byId(target)?.event : undefined;
  const isBefore = found?.stream === stream && found.revision < BigInt(revision);
  return isBefore ? registry.read(found) : undefined;
}

/** Where another copy of the store was put back meanwhile, what was learned is of another stream. */
function isAt(record: RecordReader, stream: string, { end, last }: Learned): boolean {
  const at = BigInt(end);
  return record.ofStream(stream, { fromRevision: at, uptoRevision: at })[0]?.event.id === last;
}
