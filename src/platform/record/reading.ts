import { createParamDecorator, Inject, Injectable, Optional } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { EventStore } from '#libs/event-store';
import { Projections } from '#libs/projections';
import { Clock } from './clock.js';
import { EventRegistry } from './event-registry.js';
import { LogStandings } from './log-standings.js';
import { Moments } from './moments.js';
import { Once } from './once.js';
import { Present } from './present.js';
import { StoreContact } from './store-contact.js';
import type { Streams } from './streams.js';
import { storeToken } from './tokens.js';
import { StoredStreams } from './stored-streams.js';

/** The record as one reader sees it. */
export interface RecordRead {
  readonly registry: EventRegistry;
  readonly store: EventStore;
  /** Where reads look: the streams, or what stands in for them while the store is away. */
  readonly present: Streams;
  readonly projections: Projections;
  /** Seals the places that answers name, and opens them again. */
  readonly moments: Moments;
  readonly clock: Clock;
  /** Who knows what was signed by when. */
  readonly standings: LogStandings;
}

/** What of it events are read from. */
export interface EventsRead extends Pick<RecordRead, 'registry'> {
  readonly projections: Pick<Projections, 'record'>;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The record as this request reads it. */
    reading?: RecordRead;
    /** The streams as the act in it reads them; absent where it only reads. */
    once?: Once;
  }
}

export function isRead({ method }: FastifyRequest): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Makes the record readable for one request or another. */
@Injectable()
export class RecordReads {
  readonly #record: Omit<RecordRead, 'present'>;

  constructor(
    registry: EventRegistry,
    @Inject(storeToken) store: EventStore,
    private readonly streams: StoredStreams,
    private readonly projections: Projections,
    moments: Moments,
    clock: Clock,
    standings: LogStandings,
    // By name: of a union of types the compiler keeps none.
    @Optional() @Inject(StoreContact) private readonly contact: StoreContact | undefined,
  ) {
    this.#record = { registry, store, projections, moments, clock, standings };
  }

  /**
   * Whoever only reads is answered from the read models while the store is away; an act never is, for it is decided on
   * what the store says. It is one for the whole request.
   */
  async by(request: FastifyRequest): Promise<RecordRead> {
    if (request.reading !== undefined) return request.reading;
    if (!isRead(request)) {
      request.once = new Once(this.streams);
      return (request.reading = { ...this.#record, present: request.once });
    }
    request.reading = { ...this.#record, present: this.present() };
    await request.reading.present.look();
    return request.reading;
  }

  /** For who reads by itself, and for no request. */
  now(): RecordRead {
    return { ...this.#record, present: this.present() };
  }

  /** What is said beside an act that is recorded already must not fail for the store's sake. */
  present(): Streams {
    const { streams, projections, contact } = this;
    return contact === undefined ? streams : new Present({ streams, projections, contact });
  }
}

/** The record as the request reads it; the guard has made it so. */
export const Reading = createParamDecorator((_data: unknown, context: ExecutionContext): RecordRead => {
  const { reading } = context.switchToHttp().getRequest<FastifyRequest>();
  if (reading === undefined) throw new Error('The request reached its handler without a record to read.');
  return reading;
});

/** Every answer that was read without the store says how old it is, in whole seconds. */
export function nameAge(fastify: FastifyInstance): void {
  fastify.addHook('onSend', ({ reading }, reply, payload, done) => {
    const silentMs = reading?.present.silentMs;
    if (silentMs !== undefined) {
      void reply.header('Record-Age', String(Math.floor(silentMs / 1_000)));
      // Nobody knows whether that is the present revision, and an act would be decided on it.
      void reply.removeHeader('ETag');
    }
    done(null, payload);
  });
}
