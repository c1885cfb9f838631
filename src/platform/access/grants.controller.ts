import { Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { id, means } from '#libs/decider';
import type { Infer, MeantShape } from '#libs/decider';
import { grantsIn } from './grants.js';
import { Keys } from './keys.js';
import { Operation } from './operation.js';
import { principalOf } from './principal.guard.js';
import { Reading } from '../record/reading.js';
import type { RecordRead } from '../record/reading.js';
import { Sent } from '../shapes/body.pipe.js';
import { sightOf } from './sight.js';

export const grantShape = {
  principalId: means(id, 'The principal, as its keys name it.'),
  dialogue: means(id, 'The dialogue.'),
} satisfies MeantShape;
type Grant = Infer<typeof grantShape>;

/** Which dialogues those see who act for no party. */
@Controller('v1/grants')
export class GrantsController {
  constructor(private readonly keys: Keys) {}

  @Get()
  @Operation('listGrants')
  async list(@Reading() record: RecordRead, @Req() request: FastifyRequest) {
    const principal = principalOf(request);
    return {
      items: grantsIn(await this.keys.listFor(principal, sightOf(record, principal), record.present)),
    };
  }

  @Post()
  @HttpCode(200)
  @Operation('grantDialogue')
  async grant(@Sent(grantShape) { principalId, dialogue }: Grant, @Reading() { present }: RecordRead) {
    return this.keys.grants.grant(principalId, dialogue, present);
  }

  @Post('withdraw')
  @HttpCode(200)
  @Operation('withdrawDialogue')
  async withdraw(@Sent(grantShape) { principalId, dialogue }: Grant) {
    return this.keys.grants.withdraw(principalId, dialogue);
  }
}
