import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { entityTag, isMatched, parseIfMatch } from '#libs/preconditions';
import { Problem } from '#libs/problem-details';
import { unanswered } from '../platform/access/keys-unasked.js';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { staleRevision } from '../platform/record/refusals.js';
import type { LoadedStream } from '../platform/record/streams.js';

/** The `If-Match` of a read, if it has one. */
export const IfMatch = createParamDecorator((_data: unknown, context: ExecutionContext) => {
  const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
  return headers['if-match'];
});

function differs(detail: string): Problem {
  return new Problem(platformProblems.STALE_REVISION, { detail });
}

/** What is read as of a moment that the question names has no entity tag: only `*` holds for it. */
export function refuseUnlessAnything(header: string | undefined): void {
  if (isMatched(header, undefined)) return;
  throw differs(
    'What is read as of another moment has no ETag, so If-Match never holds for it: leave it out.',
  );
}

/** Throws 412 where the entry as its stream has it is not what the reader wants to read; with what came in between. */
export function refuseUnlessMatched(
  header: string | undefined,
  { events, folded }: LoadedStream,
  silentMs: number | undefined,
): void {
  const present = folded?.revision ?? -1;
  const isAged = silentMs !== undefined;
  if (isMatched(header, isAged ? undefined : entityTag(BigInt(present)))) return;
  if (isAged) throw unanswered('While the store is away nobody knows whether If-Match still holds.');
  const { revision } = parseIfMatch(header);
  const stale = revision === undefined ? undefined : staleRevision(events, revision);
  throw (
    stale ??
    differs(
      `It is at revision ${present}, and If-Match takes its ETag, ${entityTag(BigInt(present))}, with the quotes and without W/, or *.`,
    )
  );
}
