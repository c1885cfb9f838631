import { statfs } from 'node:fs/promises';
import { Inject, Injectable } from '@nestjs/common';
import { Unavailable } from '#libs/event-store';
import type { EventStore } from '#libs/event-store';
import { Problem } from '#libs/problem-details';
import { Projections } from '#libs/projections';
import type { ProjectionStatus } from '#libs/projections';
import { platformProblems } from '../problems/platform.problems.js';
import { Moments } from '../record/moments.js';
import { waitForPosition } from '../record/read-your-writes.js';
import { RealTimer, within } from '../record/timer.js';
import { leaseToken, storeToken } from '../record/tokens.js';
import { Draining } from './draining.js';
import { readQuery, waiting } from './query.js';

/** Below this much free space the server says that it is not well, while it still can write. */
const freeBytesMin = 64 * 1024 * 1024;
/** Whoever asks gives up soon after a second, and an answer that comes later is none. */
const checkMs = 800;
/** A projection further behind than this serves stale lists. */
const lagMax = 5_000;

const unwell: ReadonlySet<string> = new Set(['halted', 'waiting']);

export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** What is waited for is said, so that it can be mended; what halted says more in the log, for its words may be any. */
function detailOf({ state, lag, error }: ProjectionStatus, isCounted: boolean): string {
  if (error === undefined) {
    if (lag === undefined) return `${state}, nothing read yet of what the store holds`;
    return `${state}, ${isCounted ? '' : 'about '}${lag} behind`;
  }
  const reason = state === 'waiting' ? `: ${error.message.replace(/\.$/, '')}` : '';
  return `${state}${reason}`;
}

/** The folder whose disk has to have room; null where the record is in memory. */
export const folderToken = Symbol('the data folder');

/** Whether the server can do what it is there for. */
@Injectable()
export class Health {
  constructor(
    @Inject(storeToken) readonly store: EventStore,
    readonly projections: Projections,
    @Inject(leaseToken) private readonly lease: { readonly held: boolean },
    @Inject(folderToken) private readonly folder: string | null,
    private readonly draining: Draining,
    readonly moments: Moments,
  ) {}

  readonly #watched: (() => Check)[] = [];

  /** A room that stands higher says how it is, too. */
  watch(check: () => Check): void {
    this.#watched.push(check);
  }

  /** Throws the problem 503 where something is not well; waits for the position that the query names to be read. */
  async ready(query: unknown): Promise<{ readonly status: 'ready'; readonly checks: readonly Check[] }> {
    const { minPosition } = await readQuery(waiting, query);
    await waitForPosition(this, minPosition);
    const checks = await this.checks();
    const failing = checks.filter((one) => !one.ok).map((one) => `${one.name}: ${one.detail}`);
    if (failing.length === 0) return { status: 'ready', checks };
    throw new Problem(platformProblems.NOT_READY, {
      detail: `Not well: ${failing.join('; ')}.`,
      headers: { 'Retry-After': '1' },
      members: { checks: checks.map((one) => ({ ...one })) },
    });
  }

  async checks(): Promise<readonly Check[]> {
    const [store, disk] = await Promise.all([
      this.#inTime('store', this.#store()),
      this.#inTime('disk', this.#disk()),
    ]);
    return [
      store,
      ...this.#projections(),
      this.#policies(),
      disk,
      ...this.#watched.map((one) => one()),
      this.#drain(),
    ];
  }

  /** A disk that is gone from the network, or a cluster of which every node hangs, answers neither well nor ill. */
  async #inTime(name: string, check: Promise<Check>): Promise<Check> {
    const found = await within(new RealTimer(), checkMs, check);
    const why = name === 'store' ? this.#trouble() : '';
    return found ?? { name, ok: false, detail: `gives no answer within ${checkMs} ms${why}` };
  }

  /** What a cluster's connection knows of it, while an answer is waited for. */
  #trouble(): string {
    const trouble = this.store.trouble;
    return trouble === undefined ? '' : `: ${trouble.replace(/\.$/, '')}`;
  }

  async #store(): Promise<Check> {
    try {
      const head = await this.store.head();
      if (head !== undefined) this.projections.sawEnd(head);
      const { trouble } = this.store;
      if (trouble === undefined) return { name: 'store', ok: true, detail: 'answers' };
      return { name: 'store', ok: false, detail: trouble.replace(/\.$/, '') };
    } catch (error) {
      const says = error instanceof Unavailable ? error.message.replace(/\.$/, '') : 'does not answer';
      return { name: 'store', ok: false, detail: says };
    }
  }

  #projections(): Check[] {
    const all = this.projections.status();
    const isCounted = all[0]?.lag === 0;
    return all.map((one) => ({
      name: `projection ${one.name}`,
      ok: one.serves && !unwell.has(one.state) && one.lag !== undefined && one.lag <= lagMax,
      detail: detailOf(one, isCounted),
    }));
  }

  /** Either is well: one server of a cluster runs the policies, and the others follow. */
  #policies(): Check {
    return {
      name: 'policies',
      ok: true,
      detail: this.lease.held ? 'run here' : 'run on another server',
    };
  }

  async #disk(): Promise<Check> {
    if (this.folder === null) return { name: 'disk', ok: true, detail: 'in memory' };
    try {
      const { bavail, bsize } = await statfs(this.folder);
      return {
        name: 'disk',
        ok: bavail * bsize >= freeBytesMin,
        detail: `${Math.floor((bavail * bsize) / 1_048_576)} MiB free`,
      };
    } catch {
      return { name: 'disk', ok: false, detail: 'the data folder can not be looked at' };
    }
  }

  #drain(): Check {
    return {
      name: 'draining',
      ok: !this.draining.active,
      detail: this.draining.active ? 'shutting down' : 'no',
    };
  }
}
