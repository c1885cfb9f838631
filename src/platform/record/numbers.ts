import { Conflict, Damaged } from '#libs/event-store';
import type { EventStore } from '#libs/event-store';
import { Newest } from '#libs/newest';
import { appendTo, retrying } from './appending.js';
import { eventBeside, heldIn } from './beside.js';
import type { Ids } from './ids.js';
import { besideTheRecord } from './request-recorded.js';
import { namedInGuard } from './streams.js';

/** How many numbers one append takes at the most, of how many guards the end is remembered, and how many numbers are. */
const numbersAtOnceMax = 100;
const endsKept = 1_000;
const numbersKept = 10_000;

/** So many numbers at the end of a guard may be of raisings that a fall of the program broke off. */
const unsureMax = 256;

interface Waiting {
  readonly id: string;
  readonly taken: (numbers: ReadonlyMap<string, number>) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Hands out numbers, each once: the event at revision n of a guard stream names what has the number n, and the first one
 * whose numbers they are. So a number costs the same however many there are, and the store alone keeps two servers from
 * taking one. Those that are asked for while an append is under way are taken by the next one together.
 */
export class Numbers {
  readonly #waiting = new Map<string, Waiting[]>();
  readonly #ends = new Newest<bigint>(endsKept);
  /** Numbers by what was to have them, so that whoever repeats what broke off leaves no gap. */
  readonly #taken = new Newest<number>(numbersKept);

  constructor(
    private readonly store: EventStore,
    private readonly ids: Ids,
  ) {}

  /** The number after the highest, or the one that was taken for the same of late; whoever does not use it leaves a gap. */
  async next(guard: string, id: string): Promise<number> {
    const numbers = await new Promise<ReadonlyMap<string, number>>((taken, failed) => {
      const asking = { id, taken, failed };
      const waiting = this.#waiting.get(guard);
      if (waiting !== undefined) waiting.push(asking);
      else {
        this.#waiting.set(guard, [asking]);
        void besideTheRecord(() => this.#takeAll(guard));
      }
    });
    const number = numbers.get(id);
    if (number === undefined) throw new Error(`${guard} gave no number to ${id}.`);
    return number;
  }

  /** The number that `next` would give now; none is taken. */
  async ahead(guard: string, id: string): Promise<number> {
    const end = this.#ends.get(guard) ?? (await this.#endOf(guard));
    return this.#taken.get(`${guard} ${id}`) ?? Number(end) + 1;
  }

  /**
   * Sees to it that the number is taken, where an older copy of the store was put back that does not know of it; those below
   * it that nobody is known to have are given to the same id, which has another number, so they lead nowhere.
   */
  async again(guard: string, id: string, number: number): Promise<void> {
    for (let end = Number(await this.#endOf(guard)); end < number;) {
      const count = Math.min(number - end, numbersAtOnceMax);
      const [first, ...others] = Array.from({ length: count }, () =>
        eventBeside(this.ids, 'NumberReserved', { id }),
      );
      if (first === undefined) return;
      await appendTo(this.store, guard, [first, ...others], BigInt(end));
      end += count;
    }
  }

  async #takeAll(guard: string): Promise<void> {
    const waiting = this.#waiting.get(guard) ?? [];
    while (waiting.length > 0) {
      const batch = waiting.splice(0, numbersAtOnceMax);
      try {
        const numbers = await retrying(() => this.#take(guard, new Set(batch.map(({ id }) => id))));
        for (const { taken } of batch) taken(numbers);
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.#waiting.delete(guard);
  }

  async #take(guard: string, ids: ReadonlySet<string>): Promise<ReadonlyMap<string, number>> {
    const end = this.#ends.get(guard) ?? (await this.#endOf(guard));
    const numbers = new Map<string, number>();
    for (const id of ids) {
      const before = this.#taken.get(`${guard} ${id}`);
      if (before !== undefined) numbers.set(id, before);
    }
    const wanted = [...ids].filter((id) => !numbers.has(id));
    const [first, ...others] = wanted.map((id) => eventBeside(this.ids, 'NumberReserved', { id }));
    if (first === undefined) return numbers;
    // Until it is known what came of it.
    this.#ends.delete(guard);
    try {
      const { revision } = await appendTo(this.store, guard, [first, ...others], end);
      this.#reached(guard, revision);
    } catch (error) {
      // What another server has taken, a read on a cluster may not show yet.
      if (error instanceof Conflict && error.actual !== undefined) this.#reached(guard, error.actual);
      throw error;
    }
    for (const [at, id] of wanted.entries()) {
      numbers.set(id, Number(end) + 1 + at);
      this.#keep(guard, id, Number(end) + 1 + at);
    }
    return numbers;
  }

  async #endOf(guard: string): Promise<bigint> {
    let end: bigint | undefined;
    for await (const { data, revision } of heldIn(this.store, guard, { backwards: true, limit: unsureMax })) {
      end ??= revision;
      const id = revision === 0n ? undefined : namedInGuard(data);
      if (id !== undefined) this.#keep(guard, id, Number(revision));
    }
    if (end !== undefined) return end;
    throw new Damaged(
      `The stream ${guard} is not in the event store any more: it was deleted there by hand.`,
    );
  }

  #keep(guard: string, id: string, number: number): void {
    this.#taken.set(`${guard} ${id}`, number);
  }

  #reached(guard: string, revision: bigint): void {
    this.#ends.set(guard, revision);
  }
}
