import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SignInIssuers } from '../platform/access/sign-in-issuers.js';
import type { Principal } from '../platform/record/principal.js';
import { RecordReads } from '../platform/record/reading.js';
import type { RecordRead } from '../platform/record/reading.js';
import { PageSessions } from './page-sessions.js';
import type { PageReader } from './reader-bar.js';
import { answered } from './sending.js';
import type { Shown } from './sending.js';
import { signInPage } from './sign-in.page.js';

/** What a page is made of, and for whom. */
export interface Read {
  readonly record: RecordRead;
  readonly reader: Principal;
  /** To be asked last: while a page is read the store may go away. */
  readonly shownTo: () => PageReader;
}

/** Pages of the record, for those who are signed in. */
@Injectable()
export class PageReads {
  constructor(
    private readonly reads: RecordReads,
    private readonly sessions: PageSessions,
    private readonly issuers: SignInIssuers,
  ) {}

  /** Without a key they lead back once there is one, and those other than the first one say 401. */
  async page(
    request: FastifyRequest,
    reply: FastifyReply,
    page: (read: Read) => Promise<Shown>,
  ): Promise<void> {
    await answered(request, reply, async () => {
      const reader = await this.sessions.readerOf(request, reply);
      const isFirst = request.routeOptions.url === '/';
      if (reader === undefined) {
        const text = signInPage({ to: request.url, issuers: await this.issuers.shown() });
        return isFirst ? text : { text, status: 401 };
      }
      request.principal = reader;
      const record = await this.reads.by(request);
      const shownTo = () => ({ name: reader.name, silentMs: record.present.silentMs });
      return page({ record, reader, shownTo });
    });
  }
}
