import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { EventStore } from '#libs/event-store';
import { Problem } from '#libs/problem-details';
import { Projections } from '#libs/projections';
import { Operation } from '../access/operation.js';
import { platformProblems } from '../problems/platform.problems.js';
import { Moments } from '../record/moments.js';
import { waitForPosition } from '../record/read-your-writes.js';
import { storeToken } from '../record/tokens.js';
import { Health } from './health.js';
import { Metrics } from './metrics.js';
import { versionOf } from './program-version.js';
import type { Version } from './program-version.js';
import { readQuery, waiting } from './query.js';

@Controller()
export class HealthController {
  constructor(
    @Inject(storeToken) private readonly store: EventStore,
    private readonly projections: Projections,
    private readonly moments: Moments,
    private readonly health: Health,
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
    const { store, projections, moments } = this;
    await waitForPosition({ store, projections, moments }, (await readQuery(waiting, query))['minPosition']);
    const checks = await this.health.checks();
    const isReady = checks.every((one) => one.ok);
    if (isReady) return { status: 'ready', checks };
    const failing = checks.filter((one) => !one.ok).map((one) => `${one.name}: ${one.detail}`);
    throw new Problem(platformProblems.NOT_READY, {
      detail: `Not well: ${failing.join('; ')}.`,
      headers: { 'Retry-After': '1' },
      members: { checks: checks.map((one) => ({ ...one })) },
    });
  }

  @Get('v1/version')
  @Operation('getVersion')
  version(): Version {
    return versionOf();
  }

  @Get('metrics')
  @Operation('metrics')
  metrics(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    void reply.type(this.numbers.contentType);
    return this.numbers.text();
  }
}
