import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';

import { Unavailable } from '#libs/event-store';

export type ToCheckpoints = 'checkpoint' | 'close';

export type FromCheckpoints = 'written' | 'refused by the disk';

export interface OfCheckpoints {
  readonly path: string;
  /** Whether the thread has been asked for something and is not through with it: one or zero; two once it has ended. */
  readonly isAtWork: Int32Array<SharedArrayBuffer>;
}

interface Thread extends Pick<OfCheckpoints, 'isAtWork'> {
  readonly worker: Worker;
}

/** The thread runs from its source where this module does, and from its compiled form otherwise. */
const threadUrl = import.meta.url.endsWith('.ts')
  ? new URL('./checkpoint-thread.ts', import.meta.url)
  : new URL('./checkpoint-thread.js', import.meta.url);

/** Of 4 KiB each. The more there are, the more often one of them stands for several changes of the same place. */
const pagesMost = 8_000;
/** So few are written where they are waited for, in a few milliseconds. */
const share = 1 / 8;
/** Whoever writes without a rest leaves more behind each time than may be waited for; in the end that is waited for. */
const roundsMax = 4;
/** A disk that takes longer is not waited for by whoever must stand still meanwhile. */
const stillMs = 5_000;
const emptyAgainMs = 1_000;

/** Whose log is to be emptied as soon as that is possible. */
const owed = new WeakSet<DatabaseSync>();

/**
 * Has the log of a file written into the file by another thread: it waits for the disk, and whoever answers requests must
 * not. What is committed meanwhile is written here at the end, for the log begins anew only where nothing of it is left.
 */
export class BackgroundCheckpoints {
  readonly #most: number;
  readonly #state: StatementSync;
  #thread: Thread | undefined;
  #rounds = 0;
  /** Where there can be no thread, SQLite writes the log into the file within a commit, as it does for everybody. */
  #isAlone = false;

  /** `pages`: of how many pages the log is written into the file; 8,000 unless told. `source`: where the thread's program lies. */
  constructor(
    private readonly db: DatabaseSync,
    private readonly path: string,
    pages = pagesMost,
    private readonly source = threadUrl,
  ) {
    this.#most = pages;
    this.#state = db.prepare('PRAGMA wal_checkpoint(NOOP)');
  }

  /** After each commit, of which it changes nothing. */
  committed(): void {
    if (this.#rounds === 0 && !this.#isAlone && this.#pagesLeft() >= this.#most) this.#ask();
  }

  /** Before the file is closed, so that it is closed last here. */
  close(): void {
    if (this.#thread === undefined) return;
    this.settle();
    this.#send(this.#thread, 'close');
    this.settle();
    this.#thread = undefined;
  }

  /** Until the thread does nothing: while it does, nobody else can write the log into the file. False where it was given up. */
  settle(): boolean {
    return this.#thread === undefined || Atomics.wait(this.#thread.isAtWork, 0, 1, stillMs) !== 'timed-out';
  }

  /** How many pages of the log are not in the file. */
  #pagesLeft(): number {
    try {
      const { log, checkpointed } = this.#state.get() ?? {};
      return Number(log) - Number(checkpointed);
    } catch {
      return 0;
    }
  }

  #ask(): void {
    try {
      this.#thread ??= this.#begun();
    } catch {
      // The system may have no thread left: what was committed is committed all the same.
      this.#isAlone = true;
      return;
    }
    this.#rounds += 1;
    this.#send(this.#thread, 'checkpoint');
  }

  #send({ worker, isAtWork }: Thread, message: ToCheckpoints): void {
    Atomics.compareExchange(isAtWork, 0, 0, 1);
    worker.postMessage(message);
  }

  #begun(): Thread {
    const isAtWork = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const workerData: OfCheckpoints = { path: this.path, isAtWork };
    const worker = new Worker(this.source, { workerData, name: 'read-models-log' });
    worker.on('message', (answer: FromCheckpoints) => this.#answered(answer));
    worker.on('error', () => {
      this.#isAlone = true;
      this.#thread = undefined;
    });
    // It keeps no process running: what it was asked for can be left as it is.
    worker.unref();
    return { worker, isAtWork };
  }

  #answered(answer: FromCheckpoints): void {
    if (!this.db.isOpen) return;
    const left = this.#pagesLeft();
    const isMuch = left > this.#most * share;
    if (answer === 'written' && isMuch && this.#rounds < roundsMax) return this.#ask();
    this.#rounds = 0;
    if (answer === 'written' && left > 0) this.#writeRest();
  }

  #writeRest(): void {
    try {
      this.db.exec('PRAGMA wal_checkpoint(PASSIVE)');
    } catch {
      // What the disk refuses stays in the log, and is tried again once more has come.
    }
  }
}

/** Nothing else of this program may be writing the log into the file. Throws `Unavailable` where another program does. */
export function emptyLog(db: DatabaseSync): void {
  if (isEmptied(db)) return;
  emptyLater(db);
  throw new Unavailable(
    'Another program holds the read models, so words that were erased still stand in their log.',
  );
}

/** A crash may have come after words were erased and before the log was emptied: they stand in the file until it is. */
export function emptyLeftLog(db: DatabaseSync): void {
  try {
    emptyLog(db);
  } catch {
    // Full disks and other programs keep no server from starting; the log goes into the file once more has come.
  }
}

function isEmptied(db: DatabaseSync): boolean {
  return Number(db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy']) === 0;
}

/** Again and again, without waiting for who keeps it from that, who may do so for long. */
function emptyLater(db: DatabaseSync): void {
  if (owed.has(db)) return;
  owed.add(db);
  setTimeout(() => {
    owed.delete(db);
    if (db.isOpen && !isEmptiedAtOnce(db)) emptyLater(db);
  }, emptyAgainMs).unref();
}

function isEmptiedAtOnce(db: DatabaseSync): boolean {
  const waits = Number(db.prepare('PRAGMA busy_timeout').get()?.['timeout']);
  try {
    db.exec('PRAGMA busy_timeout = 0');
    return isEmptied(db);
  } catch {
    return false;
  } finally {
    db.exec(`PRAGMA busy_timeout = ${waits}`);
  }
}
