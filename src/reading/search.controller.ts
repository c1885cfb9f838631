import { Controller, Get, Query as QueryParam, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { textOf } from '#libs/full-text';
import { Operation } from '../platform/access/operation.js';
import { readQuery } from '../platform/http/query.js';
import { principalOf } from '../platform/access/principal.guard.js';
import { sightOf } from '../platform/access/sight.js';
import { waitForPosition } from '../platform/record/read-your-writes.js';
import { Reading } from '../platform/record/reading.js';
import type { RecordRead } from '../platform/record/reading.js';
import { momentView } from './as-of.js';
import { nextLink } from './cursor.js';
import { keptBy, withKept } from './keeping.js';
import { search, searchParameters } from './search.js';

@Controller('v1/search')
export class SearchController {
  @Get()
  @Operation('searchRecord')
  async search(
    @Reading() record: RecordRead,
    @QueryParam() raw: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const query = await readQuery(searchParameters, raw);
    await waitForPosition(record, query['minPosition']);
    const { items, next, moment, upTo, ...places } = await search(
      record,
      query,
      sightOf(record, principalOf(request)),
    );
    if (next !== undefined) void reply.header('Link', nextLink(request.url, next, places.asOf));
    const keptOf = keptBy(record, upTo);
    return {
      items: items.map(({ excerpt, ...hit }) => withKept({ ...hit, snippet: textOf(excerpt) }, keptOf)),
      ...places,
      ...(moment === undefined ? {} : momentView(moment)),
    };
  }
}
