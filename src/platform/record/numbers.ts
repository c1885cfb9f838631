import { Conflict, Damaged } from '#libs/event-store';
import type { EventStore, NewEvent } from '#libs/event-store';
import { appendTo, retrying } from './appending.js';
import { eventBeside, heldIn } from './beside.js';
import type { Ids } from './ids.js';
import { hasRecorded } from './request-recorded.js';

/** How many numbers one append takes at the most, and of how many guards the end is remembered. */
const numbersAtOnceMax = 100;
const endsKept = 1_000;

interface Waiting {
  readonly id: string;
  readonly taken: (number: number) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Hands out numbers, each once: the event at revision n of a guard stream names what has the number n, and the first one
 * whose numbers they are. So a number costs the same however many there are, and the store alone keeps two servers from
 * taking one. Those that are asked for while an append is under way are taken by the next one together.
 */
export class Numbers {
  readonly #waiting = new Map<string, Waiting[]>();
  readonly #ends = new Map<string, bigint>();

  constructor(
    private readonly store: EventStore,
    private readonly ids: Ids,
  ) {}

  /** The number after the highest; whoever does not use it leaves a gap. */
  async next(guard: string, id: string): Promise<number> {
    const number = await new Promise<number>((taken, failed) => {
      const asking = { id, taken, failed };
      const waiting = this.#waiting.get(guard);
      if (waiting !== undefined) waiting.push(asking);
      else {
        this.#waiting.set(guard, [asking]);
        void this.#takeAll(guard);
      }
    });
    hasRecorded();
    return number;
  }

  async #takeAll(guard: string): Promise<void> {
    const waiting = this.#waiting.get(guard) ?? [];
    while (waiting.length > 0) {
      const [first, ...others] = waiting.splice(0, numbersAtOnceMax);
      if (first === undefined) break;
      try {
        const number = await this.#take(guard, [first, ...others]);
        for (const [at, { taken }] of [first, ...others].entries()) taken(number + at);
      } catch (error) {
        for (const { failed } of [first, ...others]) failed(error);
      }
    }
    this.#waiting.delete(guard);
  }

  /** The first of as many numbers as are asked for. */
  async #take(guard: string, [first, ...others]: readonly [Waiting, ...Waiting[]]): Promise<number> {
    const reserved = ({ id }: Waiting) => eventBeside(this.ids, 'NumberReserved', { id });
    const events: [NewEvent, ...NewEvent[]] = [reserved(first), ...others.map(reserved)];
    return retrying(async () => {
      const end = this.#ends.get(guard) ?? (await this.#endOf(guard));
      // Until it is known what came of it.
      this.#ends.delete(guard);
      try {
        const { revision } = await appendTo(this.store, guard, events, end);
        this.#reached(guard, revision);
        return Number(end) + 1;
      } catch (error) {
        // What another server has taken, a read on a cluster may not show yet.
        if (error instanceof Conflict && error.actual !== undefined) this.#reached(guard, error.actual);
        throw error;
      }
    });
  }

  async #endOf(guard: string): Promise<bigint> {
    for await (const { revision } of heldIn(this.store, guard, { backwards: true, limit: 1 }))
      return revision;
    throw new Damaged(
      `The stream ${guard} is not in the event store any more: it was deleted there by hand.`,
    );
  }

  #reached(guard: string, revision: bigint): void {
    this.#ends.delete(guard);
    this.#ends.set(guard, revision);
    const [oldest] = this.#ends.keys();
    if (this.#ends.size > endsKept && oldest !== undefined) this.#ends.delete(oldest);
  }
}
