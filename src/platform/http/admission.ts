import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#libs/problem-details';
import type { Authentication } from '../access/authentication.js';
import { platformProblems } from '../problems/platform.problems.js';
import type { Clock } from '../record/clock.js';
import { refuseUnreadable } from '../record/unreadable.js';
import { isForOthers, otherType } from './bodies-taken.js';
import { refusePacked } from './content-coding.js';
import { bodyOf } from './kept-answers.js';
import type { KeptAnswers } from './kept-answers.js';
import { unknownAddress } from './problem.filter.js';
import { RateLimits } from './rate-limits.js';
import type { RouteTable } from './route-table.js';
import { spooledTypes } from './spooled-file.js';
import type { WrittenAnswer } from './written-answer.js';

export interface AdmissionOptions {
  readonly clock: Clock;
  readonly requestsPerMinute: number;
  readonly routes: RouteTable;
  /** Asked before a large body is read. */
  readonly authentication: Authentication;
  /** Below /v1/, the routes that need no key all the same. */
  readonly openRoutes: readonly string[];
  /** Reads that need not be made again. */
  readonly kept: KeptAnswers;
}

/**
 * Before anything of the body is read: neither an address that nobody has nor a stranger makes us read one, and a type
 * that another route takes must not fill our memory on this one. A read that was answered before, and would be answered
 * alike, is answered here.
 */
export function admitRequests(fastify: FastifyInstance, options: AdmissionOptions): void {
  const limits = new RateLimits(options.clock, options.requestsPerMinute);
  const refuse = (request: FastifyRequest, reply: FastifyReply, stranger: Error | undefined) => {
    if (!isProbe(request)) limits.count(request, reply);
    refuseUnreadable(request);
    if (request.is404) throw unknownAddress(options.routes, request);
    refuseOtherTypes(request);
    refusePacked(request);
    if (stranger !== undefined) throw stranger;
  };
  fastify.addHook('onRequest', (request, reply, done) => {
    const admit = (stranger: Error | undefined) => {
      let answer: WrittenAnswer | undefined;
      const fault = faultOf(() => {
        refuse(request, reply, stranger);
        answer = options.kept.of(request);
      });
      if (fault !== undefined || answer === undefined) return done(fault);
      void reply.send(bodyOf(answer, request, reply));
    };
    const stranger = strangerIn(request, options);
    if (stranger instanceof Promise) void stranger.then(admit);
    else admit(stranger);
  });
}

/** What the work throws. */
function faultOf(work: () => void): Error | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

/** Who looks after the server asks often, from one address, and just then when much is asked or the server ends. */
export function isProbe({ routeOptions: { url } }: FastifyRequest): boolean {
  return url === '/livez' || url === '/readyz';
}

function refuseOtherTypes(request: FastifyRequest): void {
  if (isForOthers(request))
    throw new Problem(platformProblems.UNSUPPORTED_MEDIA_TYPE, { detail: otherType(request) });
}

/** Everything below it takes a key or a token; pages have a door of their own. */
const signedInBelow = '/v1/';

/**
 * Only who is known may make us read a body; the guard asks what they may do. Undefined for who is known, or need not be;
 * thrown by the caller, once the request is counted. A promise only where somebody has to be asked.
 */
function strangerIn(
  request: FastifyRequest,
  { authentication, openRoutes }: AdmissionOptions,
): undefined | Promise<Error | undefined> {
  const { url = '' } = request.routeOptions;
  if (!url.startsWith(signedInBelow) || openRoutes.includes(url)) return undefined;
  const known = authentication.known(request.headers.authorization);
  if (known === undefined) return refusedAsStranger(request, authentication);
  request.principal = known;
  return undefined;
}

async function refusedAsStranger(
  request: FastifyRequest,
  authentication: Authentication,
): Promise<Error | undefined> {
  try {
    request.principal = await authentication.principalOf(request.headers.authorization);
    return undefined;
  } catch (error) {
    const type = request.headers['content-type']?.toLowerCase() ?? '';
    const isLarge = ['application/octet-stream', ...spooledTypes].some((one) => type.startsWith(one));
    if (!(error instanceof Problem) || !isLarge) return error as Error;
    // What is still on its way is not waited for.
    return new Problem(error.kind, {
      detail: error.detail,
      headers: { ...error.headers, Connection: 'close' },
    });
  }
}
