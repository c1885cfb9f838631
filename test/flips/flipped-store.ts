import { copyFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteEventStore } from '#libs/event-store-sqlite';
import type { Alarm } from '../../src/ledger/alarm.js';
import { LedgerProjection } from '../../src/ledger/ledger.projection.js';
import { Logs } from '../../src/ledger/logs.js';
import { Scrubber } from '../../src/ledger/scrubber.js';
import { besidePrefixes } from '../../src/platform/kept-beside.js';
import { SystemClock } from '../../src/platform/record/clock.js';
import { Ids } from '../../src/platform/record/ids.js';
import { openRecord } from '../../src/platform/record.js';
import type { OpenRecord } from '../../src/platform/record.js';
import { slices } from '../../src/slices.js';
import { changedRows, flipIn, flippedCopy, PlainFile, rowPlace } from './bits.js';
import type { Flip, Row } from './bits.js';

/**
 * What became of a flip. `refused`: SQLite, or the store as it opens, says that the file is damaged. `alarm`: the scrubber
 * names leaf and reason. `nothing`: every event is read as before, by its place, its stream and in order. `missed`: an
 * event is another one, and nobody says so.
 */
export type Fate = 'refused' | 'alarm' | 'nothing' | 'missed';

export interface Told {
  readonly flip: Flip;
  readonly fate: Fate;
  /** The words in which it was found, or what was missed. */
  readonly words: string;
}

/** A flip that changed one event of a log and can be looked at together with those of other logs. */
interface Single {
  readonly flip: Flip;
  readonly log: string;
  readonly seq: number;
}

/** A stopped store whose leaves were derived before, and copies of it with bits flipped, held against them. */
export class FlippedStore implements AsyncDisposable {
  #singles: Single[] = [];
  readonly told: Told[] = [];

  private constructor(
    private readonly folder: string,
    /** Where copies lie. */
    private readonly place: string,
    private readonly record: OpenRecord,
    private readonly logs: Logs,
    private readonly rows: readonly Row[],
  ) {}

  static async open(folder: string): Promise<FlippedStore> {
    const place = mkdtempSync(join(tmpdir(), 'entente-flips-'));
    const directory = join(place, 'record');
    cpSync(folder, directory, { recursive: true });
    const projection = new LedgerProjection();
    const record = await openRecord({
      slices,
      followers: [projection],
      clock: new SystemClock(),
      ids: new Ids(),
      directory,
      storeUrl: undefined,
      onIncident: () => undefined,
      onConnection: () => undefined,
      onFatal: () => undefined,
    });
    if ((await record.projections.settled({ timeoutMs: 600_000 })) !== 'reached')
      throw new Error('The read models do not come to the end of the store.');
    using file = new PlainFile(folder);
    return new FlippedStore(folder, place, record, new Logs(record.projections, projection), file.rows());
  }

  get events(): number {
    return this.rows.length;
  }

  /** Says what becomes of each; of those that changed one event each, many are looked at in one round of the scrubber. */
  async flip(flips: readonly Flip[], perRound: number): Promise<void> {
    const copy = flippedCopy(this.folder, join(this.place, 'plain'), []);
    for (const flip of flips) {
      flipIn(copy, flip);
      await this.#judge(flip, copy);
      flipIn(copy, flip);
      if (this.#singles.length >= perRound) await this.#scrubSingles();
    }
    while (this.#singles.length > 0) await this.#scrubSingles();
  }

  async #judge(flip: Flip, copy: string): Promise<void> {
    const found = lookedAt(copy, this.rows);
    if (found === 'nothing') return this.#tell(flip, 'nothing', '');
    const [row, ...others] = typeof found === 'string' ? [] : found;
    const { projections } = this.record;
    const ordinal =
      row &&
      projections.record.ordinalOf(String(row[rowPlace.stream]), BigInt(row[rowPlace.revision] as number));
    const { log = '', seq = -1 } = (ordinal !== undefined && projections.record.byOrdinal(ordinal)) || {};
    if (others.length === 0 && log !== '') this.#singles.push({ flip, log, seq });
    else await this.#alone(flip);
  }

  #tell(flip: Flip, fate: Fate, words: string): void {
    this.told.push({ flip, fate, words });
  }

  async #alone(flip: Flip): Promise<void> {
    const { alarms, refusal } = await this.check([flip]);
    const [alarm] = alarms;
    if (refusal !== undefined) this.#tell(flip, 'refused', refusal);
    else if (alarm !== undefined) this.#tell(flip, 'alarm', alarm.because);
    else this.#tell(flip, 'missed', this.#whatChanged(flip));
  }

  #whatChanged(flip: Flip): string {
    const copy = flippedCopy(this.folder, join(this.place, 'missed'), [flip]);
    using file = new PlainFile(copy);
    const [row] = changedRows(this.rows, file.rows());
    return row === undefined
      ? 'only how events are found'
      : `${String(row[rowPlace.stream])}: ${String(row[4])}`;
  }

  async #scrubSingles(): Promise<void> {
    const now = [...new Map(this.#singles.map((one) => [one.log, one])).values()];
    this.#singles = this.#singles.filter((one) => !now.includes(one));
    await this.#scrub(now);
  }

  /** One of each log. Where the file can't be read to its end because of one of them, each half is looked at by itself. */
  async #scrub(singles: readonly Single[]): Promise<void> {
    const { alarms, refusal } = await this.check(singles.map(({ flip }) => flip));
    const [first] = singles;
    if (refusal !== undefined && singles.length === 1 && first)
      return this.#tell(first.flip, 'refused', refusal);
    if (refusal !== undefined) {
      const half = singles.length >> 1;
      await this.#scrub(singles.slice(0, half));
      return this.#scrub(singles.slice(half));
    }
    for (const { flip, log, seq } of singles) {
      const alarm = alarms.find(({ dialogueId }) => dialogueId === log);
      if (alarm?.seq === seq) this.#tell(flip, 'alarm', alarm.because);
      else this.#tell(flip, 'missed', `leaf ${seq} of ${log}`);
    }
  }

  /** What the server does at its start: the store is opened, and the scrubber goes through it once. */
  async check(
    flips: readonly Flip[],
  ): Promise<{ readonly alarms: readonly Alarm[]; readonly refusal?: string }> {
    const directory = flippedCopy(this.folder, join(this.place, 'checked'), flips);
    const { projections, registry } = this.record;
    let [store, alarms]: [SqliteEventStore | undefined, readonly Alarm[]] = [undefined, []];
    try {
      store = await SqliteEventStore.open({ directory, onFatal: () => undefined });
      const parts = {
        store,
        record: projections.record,
        logs: this.logs,
        prefixes: registry.streamPrefixes,
        beside: { prefixes: besidePrefixes, at: projections.beside.at },
        // Nothing was erased in these records.
        erasedIn: () => Promise.resolve(new Set<string>()),
      };
      const scrubber = new Scrubber(parts, () => undefined);
      while (!(await scrubber.go()));
      alarms = scrubber.alarms;
      return { alarms };
    } catch (error) {
      return { alarms, refusal: error instanceof Error ? error.message : String(error) };
    } finally {
      await store?.close();
    }
  }

  /** The folder as it was, read models and all, with a bit flipped in its store. */
  whole(flip: Flip): string {
    const folder = join(this.place, 'whole');
    rmSync(folder, { recursive: true, force: true });
    cpSync(this.folder, folder, { recursive: true });
    const copy = flippedCopy(this.folder, join(this.place, 'one'), [flip]);
    copyFileSync(join(copy, 'store.sqlite'), join(folder, 'store.sqlite'));
    return folder;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.record.close();
    rmSync(this.place, { recursive: true, force: true });
  }
}

/** The events that a plain reading of the file gives differently; `nothing` where it finds each as it was. */
function lookedAt(copy: string, rows: readonly Row[]): readonly Row[] | 'nothing' | 'damaged' {
  try {
    using file = new PlainFile(copy);
    const changed = changedRows(rows, file.rows());
    if (changed.length > 0) return changed;
    return file.isWhole() || file.finds(rows) ? 'nothing' : 'damaged';
  } catch {
    return 'damaged';
  }
}
