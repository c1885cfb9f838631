import { Problem, problemSlug } from '#libs/problem-details';
import { Damaged, EventStoreError } from '#libs/event-store';
import type { EventStore } from '#libs/event-store';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { rowsOf } from './file-rows.js';
import { bytesOfFile } from './import-files.js';
import { noCounts } from './import-job.js';
import type { Counts, ImportJob, ImportProgressed } from './import-job.js';
import type { ImportJobs } from './import-jobs.js';
import type { Importer, Taken } from './importing.js';
import type { Fault } from './row.js';

export const rowsMax = 20_000;
/** So many faults are kept for whoever mends a file; the others are counted. */
export const faultsMax = 10_000;
/** How often it is noted how far an import has come. */
const rowsBetween = 200;

export interface Running {
  readonly store: EventStore;
  readonly jobs: ImportJobs;
  readonly importer: Importer;
  /**
   * Whether it goes on; not where whoever sent the file has taken it back. Throws where they may not go on. Asked before
   * each row.
   */
  readonly goesOn: () => Promise<boolean>;
  readonly signal: AbortSignal;
  readonly report: (words: string, error: unknown) => void;
}

/**
 * Brings one file in, from its first row on: what an earlier run has recorded already is found to be there, so that one
 * that broke off goes on by beginning anew. A file that can't be read on ends it; rows that are refused do not.
 */
export async function run(job: ImportJob, running: Running): Promise<void> {
  const tally = new Tally(job);
  const { jobs, signal } = running;
  let noted = job;
  const cancelled = () => {
    const failure = {
      code: problemSlug(platformProblems.IMPORT_CANCELLED.code),
      detail: 'It was cancelled.',
    };
    return jobs.ended(noted, { ...tally.progressFrom(noted), state: 'failed', failure }, tally.takeFaults());
  };
  try {
    if (!(await running.goesOn())) return await cancelled();
    // What is in the record by then, and is found there, was recorded by another one.
    if (job.beganAt === undefined) noted = await jobs.progressed(job, tally.progress, []);
    for await (const read of rowsOf(
      bytesOfFile(running, job.fileId),
      job.asked.format,
      running.importer.refuseColumns,
    )) {
      if (signal.aborted) return;
      if (tally.counts.rows === rowsMax) throw tooLong();
      if (!(await running.goesOn())) return await cancelled();
      tally.add(await running.importer.take(read));
      // A run that goes on has nothing new to say before it comes to where the one before it ended.
      if (tally.counts.rows % rowsBetween === 0 && tally.progress.line > noted.line)
        noted = await jobs.progressed(noted, tally.progress, tally.takeFaults());
    }
    if (signal.aborted) return;
    await jobs.ended(noted, { ...tally.progress, state: 'done' }, tally.takeFaults());
  } catch (error) {
    const failure = failureIn(error);
    if (failure === undefined) throw error;
    if (failure.code === internal || error instanceof Damaged) running.report('An import failed.', error);
    await jobs.ended(noted, { ...tally.progress, state: 'failed', failure }, tally.takeFaults());
  }
}

const internal = problemSlug(platformProblems.INTERNAL.code);

/** Why the file can't be brought in; undefined where that passes, and the import goes on later. */
function failureIn(error: unknown): ImportJob['failure'] | undefined {
  if (error instanceof Damaged)
    return {
      code: problemSlug(platformProblems.UNREADABLE.code),
      detail: 'What was kept of the file is damaged in the event store: send it again.',
    };
  if (error instanceof EventStoreError) return undefined;
  if (!(error instanceof Problem)) return { code: internal, detail: platformProblems.INTERNAL.meaning };
  const { kind, detail } = error;
  return kind.status >= 500 ? undefined : { code: problemSlug(kind.code), detail };
}

function tooLong(): Problem {
  return new Problem(platformProblems.IMPORT_TOO_LONG, {
    detail: `The file has more than ${rowsMax.toLocaleString('en')} rows; those before are dealt with.`,
  });
}

/** Counts what became of rows, and holds their faults until they are noted. */
class Tally {
  #counts: Counts = noCounts;
  #line = 0;
  #faults = 0;
  #kept: number;
  readonly #notedLine: number;
  readonly #open: Fault[] = [];

  /** What an earlier run has noted is counted again, and not noted again. */
  constructor({ line, faults }: Pick<ImportJob, 'line' | 'faults'>) {
    this.#notedLine = line;
    this.#kept = Math.min(faults, faultsMax);
  }

  get counts(): Counts {
    return this.#counts;
  }

  get progress() {
    return { counts: this.#counts, line: this.#line, faults: this.#faults };
  }

  /** Not less than what an earlier run has come to, where this one has not come so far. */
  progressFrom(noted: ImportProgressed): ImportProgressed {
    const { counts, line, faults } = this.#line >= noted.line ? this.progress : noted;
    return { counts, line, faults };
  }

  add(taken: Taken): void {
    this.#line = taken.line;
    this.#counts = { ...this.#counts, rows: this.#counts.rows + 1, [taken.as]: this.#counts[taken.as] + 1 };
    if (taken.as !== 'refused') return;
    this.#faults += taken.faults.length;
    if (taken.line <= this.#notedLine) return;
    const room = faultsMax - this.#kept;
    this.#open.push(...taken.faults.slice(0, room));
    this.#kept += Math.min(room, taken.faults.length);
  }

  takeFaults(): readonly Fault[] {
    return this.#open.splice(0);
  }
}
