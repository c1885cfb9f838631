import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parseTraceparent } from '#libs/tracing';
import type { Span, Tracing } from '#libs/tracing';
import { probes } from './requests-noted.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Where requests are traced. */
    span?: Span;
  }
}

/**
 * A span for each request, under its route, as the conventions of OpenTelemetry for HTTP servers have it, but for the
 * address, the query and who asks: those may let somebody in, or say what was asked for.
 */
export function traceRequests(fastify: FastifyInstance, tracing: Tracing): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (probes.has(request.routeOptions.url ?? '')) return done();
    const span = begun(request, tracing);
    request.span = span;
    reply.raw.once('close', () => {
      const { headersSent, statusCode, writableFinished } = reply.raw;
      if (headersSent) span.say({ 'http.response.status_code': statusCode });
      if (!writableFinished) span.failed('cut');
      else if (statusCode >= 500) span.failed(String(statusCode));
      span.end();
    });
    tracing.within(span, done);
  });
  // Reading the body has left it.
  fastify.addHook('preHandler', ({ span }, _reply, done) =>
    span === undefined ? done() : tracing.within(span, done),
  );
}

function begun({ method, routeOptions: { url }, headers, id }: FastifyRequest, tracing: Tracing): Span {
  return tracing.begin(url === undefined ? method : `${method} ${url}`, {
    kind: 'server',
    parent: parseTraceparent(headers['traceparent']),
    isApart: true,
    traceId: id,
    attributes: { 'http.request.method': method, ...(url === undefined ? {} : { 'http.route': url }) },
  });
}
