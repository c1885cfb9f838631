import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Operation } from '../access/operation.js';
import { Metrics } from './metrics.js';
import { versionOf } from './program-version.js';
import type { Version } from './program-version.js';

/** What else is told of the server; the probes are routes of Fastify's own (`probes.ts`). */
@Controller()
export class HealthController {
  constructor(private readonly numbers: Metrics) {}

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
