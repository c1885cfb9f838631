import type { IncomingMessage } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { LogController } from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#libs/problem-details';
import { parseTraceparent } from '#libs/tracing';
import type { Tracing } from '#libs/tracing';
import type { Authentication } from '../access/authentication.js';
import { answerInTime } from './answer-in-time.js';
import { Connections, connectionLimits } from './connections.js';
import type { ConnectionLimits } from './connections.js';
import type { Draining } from './draining.js';
import { refusePacked } from './content-coding.js';
import { readJson } from './json-body.js';
import { packAnswers } from './packed-answers.js';
import type { Log } from './log.js';
import type { Metrics } from './metrics.js';
import { platformProblems } from '../problems/platform.problems.js';
import { sendProblem, toProblem, unknownAddress } from './problem.filter.js';
import type { Ids } from '../record/ids.js';
import type { Health } from './health.js';
import { nameAge } from '../record/reading.js';
import { noteWhatIsRecorded } from '../record/request-recorded.js';
import { noteRequests } from './requests-noted.js';
import type { RouteTable } from './route-table.js';
import { RateLimits } from './rate-limits.js';
import { securityHeaders } from './security-headers.js';
import { traceRequests } from './traced-requests.js';
import { spoolFiles, spooledTypes } from './spooled-file.js';
import type { Clock } from '../record/clock.js';
import { answerClientError, answerExpectations, anyAddress, refuseUnreadable } from '../record/unreadable.js';

const bodyBytesMax = 256 * 1024;
export const sourceBytesMax = 20 * 1024 * 1024;
const requestTimeoutMs = 30_000;

export interface AdapterOptions {
  readonly ids: Ids;
  /** Whose word about the address of the client is taken; nobody's where it is empty. */
  readonly trustedProxies: readonly string[];
  readonly log: Log;
  /** Where a test can't wait as long as a server does. */
  readonly connectionLimits?: ConnectionLimits | undefined;
}

export interface HttpOptions extends AdapterOptions {
  readonly clock: Clock;
  readonly requestsPerMinute: number;
  readonly metrics: Metrics;
  readonly draining: Draining;
  /** Undefined where nobody asks for spans. */
  readonly tracing: Tracing | undefined;
  readonly routes: RouteTable;
  readonly health: Pick<Health, 'ready'>;
  /** How long an answer may take; absent where nothing hangs that we would have to wait for. */
  readonly answerMs?: number | undefined;
  /** How a problem is told to a person with a browser. */
  readonly problemPage: (problem: Problem) => string;
  /** Asked before a large body is read. */
  readonly authentication: Authentication;
  /** Below /v1/, the routes that need no key all the same. */
  readonly openRoutes: readonly string[];
}

/** The Fastify adapter with our limits and our problems. */
export function httpAdapter(options: AdapterOptions): FastifyAdapter {
  const { keepAliveMs } = options.connectionLimits ?? connectionLimits;
  return new FastifyAdapter({
    bodyLimit: bodyBytesMax,
    trustProxy: options.trustedProxies.length === 0 ? false : [...options.trustedProxies],
    keepAliveTimeout: keepAliveMs,
    requestTimeout: requestTimeoutMs,
    return503OnClosing: false,
    // Whoever asks within a trace of their own finds our words under its name.
    genReqId: ({ headers }: IncomingMessage) =>
      parseTraceparent(headers['traceparent'])?.traceId ?? options.ids.trace(),
    loggerInstance: options.log,
    // We say of a request what we choose to (`requests-noted.ts`), under the name that its answer has.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'traceId' }),
    ...anyAddress,
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(toProblem(error, request), request, reply),
    clientErrorHandler: (error, socket) => answerClientError(error, socket, options.ids),
    http: {
      // Node would answer this one without a word; we say what is missing.
      requireHostHeader: false,
      // Counted from the first byte of a request, so it may be shorter than a connection may idle; were it longer than
      // a request may take, Node would take each for the other.
      headersTimeout: requestTimeoutMs,
    },
  });
}

/**
 * What is done with every request before its handler and with every answer after it, so that nothing answers with
 * anything but our JSON and our problems. To be called before the routes are made, for it keeps a table of them.
 */
export function prepareRequests(fastify: FastifyInstance, options: HttpOptions): void {
  const { draining, routes } = options;
  const connections = new Connections(fastify.server, options.connectionLimits ?? connectionLimits);
  draining.over(connections);
  addParsers(fastify);
  fastify.decorate('problemPage', options.problemPage);
  answerExpectations(fastify.server, options.ids);
  fastify.addHook('onRoute', ({ method, url }) =>
    routes.add(url, typeof method === 'string' ? [method] : method),
  );
  if (options.tracing !== undefined) traceRequests(fastify, options.tracing);
  noteRequests(fastify, options);
  if (options.answerMs !== undefined) answerInTime(fastify, options.answerMs);
  nameAge(fastify);
  noteWhatIsRecorded(fastify);
  const limits = new RateLimits(options.clock, options.requestsPerMinute);
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.headers(securityHeaders);
    void reply.header('Trace-Id', request.id);
    connections.watch(reply.raw);
    if (isProbe(request)) return done();
    if (draining.active) return done(shuttingDown(reply));
    draining.began(reply.raw);
    done();
  });
  // Before anything of the body is read: neither an address that nobody has nor a stranger makes us read one, and a
  // type that another route takes must not fill our memory on this one.
  const admit = (request: FastifyRequest, reply: FastifyReply, stranger: Error | undefined) => {
    if (!isProbe(request)) limits.count(request, reply);
    refuseUnreadable(request);
    if (request.is404) throw unknownAddress(routes, request);
    refuseOtherTypes(request);
    refusePacked(request);
    if (stranger !== undefined) throw stranger;
  };
  fastify.addHook('onRequest', (request, reply, done) => {
    const whoever = strangerIn(request, options);
    if (whoever instanceof Promise)
      whoever.then((stranger) => admit(request, reply, stranger)).then(() => done(), done);
    else done(faultOf(() => admit(request, reply, whoever)));
  });
  packAnswers(fastify);
  spoolFiles(fastify);
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (draining.active) void reply.header('Connection', 'close');
    done(null, payload);
  });
  answerProbes(fastify, options.health);
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

/** Routes of Fastify's own: whoever looks after the server asks often, and each passes no guard and answers by itself. */
function answerProbes(fastify: FastifyInstance, health: Pick<Health, 'ready'>): void {
  fastify.get('/livez', (_request, reply) =>
    reply.type('application/json; charset=utf-8').send('{"status":"ok"}'),
  );
  fastify.get('/readyz', ({ query }) => health.ready(query));
}

/** Whoever comes while the server ends is told when to come again, on a connection that ends with it. */
function shuttingDown(reply: FastifyReply): Problem {
  void reply.header('Connection', 'close');
  return new Problem(platformProblems.SHUTTING_DOWN, {
    detail: 'Try again in a moment.',
    headers: { 'Retry-After': '5' },
  });
}

/** Who looks after the server asks often, from one address, and just then when much is asked or the server ends. */
function isProbe({ routeOptions: { url } }: FastifyRequest): boolean {
  return url === '/livez' || url === '/readyz';
}

/** The routes that take something else than JSON. */
const otherTypes: { readonly [type: string]: RegExp } = {
  ...Object.fromEntries(spooledTypes.map((type) => [type, /^POST \/v1\/imports$/])),
  'application/octet-stream': /^POST \/v1\/[^/]+\/:id\/bytes$/,
  'application/x-www-form-urlencoded': /^\S+ \/(sign-(in|out|out\/by\/:issuer)|following)$/,
};

function refuseOtherTypes({ headers, method, routeOptions: { url } }: FastifyRequest): void {
  if (headers['content-type'] === undefined) return;
  const [type = ''] = headers['content-type'].toLowerCase().split(';');
  const takers = otherTypes[type.trim()];
  if (takers === undefined || url === undefined || takers.test(`${method} ${url}`)) return;
  throw new Problem(platformProblems.UNSUPPORTED_MEDIA_TYPE, {
    detail: `${type.trim()} is not taken here; send application/json.`,
  });
}

/** Everything below it takes a key or a token; pages have a door of their own. */
const signedInBelow = '/v1/';

/**
 * Only who is known may make us read a body; the guard asks what they may do. Undefined for who is known, or need not be;
 * thrown by the caller, once the request is counted. A promise only where somebody has to be asked.
 */
function strangerIn(
  request: FastifyRequest,
  { authentication, openRoutes }: HttpOptions,
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

function addParsers(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, body.length === 0 ? undefined : readJson(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
  fastify.addContentTypeParser(
    'application/octet-stream',
    { parseAs: 'buffer', bodyLimit: sourceBytesMax },
    (_request, body, done) => done(null, body),
  );
  fastify.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 4_096 },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body as string))),
  );
}
