import { Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Infer } from '#libs/decider';
import { Problem } from '#libs/problem-details';
import { Sent } from '../shapes/body.pipe.js';
import { BoundIssuers } from './bound-issuers.js';
import { Keys } from './keys.js';
import { newKeyShape } from './new-key.js';
import { Operation } from './operation.js';
import { platformProblems } from '../problems/platform.problems.js';
import { principalOf } from './principal.guard.js';
import { roleFault } from '../record/principal.js';
import { Reading } from '../record/reading.js';
import type { RecordRead } from '../record/reading.js';
import { sightOf } from './sight.js';

/** API keys: operators make them, negotiators approve those of their party. A key is shown in one answer alone. */
@Controller('v1/keys')
export class KeysController {
  constructor(
    private readonly keys: Keys,
    private readonly issuers: BoundIssuers,
  ) {}

  @Get()
  @Operation('listKeys')
  async list(@Reading() record: RecordRead, @Req() request: FastifyRequest) {
    const principal = principalOf(request);
    const items = await this.keys.listFor(principal, sightOf(record, principal), record.present);
    return { items, issuers: this.issuers.shownTo(principal) };
  }

  @Post()
  @HttpCode(201)
  @Operation('makeKey')
  async make(@Sent(newKeyShape) body: Infer<typeof newKeyShape>, @Req() request: FastifyRequest) {
    const fault = roleFault(body, '"party"');
    if (fault !== undefined) {
      throw new Problem(platformProblems.VALIDATION_FAILED, {
        detail: fault,
        errors: [{ pointer: '/party', detail: fault }],
      });
    }
    const { key, credential } = await this.keys.make(
      { ...body, party: body.party ?? null, days: body.days ?? 365 },
      { as: 'operator', principalId: principalOf(request).id },
    );
    return { ...credential, key };
  }

  @Post(':id/revoke')
  @HttpCode(200)
  @Operation('revokeKey')
  async revoke(@Param('id') keyId: string) {
    return this.keys.revoke(keyId);
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Operation('approveKey')
  async approve(@Param('id') keyId: string, @Req() request: FastifyRequest) {
    return this.keys.approve(keyId, principalOf(request));
  }
}
