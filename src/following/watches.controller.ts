import { Controller, Get, HttpCode, Param, Post, Query as QueryParam, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Infer } from '#libs/decider';
import { Operation } from '../platform/access/operation.js';
import { principalOf } from '../platform/access/principal.guard.js';
import { Answer } from '../platform/commands/answer.js';
import { readQuery } from '../platform/http/query.js';
import { waitForPosition } from '../platform/record/read-your-writes.js';
import { Reading } from '../platform/record/reading.js';
import type { RecordRead } from '../platform/record/reading.js';
import { Sent } from '../platform/shapes/body.pipe.js';
import { nextLink } from '../reading/cursor.js';
import { digestOf, digestParameters } from './digest.js';
import { FollowingChanges } from './following-changes.js';
import { Followings } from './followings.js';
import { feedKinds } from './follower.js';
import type { Following, Watch } from './follower.js';
import { addressShape, lookShape, newWatchShape } from './watch-shapes.js';

function shownWatch({ after: _, ...watch }: Watch) {
  return watch;
}

function shownFollowing({ watches, addresses }: Following) {
  const made = feedKinds.map((kind) => [kind, addresses[kind]?.madeAt ?? null] as const);
  return { items: watches.map(shownWatch), addresses: Object.fromEntries(made) };
}

/** What the principal who asks follows; nobody else sees it, and nothing of it is an act. */
@Controller('v1/watches')
export class WatchesController {
  constructor(
    private readonly followings: Followings,
    private readonly changes: FollowingChanges,
  ) {}

  @Get()
  @Operation('listWatches')
  async list(@Reading() record: RecordRead, @Req() request: FastifyRequest) {
    return shownFollowing(await this.followings.of(principalOf(request).id, record));
  }

  @Post()
  @HttpCode(201)
  @Operation('beginWatch')
  async begin(
    @Sent(newWatchShape) body: Infer<typeof newWatchShape>,
    @Reading() record: RecordRead,
    @Req() request: FastifyRequest,
  ) {
    return shownWatch(await this.changes.begin(record, principalOf(request), body));
  }

  @Post(':id/end')
  @HttpCode(200)
  @Operation('endWatch')
  async end(@Param('id') watchId: string, @Req() request: FastifyRequest) {
    return shownWatch(await this.changes.end(principalOf(request), watchId));
  }

  @Get('digest')
  @Operation('readDigest')
  async digest(@Reading() record: RecordRead, @QueryParam() raw: unknown, @Req() request: FastifyRequest) {
    const query = await readQuery(digestParameters, raw);
    await waitForPosition(record, query['minPosition']);
    const principal = principalOf(request);
    const { watches } = await this.followings.of(principal.id, record);
    const lookedTo = await this.followings.lookedTo(principal.id, record);
    const { next, ...page } = digestOf(record, { principal, watches, lookedTo }, query);
    return new Answer(page, { next: nextLink(request.url, next) });
  }

  @Post('look')
  @HttpCode(200)
  @Operation('lookAtDigest')
  async look(
    @Sent(lookShape) { upTo }: Infer<typeof lookShape>,
    @Reading() record: RecordRead,
    @Req() request: FastifyRequest,
  ) {
    await this.changes.look(record, principalOf(request), upTo);
    return { upTo };
  }

  @Post('addresses')
  @HttpCode(201)
  @Operation('makeFollowingAddress')
  async address(@Sent(addressShape) { feed }: Infer<typeof addressShape>, @Req() request: FastifyRequest) {
    return { feed, address: await this.changes.makeAddress(principalOf(request), feed, request) };
  }

  @Post('addresses/withdraw')
  @HttpCode(200)
  @Operation('withdrawFollowingAddress')
  async withdraw(@Sent(addressShape) { feed }: Infer<typeof addressShape>, @Req() request: FastifyRequest) {
    return shownFollowing(await this.changes.withdrawAddress(principalOf(request), feed));
  }
}
