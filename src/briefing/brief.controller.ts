import { Readable } from 'node:stream';
import { Controller, Get, Param, Query as QueryParam, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { askedFor } from '../reading/reads.controller.js';
import { htmlMediaType } from '#libs/html';
import { layoutAround } from '../layout/page.js';
import { Operation } from '../platform/access/operation.js';
import { principalOf } from '../platform/access/principal.guard.js';
import { Reading } from '../platform/record/reading.js';
import type { RecordRead } from '../platform/record/reading.js';
import { readBrief } from './brief.js';
import { briefParameters, formatOf, markdownMediaType } from './brief-format.js';
import { htmlOf } from './brief-html.js';
import { refuseBookOf } from './whose-book.js';
import { markdownOf } from './brief-markdown.js';

/** What one side takes to the next round: a document to be read and printed. */
@Controller('v1/dialogues')
export class BriefController {
  @Get(':id/brief')
  @Operation('getBrief')
  async brief(
    @Reading() record: RecordRead,
    @Param('id') dialogueId: string,
    @QueryParam() raw: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const dialogues = record.registry.part('dialogue');
    const { query, id, readings } = await askedFor(record, dialogues, briefParameters, dialogueId, raw);
    refuseBookOf(principalOf(request), readings, id);
    const format = formatOf(query, request.headers.accept);
    const brief = await readBrief(readings, id);
    void reply.header('Vary', 'Accept');
    const { title } = brief;
    const [type, text] =
      format === 'md'
        ? [markdownMediaType, markdownOf(brief)]
        : [htmlMediaType, layoutAround({ title }, htmlOf(brief))];
    return reply.type(type).send(Readable.from(text));
  }
}
