import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Unavailable } from '#libs/event-store';
import { Problem } from '#libs/problem-details';
import { refuseUnjoined } from '../platform/commands/acts.js';
import type { Talks } from '../platform/record/evidence.js';
import { idempotencyKeyOf } from '../platform/commands/commands.controller.js';
import { represent } from '../platform/record/fold.js';
import { Operation } from '../platform/access/operation.js';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { principalOf } from '../platform/access/principal.guard.js';
import { Reading } from '../platform/record/reading.js';
import type { OpenRecord } from '../platform/record.js';
import { notFound } from '../platform/record/refusals.js';
import { resolved } from '../platform/record/resolving.js';
import { keyHash } from '../platform/record/seal.js';
import { openRecordToken, settingsToken } from '../platform/access/tokens.js';
import { readBytes } from './blobs.js';
import type { Source } from './source.decider.js';
import { bytesErased, dropAllUnnamed, dropUnnamed, upload } from './uploads.js';

/** The bytes of held sources: sent first, for one dialogue, then named when the one source is registered. */
@Controller('v1')
export class SourceBytesController implements OnApplicationBootstrap {
  constructor(
    @Inject(openRecordToken) private readonly record: OpenRecord,
    @Inject(settingsToken) private readonly settings: { readonly heldBytesPerDialogue: number },
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await dropAllUnnamed(this.record, this.record.clock.now());
  }

  @Post('dialogues/:id/bytes')
  @HttpCode(201)
  @Operation('uploadSourceBytes')
  async upload(
    @Param('id') id: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const principal = principalOf(request);
    const key = idempotencyKeyOf(request, true) ?? '';
    const dialogueId = await resolved(this.record, this.record.registry.get('dialogues'), id);
    const talks = (await this.record.world.facts('dialogues', dialogueId)) as unknown as Talks | undefined;
    if (talks === undefined) throw notFound(this.record.registry.get('dialogues'), dialogueId);
    refuseUnjoined({ principal, talks });
    if (!Buffer.isBuffer(body) || body.length === 0) {
      throw new Problem(platformProblems.UNSUPPORTED_MEDIA_TYPE, {
        detail: 'Send the bytes themselves, at least one, as application/octet-stream.',
      });
    }
    await dropUnnamed(this.record, dialogueId, this.record.clock.now());
    const sent = {
      dialogueId,
      party: principal.party,
      keyHash: keyHash(principal.id, `/v1/dialogues/${dialogueId}/bytes`, key),
      bytes: body,
    };
    const { isRepeat, ...kept } = await upload(this.record, sent, this.settings.heldBytesPerDialogue);
    if (isRepeat) void reply.header('Idempotent-Replayed', 'true');
    return kept;
  }

  @Get('sources/:id/bytes')
  @Operation('getSourceBytes')
  async bytes(@Reading() record: OpenRecord, @Param('id') id: string, @Res() reply: FastifyReply) {
    const sources = record.registry.get('sources');
    const folded = await record.present.folded('sources', await resolved(record, sources, id));
    if (folded === undefined) throw notFound(sources, id);
    const { bytesId } = folded.state as Source;
    if (bytesId === undefined) {
      throw new Problem(platformProblems.NOT_FOUND, {
        detail: `The source ${id} is cited, not held: there are no bytes.`,
      });
    }
    const { sha256 } = represent(folded);
    if (typeof sha256 !== 'string') throw bytesErased(`The bytes of the source ${id} went with its words.`);
    if (record.present.silentMs !== undefined) {
      throw new Unavailable(
        "The bytes of sources are in the event store alone, and it can't be reached now.",
      );
    }
    const bytes = await readBytes(record.store, bytesId, sha256);
    if (bytes === undefined) {
      throw new Problem(platformProblems.NOT_FOUND, {
        detail: `The bytes of the source ${id} are not in the store, or not as they were sent.`,
      });
    }
    // As a download and never as a page of ours, whatever the bytes are.
    void reply
      .type('application/octet-stream')
      .header('Content-Disposition', `attachment; filename="${sha256}"`)
      .header('ETag', `"${sha256}"`);
    await reply.send(bytes);
  }
}
