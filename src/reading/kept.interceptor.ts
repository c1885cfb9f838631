import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mergeMap } from 'rxjs';
import type { Observable } from 'rxjs';
import { streamOf } from '../platform/record/fold.js';
import type { Once } from '../platform/record/once.js';
import { EventRegistry } from '../platform/record/event-registry.js';
import { RecordReads } from '../platform/record/reading.js';
import { isObject } from '../platform/shapes/sent.js';
import type { Streams } from '../platform/record/streams.js';
import { keptIn } from './at-moment.js';
import type { Kept } from './documents.js';

/** As an item of RFC 9651: `both`, `one;party=RU`, `secretariat`. */
export function headerOf(kept: NonNullable<Kept>): string {
  return kept.by === 'one' ? `one;party=${kept.party}` : kept.by;
}

/**
 * Says beside every representation of one entry in whose hand its record is. In the body it could not stand: the strong
 * ETag is the revision of the entry's own stream, and a joining is an event of the dialogue's.
 */
@Injectable()
export class KeptInterceptor implements NestInterceptor {
  constructor(
    private readonly registry: EventRegistry,
    private readonly readings: RecordReads,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const { once, reading } = context.switchToHttp().getRequest<FastifyRequest>();
    const present = once !== undefined || reading === undefined ? this.readings.present() : reading.present;
    return next.handle().pipe(
      mergeMap(async (answer) => {
        const kept =
          isObject(answer) && 'revision' in answer ? await this.#keptOf(answer, present, once) : undefined;
        if (kept !== undefined) void reply.header('Dialogue-Kept', headerOf(kept));
        return answer;
      }),
    );
  }

  /** What the answer says itself, of another moment for instance; else from the dialogue's own stream. */
  async #keptOf(
    { kept, dialogueId }: Record<string, unknown>,
    present: Streams,
    once: Once | undefined,
  ): Promise<NonNullable<Kept> | undefined> {
    if (kept !== undefined) return (kept as Kept) ?? undefined;
    if (typeof dialogueId !== 'string') return undefined;
    const stream = streamOf(this.registry.part('dialogue'), dialogueId);
    const { folded } = await (once?.readBefore(stream) ?? present.stream(stream));
    return keptIn(folded) ?? undefined;
  }
}
