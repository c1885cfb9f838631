import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { choice, id, integer, line, list, means, optional, party } from '#libs/decider';
import type { MeantShape } from '#libs/decider';
import { Problem } from '#libs/problem-details';
import { classOf } from '../shapes/body-class.js';
import { Operation } from './operation.js';
import { platformProblems } from '../problems/platform.problems.js';
import { principalOf } from './principal.guard.js';
import { roleFault, roles } from '../record/principal.js';
import type { Role } from '../record/principal.js';
import { Reading } from '../record/reading.js';
import type { OpenRecord } from '../record.js';
import { sightOf } from './sight.js';
import { openRecordToken } from './tokens.js';
import { validated } from '../shapes/validation.js';

export const newKeyShape = {
  name: means(line(100), 'What people call the principal.'),
  party: optional(party, 'The party that it acts for; absent where it acts for none.'),
  roles: means(list(choice(...roles), 1, roles.length), 'What it may do.'),
  dialogues: optional(
    list(id, 1, 1_000),
    'Of a key without a party: the dialogues that it sees; all of them where left out.',
  ),
  days: optional(integer(1, 3_650), 'For how many days it holds; 365 unless given.'),
  principalId: optional(
    id,
    'The principal that it is for, where that has a key already; a new one where left out.',
  ),
} satisfies MeantShape;

const NewKey = classOf(newKeyShape);

interface NewKeyBody {
  readonly name: string;
  readonly party?: string;
  readonly roles: readonly Role[];
  readonly dialogues?: readonly string[];
  readonly days?: number;
  readonly principalId?: string;
}

/** API keys: operators make them, negotiators approve those of their party. A key is shown in one answer alone. */
@Controller('v1/keys')
export class KeysController {
  constructor(@Inject(openRecordToken) private readonly record: OpenRecord) {}

  @Get()
  @Operation('listKeys')
  async list(@Reading() record: OpenRecord, @Req() request: FastifyRequest) {
    const principal = principalOf(request);
    return { items: await record.keys.listFor(principal, sightOf(record, principal), record.present) };
  }

  @Post()
  @HttpCode(201)
  @Operation('makeKey')
  async make(@Body() raw: unknown, @Req() request: FastifyRequest) {
    const body = (await validated(NewKey, raw)) as unknown as NewKeyBody;
    const fault = roleFault(body, '"party"');
    if (fault !== undefined) {
      throw new Problem(platformProblems.VALIDATION_FAILED, {
        detail: fault,
        errors: [{ pointer: '/party', detail: fault }],
      });
    }
    const { key, credential } = await this.record.keys.make(
      { ...body, party: body.party ?? null, days: body.days ?? 365 },
      { as: 'operator', principalId: principalOf(request).id },
    );
    return { ...credential, key };
  }

  @Post(':id/revoke')
  @HttpCode(200)
  @Operation('revokeKey')
  async revoke(@Param('id') keyId: string) {
    return this.record.keys.revoke(keyId);
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Operation('approveKey')
  async approve(@Param('id') keyId: string, @Req() request: FastifyRequest) {
    return this.record.keys.approve(keyId, principalOf(request));
  }
}
