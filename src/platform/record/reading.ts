import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Once } from './once.js';
import { Present } from './present.js';
import type { OpenRecord } from '../record.js';
import type { Streams } from './streams.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The record as this request reads it. */
    reading?: OpenRecord;
    /** The streams as the act in it reads them; absent where it only reads. */
    once?: Once;
  }
}

export function isRead({ method }: FastifyRequest): boolean {
  return method === 'GET' || method === 'HEAD';
}

/**
 * The record for one request: whoever only reads is answered from the read models while the store is away; an act never
 * is, for it is decided on what the store says. It is one for the whole request.
 */
export async function readBy(record: OpenRecord, request: FastifyRequest): Promise<OpenRecord> {
  if (request.reading !== undefined) return request.reading;
  if (!isRead(request)) {
    request.once = new Once(record.world);
    return (request.reading = { ...record, present: request.once });
  }
  request.reading = { ...record, present: presentOf(record) };
  await request.reading.present.look();
  return request.reading;
}

/** What is said beside an act that is recorded already must not fail for the store's sake. */
export function presentOf({ world, projections, contact }: OpenRecord): Streams {
  return contact === undefined ? world : new Present({ world, projections, contact });
}

/** The record as the request reads it; the guard has made it so. */
export const Reading = createParamDecorator((_data: unknown, context: ExecutionContext): OpenRecord => {
  const { reading } = context.switchToHttp().getRequest<FastifyRequest>();
  if (reading === undefined) throw new Error('The request reached its handler without a record to read.');
  return reading;
});

/** Every answer that was read without the store says how old it is, in whole seconds. */
export function nameAge(fastify: FastifyInstance): void {
  fastify.addHook('onSend', async ({ reading }, reply) => {
    const silentMs = reading?.present.silentMs;
    if (silentMs === undefined) return;
    void reply.header('Record-Age', String(Math.floor(silentMs / 1_000)));
    // Nobody knows whether that is the present revision, and an act would be decided on it.
    void reply.removeHeader('ETag');
  });
}
