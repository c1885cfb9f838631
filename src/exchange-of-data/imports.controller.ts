import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { choice, id, line, means, optional } from '#libs/decider';
import type { Shape } from '#libs/decider';
import type { EventStore } from '#libs/event-store';
import { Problem } from '#libs/problem-details';
import { Operation } from '../platform/access/operation.js';
import { principalOf } from '../platform/access/principal.guard.js';
import { sees } from '../platform/access/sight.js';
import { Answer } from '../platform/commands/answer.js';
import { refuseUnjoined } from '../platform/commands/attribution.js';
import { IdempotencyKey } from '../platform/commands/request-headers.js';
import { limitOf, paging, readQuery } from '../platform/http/query.js';
import { SpooledFile } from '../platform/http/spooled-file.js';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { EventRegistry } from '../platform/record/event-registry.js';
import type { Principal } from '../platform/record/principal.js';
import { Reading } from '../platform/record/reading.js';
import type { RecordRead } from '../platform/record/reading.js';
import { notFound } from '../platform/record/refusals.js';
import { StoredStreams } from '../platform/record/stored-streams.js';
import { storeToken } from '../platform/record/tokens.js';
import { cursorOf, nextLink, pageOf, readCursor } from '../reading/cursor.js';
import { Acts } from './acts.js';
import { faultsKept, readImport } from './import-job.js';
import type { ImportJob } from './import-job.js';
import { ImportJobs } from './import-jobs.js';
import { faultsMax } from './import-run.js';
import { ImportRunner } from './import-runner.js';
import { importView } from './import-view.js';
import { readMapping } from './mapping.js';
import type { Mapping } from './mapping.js';
import { templateOf } from './templates.js';

export const importParameters = {
  dialogue: means(id, 'The dialogue into which the file is brought.'),
  act: optional(
    line(80),
    'What each row is, where the rows do not say it: the name of a table, such as `irritants`, or an operationId.',
  ),
  dryRun: optional(
    choice('true', 'false'),
    'With `true` every row is judged, each on those before it, and nothing is recorded.',
  ),
  mapping: optional(
    { ...line(8_000), isQuery: true },
    'A mapping as JSON: columns, constants, values, language and dates.',
  ),
} satisfies Shape;

export const faultParameters = { ...paging } satisfies Shape;
export const importListParameters = { ...paging } satisfies Shape;

const formatOf: { readonly [type: string]: 'csv' | 'jsonl' } = {
  'text/csv': 'csv',
  'application/x-ndjson': 'jsonl',
  'application/jsonl': 'jsonl',
};

/** Files of rows, brought into a dialogue as acts of whoever sends them. */
@Controller('v1/imports')
export class ImportsController {
  constructor(
    private readonly jobs: ImportJobs,
    private readonly runner: ImportRunner,
    private readonly acts: Acts,
    private readonly streams: StoredStreams,
    private readonly registry: EventRegistry,
    @Inject(storeToken) private readonly store: EventStore,
  ) {}

  @Post()
  @HttpCode(202)
  @Operation('importFile', { parameters: Object.keys(importParameters), isSigned: false })
  async receive(
    @IdempotencyKey('needed') key: string,
    @Query() raw: unknown,
    @Req() request: FastifyRequest,
  ) {
    const query = await readQuery(importParameters, withMappingOnOneLine(raw));
    const principal = principalOf(request);
    const { body } = request;
    const [type = ''] = (request.headers['content-type'] ?? '').toLowerCase().split(';');
    const format = formatOf[type.trim()];
    if (!(body instanceof SpooledFile) || format === undefined || body.bytes === 0) {
      throw new Problem(platformProblems.UNSUPPORTED_MEDIA_TYPE, {
        detail: 'Send the file itself, at least one byte, as text/csv or application/x-ndjson.',
      });
    }
    const dialogueId = await this.#dialogue(query['dialogue'] ?? '', principal);
    const mapping = await this.#mapping(query);
    const asked = { principal, dialogueId, format, mapping, dryRun: query['dryRun'] === 'true' };
    const { job, isRepeat } = await this.jobs.receive(asked, key, body, request.id);
    this.runner.wake();
    return new Answer(importView(job), { location: `/v1/imports/${job.id}`, replayed: isRepeat });
  }

  @Get('templates/:name.csv')
  @Operation('getImportTemplate')
  async template(@Param('name') name: string, @Res() reply: FastifyReply) {
    const template = templateOf(this.acts, name);
    if (template === undefined) {
      const tables = this.acts.tables.map(([one]) => `${one}.csv`).join(', ');
      throw new Problem(platformProblems.NOT_FOUND, {
        detail: `There is no such template; there are ${tables}.`,
      });
    }
    await reply
      .type('text/csv; charset=utf-8')
      .header('Content-Disposition', `attachment; filename="${name}.csv"`)
      .send(template);
  }

  @Get()
  @Operation('listImports')
  async list(@Reading() record: RecordRead, @Query() raw: unknown, @Req() request: FastifyRequest) {
    const query = await readQuery(importListParameters, raw);
    const { id: principalId } = principalOf(request);
    const scope = `imports of ${principalId}`;
    const below = readCursor(record, scope, query['cursor']);
    const limit = limitOf(query);
    const rows = await this.jobs.of(principalId, {
      ...(below === undefined ? {} : { below }),
      limit: limit + 1,
    });
    const { shown, last } = pageOf(rows, limit, ({ place }) => place);
    const items = shown.flatMap(({ job }) => (job === undefined ? [] : [importView(job)]));
    return new Answer({ items }, { next: nextLink(request.url, cursorOf(record, scope, last)) });
  }

  @Post(':importId/cancel')
  @HttpCode(200)
  @Operation('cancelImport')
  async cancel(@Param('importId') importId: string, @Req() request: FastifyRequest) {
    const { id } = await this.#job(importId, principalOf(request));
    const job = await this.jobs.cancel(id);
    this.runner.wake();
    return importView(job);
  }

  @Get(':importId')
  @Operation('getImport')
  async one(@Param('importId') importId: string, @Req() request: FastifyRequest) {
    return importView(await this.#job(importId, principalOf(request)));
  }

  @Get(':importId/faults')
  @Operation('listImportFaults')
  async faults(
    @Reading() record: RecordRead,
    @Param('importId') importId: string,
    @Query() raw: unknown,
    @Req() request: FastifyRequest,
  ) {
    const query = await readQuery(faultParameters, raw);
    const job = await this.#job(importId, principalOf(request));
    const scope = `imports/${job.id}/faults`;
    const after = readCursor(record, scope, query['cursor']) ?? 0;
    const limit = limitOf(query);
    const rows: { readonly place: number; readonly fault: object }[] = [];
    for await (const fault of faultsKept(this.store, job.id, after)) {
      rows.push({ place: after + rows.length + 1, fault });
      if (rows.length > limit) break;
    }
    const { shown, last } = pageOf(rows, limit, ({ place }) => place);
    const items = shown.map(({ fault }) => fault);
    const page = { items, faults: job.faults, kept: Math.min(job.faults, faultsMax) };
    return new Answer(page, { next: nextLink(request.url, cursorOf(record, scope, last)) });
  }

  async #dialogue(dialogueId: string, principal: Principal): Promise<string> {
    const talks = await this.streams.dialogue(dialogueId);
    if (talks === undefined || !(await sees(this.streams, principal, dialogueId)))
      throw notFound(this.registry.part('dialogue'), dialogueId);
    refuseUnjoined({ principal, talks });
    return dialogueId;
  }

  /** What each row is, is asked for before anything is read: one name that nobody knows spoils all rows alike. */
  async #mapping({ act, mapping }: { readonly act?: string; readonly mapping?: string }): Promise<Mapping> {
    const read = mapping === undefined ? {} : await readMapping(mapping);
    const whole = act === undefined ? read : { ...read, act };
    if (whole.act !== undefined) this.acts.named(whole.act);
    return whole;
  }

  /** An import is shown to whoever sent it, and to nobody else. */
  async #job(importId: string, principal: Principal): Promise<ImportJob> {
    const job = /^[0-9a-f-]{36}$/i.test(importId)
      ? await readImport(this.store, importId.toLowerCase())
      : undefined;
    if (job !== undefined && job.asked.principal.id === principal.id) return job;
    throw new Problem(platformProblems.NOT_FOUND, { detail: `There is no import ${importId.slice(0, 64)}.` });
  }
}

/** A mapping may be sent as its file is: line breaks mean nothing between the parts of JSON, and stand nowhere else. */
function withMappingOnOneLine(raw: unknown): unknown {
  const { mapping } = raw as { readonly mapping?: unknown };
  return typeof mapping === 'string'
    ? { ...(raw as object), mapping: mapping.replaceAll(/[\r\n\t]/g, ' ') }
    : raw;
}
