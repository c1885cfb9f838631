import { waitForPosition } from '../record/read-your-writes.js';
import { statfs } from 'node:fs/promises';
import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Unavailable } from '#libs/event-store';
import { Problem } from '#libs/problem-details';
import type { ProjectionStatus } from '#libs/projections';
import { platformProblems } from '../problems/platform.problems.js';
import { Draining } from './http-server.js';
import { Metrics } from './metrics.js';
import { Operation } from '../access/operation.js';
import { readQuery, waiting } from './query.js';
import type { OpenRecord } from '../record.js';
import { RealTimer, within } from '../record/timer.js';
import { openRecordToken, settingsToken } from '../access/tokens.js';

/** Below this much free space the server says that it is not well, while it still can write. */
const freeBytesMin = 64 * 1024 * 1024;
/** Whoever asks gives up soon after a second, and an answer that comes later is none. */
const checkMs = 800;
/** A projection further behind than this serves stale lists. */
const lagMax = 5_000;

const unwell: ReadonlySet<string> = new Set(['halted', 'waiting']);

interface Check {
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

@Controller()
export class HealthController {
  constructor(
    @Inject(openRecordToken) private readonly record: OpenRecord,
    @Inject(settingsToken) private readonly settings: { readonly directory: string | undefined },
    private readonly draining: Draining,
    private readonly numbers: Metrics,
  ) {}

  @Get('livez')
  @Operation('livez')
  livez() {
    return { status: 'ok' };
  }

  @Get('readyz')
  @Operation('readyz')
  async readyz(@Query() query: unknown) {
    await waitForPosition(this.record, (await readQuery(waiting, query))['minPosition']);
    const [store, disk] = await Promise.all([
      this.#inTime('store', this.#store()),
      this.#inTime('disk', this.#disk()),
    ]);
    const checks = [store, ...this.#projections(), this.#policies(), disk, this.#drain()];
    const isReady = checks.every((one) => one.ok);
    if (isReady) return { status: 'ready', checks };
    const failing = checks.filter((one) => !one.ok).map((one) => `${one.name}: ${one.detail}`);
    throw new Problem(platformProblems.NOT_READY, {
      detail: `Not well: ${failing.join('; ')}.`,
      headers: { 'Retry-After': '1' },
      members: { checks: checks.map((one) => ({ ...one })) },
    });
  }

  @Get('metrics')
  @Operation('metrics')
  metrics(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    void reply.type(this.numbers.contentType);
    return this.numbers.text();
  }

  /** A disk that is gone from the network, or a cluster of which every node hangs, answers neither well nor ill. */
  async #inTime(name: string, check: Promise<Check>): Promise<Check> {
    const found = await within(new RealTimer(), checkMs, check);
    const why = name === 'store' ? this.#trouble() : '';
    return found ?? { name, ok: false, detail: `gives no answer within ${checkMs} ms${why}` };
  }

  /** What a cluster's connection knows of it, while an answer is waited for. */
  #trouble(): string {
    const trouble = this.record.store.trouble;
    return trouble === undefined ? '' : `: ${trouble.replace(/\.$/, '')}`;
  }

  async #store(): Promise<Check> {
    try {
      const head = await this.record.store.head();
      if (head !== undefined) this.record.projections.sawEnd(head);
      const { trouble } = this.record.store;
      if (trouble === undefined) return { name: 'store', ok: true, detail: 'answers' };
      return { name: 'store', ok: false, detail: trouble.replace(/\.$/, '') };
    } catch (error) {
      const says = error instanceof Unavailable ? error.message.replace(/\.$/, '') : 'does not answer';
      return { name: 'store', ok: false, detail: says };
    }
  }

  #projections(): Check[] {
    const all = this.record.projections.status();
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
      detail: this.record.lease.held ? 'run here' : 'run on another server',
    };
  }

  async #disk(): Promise<Check> {
    if (this.settings.directory === undefined) return { name: 'disk', ok: true, detail: 'in memory' };
    try {
      const { bavail, bsize } = await statfs(this.settings.directory);
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
