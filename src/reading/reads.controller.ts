import { principalOf } from '../platform/access/principal.guard.js';
import type { WrittenAnswer } from '../platform/http/written-answer.js';
import { sightOf } from '../platform/access/sight.js';
import { waitForPosition } from '../platform/record/read-your-writes.js';
import { Controller, Get, Param, Query as QueryParam, Req } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { choice, line, means, optional } from '#libs/decider';
import type { Shape } from '#libs/decider';
import { resolved } from '../platform/record/resolving.js';
import { represent, streamOf } from '../platform/record/fold.js';
import { LogStandings } from '../platform/record/log-standings.js';
import { Operation } from '../platform/access/operation.js';
import { Reading } from '../platform/record/reading.js';
import type { RecordRead } from '../platform/record/reading.js';
import { notFound } from '../platform/record/refusals.js';
import { refuseUnreadableStream } from '../platform/record/refusals.js';
import type { Slice } from '../platform/record/slice.js';
import { dialogueIn } from './at-moment.js';
import { historyFilters, scope } from './history-filters.js';
import { IfMatch, refuseUnlessAnything, refuseUnlessMatched } from './if-match.js';
import { listParameters } from './listing.js';
import { isOfRecord, named } from './moment.js';
import { Readings } from './readings.js';
import { Unchanged } from './unchanged.js';
import { writtenEntry, writtenHistory, writtenList } from './written.js';
import { asOf, order, paging, readQuery, waiting } from '../platform/http/query.js';

export const readParameters = {
  get: { ...asOf, ...waiting },
  history: {
    ...historyFilters,
    ...order,
    ...paging,
    knownAt: asOf.knownAt,
    grade: asOf.grade,
    proofs: optional(
      choice('yes', 'no'),
      'Whether each entry says how far it is proven at the moment of asking. Without it: yes, and no where `knownAt` asks for what never changes.',
    ),
    ...waiting,
  },
  diff: {
    from: means(
      line(65),
      'The earlier moment of knowledge: an instant, a revision such as r12, an ordinal of the dialogue such as s340, or a moment from an answer.',
    ),
    to: means(line(65), 'The later moment of knowledge, in the same forms.'),
    scope: optional(
      means(
        scope,
        'Only its own stream (`own`), or, as without it, what its linked instruments say too (`all`), as in its history.',
      ),
    ),
    grade: asOf.grade,
    effectiveAt: asOf.effectiveAt,
    ...waiting,
  },
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

type Asked = readonly [record: RecordRead, slice: Slice, parameters: Shape, idOrKey: string, raw: unknown];

/** What every question about one aggregate begins with: good parameters, the id behind the key, one's own writes. */
async function entryAskedFor(...[record, slice, parameters, idOrKey, raw]: Asked) {
  const query = await readQuery(parameters, raw);
  const id = await resolved(record, slice, idOrKey);
  await waitForPosition(record, query['minPosition']);
  return { query, id };
}

/** The same, as of one moment. */
export async function askedFor(...asked: Asked) {
  const { query, id } = await entryAskedFor(...asked);
  const [record, slice] = asked;
  return { query, id, readings: await Readings.of(record, query, slice, id).graded() };
}

/** The entry as it stood at another moment, which it names. */
function entryAsOf(readings: Readings, slice: Slice, id: string, ifMatch: string | undefined) {
  const folded = readings.found(slice, id);
  refuseUnlessAnything(ifMatch);
  return readings.withKept({ ...represent(folded), ...named(readings.moment, slice) });
}

interface OfNow {
  readonly id: string;
  readonly idOrKey: string;
  readonly ifMatch: string | undefined;
  readonly isKept: boolean;
}

/** The entry as its own stream has it, where that is what the reader wants to read. */
async function presentEntry(
  record: RecordRead,
  slice: Slice,
  { id, idOrKey, ifMatch, isKept }: OfNow,
): Promise<WrittenAnswer> {
  const present = await record.present.stream(streamOf(slice, id));
  const { folded } = present;
  if (folded === undefined) refuseUnreadableStream(present, id);
  if (folded === undefined) throw notFound(slice, idOrKey);
  refuseUnlessMatched(ifMatch, present, record.present.silentMs);
  return writtenEntry(record, present, folded, isKept);
}

interface Beside {
  readonly url: string;
  readonly standings: LogStandings;
  readonly holds: (() => boolean) | undefined;
}

async function pageOfHistory(
  readings: Readings,
  slice: Slice,
  id: string,
  { url, standings, holds }: Beside,
) {
  const { proofs = readings.isAsOf ? 'no' : 'yes' } = readings.query;
  const signed = proofs === 'yes' ? await standings.of(dialogueIn(readings.found(slice, id))) : undefined;
  const page = await readings.historyPage(slice, id, signed);
  // Without a word of how far it is signed nobody knows when that will be told.
  const isKept = isOfRecord(readings.query) && (proofs === 'no' || signed !== undefined);
  return writtenHistory(page, { url, proofs }, isKept ? holds : undefined);
}

/** A controller with the reads of one slice: the list, the representation, and what auditors ask. */
export function readsController(slice: Slice): Type {
  const operations = readOperations(slice);
  const parameters = { ...readParameters, list: listParameters(slice) };

  @Controller(`v1/${slice.name}`)
  class ReadsController {
    constructor(
      private readonly standings: LogStandings,
      private readonly unchanged: Unchanged,
    ) {}

    @Get()
    @Operation(operations.list)
    async list(@Reading() record: RecordRead, @QueryParam() raw: unknown, @Req() request: FastifyRequest) {
      const holds = this.unchanged.sinceNow();
      const query = await readQuery(parameters.list, raw);
      await waitForPosition(record, query['minPosition']);
      const readings = await Readings.over(record, query, sightOf(record, principalOf(request))).graded();
      return writtenList(await readings.listed(slice), request.url, isOfRecord(query) ? holds : undefined);
    }

    @Get(':id')
    @Operation(operations.get)
    async get(
      @Reading() record: RecordRead,
      @Param('id') idOrKey: string,
      @QueryParam() raw: unknown,
      @IfMatch() ifMatch: string | undefined,
    ) {
      const { readings, id } = await askedFor(record, slice, parameters.get, idOrKey, raw);
      if (readings.isAsOf) return entryAsOf(readings, slice, id, ifMatch);
      // By its key it is found by another look, which is not among what the answer rests on.
      const isKept = isOfRecord(readings.query) && idOrKey === id;
      return presentEntry(record, slice, { id, idOrKey, ifMatch, isKept });
    }

    @Get(':id/history')
    @Operation(operations.history)
    async history(
      @Reading() record: RecordRead,
      @Param('id') idOrKey: string,
      @QueryParam() raw: unknown,
      @Req() request: FastifyRequest,
    ) {
      const holds = this.unchanged.sinceNow();
      const { readings, id } = await askedFor(record, slice, parameters.history, idOrKey, raw);
      return pageOfHistory(readings, slice, id, { url: request.url, standings: this.standings, holds });
    }

    @Get(':id/diff')
    @Operation(operations.diff)
    async diff(@Reading() record: RecordRead, @Param('id') idOrKey: string, @QueryParam() raw: unknown) {
      const { query, id } = await entryAskedFor(record, slice, parameters.diff, idOrKey, raw);
      Readings.of(record, {}, slice, id).found(slice, id);
      return Readings.diff(record, query, slice, id);
    }
  }
  return ReadsController;
}
