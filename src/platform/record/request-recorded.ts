import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set once something of this request is stored, or may be. */
    hasRecorded?: boolean;
  }
}

const underWay = new AsyncLocalStorage<{ hasRecorded?: boolean }>();

/** Whatever a request appends, however deep, is noted on the request itself. */
export function noteWhatIsRecorded(fastify: FastifyInstance): void {
  fastify.addHook('preHandler', (request, _reply, done) => underWay.run(request, done));
}

/** For what is kept beside the record, such as a number that is handed out: by it alone nothing is recorded. */
export function besideTheRecord<T>(work: () => T): T {
  return underWay.exit(work);
}

/** From here on the request under way may not be answered as if nothing had been recorded. */
export function hasRecorded(): void {
  const request = underWay.getStore();
  if (request !== undefined) request.hasRecorded = true;
}
