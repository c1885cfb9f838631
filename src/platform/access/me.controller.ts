import { Controller, Get, Inject, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { meOf } from './me.js';
import { Operation } from './operation.js';
import { principalOf } from './principal.guard.js';
import type { RightsTable } from '../record/principal.js';
import { rightsToken } from './tokens.js';

/** Tells whoever asks who they are here. */
@Controller('v1/me')
export class MeController {
  constructor(@Inject(rightsToken) private readonly table: RightsTable) {}

  @Get()
  @Operation('getMe')
  me(@Req() request: FastifyRequest) {
    return meOf(principalOf(request), this.table);
  }
}
