import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { realElapsed } from '../record/clock.js';
import type { Draining } from './draining.js';
import type { Log } from './log.js';
import type { Metrics } from './metrics.js';

/** An address that nobody has; it may hold anything, so it is named by no word of its own. */
const noRoute = 'none';

/** Whoever looks after the server asks so often that the log would say little else. */
export const probes: ReadonlySet<string> = new Set(['/livez', '/readyz', '/metrics']);

/**
 * One line a request, and its time for the metrics, once its last byte is out or its reader has gone. The route stands
 * for the address: ids, queries and addresses that let somebody in say too much for a log. Who asked is an id that stands
 * for them, as in events.
 */
export function noteRequests(fastify: FastifyInstance, to: To): void {
  const { draining } = to;
  fastify.addHook('onRequest', (request, reply, done) => {
    const began = realElapsed();
    const { raw } = reply;
    raw.once('close', () => {
      draining.ended(raw);
      note(request, reply, realElapsed() - began, to);
    });
    done();
  });
}

interface To {
  readonly log: Log;
  readonly metrics: Metrics;
  /** Told that the answer is no longer under way. */
  readonly draining: Draining;
}

function note(request: FastifyRequest, { raw }: FastifyReply, tookMs: number, { log, metrics }: To): void {
  const { method, principal } = request;
  const route = request.routeOptions.url ?? noRoute;
  const status = raw.headersSent ? raw.statusCode : undefined;
  // A method that nobody has could be any of some thirty, and a route that nobody has is one.
  const counted = route === noRoute ? noRoute : method;
  metrics.answered({ method: counted, route, status: String(status ?? 'none') }, tookMs / 1_000);
  const level = probes.has(route) ? 'debug' : 'info';
  if (!log.isLevelEnabled(level)) return;
  log[level]({
    traceId: request.id,
    ...(request.span === undefined ? {} : { spanId: request.span.place.spanId }),
    method,
    route,
    status,
    tookMs: Math.round(tookMs * 10) / 10,
    ...(principal === undefined ? {} : { principal: principal.id }),
    ...(raw.writableFinished ? {} : { cut: true }),
  });
}
