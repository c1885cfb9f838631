import { Controller, Get, Inject, Param, Query as QueryParam, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Shape } from '#libs/decider';
import { Problem } from '#libs/problem-details';
import { KeyPrincipals } from '../platform/access/key-principals.js';
import { Operation } from '../platform/access/operation.js';
import { rightsToken } from '../platform/access/tokens.js';
import { paging, readQuery } from '../platform/http/query.js';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { Ids } from '../platform/record/ids.js';
import { mayCall } from '../platform/record/principal.js';
import type { Principal, RightsTable } from '../platform/record/principal.js';
import { RecordReads } from '../platform/record/reading.js';
import type { RecordRead } from '../platform/record/reading.js';
import { lagging, unreached } from '../reading/moment.js';
import { digestOf } from './digest.js';
import { atomMediaType, atomOf } from './digest-atom.js';
import { dueCalendar } from './due-calendar.js';
import { dueOf } from './due-dates.js';
import { Followings } from './followings.js';
import type { FeedKind, Following } from './follower.js';

/** How many entries a page of the Atom feed has. */
const atomPage = 100;
export const atomParameters = { cursor: paging.cursor } satisfies Shape;
const calendarMediaType = 'text/calendar; charset=utf-8';

interface Opened {
  readonly record: RecordRead;
  readonly principal: Principal;
  readonly following: Following;
}

/** Feeds by secret addresses: each shows what its principal sees at that moment, and nothing once that one may not read. */
@Controller('following/:token')
export class FollowingFeedsController {
  constructor(
    private readonly followings: Followings,
    private readonly principals: KeyPrincipals,
    private readonly reads: RecordReads,
    private readonly ids: Ids,
    @Inject(rightsToken) private readonly table: RightsTable,
  ) {}

  @Get('digest.atom')
  @Operation('followDigest')
  async digest(
    @Param('token') token: string,
    // What else a feed reader adds to an address is of no account, as it always was.
    @QueryParam('cursor') cursor: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const { record, principal, following } = await this.#opened(token, 'digest', request);
    const lookedTo = await this.followings.lookedTo(principal.id, record);
    const { watches } = following;
    const page = await readQuery(atomParameters, cursor === undefined ? {} : { cursor });
    const query = { ...page, scope: 'all', limit: String(atomPage) };
    const { items, next } = digestOf(record, { principal, watches, lookedTo }, query);
    const since = watches.map(({ begunAt }) => begunAt).reduce(latest, new Date(0).toISOString());
    const id = this.ids.drawnFrom('digest', principal.id);
    send(reply, atomOf(record, { id, items, since, next }), atomMediaType);
  }

  @Get('due.ics')
  @Operation('followCalendar')
  async calendar(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { record, principal, following } = await this.#opened(token, 'calendar', request);
    send(reply, dueCalendar(record, dueOf(record, principal, following.watches)), calendarMediaType);
  }

  /** Whether it never was, was withdrawn, or its principal may not read any more, is told to nobody. */
  async #opened(token: string, kind: FeedKind, request: FastifyRequest): Promise<Opened> {
    const opened = await this.followings.opened(token, kind);
    // Which keys there are the read models tell: before they have read what the store holds, a revocation may be missing.
    const [read] = this.reads.now().projections.status();
    if (opened !== undefined && (read?.serves !== true || read.state === 'halted')) throw lagging(unreached);
    const principal = opened && this.principals.of(opened.principalId);
    const row = this.table['getIrritant'];
    if (opened === undefined || principal === undefined || row === undefined || !mayCall(principal, row)) {
      throw new Problem(platformProblems.NOT_FOUND, {
        detail:
          'This address opens nothing: it was withdrawn or renewed, or its principal may not read any more.',
      });
    }
    request.principal = principal;
    return { record: await this.reads.by(request), principal, following: opened.following };
  }
}

function latest(one: string, other: string): string {
  return one > other ? one : other;
}

/** Kept by nobody on the way, told to no other site, and found by no search engine. */
function send(reply: FastifyReply, body: string, type: string): void {
  void reply
    .type(type)
    .header('Cache-Control', 'private, no-store')
    .header('Referrer-Policy', 'no-referrer')
    .header('X-Robots-Tag', 'noindex')
    .send(body);
}
