import { Unavailable } from '#libs/event-store';
import type { Projections } from '#libs/projections';
import type { Timer } from '../record/timer.js';
import type { Erasures } from './erasures.js';

const lookEveryMs = 1_000;
const readAtOnce = 500;

interface Watched {
  readonly projections: {
    readonly record: Pick<Projections['record'], 'headOrdinal' | 'after'>;
    status(): readonly Pick<ReturnType<Projections['status']>[number], 'state'>[];
  };
  readonly erasures: Pick<Erasures, 'finishAll' | 'finishLeft'>;
  readonly timer: Timer;
  readonly report: (failure: unknown) => void;
}

/**
 * Erases what others have recorded as erased, however far the policies come: where those of one server fail at an event,
 * those of all others wait there for what follows from it, and would never hear of an erasure after it.
 */
export class ErasuresWatched {
  /** Streams of which something may be left, and whether that was reported. */
  readonly #left = new Map<string, boolean>();
  /** The last event of the record that was looked at; undefined until the record is level with the store. */
  #seen: number | undefined;

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
    } catch (error) {
      if (!(error instanceof Unavailable)) this.parts.report(error);
    }
    for (const stream of [...this.#left.keys()]) await this.#finish(stream);
  }

  /** What came since, by its place; while the record is read from its beginning that would be all of it. */
  async #note(): Promise<void> {
    const { projections, erasures } = this.parts;
    const [record] = projections.status();
    if (record?.state === 'catching-up' || record?.state === 'rebuilding') {
      this.#seen = undefined;
      return;
    }
    if (this.#seen === undefined) {
      const { headOrdinal } = projections.record;
      await erasures.finishAll();
      this.#seen = headOrdinal;
    }
    for (;;) {
      const events = projections.record.after(this.#seen, readAtOnce);
      for (const { ordinal, event } of events) {
        this.#seen = ordinal;
        if (event.type === 'ContentErased')
          this.#left.set(event.stream, this.#left.get(event.stream) ?? false);
      }
      if (events.length < readAtOnce) return;
    }
  }

  async #finish(stream: string): Promise<void> {
    try {
      await this.parts.erasures.finishLeft(stream);
      this.#left.delete(stream);
    } catch (error) {
      if (error instanceof Unavailable || this.#left.get(stream) === true) return;
      this.#left.set(stream, true);
      this.parts.report(error);
    }
  }
}
