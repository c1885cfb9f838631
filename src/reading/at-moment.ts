import { countedIn } from '../platform/record/amendments.js';
import type { Stored } from '../platform/record/envelope.js';
import { fold, streamOf } from '../platform/record/fold.js';
import type { Aggregate } from '../platform/record/fold.js';
import { notFound, refuseUnreadableStream } from '../platform/record/refusals.js';
import type { RecordRead } from '../platform/record/reading.js';
import type { Sight } from '../platform/access/sight.js';
import type { Query } from '../platform/http/query.js';
import type { Slice } from '../platform/record/slice.js';
import type { Kept } from './documents.js';
import { isAsOf, momentOf, notYet } from './moment.js';
import type { About, Moment } from './moment.js';
import { asItMayBeShown, Naming } from './naming.js';

/** An event with its places in the record and in its dialogue. */
export interface Placed {
  readonly ordinal: number;
  readonly seq: number;
  readonly event: Stored;
}

/** What a reading is asked for, and by whom. */
export interface Asking extends About {
  /** The dialogues that whoever asks may see; all of them unless told. */
  readonly sight?: Sight;
  /** Where the query names the moment of knowledge. */
  readonly parameter?: string;
}

/** The dialogue that an entry belongs to; a dialogue is its own. */
export function dialogueIn({ state }: Pick<Aggregate, 'state'>): string {
  return (state as { readonly dialogueId: string }).dialogueId;
}

/** In whose hand the record of a dialogue is. */
export function keptIn(dialogue: Aggregate | undefined): Kept {
  return dialogue === undefined ? null : (dialogue.slice.keptBy?.(dialogue.state) as Kept);
}

/** The streams of the record at one moment, each read and folded once. */
export class AtMoment {
  readonly #prefixes = new Map<string, readonly Placed[]>();
  readonly #folds = new Map<string, Aggregate | undefined>();
  readonly #kept = new Map<string, Kept>();
  readonly isAsOf: boolean;
  #moment: Moment | undefined;
  #naming: Naming | undefined;

  /**
   * The moment is the present where the query asks for none. One that is given need not be looked for; one that is told by
   * what was signed has to be.
   */
  constructor(
    readonly record: RecordRead,
    readonly query: Query = {},
    readonly asking: Asking = {},
    readonly given?: Moment,
  ) {
    this.isAsOf = isAsOf(query);
  }

  /** Found when it is first asked for: whoever asks for what does not exist is told so first. */
  get moment(): Moment {
    const { record, query, asking, given } = this;
    if (given === undefined && query['grade'] !== undefined)
      throw new Error('What was signed by an instant is looked for before anything is read as of it.');
    return (this.#moment ??= given ?? momentOf(record, query, asking, asking.parameter));
  }

  get asOfSeq(): number {
    return this.moment.knownSeq ?? -1;
  }

  /**
   * The moment as answers name it: a page that goes on from another begins here. Sealed anew at each call, unless the
   * question tells which moment it is; null in an empty record.
   */
  sealing(): () => string | null {
    const { knownOrdinal, asked } = this.moment;
    const { moments, projections } = this.record;
    const position = projections.record.positionAt(knownOrdinal);
    return () => (position === undefined ? null : moments.sealed(position, asked));
  }

  /** When what the record knew at the moment was recorded. */
  get recordedAt(): string | undefined {
    return this.record.projections.record.recordedAt(this.moment.knownOrdinal);
  }

  /** The prefix of one stream as the record held it, without the words that are erased since. */
  prefix(stream: string): readonly Placed[] {
    const { projections, registry } = this.record;
    return once(this.#prefixes, stream, () =>
      projections.record
        .ofStream(stream, { uptoOrdinal: this.moment.knownOrdinal })
        .map(({ ordinal, seq, event }) => ({
          ordinal,
          seq,
          event: asItMayBeShown(this.record, registry.read(event)),
        })),
    );
  }

  events(stream: string): readonly Stored[] {
    return this.prefix(stream).map(({ event }) => event);
  }

  /** The events as they count: corrected, without what was retracted, and only what had happened by then. */
  counted(stream: string): readonly Stored[] {
    const { counted } = countedIn(this.record.registry.ofStream(stream), this.events(stream));
    return counted.filter(this.moment.counts);
  }

  folded(slice: Slice, id: string): Aggregate | undefined {
    const stream = streamOf(slice, id);
    return once(this.#folds, stream, () => fold(slice, this.events(stream), this.moment.counts));
  }

  /** Throws 404 `not-yet` where it was not there yet, 404 where it never was. */
  found(slice: Slice, id: string): Aggregate {
    const stream = streamOf(slice, id);
    if (this.record.projections.record.ordinalOf(stream, 0n) === undefined) throw notFound(slice, id);
    const folded = this.folded(slice, id);
    if (folded !== undefined) return folded;
    refuseUnreadableStream({ events: this.events(stream), folded }, id);
    throw notYet(this.#since(stream));
  }

  /** Since when it is there: told to whoever sees it anyway. */
  #since(stream: string): string {
    const [first] = this.events(stream);
    if (first !== undefined)
      return `By then it had not happened yet${first.occurred === undefined ? '' : `: it is said to have begun ${first.occurred.edtf}`}.`;
    const { record } = this.record.projections;
    const ordinal = record.ordinalOf(stream, 0n) ?? 0;
    const log = record.logOf(stream);
    const at = log === undefined ? '' : `s${record.seqAt(log, ordinal)}, `;
    return `At that moment the record held nothing of it: it is there since ${at}recorded ${record.recordedAt(ordinal) ?? ''}.`;
  }

  /**
   * What is named beside the matter of a page, such as the dialogue or a source, in the words that it had at the moment.
   * Where it is said to have come about later than the effective date, in those that the record then knew.
   */
  beside(slice: Slice, id: string): Aggregate | undefined {
    return this.folded(slice, id) ?? fold(slice, this.events(streamOf(slice, id)));
  }

  /**
   * How the dialogue was kept as the record stood at the moment. Joining claims no time of its own, so an effective date
   * changes nothing of it, and a final answer stays what it was whoever joins later.
   */
  kept(dialogueId: string): Kept {
    const dialogues = this.record.registry.part('dialogue');
    return once(this.#kept, dialogueId, () => {
      const [listed] = this.membersListed<[Kept]>(dialogues, dialogueId, ['kept']) ?? [];
      return listed === undefined
        ? keptIn(fold(dialogues, this.events(streamOf(dialogues, dialogueId))))
        : listed;
    });
  }

  /** Members of the representation in `rowListed`, null where it has none such. */
  membersListed<M extends readonly unknown[]>(
    slice: Slice,
    id: string,
    members: { readonly [I in keyof M]: string },
  ): M | undefined {
    const wanted = members.map((one) => `json_extract(document, '$.${one}')`).join(', ');
    const row = this.rowListed(slice, id, `json_array(${wanted}) AS members`);
    return row === undefined ? undefined : (JSON.parse(String(row['members'])) as M);
  }

  /**
   * Columns of an entry as the record knew it, whatever the effective date: from the read model, at one look, where nothing
   * changed since. Undefined where that can't tell; it may be ahead of the moment, and so says nothing of it.
   */
  rowListed({ name }: Slice, id: string, columns: string) {
    const { knownOrdinal } = this.moment;
    const { tables, ordinal } = this.record.projections.view(name);
    if (ordinal < knownOrdinal) return undefined;
    return tables
      .prepare(`SELECT ${columns} FROM {entries} WHERE id = ? AND updated_ordinal <= ?`)
      .get(id, knownOrdinal);
  }

  /** An entry of a dialogue with how that is kept; a dialogue says so itself. */
  withKept<D extends object>(entry: D): D {
    const { dialogueId, kept } = entry as { readonly dialogueId?: unknown; readonly kept?: unknown };
    return kept !== undefined || typeof dialogueId !== 'string'
      ? entry
      : { ...entry, kept: this.kept(dialogueId) };
  }

  summary(event: Stored): string {
    return (this.#naming ??= new Naming(this.record, this.#prefixes)).summary(event);
  }
}

function once<T>(made: Map<string, T>, key: string, make: () => T): T {
  if (!made.has(key)) made.set(key, make());
  return made.get(key) as T;
}
