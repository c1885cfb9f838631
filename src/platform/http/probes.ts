import type { FastifyInstance } from 'fastify';
import type { Health } from './health.js';
import { json } from './kept-answers.js';

/** Who looks after the server asks these so often that they are routes of Fastify's own, and pass no guard. */
export const probeRoutes = [
  { method: 'get', path: '/livez', operationId: 'livez' },
  { method: 'get', path: '/readyz', operationId: 'readyz' },
] as const;

export function answerProbes(fastify: FastifyInstance, health: Pick<Health, 'ready'>): void {
  const [live, ready] = probeRoutes;
  fastify.get(live.path, (_request, reply) => reply.type(json).send('{"status":"ok"}'));
  fastify.get(ready.path, ({ query }) => health.ready(query));
}
