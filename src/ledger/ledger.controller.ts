import { Readable } from 'node:stream';
import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { line, means, optional } from '#libs/decider';
import type { Shape } from '#libs/decider';
import { formatPayload, formatTlogProof, formatVerifierKey, LedgerFault, parseTilePath } from '#libs/ledger';
import type { Tile } from '#libs/ledger';
import { Problem } from '#libs/problem-details';
import { Projections } from '#libs/projections';
import { Operation } from '../platform/access/operation.js';
import { readQuery } from '../platform/http/query.js';
import { parametersRefused } from '../platform/problems/parameters.js';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { Cosignatures } from './cosignatures.js';
import { payloadAt } from './logged.js';
import { LogKeys } from './log-keys.js';
import { Logs } from './logs.js';
import { LedgerService } from './ledger.service.js';
import { leavesLag, namedLog, nothingThere } from './named-log.js';
import { Releases } from './releases.js';
import type { Release } from './release-check.js';
import { keysToken } from './tokens.js';

const wholeNumber = line(16, '^(0|[1-9][0-9]{0,15})$', 'a whole number');
export const consistencyParameters = {
  from: means(wholeNumber, 'The size of the smaller tree, from 0 on.'),
  to: means(wholeNumber, 'The size of the greater one: that of a checkpoint.'),
} satisfies Shape;
export const payloadParameters = {
  from: means(wholeNumber, 'The place of the first leaf.'),
  limit: optional(
    line(3, '^[0-9]{1,3}$', 'a whole number from 1 to 256'),
    'How many at the most; 256 unless told.',
  ),
} satisfies Shape;

const plain = 'text/plain; charset=utf-8';
export const payloadsMax = 256;
/** An answer holds no more than this and one payload: what a mirror takes as the payloads of one bundle of entries. */
const payloadBytesMax = 60 * 1024 * 1024;
const tileWidth = 256;
/** What is full never changes; of what is not, the next checkpoint has more. */
const forEver = 'max-age=31536000, immutable';

/** The log of a dialogue, in the formats of c2sp.org, for tools that nobody here wrote. */
@Controller('v1/dialogues/:id/ledger')
export class LedgerController {
  constructor(
    private readonly logs: Logs,
    private readonly releases: Releases,
    private readonly cosignatures: Cosignatures,
    private readonly ledger: LedgerService,
    @Inject(keysToken) private readonly keys: LogKeys | null,
    private readonly projections: Projections,
  ) {}

  @Get('checkpoint')
  @Operation('getCheckpoint')
  async checkpoint(@Param('id') id: string, @Res() reply: FastifyReply) {
    const { note } = await this.#released(namedLog(this.logs, id));
    await reply.type(plain).header('Cache-Control', 'no-cache').send(note);
  }

  @Get('keys')
  @Operation('getLedgerKeys')
  async verifierKeys(@Param('id') id: string, @Res() reply: FastifyReply) {
    const log = namedLog(this.logs, id);
    if (this.keys === null) throw this.#unsigned();
    const named = this.keys.named(this.logs.originOf(log));
    const lines = named.flatMap(({ note, cosignature }) => [note, cosignature].map(formatVerifierKey));
    await reply.type(plain).send(lines.map((one) => `${one}\n`).join(''));
  }

  @Get('tile/entries/*')
  @Operation('getLedgerEntries')
  async entries(@Param('id') id: string, @Param('*') place: string, @Res() reply: FastifyReply) {
    await this.#tile(namedLog(this.logs, id), `tile/entries/${place}`, reply, 'private');
  }

  @Get('tile/:level/*')
  @Operation('getLedgerTile')
  async tile(
    @Param('id') id: string,
    @Param('level') level: string,
    @Param('*') place: string,
    @Res() reply: FastifyReply,
  ) {
    await this.#tile(namedLog(this.logs, id), `tile/${level}/${place}`, reply, 'public');
  }

  @Get('consistency')
  @Operation('getConsistency')
  async consistency(@Param('id') id: string, @Query() query: unknown, @Res() reply: FastifyReply) {
    const { from, to } = await readQuery(consistencyParameters, query);
    const log = namedLog(this.logs, id);
    const [first, second] = [Number(from), Number(to)];
    const size = this.logs.size(log);
    if (first > second)
      throw parametersRefused([{ parameter: 'from', detail: 'is the smaller size, or the same' }]);
    if (second > size) throw notYetLogged(`The log has ${size} leaves, and not ${second}.`);
    const hashes = first === 0 ? [] : this.logs.consistency(log, first, second);
    await reply.type(plain).send(hashes.map((hash) => `${base64(hash)}\n`).join(''));
  }

  @Get('proofs/:seq')
  @Operation('getInclusionProof')
  async proof(@Param('id') id: string, @Param('seq') asked: string, @Res() reply: FastifyReply) {
    const log = namedLog(this.logs, id);
    const seq = /^(0|[1-9]\d{0,15})$/.test(asked) ? Number(asked) : undefined;
    if (seq === undefined) throw nothingThere(`“${asked.slice(0, 40)}” is no place in a log.`);
    const { size, note } = await this.#released(log);
    if (seq >= size)
      throw notYetLogged(`The last checkpoint is of ${size} leaves, and leaf ${seq} is not among them.`);
    if (size > this.logs.size(log)) throw leavesLag();
    const hashes = this.logs.inclusion(log, seq, size);
    const proof = formatTlogProof({ index: seq, hashes, checkpoint: Buffer.from(note) });
    await reply.type(plain).header('Cache-Control', 'no-cache').send(Buffer.from(proof));
  }

  @Get('payloads')
  @Operation('getPayloads')
  async payloads(@Param('id') id: string, @Query() query: unknown, @Res() reply: FastifyReply) {
    const { from, limit = String(payloadsMax) } = await readQuery(payloadParameters, query);
    const log = namedLog(this.logs, id);
    const [first, count] = [Number(from), Number(limit)];
    if (count < 1 || count > payloadsMax)
      throw parametersRefused([{ parameter: 'limit', detail: `takes 1 to ${payloadsMax}` }]);
    await reply.type('application/x-ndjson').send(Readable.from(this.#payloads(log, first, first + count)));
  }

  /** One after the other, as fast as they are taken: no more than one is held. */
  *#payloads(log: string, first: number, end: number): Generator<Uint8Array, undefined> {
    const { record } = this.projections;
    let bytes = 0;
    for (let seq = first; seq < Math.min(end, this.logs.size(log)) && bytes < payloadBytesMax; seq += 1) {
      const ordinal = record.ordinalIn(log, seq);
      const found = ordinal === undefined ? undefined : record.byOrdinal(ordinal);
      if (found === undefined) return;
      const payload = formatPayload(payloadAt(seq, found.event));
      bytes += payload.length;
      yield payload;
    }
  }

  async #tile(log: string, path: string, reply: FastifyReply, whose: 'private' | 'public') {
    const tile = tileAt(path);
    const bytes = tile === undefined ? undefined : this.logs.tile(log, tile);
    if (tile === undefined || bytes === undefined) throw nothingThere(`The log has no ${path.slice(0, 80)}.`);
    const kept = tile.width === tileWidth ? `${whose}, ${forEver}` : 'no-cache';
    await reply.type('application/octet-stream').header('Cache-Control', kept).send(Buffer.from(bytes));
  }

  async #released(log: string): Promise<Release> {
    const release = await this.releases.shown(log);
    if (release !== undefined) return { ...release, note: await this.cosignatures.noted(log, release.note) };
    const changed = this.releases.faults.get(log);
    if (changed !== undefined)
      throw new Problem(platformProblems.LEDGER_UNSIGNED, { detail: `It is not shown. ${changed}` });
    if (this.keys === null) throw this.#unsigned();
    throw notYetLogged('There is no checkpoint yet; the first comes within a second of the first event.');
  }

  #unsigned(): Problem {
    return new Problem(platformProblems.LEDGER_UNSIGNED, { detail: this.ledger.unsigned ?? '' });
  }
}

function tileAt(path: string): Tile | undefined {
  try {
    return parseTilePath(path);
  } catch (error) {
    if (error instanceof LedgerFault) return undefined;
    throw error;
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

function notYetLogged(detail: string): Problem {
  return new Problem(platformProblems.NOT_YET_LOGGED, { detail });
}
