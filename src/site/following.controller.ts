import { Controller, Get, Post, Query as QueryParam, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { id, means, optional } from '#libs/decider';
import type { Infer, MeantShape, Shape } from '#libs/decider';
import { Problem } from '#libs/problem-details';
import { Operation } from '../platform/access/operation.js';
import { readQuery } from '../platform/http/query.js';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { classOf } from '../platform/shapes/body-class.js';
import { validated } from '../platform/shapes/validation.js';
import { addressShape, lookShape, newWatchShape } from '../following/watch-shapes.js';
import { digestOf, digestParameters, seeingOf } from '../following/digest.js';
import { FollowingChanges } from '../following/following-changes.js';
import { Followings } from '../following/followings.js';
import { filled } from './as-of-form.js';
import { faults } from './entering.js';
import { followingPage } from './following.page.js';
import { isSameOrigin } from './cookies.js';
import { PageReads } from './page-reads.js';
import type { Read } from './page-reads.js';
import { sendPage } from './sending.js';
import { signInPage } from './sign-in.page.js';

/** Of a page that follows another: up to which moment that one told. */
const pageParameters = { ...digestParameters, upTo: optional(lookShape.upTo) } satisfies Shape;
const endShape = { id: means(id, 'The watch.') } satisfies MeantShape;

/** What people type or paste may have blanks around it. */
async function formOf<S extends MeantShape>(shape: S, fields: object): Promise<Infer<S>> {
  const trimmed = Object.entries(fields).map(([name, one]: [string, unknown]) => [
    name,
    typeof one === 'string' ? one.trim() : one,
  ]);
  return (await validated(classOf(shape), Object.fromEntries(trimmed))) as Infer<S>;
}

/**
 * What a reader follows, and the forms by which they say so: none of it is an act or an event of a dialogue, so the cookie
 * of the pages, which can write nothing of the record, is enough; but the form must have come from here.
 */
@Controller('following')
export class FollowingPageController {
  constructor(
    private readonly pages: PageReads,
    private readonly followings: Followings,
    private readonly changes: FollowingChanges,
  ) {}

  @Get()
  @Operation('followingPage')
  async page(@QueryParam() raw: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.pages.page(request, reply, async (read) => this.#shown(read, raw));
  }

  @Post()
  @Operation('changeFollowing')
  async change(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    if (!isSameOrigin(request)) return sendPage(reply, 403, signInPage({ fault: faults.otherSite }));
    await this.pages.page(request, reply, async (read) => {
      const { what = '', ...fields } = (request.body ?? {}) as { readonly [field: string]: string };
      const address = await this.#changed(what, fields, read, request);
      return address === undefined ? { redirectedTo: '/following' } : this.#shown(read, {}, address);
    });
  }

  /** What a form of the page says; the new address where it asks for one. */
  async #changed(
    what: string,
    fields: object,
    { record, reader }: Read,
    request: FastifyRequest,
  ): Promise<string | undefined> {
    switch (what) {
      case 'watch':
        await this.changes.begin(record, reader, await formOf(newWatchShape, fields));
        return undefined;
      case 'look':
        await this.changes.look(record, reader, (await formOf(lookShape, fields)).upTo);
        return undefined;
      case 'end':
        await this.changes.end(reader, (await formOf(endShape, fields)).id);
        return undefined;
      case 'make-address':
        return this.changes.makeAddress(reader, (await formOf(addressShape, fields)).feed, request);
      case 'withdraw-address':
        await this.changes.withdrawAddress(reader, (await formOf(addressShape, fields)).feed);
        return undefined;
      default:
        throw new Problem(platformProblems.VALIDATION_FAILED, { detail: 'The form is none of this page.' });
    }
  }

  async #shown({ record, reader, shownTo }: Read, raw: unknown, address?: string): Promise<string> {
    const query = { scope: 'all', ...(await readQuery(pageParameters, filled(raw))) };
    const following = await this.followings.of(reader.id, record);
    const lookedTo = await this.followings.lookedTo(reader.id, record);
    const { watches } = following;
    const digest = digestOf(record, { principal: reader, watches, lookedTo }, query);
    const { isSeen } = seeingOf(record, reader);
    return followingPage({ record, following, isSeen, digest, query, address }, shownTo());
  }
}
