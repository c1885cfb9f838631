import type { Brought, NameOf } from '#libs/decider';
import { inShort } from '#libs/decider';
import { Newest } from '#libs/newest';
import type { Projections, Sequenced } from '#libs/projections';
import type { Stored } from '../platform/record/envelope.js';
import { ErasedWords } from '../platform/record/erased-words.js';
import { streamOf } from '../platform/record/fold.js';
import type { RecordRead } from '../platform/record/reading.js';
import { targetOf } from '../platform/record/redating.js';
import { Unheard } from '../platform/record/unheard.js';

type Reader = Pick<RecordRead, 'projections' | 'registry'>;

/** An event that brings in what is named later, and at which revision it has come to count for nothing. */
interface Bringing {
  readonly revision: number;
  until: number;
}

/** Which events of a stream bring in what is named in it, as far as it was read. */
interface Index {
  end: number;
  /** By id, in the order of the stream. */
  readonly broughtIn: Map<string, Bringing[]>;
  /** The same by their own ids. */
  readonly events: Map<string, Bringing>;
}

/** Of how many streams that is kept: ids and revisions, which never change, and no words. */
const streamsMax = 1_000;
/** Of how many events one reading keeps the names that come with them. */
const namesMax = 200;

/** An event with its place in its dialogue. */
interface Held {
  readonly seq: number;
  readonly event: Stored;
}

/** Without its words, where they are erased and still stand in what was read. */
export function asItMayBeShown(record: Reader, event: Stored): Stored {
  return knownIn(record).words.asItMayBeShown(record, event);
}

function mapOf(id: string, place: string | undefined): ReadonlyMap<string, string> {
  return new Map(place === undefined ? [] : [[id, `s${place}`]]);
}

/** What all readings of one record share. */
class Known {
  readonly words = new ErasedWords();
  readonly #indexes = new Newest<Index>(streamsMax);
  readonly #unheard = new Unheard();

  /**
   * The last event up to a revision that brings the id into the stream and counted by then. Others may have written the same
   * id into the store, with other words: only where nothing else brings it in, it is named by those.
   */
  broughtIn(reader: Reader, stream: string, id: string, upTo: number): number | undefined {
    const { broughtIn } = this.#indexOf(reader, stream, upTo);
    const all = broughtIn.get(id)?.filter(({ revision }) => revision <= upTo) ?? [];
    return (all.findLast(({ until }) => until > upTo) ?? all.at(-1))?.revision;
  }

  #indexOf(reader: Reader, stream: string, upTo: number): Index {
    const { projections, registry } = reader;
    const index: Index = this.#indexes.get(stream) ?? { end: -1, broughtIn: new Map(), events: new Map() };
    if (index.end >= upTo) return index;
    const bounds = { fromRevision: BigInt(index.end + 1), uptoRevision: BigInt(upTo) };
    for (const event of registry.streamAt(projections.record, stream, bounds)) {
      const names = registry.namesIn(event, 0);
      if (names.length > 0) {
        const isUnheard = this.#unheard.has(reader, event);
        bring(index, event, { names, until: isUnheard ? event.revision : Infinity });
      }
      // What its own side takes back was its word all the same.
      const isVoiding = event.type === 'AttributionVoid' && event.act.capacity === 'derived';
      const voided = isVoiding ? index.events.get(targetOf(event)) : undefined;
      if (voided !== undefined) voided.until = Math.min(voided.until, event.revision);
      index.end = event.revision;
    }
    this.#indexes.set(stream, index);
    return index;
  }
}

function bring(
  { broughtIn, events }: Index,
  { id, revision }: Stored,
  { names, until }: Pick<Bringing, 'until'> & { readonly names: Brought },
): void {
  const bringing = { revision, until };
  events.set(id, bringing);
  for (const [one] of names) {
    const known = broughtIn.get(one);
    if (known === undefined) broughtIn.set(one, [bringing]);
    else known.push(bringing);
  }
}

const knownOf = new WeakMap<Projections, Known>();

function knownIn({ projections }: Reader): Known {
  const known = knownOf.get(projections) ?? new Known();
  knownOf.set(projections, known);
  return known;
}

/**
 * The names of what events are about, as they were when those were recorded, so that no later word changes a sentence, and
 * without words that are erased. One for each answer: it remembers the names that it has found.
 */
export class Naming {
  readonly #names = new Newest<ReadonlyMap<string, string>>(namesMax);

  #seqs: ReadonlyMap<string, number> | undefined;

  /** `held` are the streams that whoever asks has read already, from their beginning: those need not be read again. */
  constructor(
    private readonly record: Reader,
    private readonly held: ReadonlyMap<string, readonly Held[]> = new Map(),
  ) {}

  /** The sentence that says what the event says, with the names of what it is about. */
  summary(event: Stored): string {
    return this.record.registry.summarise(event, this.#namesFor(event));
  }

  #namesFor({ stream, revision }: Stored): NameOf {
    return (id, kind) => {
      if (kind === 'event' || kind === 'entry') return this.#entry(id, kind === 'entry');
      return kind === undefined ? this.#own(stream, revision, id) : this.#own(`${kind}-${id}`, 0, id);
    };
  }

  #own(stream: string, upTo: number, id: string): string | undefined {
    const at = knownIn(this.record).broughtIn(this.record, stream, id, upTo);
    return at === undefined ? undefined : this.#broughtIn(stream, at).get(id);
  }

  #broughtIn(stream: string, revision: number): ReadonlyMap<string, string> {
    return this.#once(`${stream} ${revision}`, () => {
      const found = this.held.get(stream)?.[revision] ?? this.#read(stream, revision);
      if (found === undefined) return new Map();
      const event = this.#shown(found);
      return new Map(this.record.registry.namesIn(event, found.seq, this.#namesFor(event)));
    });
  }

  #read(stream: string, revision: number): Held | undefined {
    const bounds = { fromRevision: BigInt(revision), uptoRevision: BigInt(revision) };
    return this.#placed(this.record.projections.record.ofStream(stream, bounds)[0]);
  }

  #placed(found: Sequenced | undefined): Held | undefined {
    return found && { seq: found.seq, event: this.record.registry.read(found.event) };
  }

  /** Of what is held, the places by the ids; of what came to be held later, none. */
  #seqOf(id: string): number | undefined {
    this.#seqs ??= new Map(
      [...this.held.values()].flatMap((all) => all.map(({ seq, event }) => [event.id, seq] as const)),
    );
    return this.#seqs.get(id) ?? this.record.projections.record.byId(id)?.seq;
  }

  /** An event by its place, and told by what it says as far as a name goes; of what that is about, only the place. */
  #entry(id: string, isTold: boolean): string | undefined {
    const names = this.#once(`${isTold ? 'entry' : 'event'} ${id}`, () => {
      if (!isTold) return mapOf(id, this.#seqOf(id)?.toString());
      const found = this.#placed(this.record.projections.record.byId(id));
      return mapOf(id, found && this.#told(found));
    });
    return names.get(id);
  }

  #told(found: Held): string {
    const event = this.#shown(found);
    const nameOf = this.#namesFor(event);
    const told = this.record.registry.summarise(bare(event), (id, kind) =>
      nameOf(id, kind === 'entry' ? 'event' : kind),
    );
    return `${found.seq}: ${inShort(told)}`;
  }

  #shown({ event }: Held): Stored {
    return asItMayBeShown(this.record, event);
  }

  #once(key: string, find: () => ReadonlyMap<string, string>): ReadonlyMap<string, string> {
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const names = find();
    this.#names.set(key, names);
    return names;
  }
}

/** Without what was said in it: that is quoted with its own entry alone, which shows what has become of it. */
function bare(event: Stored): Stored {
  const labels = Object.entries(event.content).filter(([, one]) => typeof one === 'string');
  return { ...event, content: Object.fromEntries(labels), erased: false };
}

/** An irritant by its key, which its first event gives and which never changes. */
export function keyOf(record: Reader, irritantId: string): string | undefined {
  const stream = streamOf(record.registry.part('matter'), irritantId);
  const [first] = record.projections.record.ofStream(stream, { uptoRevision: 0n });
  const key = first?.event.data['key'];
  return typeof key === 'string' ? key : undefined;
}

/** One event's sentence; whoever tells several asks one `Naming`. */
export function summaryOf(record: Reader, event: Stored): string {
  return new Naming(record).summary(event);
}
