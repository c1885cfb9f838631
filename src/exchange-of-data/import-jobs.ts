import { Conflict } from '#libs/event-store';
import type { EventStore, Expected, JsonObject, NewEvent } from '#libs/event-store';
import { Problem } from '#libs/problem-details';
import { canonicalBytes, sha256Hex } from '#libs/canonical';
import { appendTo } from '../platform/record/appending.js';
import { heldIn } from '../platform/record/beside.js';
import { platformProblems } from '../platform/problems/platform.problems.js';
import type { Clock } from '../platform/record/clock.js';
import type { Ids } from '../platform/record/ids.js';
import type { SpooledFile } from '../platform/http/spooled-file.js';
import { clearFile, clearStream, clearStrayFiles, fileChunkBytes, keepFile } from './import-files.js';
import { foldImport, importPrefix, readImport, streamOfImport } from './import-job.js';
import type { Asked, ImportEnded, ImportJob, ImportProgressed, ImportReceived } from './import-job.js';
import type { Fault } from './row.js';

/** How many imports of one principal wait or run at once. */
const openMax = 4;
/** How long one can ask what became of an import, and of how many. */
export const keptDays = 30;
const keptMax = 1_000;

/**
 * Imports, each in a stream beside the record. All servers on a store know all of them, and each stream tells how far its
 * import has come, so that whichever server goes on with it begins where nothing is done twice.
 */
export class ImportJobs {
  readonly #known = new Map<string, ImportJob>();
  #after: NonNullable<Awaited<ReturnType<EventStore['head']>>> | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  /** Takes a file; the same request sent again is answered with the job that it made before. */
  async receive(asked: Asked, key: string, file: SpooledFile, traceId: string) {
    const { id: principalId } = asked.principal;
    const id = this.ids.drawnFrom('import', principalId, key);
    const { name: _, ...principal } = asked.principal;
    const askedHash = sha256Hex(canonicalBytes(plain({ ...asked, principal, sha256: file.sha256 })));
    const earlier = async () => {
      // Asked for before the job is: what comes in between is not overwritten.
      const end = await this.#endOf(id);
      const job = await readImport(this.store, id);
      if (job === undefined || job.askedHash === askedHash) return { job, end };
      throw new Problem(platformProblems.IDEMPOTENCY_KEY_REUSED, {
        detail: 'This Idempotency-Key came before with another file or for something else.',
      });
    };
    const before = await earlier();
    if (before.job !== undefined) return { job: before.job, isRepeat: true };
    await this.refresh();
    this.#refuseTooMany(principalId);
    const fileId = this.ids.random();
    await keepFile({ store: this.store, ids: this.ids }, fileId, file.chunks(fileChunkBytes));
    const { bytes, sha256 } = file;
    const received: ImportReceived = { asked, askedHash, fileId, bytes, sha256, traceId };
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
    const job = await readImport(this.store, id);
    if (job === undefined) throw new Error(`The import ${id} was received, and is not there.`);
    this.#known.set(id, job);
    return { job, isRepeat: false };
  }

  #refuseTooMany(principalId: string): void {
    const open = [...this.#known.values()].filter(
      ({ asked, endedAt }) => endedAt === undefined && asked.principal.id === principalId,
    );
    if (open.length < openMax) return;
    throw new Problem(platformProblems.TOO_MANY_IMPORTS, {
      detail: `${open.length} imports of this principal are under way.`,
      headers: { 'Retry-After': '5' },
    });
  }

  /** Learns of what other servers have taken, or brought to an end. */
  async refresh(): Promise<void> {
    for (let more = true; more;) {
      more = false;
      const page = { filter: { streamPrefixes: [importPrefix] }, limit: 500 };
      const asked = this.#after === undefined ? page : { ...page, after: this.#after };
      for await (const message of this.store.readAll(asked)) {
        if (message.kind === 'caughtUp') continue;
        this.#after = message.kind === 'event' ? message.event.position : message.position;
        if (message.kind !== 'event') continue;
        more = true;
        const { event } = message;
        const id = event.stream.slice(importPrefix.length);
        const job = foldImport(this.#known.get(id), event);
        if (job === undefined) this.#known.delete(id);
        else this.#known.set(id, job);
      }
    }
  }

  /** The one that came first of those that are not at their end. */
  next(): ImportJob | undefined {
    return [...this.#known.values()].find(({ endedAt }) => endedAt === undefined);
  }

  async progressed(job: ImportJob, progress: ImportProgressed, faults: readonly Fault[]): Promise<ImportJob> {
    return this.#note(job, 'ImportProgressed', plain(progress), faults);
  }

  async ended(job: ImportJob, ended: ImportEnded, faults: readonly Fault[]): Promise<void> {
    await this.#note(job, 'ImportEnded', plain(ended), faults);
    await clearFile({ store: this.store }, job.fileId);
  }

  /** What is over for long is cleared away: files at once, the words of faults with their job. */
  async clear(): Promise<void> {
    await this.refresh();
    const jobs = [...this.#known.values()];
    const oldest = this.clock.now() - keptDays * 86_400_000;
    const over = jobs.filter(({ endedAt }) => endedAt !== undefined);
    const surplus = new Set(over.slice(0, Math.max(0, over.length - keptMax)));
    for (const job of over) {
      await clearFile({ store: this.store }, job.fileId);
      if (!surplus.has(job) && Date.parse(job.endedAt ?? '') > oldest) continue;
      await this.#append(job.id, 'ImportCleared', {}, job.revision);
      await clearStream(this.store, streamOfImport(job.id));
      this.#known.delete(job.id);
    }
    await clearStrayFiles(this.store, new Set(jobs.map(({ fileId }) => fileId)), this.clock.now());
  }

  async #note(job: ImportJob, type: string, data: JsonObject, faults: readonly Fault[]): Promise<ImportJob> {
    const content = faults.length === 0 ? null : plain({ faults });
    const { revision } = await this.#append(job.id, type, data, job.revision, content);
    const noted = { ...job, ...(data as object), revision } as ImportJob;
    const now = type === 'ImportEnded' ? { ...noted, endedAt: this.clock.iso() } : noted;
    this.#known.set(job.id, now);
    return now;
  }

  /** One that was cleared away may be asked for anew. */
  async #endOf(id: string): Promise<Expected> {
    for await (const { revision } of heldIn(this.store, streamOfImport(id), { backwards: true, limit: 1 }))
      return revision;
    return 'no_stream';
  }

  #append(id: string, type: string, data: JsonObject, expected: Expected, content: JsonObject | null = null) {
    const event: NewEvent = { id: this.ids.next(), type, data, content, salt: null, meta: {} };
    return appendTo(this.store, streamOfImport(id), [event], expected);
  }
}

function plain(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}
