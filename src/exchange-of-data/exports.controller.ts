import { Readable } from 'node:stream';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { choice, line, optional } from '#libs/decider';
import type { Shape } from '#libs/decider';
import { Operation } from '../platform/access/operation.js';
import { principalOf } from '../platform/access/principal.guard.js';
import { sightOf } from '../platform/access/sight.js';
import type { Sight } from '../platform/access/sight.js';
import { asOf, inDialogue, readQuery, waiting } from '../platform/http/query.js';
import type { Query as Asked } from '../platform/http/query.js';
import { parametersRefused } from '../platform/problems/parameters.js';
import { streamOf } from '../platform/record/fold.js';
import { waitForPosition } from '../platform/record/read-your-writes.js';
import { Reading } from '../platform/record/reading.js';
import type { RecordRead } from '../platform/record/reading.js';
import { notFound } from '../platform/record/refusals.js';
import type { Slice } from '../platform/record/slice.js';
import { Readings } from '../reading/readings.js';
import { Acts } from './acts.js';
import { exportSchema } from './export-schema.js';
import { csvOf, linesOf, whats } from './exporting.js';
import type { Exporting, What } from './exporting.js';

const what = choice(...whats);
export const exportParameters = {
  what: optional(
    what,
    '`acts` (unless given): as an import takes them. `events`: as they are recorded. `states`: what they come to.',
  ),
  list: optional(line(40), 'Only one list, such as `irritants`; CSV is of one list.'),
  format: optional(choice('jsonl', 'csv'), 'JSON Lines unless given; CSV only of the states of one list.'),
  dialogue: inDialogue,
  ...asOf,
  ...waiting,
} satisfies Shape;

export const exportSchemaParameters = { what: optional(what, '`acts` unless given.') } satisfies Shape;

/** Says in each export of acts what an import will not take. */
const note =
  'What was attributed to a party, and the acts of whoever brings this in, an import takes (POST /v1/imports). Direct acts of others come back only with a backup, by "entente restore".';

/** The record for other systems, as whoever asks may see it. */
@Controller('v1/exports')
export class ExportsController {
  constructor(private readonly acts: Acts) {}

  @Get()
  @Operation('exportRecord')
  async out(
    @Reading() record: RecordRead,
    @Query() raw: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const query = await readQuery(exportParameters, raw);
    await waitForPosition(record, query['minPosition']);
    const asked = { what: (query['what'] ?? 'acts') as What, slices: this.#slices(query['list']) };
    const isCsv = query['format'] === 'csv';
    const sight = sightIn(record, sightOf(record, principalOf(request)), query['dialogue']);
    const exporting = { at: await Readings.over(record, query, sight).level(query['dialogue']), sight };
    void reply.header('Link', `</v1/exports/schema?what=${asked.what}>; rel="describedby"`);
    const texts = isCsv
      ? csvOf(exporting, oneList(asked.what, asked.slices, query['list']))
      : jsonOf(exporting, query, asked);
    void reply.type(isCsv ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8');
    await reply.send(Readable.from(texts));
  }

  @Get('schema')
  @Operation('getExportSchema')
  async schema(@Query() raw: unknown) {
    const query = await readQuery(exportSchemaParameters, raw);
    return exportSchema((query['what'] ?? 'acts') as What, this.acts);
  }

  #slices(name: string | undefined): readonly Slice[] {
    const { slices } = this.acts;
    if (name === undefined) return slices;
    const found = slices.filter((one) => one.name === name);
    if (found.length > 0) return found;
    const lists = slices.map((one) => one.name).join(', ');
    throw parametersRefused([{ parameter: 'list', detail: `names no list; there are ${lists}` }]);
  }
}

/** A dialogue that is not seen is as one that is not there. */
function sightIn(record: RecordRead, sight: Sight, dialogue: string | undefined): Sight {
  if (dialogue === undefined) return sight;
  const part = record.registry.part('dialogue');
  const isThere = record.projections.record.ordinalOf(streamOf(part, dialogue), 0n) !== undefined;
  if (isThere && (sight === 'all' || sight.includes(dialogue))) return [dialogue];
  throw notFound(part, dialogue);
}

function oneList(what: What, [first]: readonly Slice[], named: string | undefined): Slice {
  if (what !== 'states')
    throw parametersRefused([
      { parameter: 'format', detail: 'csv is for what=states: acts and events have no columns' },
    ]);
  if (named === undefined || first === undefined)
    throw parametersRefused([{ parameter: 'list', detail: 'is needed with format=csv: name one list' }]);
  return first;
}

interface Wanted {
  readonly what: What;
  readonly slices: readonly Slice[];
}

async function* jsonOf(exporting: Exporting, query: Asked, { what: wanted, slices }: Wanted) {
  const { at } = exporting;
  const position = at.record.projections.record.positionAt(at.moment.knownOrdinal);
  const { knownAt, effectiveAt, dialogue } = query;
  yield lineOf({
    entente: 'export',
    what: wanted,
    asOf: position === undefined ? null : at.record.moments.sealed(position, at.moment.asked),
    ...(dialogue === undefined ? {} : { dialogue }),
    ...(knownAt === undefined ? {} : { knownAt }),
    ...(effectiveAt === undefined ? {} : { effectiveAt }),
    schema: `/v1/exports/schema?what=${wanted}`,
    note,
  });
  for await (const one of linesOf(exporting, wanted, slices)) yield lineOf(one);
}

function lineOf(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
