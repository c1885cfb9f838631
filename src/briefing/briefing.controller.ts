import { Controller, Get, Inject, Param, Query as QueryParam } from '@nestjs/common';
import { line, optional } from '#libs/decider';
import { askedFor, readParameters } from '../audit/reads.controller.js';
import { Operation } from '../platform/operation.js';
import { parametersRefused } from '../platform/query.js';
import type { Query } from '../platform/query.js';
import type { OpenRecord } from '../platform/record.js';
import { openRecordToken } from '../platform/tokens.js';
import { agendaOf } from './agenda.js';
import { inNameView } from './recorded-in-name.js';
import { staleOf } from './stale.js';
import { statisticsOf } from './statistics.js';
import { talksOf } from './talks.js';

const monthsUnlessAsked = 24;
const monthsMax = 1_200;

export const briefingParameters = {
  agenda: readParameters.get,
  stale: { months: optional(line(4, '^[0-9]{1,4}$', 'a whole number')), ...readParameters.get },
  statistics: readParameters.get,
};

function monthsOf({ months }: Query): number {
  if (months === undefined) return monthsUnlessAsked;
  const wanted = Number(months);
  if (wanted >= 1 && wanted <= monthsMax) return wanted;
  throw parametersRefused([{ parameter: 'months', detail: `takes 1 to ${monthsMax}` }]);
}

/** What is due in a dialogue, who has fallen silent, and how it has gone so far. */
@Controller('v1/dialogues')
export class BriefingController {
  constructor(@Inject(openRecordToken) private readonly record: OpenRecord) {}

  @Get(':id/agenda')
  @Operation('getAgenda')
  async agenda(@Param('id') dialogueId: string, @QueryParam() raw: unknown) {
    const { query, id } = await this.#asked(briefingParameters.agenda, dialogueId, raw);
    const talks = await talksOf(this.record, id, query);
    return { ...agendaOf(talks), inYourName: inNameView(this.record, talks) };
  }

  @Get(':id/stale')
  @Operation('findStale')
  async stale(@Param('id') dialogueId: string, @QueryParam() raw: unknown) {
    const { query, id } = await this.#asked(briefingParameters.stale, dialogueId, raw);
    return staleOf(this.record, await talksOf(this.record, id, query), monthsOf(query));
  }

  @Get(':id/statistics')
  @Operation('getStatistics')
  async statistics(@Param('id') dialogueId: string, @QueryParam() raw: unknown) {
    const { query, id } = await this.#asked(briefingParameters.statistics, dialogueId, raw);
    return statisticsOf(this.record, await talksOf(this.record, id, query));
  }

  #asked(parameters: (typeof briefingParameters)[keyof typeof briefingParameters], id: string, raw: unknown) {
    return askedFor(this.record, this.record.registry.get('dialogues'), parameters, id, raw);
  }
}
