import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { parseIdempotencyKey, parseIfMatch } from '#libs/preconditions';
import { Problem } from '#libs/problem-details';
import { signedBy } from './signature-headers.js';
import type { SignedBy } from './signature-headers.js';
import { platformProblems } from '../problems/platform.problems.js';

export function headerOf({ headers }: FastifyRequest, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

function requestOf(context: ExecutionContext): FastifyRequest {
  return context.switchToHttp().getRequest<FastifyRequest>();
}

/** The key of the request; undefined where none was sent and none is needed. */
export const IdempotencyKey = createParamDecorator(
  (need: 'needed' | 'optional', context: ExecutionContext): string | undefined => {
    const parsed = parseIdempotencyKey(headerOf(requestOf(context), 'idempotency-key'));
    if (parsed.fault === undefined) return parsed.key;
    if (parsed.fault === 'malformed') {
      throw new Problem(platformProblems.IDEMPOTENCY_KEY_MALFORMED, {
        detail: 'Idempotency-Key takes 1 to 255 visible ASCII characters.',
      });
    }
    if (need === 'optional') return undefined;
    throw new Problem(platformProblems.IDEMPOTENCY_KEY_MISSING, {
      detail: 'A create needs the header Idempotency-Key, for instance a random UUID.',
    });
  },
);

/** The revision that the act was decided on, asked for once the act turns out to be no repeat: a repeat needs none. */
export const ExpectedRevision = createParamDecorator(
  (_data: unknown, context: ExecutionContext) => () => expectedRevision(requestOf(context)),
);

function expectedRevision(request: FastifyRequest): bigint {
  const parsed = parseIfMatch(headerOf(request, 'if-match'));
  if (parsed.fault === undefined) return parsed.revision;
  if (parsed.fault === 'missing') {
    throw new Problem(platformProblems.IF_MATCH_REQUIRED, {
      detail: 'Send If-Match with the ETag of the representation that the act was decided on.',
    });
  }
  const faults = {
    any: 'If-Match: * says nothing about what was seen.',
    weak: 'A weak tag does not name one revision.',
    several: 'Several tags leave open which one was seen.',
    malformed: 'If-Match takes one tag as the ETag gives it, with its quotes.',
  };
  throw new Problem(platformProblems.IF_MATCH_UNUSABLE, { detail: faults[parsed.fault] });
}

/** The signature of the act by its party, and the salt of its words. */
export const Signed = createParamDecorator((_data: unknown, context: ExecutionContext): SignedBy => {
  const request = requestOf(context);
  return signedBy((name) => headerOf(request, name));
});
