import { dated, drawnFrom } from '#libs/decider';
import type { Brought, NameOf } from '#libs/decider';
import { amendmentSummaries } from './amendment-summaries.js';
import { amendmentEvents, schemaOf } from './amendment-events.js';
import type { Stored } from './envelope.js';
import { lostWords, toStored } from './envelope.js';
import { streamOf } from './fold.js';
import { toUnreadable, unreadableBecause } from './readable.js';
import type { Part, Slice } from './slice.js';
import type { NewEvent, Recorded } from '#libs/event-store';
import type { RecordReader } from '#libs/projections';

function asRead(slice: Slice, recorded: Recorded): Stored {
  const stored = toStored(recorded);
  return slice.upcast?.(stored) ?? stored;
}

type Summary = (event: Stored, nameOf: NameOf) => string;

/** All slices, by name and by stream. Recorder, projections and audit fold through it and know no slice by name. */
export class EventRegistry {
  readonly #byName: ReadonlyMap<string, Slice>;
  readonly #byPrefix: ReadonlyMap<string, Slice>;
  /** Events about to be stored that a schema can read. */
  readonly #isReadable = new WeakSet<NewEvent>();

  constructor(readonly slices: readonly Slice[]) {
    this.#byName = new Map(slices.map((one) => [one.name, one]));
    this.#byPrefix = new Map(slices.map((one) => [one.prefix, one]));
  }

  /** The beginnings of the names of all streams that make up the record. */
  get streamPrefixes(): readonly string[] {
    return this.slices.map((one) => `${one.prefix}-`);
  }

  get(name: string): Slice {
    const slice = this.#byName.get(name);
    if (slice === undefined) throw new Error(`There is no slice ${name}.`);
    return slice;
  }

  /** The slice that plays a part in the record, so that nobody needs to know what it is called. */
  part(part: Part): Slice {
    const slice = this.slices.find((one) => one.part === part);
    if (slice === undefined) throw new Error(`No slice is the record's ${part}.`);
    return slice;
  }

  /** The stream of a dialogue itself. */
  dialogueStream(dialogueId: string): string {
    return streamOf(this.part('dialogue'), dialogueId);
  }

  ofStream(stream: string): Slice {
    const slice = this.#byPrefix.get(stream.slice(0, stream.indexOf('-')));
    if (slice === undefined) throw new Error(`The stream ${stream} belongs to no slice.`);
    return slice;
  }

  /** Total: a recorded event as the present version of its schema, or marked as one that no schema can read. */
  read(recorded: Recorded): Stored {
    const slice = this.ofStream(recorded.stream);
    const because = unreadableBecause(recorded, schemaOf(slice, recorded.type));
    return because === undefined ? asRead(slice, recorded) : toUnreadable(recorded, because);
  }

  /** The same of an event that was just stored, as it was appended: what a schema could read before is not tried again. */
  readStored(event: NewEvent, place: Omit<Recorded, keyof NewEvent>): Stored {
    const recorded = { ...event, ...place };
    return this.#isReadable.has(event) ? asRead(this.ofStream(place.stream), recorded) : this.read(recorded);
  }

  /** A stream as it stands at a place in the record. */
  streamAt(
    record: Pick<RecordReader, 'ofStream'>,
    ...asked: Parameters<RecordReader['ofStream']>
  ): readonly Stored[] {
    return record.ofStream(...asked).map(({ event }) => this.read(event));
  }

  /** Throws where no schema could read what is about to be stored: a bug of ours, which must not reach the record. */
  refuseUnreadable(stream: string, events: readonly NewEvent[]): void {
    const slice = this.ofStream(stream);
    for (const event of events) {
      const asStored = { ...event, recordedAt: '0000-01-01T00:00:00.000Z' };
      const because = unreadableBecause(asStored, schemaOf(slice, event.type));
      if (because !== undefined) throw new Error(`A ${event.type} was not stored, for ${because}.`);
      this.#isReadable.add(event);
    }
  }

  /** Where names are not looked up, what has one is told without it. */
  summarise(event: Stored, nameOf: NameOf = () => undefined): string {
    if (event.unreadable !== undefined)
      return `An entry of the type ${event.type} that can't be read: ${event.unreadable.because}`;
    const { summaries } = this.ofStream(event.stream);
    const own = Object.hasOwn(amendmentSummaries, event.type) ? amendmentSummaries : summaries;
    const summary = (own as unknown as Record<string, Summary | undefined>)[event.type];
    const sentence = summary?.(event, nameOf) ?? event.type;
    const said = `${sentence}${dated(event)}${drawnFrom(event, sentence, nameOf)}`;
    return lostWords(event) ? `${said} (its words are erased)` : said;
  }

  /** What comes into its stream with an event, each with its name. */
  namesIn(event: Stored, seq: number, nameOf: NameOf = () => undefined): Brought {
    if (event.unreadable !== undefined) return [];
    const { names = {} } = this.ofStream(event.stream);
    const brings = Object.hasOwn(names, event.type) ? names[event.type] : undefined;
    return (
      (brings as ((...told: [Stored, number, NameOf]) => Brought) | undefined)?.(event, seq, nameOf) ?? []
    );
  }

  /** Every event type that a stream of the record may hold, with the slices that hold it. */
  get types(): ReadonlyMap<string, readonly string[]> {
    const own = this.slices.flatMap((slice) =>
      Object.keys(slice.schemas).map((type) => [type, slice.name] as const),
    );
    const anywhere = Object.keys(amendmentEvents).map((type) => [type, '*'] as const);
    const types = new Map<string, string[]>();
    for (const [type, slice] of [...own, ...anywhere]) types.set(type, [...(types.get(type) ?? []), slice]);
    return types;
  }
}
