import { Readable } from 'node:stream';
import { Controller, Get, Query as QueryParam, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#libs/problem-details';
import { Operation } from '../platform/access/operation.js';
import { waitsByItself } from '../platform/http/answer-in-time.js';
import { readQuery } from '../platform/http/query.js';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { waitForPosition } from '../platform/record/read-your-writes.js';
import { Reading } from '../platform/record/reading.js';
import type { RecordRead } from '../platform/record/reading.js';
import { Feeds } from './feeds.js';
import { feedParameters } from './feed-question.js';

function wantsEvents({ headers: { accept = '*/*' } }: FastifyRequest): boolean {
  if (accept.includes('text/event-stream')) return true;
  if (/\*\/\*|application\/(\*|json)/.test(accept)) return false;
  throw new Problem(platformProblems.NOT_ACCEPTABLE, {
    detail: 'The feed is given as application/json or text/event-stream.',
  });
}

/** Everything that is recorded, in the order of the store, for programs that follow. */
@Controller('v1/feed')
export class FeedController {
  constructor(private readonly feeds: Feeds) {}

  @Get()
  @Operation('readFeed')
  async feed(
    @Reading() record: RecordRead,
    @QueryParam() raw: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const isStream = wantsEvents(request);
    const query = await readQuery(feedParameters, raw);
    await waitForPosition(record, query['minPosition']);
    void reply.header('Cache-Control', 'no-store');
    if (isStream) {
      const text = await this.feeds.stream(record, query, request, reply.raw);
      // What stands between is told not to hold anything back.
      void reply.type('text/event-stream; charset=utf-8').header('X-Accel-Buffering', 'no');
      await reply.send(Readable.from(text, { highWaterMark: 2 }));
      return;
    }
    waitsByItself(request);
    const { text, next } = await this.feeds.page(record, query, request, reply.raw);
    if (next !== undefined) void reply.header('Link', next);
    await reply.type('application/json; charset=utf-8').send(text);
  }
}
