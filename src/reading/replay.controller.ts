import { Readable } from 'node:stream';
import { Controller, Get, Param, Query as QueryParam, Req, Res } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#libs/problem-details';
import { Operation } from '../platform/access/operation.js';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { Reading } from '../platform/record/reading.js';
import type { RecordRead } from '../platform/record/reading.js';
import { erasedSince } from '../platform/record/erased-words.js';
import { streamOf } from '../platform/record/fold.js';
import type { Slice } from '../platform/record/slice.js';
import { lagging } from './moment.js';
import { askedFor, readOperations, readParameters } from './reads.controller.js';
import type { Frame } from './replay.js';

/**
 * One JSON frame a line, or server-sent events; the last event says that the replay is whole. The events of the stream were
 * read at its beginning, and a slow reader takes long: it breaks off where words of the stream were erased meanwhile.
 */
export async function* sentAs(
  frames: AsyncIterable<Frame>,
  isSse: boolean,
  isErased: () => boolean,
): AsyncGenerator<string> {
  for await (const frame of frames) {
    if (isErased()) throw lagging('Words of it were erased while it was read: ask again.');
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

/** The replay of one aggregate of the slice, frame by frame, resumed by `Last-Event-ID`. */
export function replayController(slice: Slice): Type {
  @Controller(`v1/${slice.name}`)
  class ReplayController {
    @Get(':id/replay')
    @Operation(readOperations(slice).replay)
    async replay(
      @Reading() record: RecordRead,
      @Param('id') idOrKey: string,
      @QueryParam() raw: unknown,
      @Req() request: FastifyRequest,
      @Res() reply: FastifyReply,
    ) {
      const isSse = wantsEvents(request);
      const { readings, id } = await askedFor(record, slice, readParameters.replay, idOrKey, raw);
      readings.found(slice, id);
      const frames = readings.replay(slice, id, lastEventId(request));
      void reply.type(isSse ? 'text/event-stream; charset=utf-8' : 'application/x-ndjson; charset=utf-8');
      const isErased = erasedSince(record, streamOf(slice, id));
      await reply.send(Readable.from(sentAs(frames, isSse, isErased)));
    }
  }
  return ReplayController;
}
