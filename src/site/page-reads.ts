import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Credentials } from '../platform/access/credentials.js';
import { rightsToken } from '../platform/access/tokens.js';
import { mayCall } from '../platform/record/principal.js';
import type { Principal, RightsTable } from '../platform/record/principal.js';
import { RecordReads } from '../platform/record/reading.js';
import type { RecordRead } from '../platform/record/reading.js';
import { keyOf } from './key-cookie.js';
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
    private readonly credentials: Credentials,
    @Inject(rightsToken) private readonly table: RightsTable,
  ) {}

  /** Pages other than the first one say 401 without a key, and lead back once there is one. */
  async page(
    request: FastifyRequest,
    reply: FastifyReply,
    page: (read: Read) => Promise<Shown>,
  ): Promise<void> {
    await answered(request, reply, async () => {
      const reader = await this.#readerOf(keyOf(request));
      const isFirst = request.routeOptions.url === '/';
      if (reader === undefined)
        return isFirst ? signInPage({}) : { text: signInPage({ to: request.url }), status: 401 };
      request.principal = reader;
      const record = await this.reads.by(request);
      const shownTo = () => ({ name: reader.name, silentMs: record.present.silentMs });
      return page({ record, reader, shownTo });
    });
  }

  mayRead(principal: Principal): boolean {
    const row = this.table['getIrritant'];
    return row !== undefined && mayCall(principal, row);
  }

  async #readerOf(key: string | undefined): Promise<Principal | undefined> {
    const principal = key === undefined ? undefined : await this.credentials.authenticate(key);
    return principal !== undefined && this.mayRead(principal) ? principal : undefined;
  }
}
