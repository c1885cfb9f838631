import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { EventStore } from '#libs/event-store';
import { Problem } from '#libs/problem-details';
import { trustedMs } from '../platform/access/asking-again.js';
import { Credentials } from '../platform/access/credentials.js';
import { isActive, principalOf } from '../platform/access/credential.js';
import { sees } from '../platform/access/sight.js';
import { rightsToken } from '../platform/access/tokens.js';
import { Deciding } from '../platform/commands/deciding.js';
import { Recorder } from '../platform/commands/recorder.service.js';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { Clock } from '../platform/record/clock.js';
import { EventRegistry } from '../platform/record/event-registry.js';
import type { Principal, RightsTable } from '../platform/record/principal.js';
import { StoredStreams } from '../platform/record/stored-streams.js';
import { RealTimer } from '../platform/record/timer.js';
import { leaseToken, storeToken } from '../platform/record/tokens.js';
import { Acts } from './acts.js';
import type { ImportJob } from './import-job.js';
import { ImportJobs } from './import-jobs.js';
import { run } from './import-run.js';
import { Importer } from './importing.js';
import { Trouble } from './import-trouble.js';
import { OverlayStore } from './overlay-store.js';
import { reportToken } from './tokens.js';

/** How soon another server's imports are seen, and a store that failed is tried again. */
const lookAgainMs = 1_000;
/** What is over is looked through so often. */
const clearEveryMs = 60 * 60 * 1_000;
/** Whoever signed in by an access token can't be asked about later; the import holds so long. */
const tokenHoldsMs = 60 * 60 * 1_000;

/** Brings files in, one after the other, in the background; of several servers the one that draws consequences does it. */
@Injectable()
export class ImportRunner implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #ended = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #wake = new AbortController();

  constructor(
    private readonly jobs: ImportJobs,
    private readonly acts: Acts,
    private readonly recorder: Recorder,
    private readonly registry: EventRegistry,
    private readonly credentials: Credentials,
    private readonly clock: Clock,
    @Inject(storeToken) private readonly store: EventStore,
    @Inject(rightsToken) private readonly rights: RightsTable,
    @Inject(leaseToken) private readonly lease: { readonly held: boolean },
    @Inject(reportToken) private readonly report: (words: string, error: unknown) => void,
  ) {}

  onApplicationBootstrap(): void {
    this.#running = this.#run();
  }

  /** What has not come to its end goes on at the next start. */
  async onApplicationShutdown(): Promise<void> {
    this.#ended.abort();
    this.#wake.abort();
    await this.#running;
  }

  /** Something has come in. */
  wake(): void {
    this.#wake.abort();
  }

  async #run(): Promise<void> {
    const timer = new RealTimer();
    const trouble = new Trouble(this.report);
    let clearedAt: number | undefined;
    while (!this.#ended.signal.aborted) {
      this.#wake = new AbortController();
      const goesOn = await this.#turn(clearedAt).then(
        (at) => {
          clearedAt = at;
          return true;
        },
        (error: unknown) => {
          trouble.tell(error);
          return false;
        },
      );
      if (this.#ended.signal.aborted) return;
      if (goesOn) trouble.over();
      // With a store in our own hands nothing comes in but by this server.
      const waitMs = goesOn && this.store.headKept !== undefined ? clearEveryMs : lookAgainMs;
      if (goesOn && this.jobs.next() !== undefined && this.lease.held) continue;
      await timer
        .wait(waitMs, AbortSignal.any([this.#ended.signal, this.#wake.signal]))
        .catch(() => undefined);
    }
  }

  async #turn(clearedAt: number | undefined): Promise<number | undefined> {
    await this.jobs.refresh();
    if (!this.lease.held) return clearedAt;
    const now = this.clock.elapsed();
    const isDue = clearedAt === undefined || now - clearedAt >= clearEveryMs;
    if (isDue) await this.jobs.clear();
    const job = this.jobs.next();
    if (job !== undefined) await this.#bringIn(job);
    return isDue ? now : clearedAt;
  }

  async #bringIn(job: ImportJob): Promise<void> {
    const { asked, traceId, receivedAt: sentAt, beganAt } = job;
    const recorder = asked.dryRun ? this.#trying() : this.recorder;
    const { dialogueId, mapping } = asked;
    const { acts, rights, jobs, store } = this;
    const importer = new Importer({
      ...{ recorder, acts, rights, dialogueId, mapping, traceId, sentAt, beganAt },
      principal: asked.principal,
    });
    let askedAt: number | undefined;
    // With the rights of today: roles may have changed since the file was sent, or a key may have ended.
    const goesOn = async () => {
      const now = this.clock.elapsed();
      if (askedAt !== undefined && now - askedAt < trustedMs) return !jobs.wasCancelledHere(job);
      askedAt = now;
      importer.as(await this.#principalNow(job));
      return !(await jobs.isCancelled(job));
    };
    const { signal } = this.#ended;
    await run(job, { store, jobs, importer, goesOn, signal, report: this.report });
  }

  /** The same rules on a store in which nothing stays; what follows in other entries is not drawn there. */
  #trying(): Recorder {
    const { ids, logs, clock } = this.recorder.deciding;
    const streams = new StoredStreams(new OverlayStore(this.store, clock), this.registry);
    const erasures = { finish: () => Promise.resolve() };
    return new Recorder(new Deciding(streams, ids, logs, clock, erasures, async (_, seen) => seen));
  }

  /** Whoever sent the file. Throws where no key of theirs opens anything any more, or not this dialogue. */
  async #principalNow({ asked: { principal, dialogueId }, receivedAt }: ImportJob): Promise<Principal> {
    const present =
      principal.token === undefined
        ? await this.#byKey(principal.id)
        : this.clock.now() - Date.parse(receivedAt) < tokenHoldsMs && principal;
    if (!present || !(await sees(this.recorder.streams, present, dialogueId))) throw gone();
    return present;
  }

  /** By its newest key. */
  async #byKey(principalId: string): Promise<Principal | undefined> {
    const now = this.clock.now();
    const keys = await this.credentials.list();
    const key = keys.findLast((one) => one.principalId === principalId && isActive(one, now));
    return key && principalOf(key);
  }
}

function gone(): Problem {
  return new Problem(platformProblems.UNAUTHENTICATED, {
    detail: 'The key by which the file was sent opens nothing any more, or not this dialogue.',
  });
}
