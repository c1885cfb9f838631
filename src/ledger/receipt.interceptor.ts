import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { mergeMap, of } from 'rxjs';
import type { Observable } from 'rxjs';
import { Answer } from '../platform/commands/answer.js';
import { Receipts } from './receipts.js';

/** The receipt of an act, as a byte sequence of RFC 9651: a note has several lines. */
export const receiptHeader = 'Ledger-Receipt';

/** Gives the log's promise with the answer to an act that was recorded. */
@Injectable()
export class ReceiptInterceptor implements NestInterceptor {
  constructor(private readonly receipts: Receipts) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next
      .handle()
      .pipe(mergeMap((answer) => (answer instanceof Answer ? this.#with(answer, reply) : of(answer))));
  }

  async #with(answer: Answer, reply: FastifyReply): Promise<Answer> {
    const { stream, revision } = answer.beside;
    if (stream === undefined || revision === undefined) return answer;
    // The act is recorded whatever becomes of the receipt.
    const receipt = await this.receipts.of(stream, revision).catch(() => undefined);
    if (receipt !== undefined)
      void reply.header(receiptHeader, `:${Buffer.from(receipt).toString('base64')}:`);
    return answer;
  }
}
