import { leafOf, LedgerFault, nodeCrypto } from '#libs/ledger';
import { Damaged } from '#libs/event-store';
import type { Position, Recorded } from '#libs/event-store';
import { readModelsDamage } from '#libs/projections';
import type { Sequenced } from '#libs/projections';
import { GivingWay } from '../platform/record/giving-way.js';
import { Alarms } from './alarm.js';
import type { Alarm } from './alarm.js';
import { asLedgerEvent, payloadAt } from './logged.js';
import { ScrubbedLogs } from './scrubbed-log.js';
import { placingOf } from './scrubbed-place.js';
import { headBefore } from './scrubbed.js';
import type { Scrubbed } from './scrubbed.js';
import { besideFault, copyFault, goneLeaf, goneWordsFault, leafFault, lookupFault } from './stored-faults.js';

/** How many events are looked at in one go: some milliseconds, or a few times as many where each of them is signed. */
const goMax = 25;

/**
 * Reads the store from its beginning again and again, and derives each leaf anew: of whatever was changed, taken out or put
 * in since it was logged, the first place of each dialogue is told.
 */
export class Scrubber {
  readonly #alarms: Alarms;
  /** What this round has seen of each log so far. */
  readonly #scrubbed: ScrubbedLogs;
  #after: Position | undefined;
  #next = 0;
  #rounds = 0;
  /** How many events are read by themselves, because of what was read together something can't be read. */
  #apart = 0;

  constructor(
    private readonly parts: Scrubbed,
    alarm: (alarm: Alarm) => void,
  ) {
    this.#alarms = new Alarms(alarm);
    this.#scrubbed = new ScrubbedLogs(parts.logs);
  }

  get alarms(): readonly Alarm[] {
    return this.#alarms.all;
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
    try {
      return await this.#go();
    } catch (error) {
      if (!(error instanceof Damaged)) throw error;
      if (this.#apart === 0) this.#apart = goMax;
      else await this.#passDamage(error);
      return false;
    }
  }

  async #go(): Promise<boolean> {
    const { store, prefixes, beside, logs } = this.parts;
    const last = logs.ordinal;
    const page = {
      ...(this.#after === undefined ? {} : { after: this.#after }),
      // A cluster may be others' as well; in a store of our own all streams are ours.
      ...(store.headKept === undefined
        ? { filter: { streamPrefixes: [...prefixes, ...beside.prefixes] } }
        : {}),
      limit: this.#apart > 0 ? 1 : goMax,
    };
    if (this.#apart > 0) this.#apart -= 1;
    let seen = 0;
    const others = new GivingWay();
    for await (const message of store.readAll(page)) {
      if (message.kind === 'caughtUp') continue;
      if (message.kind === 'event') {
        const { event } = message;
        const isRecord = prefixes.some((prefix) => event.stream.startsWith(prefix));
        if (isRecord && this.#next > last) return this.#end();
        await (isRecord ? this.#check(event, others) : this.#checkBeside(event)).catch((error: unknown) =>
          this.#passCopy(event, error),
        );
        await others.turn();
        seen += 1;
      }
      this.#after = message.kind === 'event' ? message.event.position : message.position;
    }
    if (seen > 0) return false;
    // What is logged and no longer there was taken from the end of the store.
    await this.#missing(this.#next, last + 1, others);
    return this.#end();
  }

  /** What can't be read is told, and passed over once it is the next event. */
  async #passDamage(error: Damaged): Promise<void> {
    const { record } = this.parts;
    const { place } = error;
    // By its place in the store: the stream and the revision that it gives may be what is damaged.
    const ordinal = place === undefined ? this.#next : record.ordinalAtPosition(place.position);
    const at = record.byOrdinal(ordinal);
    const lost = place === undefined || at?.event.position === place.position ? at : undefined;
    const position = place?.position ?? record.positionAt(this.#next);
    if (position === undefined) throw error;
    if (lost !== undefined) await this.#missing(this.#next, lost.ordinal, new GivingWay());
    this.#alarms.tell(lost?.log ?? '', lost?.seq ?? Number(place?.revision), error.message);
    this.#after = position;
    if (lost !== undefined) this.#next = Math.max(this.#next, lost.ordinal + 1);
  }

  /** An event of which the copy in the read models can't be read can't be looked at: that is told, and the round goes on. */
  #passCopy(event: Recorded, error: unknown): void {
    const damage = readModelsDamage(error);
    if (damage === undefined) throw error;
    this.#tellOutside(event, damage.message);
    if (this.parts.record.ordinalOf(event.stream, event.revision) === this.#next) this.#next += 1;
  }

  /** What is beside the record is in no log; it can only be held against what the read models took in of it. */
  async #checkBeside(event: Recorded): Promise<void> {
    const { store, beside, record } = this.parts;
    const { stream, revision, position } = event;
    const copy = beside.at(stream, Number(revision));
    // What is younger than all that was taken in may be on its way.
    const isKept = beside.prefixes.some((prefix) => stream.startsWith(prefix));
    const isDue = copy !== undefined || position <= (record.positionAt(record.headOrdinal) ?? '');
    const because =
      (isKept && isDue ? besideFault(copy, event) : undefined) ?? (await lookupFault(store, event));
    if (because !== undefined) this.#tellOutside(event, because);
  }

  #tellOutside({ stream, revision, type }: Recorded, because: string): void {
    this.#alarms.tell('', Number(revision), `${type}, revision ${revision} of ${stream}: ${because}`);
  }

  #end(): true {
    const { store } = this.parts;
    this.#scrubbed.end(store.headKept === undefined ? 'several' : 'one', this.#alarms);
    this.#alarms.end();
    this.#after = undefined;
    this.#next = 0;
    this.#rounds += 1;
    return true;
  }

  async #check(event: Recorded, others: GivingWay): Promise<void> {
    const { own, told, at, next } = placingOf(this.parts, event, this.#next);
    await this.#missing(this.#next, at, others);
    for (const { dialogueId, seq, because } of told) this.#alarms.tell(dialogueId, seq, because);
    // What can't be looked at now is the next event again.
    this.#next = at;
    if (own !== undefined) await this.#compare(own, event);
    this.#next = next;
  }

  /** Those from the one up to before the other are gone; the first of each log is told. */
  async #missing(from: number, before: number, others: GivingWay): Promise<void> {
    for (let ordinal = from; ordinal < before; ordinal += 1) {
      const lost = this.parts.record.byOrdinal(ordinal);
      if (lost !== undefined)
        this.#alarms.tell(lost.log, lost.seq, `its ${lost.event.type} is gone from the store`);
      await others.turn();
    }
  }

  async #compare({ log, seq, ordinal, event: copy }: Sequenced, event: Recorded): Promise<void> {
    const { logs, store } = this.parts;
    const astray = await lookupFault(store, event);
    if (log === '') {
      const because = copyFault(copy, event) ?? astray;
      if (because !== undefined) this.#tellOutside(event, because);
      return;
    }
    if (astray !== undefined) return this.#alarms.tell(log, seq, astray);
    const logged = logs.leafOfEvent(ordinal);
    // A log that could not be gone on with has said so itself.
    if (logged === undefined) return seq < logs.size(log) ? this.#alarms.tell(log, seq, goneLeaf) : undefined;
    const headOf = () => headBefore(this.parts, event);
    try {
      const scrubbed = this.#scrubbed.of(log);
      const { origin } = scrubbed;
      const leaf = leafOf(nodeCrypto, { origin, size: seq, headOf }, asLedgerEvent(event));
      scrubbed.origin = leaf.log;
      const because =
        leafFault(logs, log, leaf, logged) ??
        (await goneWordsFault(event, this.parts.erasedIn)) ??
        // The leaf holds all of the event; of the two, the copy may be the one that was changed.
        copyFault(copy, event) ??
        scrubbed.fault(leaf, payloadAt(seq, event));
      if (because !== undefined) this.#alarms.tell(log, seq, because);
    } catch (error) {
      if (!(error instanceof LedgerFault || error instanceof TypeError)) throw error;
      this.#alarms.tell(log, seq, `no leaf can be derived of it: ${error.message}`);
    }
  }
}
