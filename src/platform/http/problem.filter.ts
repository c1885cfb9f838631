import { Catch, HttpException, NotFoundException } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  Conflict,
  Damaged,
  OutcomeUnknown,
  PositionForeign,
  Refused,
  TooLarge,
  Unavailable,
} from '#libs/event-store';
import { Problem, problemDocument, problemMediaType } from '#libs/problem-details';
import { passingReason, ProjectionNotReady, readModelsDamage } from '#libs/projections';
import { platformProblems } from '../problems/platform.problems.js';
import { otherType, tooMuch } from './bodies-taken.js';
import { restsOnDamaged } from '../record/refusals.js';
import { RouteTable } from './route-table.js';

const retryAfter = { 'Retry-After': '1' };

/** What the framework throws by itself, by its HTTP status. */
const byStatus: { readonly [status: number]: keyof typeof platformProblems } = {
  400: 'REQUEST_UNREADABLE',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  406: 'NOT_ACCEPTABLE',
  413: 'TOO_LARGE',
  414: 'TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
  431: 'TOO_LARGE',
};

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const { statusCode } = (error ?? {}) as { statusCode?: unknown };
  return typeof statusCode === 'number' ? statusCode : undefined;
}

interface Asked extends Partial<Pick<FastifyRequest, 'headers' | 'routeOptions'>> {
  readonly method: string;
  readonly url?: string;
  /** Something was recorded: what fails after that may not be answered as if nothing had been. */
  readonly hasRecorded?: boolean;
}

/** Whoever does not know what became of a request has to know how to find out. */
export function outcomeUnknown({ url = '' }: Asked, what = ''): Problem {
  const isOfKeys = /^\/v1\/keys(\/|\?|$)/.test(url);
  const detail = isOfKeys
    ? 'Look at the list of keys: a key that nobody was shown is to be revoked and another one made, and any other change that is missing there is to be asked for again.'
    : 'Repeat the request with the same Idempotency-Key.';
  return new Problem(platformProblems.OUTCOME_UNKNOWN, { detail: `${what}${detail}`, headers: retryAfter });
}

/** What passes by itself, soon. */
function later(code: 'STORE_UNAVAILABLE' | 'PROJECTION_LAGGING', detail: string, cause?: unknown): Problem {
  return new Problem(platformProblems[code], { detail, headers: retryAfter, cause });
}

/** Any error as a problem. What we did not expect says nothing of its inside; the log has it under the trace id. */
export function toProblem(error: unknown, asked: Asked = { method: 'POST' }): Problem {
  if (error instanceof Problem) return error;
  const isAway = [Unavailable, PositionForeign, Conflict].some((kind) => error instanceof kind);
  if (error instanceof OutcomeUnknown || (isAway && asked.hasRecorded === true)) return outcomeUnknown(asked);
  if (error instanceof Refused) {
    const detail = `${error.message} Trying again does not help before.`;
    return new Problem(platformProblems.STORE_UNAVAILABLE, {
      detail: asked.method === 'GET' ? detail : `Nothing was recorded. ${detail}`,
      headers: { 'Retry-After': '10' },
    });
  }
  if (error instanceof Unavailable)
    return later(
      'STORE_UNAVAILABLE',
      asked.method === 'GET' ? error.message : `Nothing was recorded. ${error.message}`,
    );
  if (error instanceof PositionForeign)
    return later(
      'STORE_UNAVAILABLE',
      'The event store does not show what was read from it: it is being looked at again.',
      error,
    );
  if (error instanceof Conflict)
    return later(
      'STORE_UNAVAILABLE',
      'Nothing was recorded: others write to the same place without a pause.',
    );
  if (error instanceof Damaged) return restsOnDamaged(error);
  if (error instanceof TooLarge) return new Problem(platformProblems.TOO_LARGE, { detail: error.message });
  if (error instanceof ProjectionNotReady)
    return later('PROJECTION_LAGGING', 'The read models are being built.');
  if (passingReason(error) !== undefined)
    return later(
      'PROJECTION_LAGGING',
      'The read models can not be used for a moment; what was recorded is kept.',
      error,
    );
  const code = byStatus[statusOf(error) ?? 500];
  if (code === undefined)
    return new Problem(platformProblems.INTERNAL, {
      detail: readModelsDamage(error)?.message ?? 'The log has the reason under this traceId.',
      cause: error,
    });
  return new Problem(platformProblems[code], {
    detail:
      aboutBody(error, asked) ??
      (error instanceof Error ? sentence(error.message) : platformProblems[code].title),
  });
}

/** What the framework says of a body leaves out what would be taken in its place. */
function aboutBody(error: unknown, asked: Asked): string | undefined {
  const status = statusOf(error);
  if (status === 415) return otherType(asked);
  return status === 413 ? tooMuch(asked) : undefined;
}

function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** How a problem is told to a person. */
    readonly problemPage?: (problem: Problem) => string;
  }
}

/** Outside of the interface, whoever asks for a page is a person with a browser. */
function isForAPerson({ method, url, headers }: FastifyRequest): boolean {
  return method === 'GET' && !url.startsWith('/v1/') && (headers.accept ?? '').includes('text/html');
}

/** Said of a body in whose place the problem is sent, which nobody is to keep under its name. */
const ofWhatWasToBeSent = ['Content-Disposition', 'ETag'];

/** Takes back what was said of the answer that is not sent. */
export function takeBack(reply: FastifyReply): void {
  for (const name of ofWhatWasToBeSent) void reply.removeHeader(name);
}

/** As a page for a person, and else as a document for a program. */
export function toldTo(
  request: FastifyRequest,
  problem: Problem,
): { readonly type: string; readonly text: string } {
  const page = isForAPerson(request) ? request.server.problemPage : undefined;
  if (page !== undefined) return { type: 'text/html; charset=utf-8', text: page(problem) };
  const document = problemDocument(problem, { typeBase: '/problems/', traceId: request.id });
  return { type: problemMediaType, text: JSON.stringify(document) };
}

export function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): void {
  if (problem.kind.status >= 500 && problem.cause !== undefined)
    request.log.error({ err: problem.cause }, problem.kind.title);
  takeBack(reply);
  const { type, text } = toldTo(request, problem);
  void reply
    .status(problem.kind.status)
    .headers(problem.headers)
    .header('Trace-Id', request.id)
    .type(type)
    .send(text);
}

/** Every error of every route ends here as a problem document. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly routes: RouteTable) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const request = http.getRequest<FastifyRequest>();
    if (reply.sent) return;
    const problem =
      error instanceof NotFoundException ? unknownAddress(this.routes, request) : toProblem(error, request);
    sendProblem(problem, request, reply);
  }
}

function listed(methods: readonly string[]): string {
  const [last = ''] = methods.slice(-1);
  return methods.length > 1 ? `${methods.slice(0, -1).join(', ')} and ${last} are` : `${last} is`;
}

/** A known address with a wrong method is 405, not 404. */
export function unknownAddress(routes: RouteTable, { method, url }: FastifyRequest): Problem {
  const allowed = routes.methodsOf(url.split('?')[0] ?? '/');
  if (allowed.length === 0) {
    return new Problem(platformProblems.NOT_FOUND, {
      detail: 'No operation has this address; /docs lists them all.',
    });
  }
  return new Problem(platformProblems.METHOD_NOT_ALLOWED, {
    detail: `${method} is not taken here; ${listed(allowed)}.`,
    headers: { Allow: allowed.join(', ') },
  });
}
