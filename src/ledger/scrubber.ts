import { formatLeaf, leafOf, LedgerFault, nodeCrypto, RecordedOrder } from '#libs/ledger';
import type { EventStore, Position, Recorded } from '#libs/event-store';
import type { RecordReader, Sequenced } from '#libs/projections';
import { wordsFault } from '../platform/record/word-hash.js';
import { asLedgerEvent } from './logged.js';
import type { Logs } from './logs.js';

/** How many events are looked at in one go: some milliseconds. */
const goMax = 25;

/** A leaf that the store no longer gives. */
export interface Alarm {
  readonly dialogueId: string;
  readonly seq: number;
  readonly because: string;
}

interface Scrubbed {
  readonly store: EventStore;
  readonly record: RecordReader;
  readonly logs: Logs;
  /** The streams that make up the record, by the beginning of their names. */
  readonly prefixes: readonly string[];
  /** The events of a stream whose words were erased, as the store says now. */
  readonly erasedIn: (stream: string) => Promise<ReadonlySet<string>>;
}

/**
 * Reads the store from its beginning again and again, and derives each leaf anew: of whatever was changed, taken out or put
 * in since it was logged, the first place of each dialogue is told.
 */
export class Scrubber {
  /** By dialogue: what was found in the last whole round, and in this one so far. */
  readonly #alarms = new Map<string, Alarm>();
  #found = new Set<string>();
  /** When the leaves of each dialogue were recorded, in this round so far. */
  readonly #orders = new Map<string, RecordedOrder>();
  /** The name of each log in the leaf that was looked at last, where it is not the first one. */
  readonly #names = new Map<string, string>();
  #after: Position | undefined;
  #next = 0;
  #rounds = 0;

  constructor(
    private readonly parts: Scrubbed,
    private readonly alarm: (alarm: Alarm) => void,
  ) {}

  get alarms(): readonly Alarm[] {
    return [...this.#alarms.values()];
  }

  /** How often all was looked at. */
  get rounds(): number {
    return this.#rounds;
  }

  /** How many events of this round are behind it. */
  get checked(): number {
    return this.#next;
  }

  /** The next few events; true at the end of a round. */
  async go(): Promise<boolean> {
    const { store, prefixes, logs } = this.parts;
    const last = logs.ordinal;
    const page = {
      ...(this.#after === undefined ? {} : { after: this.#after }),
      filter: { streamPrefixes: prefixes },
      limit: goMax,
    };
    let seen = 0;
    for await (const message of store.readAll(page)) {
      if (message.kind === 'caughtUp') continue;
      if (message.kind === 'event') {
        if (this.#next > last) return this.#end();
        await this.#check(message.event);
        seen += 1;
      }
      this.#after = message.kind === 'event' ? message.event.position : message.position;
    }
    if (seen > 0) return false;
    // What is logged and no longer there was taken from the end of the store.
    if (this.#next <= last) this.#missing(this.#next);
    return this.#end();
  }

  #end(): true {
    for (const log of this.#alarms.keys()) if (!this.#found.has(log)) this.#alarms.delete(log);
    this.#found = new Set();
    this.#orders.clear();
    this.#names.clear();
    this.#after = undefined;
    this.#next = 0;
    this.#rounds += 1;
    return true;
  }

  async #check(event: Recorded): Promise<void> {
    const { record } = this.parts;
    const expected = record.byOrdinal(this.#next);
    if (expected === undefined) return;
    if (isSamePlace(expected.event, event)) {
      this.#next += 1;
      await this.#compare(expected, event);
      return;
    }
    const known = record.ordinalOf(event.stream, event.revision);
    if (known !== undefined && known > this.#next) {
      // Those in between are gone; one of each log is told.
      this.#missing(this.#next);
      this.#next = known + 1;
      return;
    }
    const log = record.logOf(event.stream) ?? '';
    this.#tell(log, expected.seq, `the store holds a ${event.type} there that was never logged`);
    if (known === this.#next) this.#next += 1;
  }

  #missing(ordinal: number): void {
    const lost = this.parts.record.byOrdinal(ordinal);
    if (lost !== undefined) this.#tell(lost.log, lost.seq, `its ${lost.event.type} is gone from the store`);
  }

  async #compare({ log, seq, ordinal }: Sequenced, event: Recorded): Promise<void> {
    if (log === '') return;
    const { logs, record } = this.parts;
    const logged = logs.leafOfEvent(ordinal);
    // A log that could not be gone on with has said so itself.
    if (logged === undefined) return;
    const headOf = () => {
      if (event.revision === 0n) return undefined;
      const before = record.ordinalOf(event.stream, event.revision - 1n);
      const hash = before === undefined ? undefined : logs.leafHashOfEvent(before);
      return hash === undefined ? undefined : { rev: Number(event.revision) - 1, hash };
    };
    try {
      const origin = this.#names.get(log) ?? `${logs.prefix}${log}`;
      const leaf = leafOf(nodeCrypto, { origin, size: seq, headOf }, asLedgerEvent(event));
      if (leaf.log !== origin) this.#names.set(log, leaf.log);
      const derived = formatLeaf(leaf);
      if (Buffer.compare(derived, logged) !== 0)
        this.#tell(log, seq, 'the store gives another leaf than was logged');
      else if (!logs.isHashed(log, seq, logged)) this.#tell(log, seq, 'its hash in the tree is another one');
      else {
        const because = (await this.#wordsFault(event)) ?? this.#orderOf(log).fault(seq, event.recordedAt);
        if (because !== undefined) this.#tell(log, seq, because);
      }
    } catch (error) {
      if (!(error instanceof LedgerFault || error instanceof TypeError)) throw error;
      this.#tell(log, seq, `no leaf can be derived of it: ${error.message}`);
    }
  }

  /** Words that are there hash to what the envelope says; those that are gone were erased by an event that says so. */
  async #wordsFault(event: Recorded): Promise<string | undefined> {
    const { id, stream, content, salt } = event;
    if (content !== null) return wordsFault(event);
    const isErased = salt === null && (await this.parts.erasedIn(stream)).has(id);
    return isErased ? undefined : 'its words are not those that were logged';
  }

  #orderOf(log: string): RecordedOrder {
    const order = this.#orders.get(log) ?? new RecordedOrder();
    this.#orders.set(log, order);
    return order;
  }

  #tell(dialogueId: string, seq: number, because: string): void {
    if (this.#found.has(dialogueId)) return;
    this.#found.add(dialogueId);
    const known = this.#alarms.get(dialogueId);
    const found = { dialogueId, seq, because };
    this.#alarms.set(dialogueId, found);
    if (known?.seq !== seq || known.because !== because) this.alarm(found);
  }
}

function isSamePlace(one: Recorded, other: Recorded): boolean {
  return one.stream === other.stream && one.revision === other.revision;
}
