import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Observable } from 'rxjs';

/** An interceptor that looks at what the handler answers, and begins at once. */
export interface AtOnce {
  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown>;
}

/**
 * Several interceptors as one, of which the last is the first to see an answer. For each that it knows of, Nest makes at
 * every request a scope, a promise and two observables to begin it in.
 */
export class InTurnInterceptor implements NestInterceptor {
  constructor(private readonly all: readonly AtOnce[]) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    return this.all
      .reduceRight<CallHandler<unknown>>(
        (inner, one) => ({ handle: () => one.intercept(context, inner) }),
        next,
      )
      .handle();
  }
}
