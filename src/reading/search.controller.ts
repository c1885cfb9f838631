import { Controller, Get, Query as QueryParam, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { textOf } from '#libs/full-text';
import { Operation } from '../platform/access/operation.js';
import { Answer } from '../platform/commands/answer.js';
import { readQuery } from '../platform/http/query.js';
import { principalOf } from '../platform/access/principal.guard.js';
import { sightOf } from '../platform/access/sight.js';
import { waitForPosition } from '../platform/record/read-your-writes.js';
import { Reading } from '../platform/record/reading.js';
import type { RecordRead } from '../platform/record/reading.js';
import { nextLink } from './cursor.js';
import { foldVersionOf, named } from './moment.js';
import { Readings } from './readings.js';
import { searchParameters } from './search.js';

@Controller('v1/search')
export class SearchController {
  @Get()
  @Operation('searchRecord')
  async search(@Reading() record: RecordRead, @QueryParam() raw: unknown, @Req() request: FastifyRequest) {
    const query = await readQuery(searchParameters, raw);
    await waitForPosition(record, query['minPosition']);
    const readings = await Readings.over(record, query, sightOf(record, principalOf(request))).graded();
    const { items, next, at, moment, ...places } = await readings.search();
    const page = {
      items: items.map(({ excerpt, ...hit }) => at.withKept({ ...hit, snippet: textOf(excerpt) })),
      ...places,
      ...(moment === undefined ? {} : named(moment, { foldVersion: foldVersionOf(record.registry.slices) })),
    };
    return new Answer(page, { next: nextLink(request.url, next, places.asOf) });
  }
}
