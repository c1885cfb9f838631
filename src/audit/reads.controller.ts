import { Readable } from 'node:stream';
import { Controller, Get, Inject, Param, Query as QueryParam, Req, Res } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { entityTag } from '#libs/preconditions';
import { Problem } from '#libs/problem-details';
import { line } from '#libs/decider';
import { resolved } from '../platform/commands.controller.js';
import { represent } from '../platform/fold.js';
import { Operation } from '../platform/operation.js';
import { platformProblems } from '../platform/platform.problems.js';
import type { OpenRecord } from '../platform/record.js';
import { notFound } from '../platform/recorder.service.js';
import type { Slice } from '../platform/slice.js';
import { openRecordToken } from '../platform/tokens.js';
import { isAsOf, stateAsOf, waitForPosition } from './as-of.js';
import { nextLink } from './cursor.js';
import { diff } from './diff.js';
import { historyPage } from './history.js';
import { list, listParameters } from './listing.js';
import { asOf, order, paging, readQuery, waiting } from './query.js';
import { replay } from './replay.js';
import type { Frame } from './replay.js';

export const readParameters = {
  get: { ...asOf, ...waiting },
  history: { ...order, ...paging, knownAt: asOf.knownAt, ...waiting },
  diff: { from: line(64), to: line(64), effectiveAt: asOf.effectiveAt, ...waiting },
  replay: { ...asOf, ...waiting },
};

/** The reads of a slice: `listIrritants`, `getIrritant`, `getIrritantHistory`, `diffIrritant`, `replayIrritant`. */
export function readOperations(slice: Slice) {
  const one = slice.prefix.charAt(0).toUpperCase() + slice.prefix.slice(1);
  return {
    list: `list${one}s`,
    get: `get${one}`,
    history: `get${one}History`,
    diff: `diff${one}`,
    replay: `replay${one}`,
  };
}

/** Ends a stream of frames early when the server shuts down; the client goes on with Last-Event-ID. */
function* sentAs(frames: Iterable<Frame>, isSse: boolean): Generator<string> {
  for (const frame of frames) {
    const json = JSON.stringify(frame);
    yield isSse ? `id: ${frame.seq}\nevent: frame\ndata: ${json}\n\n` : `${json}\n`;
  }
  if (isSse) yield 'event: end\ndata: {}\n\n';
}

function wantsEvents(request: FastifyRequest): boolean {
  const accept = request.headers.accept ?? '*/*';
  if (accept.includes('text/event-stream')) return true;
  if (/\*\/\*|application\/(\*|x-ndjson|json)/.test(accept)) return false;
  throw new Problem(platformProblems.NOT_ACCEPTABLE, {
    detail: 'A replay is given as application/x-ndjson or text/event-stream.',
  });
}

function lastEventId(request: FastifyRequest): number {
  const header = request.headers['last-event-id'];
  return typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : -1;
}

/** A controller with the reads of one slice: the list, the representation, and what auditors ask. */
export function readsController(slice: Slice): Type {
  const operations = readOperations(slice);
  const parameters = { ...readParameters, list: listParameters(slice) };

  @Controller(`v1/${slice.name}`)
  class ReadsController {
    constructor(@Inject(openRecordToken) private readonly record: OpenRecord) {}

    @Get()
    @Operation(operations.list)
    async list(
      @QueryParam() raw: unknown,
      @Req() request: FastifyRequest,
      @Res({ passthrough: true }) reply: FastifyReply,
    ) {
      const query = await readQuery(parameters.list, raw);
      await waitForPosition(this.record, query['minPosition']);
      const { items, asOfSeq, next, about } = list(this.record, slice, query);
      if (next !== undefined) void reply.header('Link', nextLink(request.url, next));
      return { items, asOfSeq, ...about };
    }

    @Get(':id')
    @Operation(operations.get)
    async get(
      @Param('id') idOrKey: string,
      @QueryParam() raw: unknown,
      @Res({ passthrough: true }) reply: FastifyReply,
    ) {
      const query = await readQuery(parameters.get, raw);
      const id = await resolved(this.record, slice, idOrKey);
      await waitForPosition(this.record, query['minPosition']);
      if (isAsOf(query)) return stateAsOf(this.record, slice, id, query).document;
      const folded = await this.record.world.folded(slice.name, id);
      if (folded === undefined) throw notFound(slice, idOrKey);
      void reply.header('ETag', entityTag(BigInt(folded.revision)));
      return represent(folded);
    }

    @Get(':id/history')
    @Operation(operations.history)
    async history(
      @Param('id') idOrKey: string,
      @QueryParam() raw: unknown,
      @Req() request: FastifyRequest,
      @Res({ passthrough: true }) reply: FastifyReply,
    ) {
      const query = await readQuery(parameters.history, raw);
      const id = await resolved(this.record, slice, idOrKey);
      await waitForPosition(this.record, query['minPosition']);
      const { next, ...page } = historyPage(this.record, slice, id, query);
      if (next !== undefined) void reply.header('Link', nextLink(request.url, next));
      return page;
    }

    @Get(':id/diff')
    @Operation(operations.diff)
    async diff(@Param('id') idOrKey: string, @QueryParam() raw: unknown) {
      const query = await readQuery(parameters.diff, raw);
      const id = await resolved(this.record, slice, idOrKey);
      await waitForPosition(this.record, query['minPosition']);
      stateAsOf(this.record, slice, id, {});
      return diff(this.record, slice, id, query);
    }

    @Get(':id/replay')
    @Operation(operations.replay)
    async replay(
      @Param('id') idOrKey: string,
      @QueryParam() raw: unknown,
      @Req() request: FastifyRequest,
      @Res() reply: FastifyReply,
    ) {
      const query = await readQuery(parameters.replay, raw);
      const isSse = wantsEvents(request);
      const id = await resolved(this.record, slice, idOrKey);
      await waitForPosition(this.record, query['minPosition']);
      const { moment } = stateAsOf(this.record, slice, id, { ...query, effectiveAt: undefined });
      const effective =
        query['effectiveAt'] === undefined ? moment : stateAsOf(this.record, slice, id, query).moment;
      const frames = replay(this.record, slice, id, effective, lastEventId(request));
      void reply.type(isSse ? 'text/event-stream; charset=utf-8' : 'application/x-ndjson; charset=utf-8');
      await reply.send(Readable.from(sentAs(frames, isSse)));
    }
  }
  return ReadsController;
}
