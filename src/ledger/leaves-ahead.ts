import { parsePosition } from '#libs/event-store';
import type { EventStore, Stored } from '#libs/event-store';
import type { Head } from '#libs/ledger';
import { Newest } from '#libs/newest';
import type { Projections, Tables } from '#libs/projections';
import { derivedLeaf } from './derived-leaf.js';
import type { DerivedLeaf, LeafAhead } from './derived-leaf.js';
import { ledgerName } from './ledger.projection.js';
import type { LedgerProjection } from './ledger.projection.js';

/** How far the read models may be behind what is stored. Further than that leaves come with them. */
const aheadMax = 2_048;

interface Parts {
  readonly projections: Pick<Projections, 'view' | 'record' | 'position'>;
  readonly projection: Pick<LedgerProjection, 'nameOf' | 'headOf' | 'lastLeaf' | 'hasLeaves'>;
  readonly isOfRecord: (stream: string) => boolean;
  /** Which log a stream belongs to, told by its first event. */
  readonly logOf: (first: Stored) => string;
}

/** Where a log ends with what is stored. */
interface End {
  readonly seq: number;
  readonly ordinal: number;
  /** Undefined where the leaf of that event comes with the read models, if it comes. */
  readonly origin: string | undefined;
}

/** Where a stream ends with what is stored. */
interface StreamEnd {
  readonly log: string;
  /** Undefined where the leaf of its last event is not known. */
  readonly head: Head | undefined;
}

/** The read models as they are while the events of one batch are told. */
interface There {
  readonly tables: Tables;
  readonly ordinal: number;
  readonly head: number;
}

/**
 * The leaves of what is stored, before the read models have taken it in: an act waits for nothing else than the store. Only
 * where nobody else writes the store, and as long as it tells every event after the last one that the read models have: a
 * place that is left out has been another program's, and until they have come up with it nothing is said of any leaf.
 */
export class LeavesAhead {
  #leaves = new Newest<LeafAhead>(aheadMax);
  #logs = new Newest<End>(2 * aheadMax);
  #streams = new Newest<StreamEnd>(2 * aheadMax);
  /** The place in the store up to which all events are counted; undefined while that is not known. */
  #counted: bigint | undefined;
  /** The ordinal of the next event of the record. */
  #next = 0;
  /** Those that all of it goes on from. */
  #tables: Tables | undefined;

  constructor(private readonly parts: Parts) {}

  follow(store: Pick<EventStore, 'onStored'>): void {
    store.onStored?.((events) => this.told(events));
  }

  /** The leaf of the event of that revision, from when it is stored until the read models have it. */
  leafOf(stream: string, revision: number): LeafAhead | undefined {
    return this.#leaves.get(keyOf(stream, revision));
  }

  /** These tables have it from here on. What goes on from others is nothing for them, which may be built because those are wrong. */
  take(stream: string, revision: number, tables: Tables): LeafAhead | undefined {
    if (tables !== this.#tables) return undefined;
    const key = keyOf(stream, revision);
    const leaf = this.#leaves.get(key);
    if (leaf !== undefined) this.#leaves.delete(key);
    return leaf;
  }

  told(events: readonly Stored[]): void {
    try {
      const { projections } = this.parts;
      const { tables, ordinal } = projections.view(ledgerName);
      if (tables !== this.#tables) this.#goOnFrom(tables);
      const there = { tables, ordinal, head: projections.record.headOrdinal };
      for (const event of events) this.#told(event, there);
    } catch {
      // What is stored is stored. Its leaf comes with the read models.
      this.#lose();
    }
  }

  #told(event: Stored, there: There): void {
    const { commit } = parsePosition(event.position);
    if (this.#counted === undefined || commit > this.#counted + 1n) this.#begin(there);
    if (this.#counted === undefined || commit !== this.#counted + 1n) return;
    this.#counted = commit;
    if (!this.parts.isOfRecord(event.stream)) return;
    const ordinal = this.#next;
    this.#next += 1;
    if (ordinal - there.ordinal > aheadMax) this.#lose();
    else this.#derive(event, ordinal, there);
  }

  #lose(): void {
    this.#counted = undefined;
    this.#logs = new Newest(2 * aheadMax);
    this.#streams = new Newest(2 * aheadMax);
  }

  #goOnFrom(tables: Tables): void {
    this.#lose();
    this.#leaves = new Newest(aheadMax);
    this.#tables = tables;
  }

  /** From where the read models are, if the leaves are as far as the record. */
  #begin({ ordinal, head }: There): void {
    this.#lose();
    const { position } = this.parts.projections;
    if (ordinal !== head) return;
    const at = position === undefined ? { commit: 0n, prepare: 0n } : parsePosition(position);
    if (at.commit !== at.prepare) return;
    this.#counted = at.commit;
    this.#next = head + 1;
  }

  #derive(event: Stored, ordinal: number, there: There): void {
    const { stream } = event;
    const log = this.#logOf(event, there);
    const end = this.#logs.get(log);
    const isInLog = log !== '';
    // Where the read models were faster, they count it already.
    if (isInLog && end === undefined && ordinal <= there.head) return;
    const made = isInLog ? this.#placed(event, ordinal, { log, end, there }) : undefined;
    const rev = Number(event.revision);
    this.#streams.set(stream, { log, head: made && { rev, hash: made.hex } });
    if (made !== undefined) this.#leaves.set(keyOf(stream, rev), made);
  }

  /** The leaf, in the place after the last one of its log; its place is taken also where it is not known. */
  #placed(
    event: Stored,
    ordinal: number,
    { log, end, there }: { readonly log: string; readonly end: End | undefined; readonly there: There },
  ): LeafAhead | undefined {
    const seq = (end?.seq ?? this.parts.projections.record.seqAt(log, there.head)) + 1;
    const origin = end?.origin ?? this.#originOf(log, seq, end, there);
    const made = origin === undefined ? undefined : this.#made(event, origin, seq, there);
    this.#logs.set(log, { seq, ordinal, origin: made?.leaf.log });
    return made && { ...made, id: event.id, ordinal, log, seq };
  }

  /** Throws where the beginning of the stream is not known: then neither is which log it takes a place of. */
  #logOf(event: Stored, { tables }: There): string {
    const { projections, projection, logOf } = this.parts;
    const { stream } = event;
    const known = this.#streams.get(stream) ?? projection.lastLeaf(tables, stream);
    if (known !== undefined) return known.log;
    const log = event.revision === 0n ? logOf(event) : projections.record.logOf(stream);
    if (log === undefined) throw new Error(`${stream} goes on without its beginning.`);
    return log;
  }

  /** The name of the log after so many leaves, where the read models have them all. */
  #originOf(log: string, size: number, end: End | undefined, { tables, ordinal }: There): string | undefined {
    const { projection, projections } = this.parts;
    const read = { tables, record: projections.record };
    if (end !== undefined && end.ordinal > ordinal) return undefined;
    return projection.hasLeaves(read, log, size) ? projection.nameOf(read, log, size) : undefined;
  }

  /** Undefined where it is no event of ours: the read models say of it what there is to say. */
  #made(event: Stored, origin: string, size: number, { tables }: There): DerivedLeaf | undefined {
    const { projections, projection } = this.parts;
    const rev = Number(event.revision);
    const head = this.#streams.get(event.stream)?.head;
    const headOf = () =>
      head?.rev === rev - 1 ? head : projection.headOf(tables, projections.record, event);
    const made = derivedLeaf({ origin, size, headOf }, { ...event, revision: rev });
    return typeof made === 'string' ? undefined : made;
  }
}

function keyOf(stream: string, revision: number): string {
  return `${stream} ${revision}`;
}
