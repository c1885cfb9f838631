import { Unavailable } from '#libs/event-store';
import type { Position } from '#libs/event-store';
import type { Projections } from '#libs/projections';
import type { Removals } from '../record/removals.js';
import type { Timer } from '../record/timer.js';
import type { Erasures } from './erasures.js';

const lookEveryMs = 1_000;
const readAtOnce = 500;

interface Watched {
  readonly projections: {
    readonly record: Pick<Projections['record'], 'after' | 'headOrdinal' | 'positionAt'>;
    status(): readonly Pick<ReturnType<Projections['status']>[number], 'state'>[];
  };
  readonly erasures: Pick<Erasures, 'begun' | 'begunAfter' | 'finishLeft'>;
  readonly removals?: Removals | undefined;
  readonly timer: Timer;
  readonly report: (failure: unknown) => void;
}

/**
 * Finishes what was begun before this process started, as soon as the store can be read, and from then on erases what others
 * have recorded as erased, however far the policies come: where those of one server fail at an event, those of all others
 * wait there for what follows from it, and would never hear of an erasure after it.
 */
export class ErasuresWatched {
  /** Streams of which something may be left, and whether that was reported. */
  readonly #left = new Map<string, boolean>();
  /** The last event of the record that was looked at; undefined while the record is read from its beginning. */
  #seen: number | undefined;
  /** How far the store was read, while the record takes in nothing. */
  #read: Position | undefined;
  #hasBegun = false;
  #reported: string | undefined;

  constructor(private readonly parts: Watched) {}

  /** Until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.look();
      await this.parts.timer.wait(lookEveryMs, signal).catch(() => undefined);
    }
  }

  async look(): Promise<void> {
    try {
      await this.#note();
      this.#reported = undefined;
    } catch (error) {
      this.#tellOnce(error);
    }
    for (const stream of [...this.#left.keys()]) await this.#finish(stream);
  }

  #tellOnce(error: unknown): void {
    if (error instanceof Unavailable || this.#reported === String(error)) return;
    this.#reported = String(error);
    this.parts.report(error);
  }

  async #note(): Promise<void> {
    const [record] = this.parts.projections.status();
    if (!this.#hasBegun) await this.#begin();
    if (record?.state === 'halted') return this.#noteStored();
    this.#read = undefined;
    // Its places are others once it is built anew.
    if (record?.state === 'rebuilding') this.#seen = undefined;
    else if (this.#seen !== undefined) this.#noteRecorded(this.#seen);
    // What came while it was read from its beginning; to go through all of it would cost as much again.
    else if (record?.state !== 'catching-up') await this.#begin();
  }

  /** All that the read models know of, and of the store what they lack by now. */
  async #begin(): Promise<void> {
    const { projections, erasures } = this.parts;
    const { headOrdinal } = projections.record;
    const isKept = headOrdinal >= 0 || projections.status()[0]?.state === 'live';
    this.#add(await erasures.begun());
    this.#seen = isKept ? headOrdinal : undefined;
    this.#hasBegun = true;
  }

  /** What came into the record since, by its place. */
  #noteRecorded(seen: number): void {
    const { record } = this.parts.projections;
    let events = record.after(seen, readAtOnce);
    for (; events.length > 0; events = record.after(this.#seen ?? seen, readAtOnce)) {
      this.#add(events.flatMap(({ event: { type, stream } }) => (type === 'ContentErased' ? [stream] : [])));
      this.#seen = events.at(-1)?.ordinal;
    }
  }

  /** A record that has halted takes in nothing before the next start; the store tells what others have erased meanwhile. */
  async #noteStored(): Promise<void> {
    const { projections, erasures } = this.parts;
    const { record } = projections;
    const { streams, read } = await erasures.begunAfter(this.#read ?? record.positionAt(record.headOrdinal));
    this.#read = read;
    this.#add(streams);
  }

  #add(streams: Iterable<string>): void {
    for (const stream of streams) this.#left.set(stream, this.#left.get(stream) ?? false);
  }

  async #finish(stream: string): Promise<void> {
    const { erasures, removals, report } = this.parts;
    try {
      await erasures.finishLeft(stream, removals);
      this.#left.delete(stream);
    } catch (error) {
      if (error instanceof Unavailable || this.#left.get(stream) === true) return;
      this.#left.set(stream, true);
      report(error);
    }
  }
}
