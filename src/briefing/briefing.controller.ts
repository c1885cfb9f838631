import { Controller, Get, Param, Query as QueryParam } from '@nestjs/common';
import { line, optional } from '#libs/decider';
import { askedFor, readParameters } from '../reading/reads.controller.js';
import { Operation } from '../platform/access/operation.js';
import { parametersRefused } from '../platform/problems/parameters.js';
import type { Query } from '../platform/http/query.js';
import { Reading } from '../platform/record/reading.js';
import type { RecordRead } from '../platform/record/reading.js';
import { agendaOf } from './agenda.js';
import { inNameView } from './recorded-in-name.js';
import { staleOf } from './stale.js';
import { statisticsOf } from './statistics.js';
import { talksOf } from './talks.js';

const monthsUnlessAsked = 24;
const monthsMax = 1_200;

export const briefingParameters = {
  agenda: readParameters.get,
  stale: {
    months: optional(
      line(4, '^[0-9]{1,4}$', 'a whole number'),
      'For how many months nothing was said; 24 unless given.',
    ),
    ...readParameters.get,
  },
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
  @Get(':id/agenda')
  @Operation('getAgenda')
  async agenda(@Reading() record: RecordRead, @Param('id') dialogueId: string, @QueryParam() raw: unknown) {
    const { talks } = await asked(record, briefingParameters.agenda, dialogueId, raw);
    return { ...agendaOf(talks), inYourName: await inNameView(talks) };
  }

  @Get(':id/stale')
  @Operation('findStale')
  async stale(@Reading() record: RecordRead, @Param('id') dialogueId: string, @QueryParam() raw: unknown) {
    const { query, talks } = await asked(record, briefingParameters.stale, dialogueId, raw);
    return staleOf(talks, monthsOf(query));
  }

  @Get(':id/statistics')
  @Operation('getStatistics')
  async statistics(
    @Reading() record: RecordRead,
    @Param('id') dialogueId: string,
    @QueryParam() raw: unknown,
  ) {
    const { talks } = await asked(record, briefingParameters.statistics, dialogueId, raw);
    return statisticsOf(talks);
  }
}

async function asked(
  record: RecordRead,
  parameters: (typeof briefingParameters)[keyof typeof briefingParameters],
  given: string,
  raw: unknown,
) {
  const dialogues = record.registry.part('dialogue');
  const { query, id, readings } = await askedFor(record, dialogues, parameters, given, raw);
  return { query, talks: await talksOf(readings, id) };
}
