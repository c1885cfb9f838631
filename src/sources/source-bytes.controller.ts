import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Unavailable } from '#libs/event-store';
import type { EventStore } from '#libs/event-store';
import { Problem } from '#libs/problem-details';
import { refuseUnjoined } from '../platform/commands/attribution.js';
import { Answer } from '../platform/commands/answer.js';
import { IdempotencyKey } from '../platform/commands/request-headers.js';
import { represent } from '../platform/record/fold.js';
import { Operation } from '../platform/access/operation.js';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { principalOf } from '../platform/access/principal.guard.js';
import { Reading } from '../platform/record/reading.js';
import type { RecordRead } from '../platform/record/reading.js';
import { notFound } from '../platform/record/refusals.js';
import { resolved } from '../platform/record/resolving.js';
import { keyHash } from '../platform/record/seal.js';
import { storeToken } from '../platform/record/tokens.js';
import { Clock } from '../platform/record/clock.js';
import { EventRegistry } from '../platform/record/event-registry.js';
import { Ids } from '../platform/record/ids.js';
import { StoredStreams } from '../platform/record/stored-streams.js';
import { readBytes } from './blobs.js';
import type { Source } from './source.decider.js';
import type { Tools } from './deposits.js';
import { quotaToken } from './tokens.js';
import { bytesErased, dropAllUnnamed, dropUnnamed, upload } from './uploads.js';

/** The bytes of held sources: sent first, for one dialogue, then named when the one source is registered. */
@Controller('v1')
export class SourceBytesController implements OnApplicationBootstrap {
  constructor(
    private readonly registry: EventRegistry,
    @Inject(storeToken) private readonly store: EventStore,
    private readonly streams: StoredStreams,
    private readonly ids: Ids,
    private readonly clock: Clock,
    @Inject(quotaToken) private readonly quotaBytes: number,
  ) {}

  get #tools(): Tools {
    return { store: this.store, ids: this.ids };
  }

  async onApplicationBootstrap(): Promise<void> {
    try {
      await dropAllUnnamed(this.#tools, this.clock.now());
    } catch (error) {
      // A store elsewhere may be away or doubted. The next bytes that are sent for a dialogue, or the next start, drop them.
      if (!(error instanceof Unavailable) || this.store.silentMs === undefined) throw error;
    }
  }

  @Post('dialogues/:id/bytes')
  @HttpCode(201)
  @Operation('uploadSourceBytes')
  async upload(
    @Param('id') id: string,
    @IdempotencyKey('needed') key: string,
    @Req() request: FastifyRequest,
  ) {
    const principal = principalOf(request);
    const { body } = request;
    const dialogues = this.registry.get('dialogues');
    const dialogueId = await resolved({ present: this.streams }, dialogues, id);
    const talks = await this.streams.dialogue(dialogueId);
    if (talks === undefined) throw notFound(dialogues, dialogueId);
    refuseUnjoined({ principal, talks });
    if (!Buffer.isBuffer(body) || body.length === 0) {
      throw new Problem(platformProblems.UNSUPPORTED_MEDIA_TYPE, {
        detail: 'Send the bytes themselves, at least one, as application/octet-stream.',
      });
    }
    await dropUnnamed(this.#tools, dialogueId, this.clock.now());
    const sent = {
      dialogueId,
      party: principal.party,
      keyHash: keyHash(principal.id, `/v1/dialogues/${dialogueId}/bytes`, key),
      bytes: body,
    };
    const { isRepeat, ...kept } = await upload(this.#tools, sent, this.quotaBytes);
    return new Answer(kept, { replayed: isRepeat });
  }

  @Get('sources/:id/bytes')
  @Operation('getSourceBytes')
  async bytes(@Reading() record: RecordRead, @Param('id') id: string, @Res() reply: FastifyReply) {
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
