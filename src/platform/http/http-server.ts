import type { IncomingMessage } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { LogController } from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#libs/problem-details';
import { parseTraceparent } from '#libs/tracing';
import type { Tracing } from '#libs/tracing';
import { endWithKeys } from '../access/long-answers.js';
import { admitRequests, isProbe } from './admission.js';
import type { AdmissionOptions } from './admission.js';
import { answerInTime } from './answer-in-time.js';
import { addParsers, jsonBytesMax } from './body-parsers.js';
import { Connections, connectionLimits } from './connections.js';
import type { ConnectionLimits } from './connections.js';
import type { Draining } from './draining.js';
import { packAnswers } from './packed-answers.js';
import { answerProbes } from './probes.js';
import type { Log } from './log.js';
import type { Metrics } from './metrics.js';
import { platformProblems } from '../problems/platform.problems.js';
import { sendProblem, toProblem } from './problem.filter.js';
import type { Ids } from '../record/ids.js';
import type { Health } from './health.js';
import { nameAge } from '../record/reading.js';
import { noteWhatIsRecorded } from '../record/request-recorded.js';
import { noteRequests } from './requests-noted.js';
import { securityHeaders } from './security-headers.js';
import { traceRequests } from './traced-requests.js';
import { spoolFiles } from './spooled-file.js';
import { answerClientError, answerExpectations, anyAddress } from '../record/unreadable.js';

const requestTimeoutMs = 30_000;

export interface AdapterOptions {
  readonly ids: Ids;
  /** Whose word about the address of the client is taken; nobody's where it is empty. */
  readonly trustedProxies: readonly string[];
  readonly log: Log;
  /** Where a test can't wait as long as a server does. */
  readonly connectionLimits?: ConnectionLimits | undefined;
}

export interface HttpOptions extends AdapterOptions, AdmissionOptions {
  readonly metrics: Metrics;
  readonly draining: Draining;
  /** Undefined where nobody asks for spans. */
  readonly tracing: Tracing | undefined;
  readonly health: Pick<Health, 'ready'>;
  /** How long an answer may take; absent where nothing hangs that we would have to wait for. */
  readonly answerMs?: number | undefined;
  /** How a problem is told to a person with a browser. */
  readonly problemPage: (problem: Problem) => string;
}

/** The Fastify adapter with our limits and our problems. */
export function httpAdapter(options: AdapterOptions): FastifyAdapter {
  const { keepAliveMs } = options.connectionLimits ?? connectionLimits;
  return new FastifyAdapter({
    bodyLimit: jsonBytesMax,
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
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.headers(securityHeaders);
    void reply.header('Trace-Id', request.id);
    connections.watch(reply.raw);
    if (isProbe(request)) return done();
    if (draining.active) return done(shuttingDown(reply));
    draining.began(reply.raw);
    done();
  });
  admitRequests(fastify, options);
  endWithKeys(fastify, options);
  packAnswers(fastify);
  spoolFiles(fastify);
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (draining.active) void reply.header('Connection', 'close');
    done(null, payload);
  });
  answerProbes(fastify, options.health);
}

/** Whoever comes while the server ends is told when to come again, on a connection that ends with it. */
function shuttingDown(reply: FastifyReply): Problem {
  void reply.header('Connection', 'close');
  return new Problem(platformProblems.SHUTTING_DOWN, {
    detail: 'Try again in a moment.',
    headers: { 'Retry-After': '5' },
  });
}
