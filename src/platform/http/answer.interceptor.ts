import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map } from 'rxjs';
import type { Observable } from 'rxjs';
import { entityTag } from '#libs/preconditions';
import { Answer } from '../commands/answer.js';
import type { Beside } from '../commands/answer.js';
import { bodyOf, KeptAnswers } from './kept-answers.js';
import { WrittenAnswer } from './written-answer.js';
import { Moments } from '../record/moments.js';

/** Writes the headers that an answer brings along, and sends its body. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  constructor(
    private readonly moments: Moments,
    private readonly kept: KeptAnswers,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    return next.handle().pipe(
      map((answer) => {
        if (answer instanceof WrittenAnswer) {
          this.kept.keep(request, answer);
          return bodyOf(answer, request, reply);
        }
        if (!(answer instanceof Answer)) return answer;
        const { status } = answer.beside;
        void reply.headers(this.#headersOf(answer.beside));
        if (status !== undefined) void reply.status(status);
        return answer.body;
      }),
    );
  }

  /** The place of one's own act may be the same text each time, for it tells whoever asks nothing new. */
  #headersOf({ revision, position, location, next, recorded, replayed }: Beside): Record<string, string> {
    return {
      ...(location === undefined ? {} : { Location: location }),
      ...(next === undefined ? {} : { Link: next }),
      ...(revision === undefined ? {} : { ETag: entityTag(BigInt(revision)) }),
      ...(position === undefined
        ? {}
        : { 'Event-Position': this.moments.sealed(position, 'Event-Position') }),
      ...(recorded === false ? { 'Act-Recorded': 'false' } : {}),
      ...(replayed === true ? { 'Idempotent-Replayed': 'true' } : {}),
    };
  }
}
