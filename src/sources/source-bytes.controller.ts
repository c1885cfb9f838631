import { Body, Controller, Get, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Problem } from '#libs/problem-details';
import { Operation } from '../platform/operation.js';
import { platformProblems } from '../platform/platform.problems.js';
import type { OpenRecord } from '../platform/record.js';
import { notFound } from '../platform/refusals.js';
import { openRecordToken } from '../platform/tokens.js';
import { keepBytes, readBytes } from './blobs.js';
import type { Source } from './source.decider.js';

/** The bytes of held sources: sent first, then named by their hash when the source is registered. */
@Controller('v1/sources')
export class SourceBytesController {
  constructor(@Inject(openRecordToken) private readonly record: OpenRecord) {}

  @Post('bytes')
  @HttpCode(201)
  @Operation('uploadSourceBytes')
  async upload(@Body() body: unknown) {
    if (!Buffer.isBuffer(body) || body.length === 0) {
      throw new Problem(platformProblems.UNSUPPORTED_MEDIA_TYPE, {
        detail: 'Send the bytes themselves, at least one, as application/octet-stream.',
      });
    }
    return keepBytes(this.record.store, this.record.ids, body);
  }

  @Get(':id/bytes')
  @Operation('getSourceBytes')
  async bytes(@Param('id') id: string, @Res() reply: FastifyReply) {
    const source = (await this.record.world.facts('sources', id)) as unknown as Source | undefined;
    const bytes =
      source?.sha256 === undefined ? undefined : await readBytes(this.record.store, source.sha256);
    if (source === undefined) throw notFound(this.record.registry.get('sources'), id);
    if (bytes === undefined) {
      throw new Problem(platformProblems.NOT_FOUND, {
        detail: `The source ${id} is cited, not held: there are no bytes.`,
      });
    }
    // As a download and never as a page of ours, whatever the bytes are.
    void reply
      .type('application/octet-stream')
      .header('Content-Disposition', `attachment; filename="${source.sha256}"`)
      .header('ETag', `"${source.sha256}"`);
    await reply.send(bytes);
  }
}
