import { Damaged } from '#libs/event-store';
import type { EventStore, Expected, JsonObject, Recorded } from '#libs/event-store';
import { appendTo, retrying } from '../platform/record/appending.js';
import { eventBeside, heldIn, readableIn } from '../platform/record/beside.js';
import type { Ids } from '../platform/record/ids.js';

/** One import as the register has it: enough to find it, and what is left of it, without reading any other. */
export interface Registered {
  readonly id: string;
  readonly principalId: string;
  /** Among all imports: the later, the greater. */
  readonly place: number;
  /** The revision at which it begins in its own stream; what was cleared away before may stand below. */
  readonly from: number;
  readonly begunAt: string;
  /** Files that were kept for it and are not cleared away yet: more than one where the same was sent twice at once. */
  readonly files: readonly string[];
  readonly overAt?: string;
}

type ImportBegun = Pick<Registered, 'id' | 'principalId' | 'from'> & { readonly fileId: string };

const stream = 'imports-register';
/** More than three events for each import that is kept, and so many that none of those is missed. */
const readMax = 8_000;

/**
 * Which imports there are: one short event where one begins, where it is over and its file is gone, and where it is cleared
 * away. Whoever starts, and whoever clears, reads this stream's end alone, whatever else the store holds.
 */
export class ImportRegister {
  readonly #known = new Map<string, Registered>();
  #next: number | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly ids: Ids,
  ) {}

  /** In the order in which they began. */
  get all(): readonly Registered[] {
    return [...this.#known.values()];
  }

  /** Those that are not over. */
  get left(): readonly Registered[] {
    return this.all.filter(({ overAt }) => overAt === undefined);
  }

  get(id: string): Registered | undefined {
    return this.#known.get(id);
  }

  /** Whether it was read once, so that an empty one says that there are none. */
  get isKnown(): boolean {
    return this.#next !== undefined;
  }

  /** Learns of what other servers have noted. An event that can't be read bars none of the others. */
  async refresh(): Promise<void> {
    try {
      await this.#read();
    } catch (error) {
      if (!(error instanceof Damaged)) throw error;
      const damaged = (revision: bigint) => {
        this.#next = Math.max(this.#next ?? 0, Number(revision) + 1);
      };
      const readable = readableIn(this.store, stream, BigInt(this.#next ?? 0), damaged);
      for await (const event of readable) this.#fold(event);
    }
  }

  async #read(): Promise<void> {
    if (this.#next === undefined) {
      const read = await Array.fromAsync(heldIn(this.store, stream, { backwards: true, limit: readMax }));
      for (const event of read.toReversed()) this.#fold(event);
      this.#next ??= 0;
      return;
    }
    for await (const event of heldIn(this.store, stream, { from: BigInt(this.#next) })) this.#fold(event);
  }

  /** Before anything of it is kept, so that nothing is left behind of which nobody knows. */
  begun(begun: ImportBegun): Promise<void> {
    return this.#append('ImportBegun', begun);
  }

  /** Its end is noted in its own stream, and its file is gone. */
  over(id: string): Promise<void> {
    return this.#append('ImportOver', { id });
  }

  gone(id: string): Promise<void> {
    return this.#append('ImportGone', { id });
  }

  #append(type: string, data: JsonObject): Promise<void> {
    return retrying(async () => {
      await this.refresh();
      const expected: Expected = this.#next === 0 ? 'no_stream' : BigInt((this.#next ?? 0) - 1);
      await appendTo(this.store, stream, [eventBeside(this.ids, type, data)], expected);
      await this.refresh();
    });
  }

  /** Each event once, whoever reads at the same time. */
  #fold({ type, data, revision, recordedAt }: Recorded): void {
    const place = Number(revision);
    if (this.#next !== undefined && place < this.#next) return;
    this.#next = place + 1;
    const { id } = data as unknown as Pick<Registered, 'id'>;
    const known = this.#known.get(id);
    if (type === 'ImportBegun') {
      const { principalId, from, fileId } = data as unknown as ImportBegun;
      const goesOn = known !== undefined && known.overAt === undefined;
      const begun = goesOn ? known : { id, principalId, place, begunAt: recordedAt, files: [] };
      if (!goesOn) this.#known.delete(id);
      this.#known.set(id, { ...begun, from, files: [...begun.files, fileId] });
    } else if (type === 'ImportGone') this.#known.delete(id);
    else if (known !== undefined) this.#known.set(id, { ...known, files: [], overAt: recordedAt });
  }
}
