import { Controller, Get, Param, Query as QueryParam, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { asOf, readQuery } from '../platform/http/query.js';
import type { Query } from '../platform/http/query.js';
import { Operation } from '../platform/access/operation.js';
import { LogStandings } from '../platform/record/log-standings.js';
import type { Part } from '../platform/record/slice.js';
import { Readings } from '../reading/readings.js';
import { resolved } from '../platform/record/resolving.js';
import { refuseUnseen, seesAll, sightOf } from '../platform/access/sight.js';
import { refuseBookOf } from '../briefing/whose-book.js';
import { readBrief } from '../briefing/brief.js';
import { briefPageParameters, markdownMediaType } from '../briefing/brief-format.js';
import { markdownOf } from '../briefing/brief-markdown.js';
import { filled } from './as-of-form.js';
import { briefPage } from './brief.page.js';
import { homePage } from './home.page.js';
import { homeParameters, readHome } from './home.reading.js';
import { irritantPage } from './irritant.page.js';
import { readDialogue, readIrritant } from './irritant.reading.js';
import { PageReads } from './page-reads.js';
import type { Read } from './page-reads.js';
import { roundPage } from './round.page.js';
import { readRound } from './round.reading.js';
import { searchPage } from './search.page.js';
import { readSearch, searchPageParameters } from './search.reading.js';
import { trustPage } from './trust.page.js';

/** What a page about one entry is read through; what the reader does not see is not there. */
async function readingsFor({ record, reader }: Read, part: Part, asked: string, query: Query) {
  const slice = record.registry.part(part);
  const id = await resolved(record, slice, asked);
  if (!seesAll(reader)) await refuseUnseen(record.present, reader, slice.name, { id, asked });
  return { readings: await Readings.of(record, query, slice, id).graded(), id };
}

/** The record for people: read with a cookie that no other route looks at, so that it can never write. */
@Controller()
export class PagesController {
  constructor(
    private readonly pages: PageReads,
    private readonly standings: LogStandings,
  ) {}

  @Get()
  @Operation('homePage')
  async home(@QueryParam() raw: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.pages.page(request, reply, async ({ record, reader, shownTo }) => {
      const query = await readQuery(homeParameters, filled(raw));
      return homePage(await readHome(record, query, reader), query, shownTo());
    });
  }

  @Get('irritants/:key')
  @Operation('irritantPage')
  async irritant(
    @Param('key') key: string,
    @QueryParam() raw: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    await this.pages.page(request, reply, async (read) => {
      const query = await readQuery(asOf, filled(raw));
      const { readings, id } = await readingsFor(read, 'matter', key, query);
      return irritantPage(await readIrritant(readings, id, this.standings), read.shownTo());
    });
  }

  @Get('rounds/:id')
  @Operation('roundPage')
  async round(
    @Param('id') asked: string,
    @QueryParam() raw: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    await this.pages.page(request, reply, async (read) => {
      const query = await readQuery(asOf, filled(raw));
      const { readings, id } = await readingsFor(read, 'meeting', asked, query);
      return roundPage(await readRound(readings, id), read.shownTo());
    });
  }

  @Get('search')
  @Operation('searchPage')
  async search(@QueryParam() raw: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.pages.page(request, reply, async ({ record, reader, shownTo }) => {
      const query = await readQuery(searchPageParameters, filled(raw));
      const readings = Readings.over(record, query, sightOf(record, reader));
      return searchPage(await readSearch(readings), query, shownTo());
    });
  }

  @Get('dialogues/:id/brief')
  @Operation('briefPage')
  async brief(
    @Param('id') asked: string,
    @QueryParam() raw: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    await this.pages.page(request, reply, async (read) => {
      const query = await readQuery(briefPageParameters, filled(raw));
      const { readings, id } = await readingsFor(read, 'dialogue', asked, query);
      refuseBookOf(read.reader, readings, id);
      const brief = await readBrief(readings, id);
      if (query['format'] === 'md') return { text: markdownOf(brief), type: markdownMediaType };
      return { text: briefPage(brief, query, read.shownTo()) };
    });
  }

  @Get('dialogues/:id/trust')
  @Operation('trustPage')
  async trust(@Param('id') asked: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.pages.page(request, reply, async (read) => {
      const { readings, id } = await readingsFor(read, 'dialogue', asked, {});
      const dialogue = readDialogue(readings, id, []);
      const address = `${request.protocol}://${request.host}`;
      return trustPage({ dialogue, trust: await this.standings.trustIn(id), address }, read.shownTo());
    });
  }
}
