import { Conflict, Unavailable } from '#libs/event-store';
import type { EventStore, Expected, JsonObject } from '#libs/event-store';
import { Problem } from '#libs/problem-details';
import { retrying } from '../platform/record/appending.js';
import { heldIn } from '../platform/record/beside.js';
import { platformProblems } from '../platform/problems/platform.problems.js';
import type { Clock } from '../platform/record/clock.js';
import type { Ids } from '../platform/record/ids.js';
import type { SpooledFile } from '../platform/http/spooled-file.js';
import { clearImports, finishImport, pass } from './import-clearing.js';
import { clearFile, fileChunkBytes, keepFile } from './import-files.js';
import {
  appendToImport,
  isSameRequest,
  readImport,
  readImportEnds,
  readImportOn,
  streamOfImport,
} from './import-job.js';
import type { Asked, ImportEnded, ImportJob, ImportProgressed, ImportReceived } from './import-job.js';
import { ImportRegister } from './import-register.js';
import type { Fault } from './row.js';

/** How many imports of one principal wait or run at once. */
const openMax = 4;
/**
 * Imports, each in a stream beside the record, and the register that tells which there are. Each stream tells how far its
 * import has come, so that whichever server goes on with it begins where nothing is done twice.
 */
export class ImportJobs {
  readonly #register: ImportRegister;
  /** Those that are not at their end, in the order in which they began. */
  readonly #open = new Map<string, ImportJob>();

  constructor(
    readonly store: EventStore,
    readonly ids: Ids,
    private readonly clock: Clock,
  ) {
    this.#register = new ImportRegister(store, ids);
  }

  /** Takes a file; the same request sent again is answered with the job that it made before. */
  async receive(asked: Asked, key: string, file: SpooledFile, traceId: string) {
    const { id: principalId } = asked.principal;
    const id = this.ids.drawnFrom('import', principalId, key);
    const earlier = async () => {
      // Asked for before the job is: what comes in between is not overwritten.
      const end = await this.#endOf(id);
      const job = await readImport(this.store, id);
      if (job === undefined || isSameRequest(job, { asked, sha256: file.sha256 })) return { job, end };
      throw new Problem(platformProblems.IDEMPOTENCY_KEY_REUSED, {
        detail: 'This Idempotency-Key came before with another file or for something else.',
      });
    };
    const before = await earlier();
    if (before.job !== undefined) return { job: before.job, isRepeat: true };
    await this.refresh();
    this.#refuseTooMany(principalId);
    const fileId = this.ids.random();
    const from = typeof before.end === 'bigint' ? Number(before.end) + 1 : 0;
    await this.#register.begun({ id, principalId, fileId, from });
    await keepFile({ store: this.store, ids: this.ids }, fileId, file.chunks(fileChunkBytes));
    const { bytes, sha256 } = file;
    const received: ImportReceived = { asked, fileId, bytes, sha256, traceId };
    try {
      await this.#append(id, 'ImportReceived', plain(received), before.end);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      // The same request came twice at once, and the other was faster.
      await clearFile({ store: this.store }, fileId);
      const { job } = await earlier();
      if (job === undefined) throw error;
      return { job, isRepeat: true };
    }
    const job = await readImport(this.store, id, from);
    if (job === undefined) throw new Error(`The import ${id} was received, and is not there.`);
    await this.refresh();
    return { job, isRepeat: false };
  }

  #refuseTooMany(principalId: string): void {
    const open = [...this.#open.values()].filter(({ asked }) => asked.principal.id === principalId);
    if (open.length < openMax) return;
    throw new Problem(platformProblems.TOO_MANY_IMPORTS, {
      detail: `${open.length} imports of this principal are under way.`,
      headers: { 'Retry-After': '5' },
    });
  }

  /** Learns of what other servers have taken, or brought further. */
  async refresh(): Promise<void> {
    await this.#register.refresh();
    for (const { id } of this.#register.left) await this.#look(id).catch(pass);
    for (const id of this.#open.keys()) {
      const registered = this.#register.get(id);
      if (registered === undefined || registered.overAt !== undefined) this.#open.delete(id);
    }
  }

  /** The import as it stands now, as far as it is not at its end. */
  async #look(id: string): Promise<ImportJob | undefined> {
    const from = this.#register.get(id)?.from ?? 0;
    const known = this.#open.get(id);
    const job = await (known === undefined
      ? readImport(this.store, id, from)
      : readImportOn(this.store, known));
    const newer = this.#open.get(id);
    if (job === undefined || job.endedAt !== undefined) this.#open.delete(id);
    else if (newer === undefined || newer.revision <= job.revision) this.#open.set(id, job);
    return job;
  }

  /** The one that came first of those that are not at their end. */
  next(): ImportJob | undefined {
    const place = ({ id }: ImportJob) => this.#register.get(id)?.place ?? Infinity;
    return [...this.#open.values()].toSorted((one, other) => place(one) - place(other))[0];
  }

  /** Those of a principal from below a place on, the last first; no more than asked for. */
  async of(
    principalId: string,
    { below = Infinity, limit }: { readonly below?: number; readonly limit: number },
  ) {
    await this.refresh().catch((error: unknown) => {
      // As all that is read while the store is away: as it was last known here.
      if (!(error instanceof Unavailable) || !this.#register.isKnown) throw error;
    });
    const listed = this.#register.all
      .filter((one) => one.principalId === principalId && one.place < below)
      .toSorted((one, other) => other.place - one.place)
      .slice(0, limit);
    const rows = listed.map(async ({ id, place, from }) => ({
      place,
      job: this.#open.get(id) ?? (await readImportEnds(this.store, id, from)),
    }));
    return Promise.all(rows);
  }

  /** Only what was sent is found: a file that is still on its way is nothing yet. */
  async find(id: string): Promise<ImportJob | undefined> {
    return readImport(this.store, id);
  }

  /** It goes no further from here on; what it has recorded stays recorded. Throws where it is at its end. */
  cancel(id: string): Promise<ImportJob> {
    return retrying(async () => {
      const job = await this.find(id);
      if (job === undefined)
        throw new Problem(platformProblems.NOT_FOUND, { detail: `There is no import ${id}.` });
      if (job.isCancelled === true) return job;
      if (job.endedAt !== undefined)
        throw new Problem(platformProblems.IMPORT_OVER, {
          detail: `It is ${job.state}, and ${job.counts.recorded.toLocaleString('en')} of its rows were recorded.`,
        });
      const { revision } = await this.#append(id, 'ImportCancelled', {}, job.revision);
      const cancelled: ImportJob = { ...job, isCancelled: true, revision };
      if (this.#open.has(id)) this.#open.set(id, cancelled);
      return cancelled;
    });
  }

  /** Whether it was cancelled at this server. */
  wasCancelledHere({ id }: ImportJob): boolean {
    return this.#open.get(id)?.isCancelled === true;
  }

  /** Whether it was cancelled at whichever server. */
  async isCancelled({ id }: ImportJob): Promise<boolean> {
    return (await this.#look(id))?.isCancelled === true;
  }

  async progressed(job: ImportJob, progress: ImportProgressed, faults: readonly Fault[]): Promise<ImportJob> {
    return this.#note(job, 'ImportProgressed', plain(progress), faults);
  }

  async ended(job: ImportJob, ended: ImportEnded, faults: readonly Fault[]): Promise<void> {
    await this.#note(job, 'ImportEnded', plain(ended), faults);
    await finishImport({ store: this.store, register: this.#register }, job.id);
    this.#open.delete(job.id);
  }

  /** What is over for long is cleared away with the words of its faults, and what a fall has left behind at once. */
  async clear(): Promise<void> {
    await this.refresh();
    const { store, ids, clock } = this;
    const isOpen = (id: string) => this.#open.has(id);
    await clearImports({ store, ids, register: this.#register, isOpen, now: clock.now() });
  }

  /** After whatever the import itself has noted; what was asked of it meanwhile stays. */
  async #note(job: ImportJob, type: string, data: JsonObject, faults: readonly Fault[]): Promise<ImportJob> {
    const content = faults.length === 0 ? null : plain({ faults });
    const noted = await retrying(async () => {
      const present = await readImportOn(this.store, job);
      if (present?.line !== job.line || present.endedAt !== undefined) return undefined;
      const { revision } = await this.#append(job.id, type, data, present.revision, content);
      return { ...present, ...(data as object), revision };
    });
    // Another server goes on with it.
    if (noted === undefined) throw new Conflict(streamOfImport(job.id), job.revision);
    if (type !== 'ImportEnded') this.#open.set(job.id, noted);
    return noted;
  }

  /** One that was cleared away may be asked for anew. */
  async #endOf(id: string): Promise<Expected> {
    for await (const { revision } of heldIn(this.store, streamOfImport(id), { backwards: true, limit: 1 }))
      return revision;
    return 'no_stream';
  }

  #append(id: string, type: string, data: JsonObject, expected: Expected, content: JsonObject | null = null) {
    return appendToImport(this, { id, type, data, content }, expected);
  }
}

function plain(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}
