import type { ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { askingAgain } from '../platform/access/asking-again.js';
import { Authentication } from '../platform/access/authentication.js';
import { KeyPrincipals } from '../platform/access/key-principals.js';
import { asksByItself } from '../platform/access/long-answers.js';
import { principalOf } from '../platform/access/principal.guard.js';
import { limitOf } from '../platform/http/query.js';
import type { Query } from '../platform/http/query.js';
import { Draining } from '../platform/http/draining.js';
import { onceClosed } from '../platform/record/once-closed.js';
import { Clock } from '../platform/record/clock.js';
import type { RecordRead } from '../platform/record/reading.js';
import { cursorAt, placeOf, reachedPlace } from './feed-place.js';
import { wantedBy } from './feed-question.js';
import { FeedReader } from './feed-reader.js';
import { feedStream } from './feed-stream.js';
import { OpenFeeds } from './open-feeds.js';
import { Rendering } from './rendering.js';

/** A page ends above it, so that an answer is bounded whatever stands in the events. */
const pageCharacters = 1024 * 1024;

/** Gives the feed to those who ask, and ends it where they may not read on. */
@Injectable()
export class Feeds {
  constructor(
    private readonly authentication: Authentication,
    private readonly open: OpenFeeds,
    private readonly draining: Draining,
    private readonly rendering: Rendering,
    private readonly clock: Clock,
    private readonly principals: KeyPrincipals,
  ) {}

  /** A page, waited for where there is nothing yet and the query says so. */
  async page(
    record: RecordRead,
    query: Query,
    request: FastifyRequest,
    answer: ServerResponse,
  ): Promise<{ readonly text: string; readonly next: string | undefined }> {
    const { reader, stillMay } = await this.#reader(record, query, request);
    const bounds = { items: limitOf(query), characters: pageCharacters };
    const place = placeOf(record, query['after'], 'after');
    const waitMs = Number(query['wait'] ?? 0) * 1_000;
    const end = waitMs === 0 ? undefined : this.open.begin(principalOf(request).id);
    try {
      const until = this.clock.elapsed() + waitMs;
      const leftMs = () => Math.max(until - this.clock.elapsed(), 0);
      const ending = this.#endingOf(answer);
      const after = await reachedPlace(record, place, waitMs, ending);
      if (after === undefined) return this.#written(request, [], query['after'], false);
      await stillMay();
      let page = await reader.page(after, bounds);
      while (page.events.length === 0 && !page.more && leftMs() > 0) {
        if (!(await reader.changed(page.reached, leftMs(), ending))) break;
        await stillMay();
        page = await reader.page(page.reached, bounds);
      }
      const cursor =
        page.reached === after ? (query['after'] ?? cursorAt(record, after)) : cursorAt(record, page.reached);
      return this.#written(
        request,
        page.events.map((event) => reader.text(event)),
        cursor,
        page.more,
      );
    } finally {
      end?.();
    }
  }

  /** A stream of server-sent events. What can't be begun is refused at once. */
  async stream(
    record: RecordRead,
    query: Query,
    request: FastifyRequest,
    answer: ServerResponse,
  ): Promise<AsyncGenerator<string>> {
    const { reader, stillMay } = await this.#reader(record, query, request);
    const last = request.headers['last-event-id'];
    const place =
      typeof last === 'string' && last !== ''
        ? placeOf(record, last, 'Last-Event-ID')
        : placeOf(record, query['after'], 'after');
    const end = this.open.begin(principalOf(request).id);
    onceClosed(answer, end);
    const { heartbeatMs } = this.open.limits;
    return feedStream({ record, reader, heartbeatMs, ending: this.#endingOf(answer), stillMay }, place);
  }

  #written({ url }: FastifyRequest, texts: readonly string[], cursor: string | undefined, more: boolean) {
    const rest = JSON.stringify({ cursor: cursor ?? null, more });
    const text = `{"items":[${texts.join(',')}],${rest.slice(1)}`;
    if (cursor === undefined) return { text, next: undefined };
    const { pathname, searchParams } = new URL(url, 'http://here');
    searchParams.set('after', cursor);
    return { text, next: `<${pathname}?${searchParams.toString()}>; rel="next"` };
  }

  async #reader(record: RecordRead, query: Query, request: FastifyRequest) {
    const principal = principalOf(request);
    const wanted = await wantedBy(record, query, principal);
    const granted = (id: string) => this.principals.of(id)?.dialogues;
    const reader = new FeedReader(record, wanted, principal, this.rendering.over(record), granted);
    asksByItself(request);
    // Who waited for a write of one's own was let in up to two seconds ago.
    const askedAt = query['minPosition'] === undefined ? this.clock.elapsed() : -Infinity;
    const { authentication, clock } = this;
    const { authorization } = request.headers;
    const whoNow = askingAgain(authentication, clock, authorization, { principal, askedAt });
    return { reader, stillMay: async () => reader.as(await whoNow()) };
  }

  /** Aborted once the reader has gone, or the server ends. */
  #endingOf(answer: ServerResponse): AbortSignal {
    const gone = new AbortController();
    onceClosed(answer, () => gone.abort());
    return AbortSignal.any([gone.signal, this.draining.ending]);
  }
}
