import { Controller, Get, HttpCode, Param, Post, Query as QueryParam, Req, Res } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { TokenRefused } from '#libs/access-tokens';
import { Problem } from '#libs/problem-details';
import { IssuerAway, SignInRefused } from '#libs/sign-in';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { Credentials } from '../platform/access/credentials.js';
import { KeyAwaits } from '../platform/access/key-awaits.js';
import type { Principal } from '../platform/record/principal.js';
import { Operation } from '../platform/access/operation.js';
import { SignInIssuers } from '../platform/access/sign-in-issuers.js';
import type { SignInIssuer } from '../platform/access/sign-in-issuers.js';
import { SignIns } from '../platform/access/sign-ins.js';
import { isSameOrigin, readCookies } from './cookies.js';
import { faults, ownPageOr } from './entering.js';
import { PageSessions } from './page-sessions.js';
import { answered } from './sending.js';
import type { Shown } from './sending.js';
import { signedOutPage, signInPage } from './sign-in.page.js';
import { Tickets } from './tickets.js';

interface NotIn {
  readonly to: string;
  readonly fault: string;
  readonly status: number;
}

/** How people come in, by key or by an issuer, and out again. */
@Controller()
export class SignInController implements OnModuleInit {
  constructor(
    private readonly credentials: Credentials,
    private readonly issuers: SignInIssuers,
    private readonly sessions: PageSessions,
    private readonly signIns: SignIns,
    private readonly tickets: Tickets,
    private readonly host: HttpAdapterHost,
  ) {}

  onModuleInit() {
    readCookies(this.host.httpAdapter.getInstance<FastifyInstance>());
  }

  @Post('sign-in')
  @Operation('signIn')
  async signIn(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const fields = (request.body ?? {}) as { readonly [field: string]: unknown };
    const to = ownPageOr(fields['to'], '/');
    const key = typeof fields['key'] === 'string' ? fields['key'].trim() : '';
    await this.#enter(request, reply, key, { to, fault: faults.wrongKey, status: 401 });
  }

  /** A browser stands there once a form was answered with a page: to ask for that address anew leads to the first page. */
  @Get(['sign-in', 'sign-out'])
  @Operation('entrancePage')
  entrance(@Res() reply: FastifyReply): void {
    void reply.status(303).header('Location', '/').send();
  }

  /** A look at the headers alone, as some programs take before they show a link, must not use the ticket up. */
  @Get('enter/:ticket')
  @Operation('enter')
  async enter(@Param('ticket') ticket: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const key = request.method === 'HEAD' ? undefined : this.tickets.redeem(ticket);
    await this.#enter(request, reply, key ?? '', { to: '/', fault: faults.usedTicket, status: 410 });
  }

  /** The way to an issuer. It is a link and no form: a browser would take the way on from a form for one of its targets. */
  @Get('sign-in/with/:issuer')
  @Operation('signInWith')
  async signInWith(
    @Param('issuer') id: string,
    @QueryParam('to') wanted: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const to = ownPageOr(wanted, '/');
    await this.#at(id, to, request, reply, async (issuer) => {
      const { address, begun } = await issuer.begin();
      await this.sessions.keepBegun(request, reply, { ...begun, issuer: id, to });
      return { redirectedTo: address };
    });
  }

  /** Where an issuer sends people back to. */
  @Get('sign-in/from/:issuer')
  @Operation('signInFrom')
  async signInFrom(@Param('issuer') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.#at(id, '/', request, reply, async (issuer) => {
      const begun = await this.sessions.begunIn(request, id);
      if (begun === undefined || request.method === 'HEAD')
        return this.#notIn({ to: '/', fault: faults.notBegun, status: 400 });
      const { to } = begun;
      try {
        const returned = await issuer.finish(request.url.split('?').slice(1).join('?'), begun);
        request.principal = returned.principal;
        if (!this.sessions.mayRead(returned.principal))
          return await this.#notIn({ to, fault: `${issuer.name}: ${faults.noRole}`, status: 403 });
        await this.sessions.enterFrom(request, reply, issuer, returned);
        return { redirectedTo: to };
      } catch (error) {
        if (!(error instanceof SignInRefused)) throw error;
        return this.#notIn({ to, fault: `${issuer.name}: ${error.message}`, status: 403 });
      }
    });
  }

  @Post('sign-out')
  @Operation('signOut')
  async signOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await answered(request, reply, async () => {
      if (!isSameOrigin(request)) return this.#notIn({ to: '/', fault: faults.otherSite, status: 403 });
      const issuer = await this.sessions.leave(request, reply);
      const there = await issuer?.endSessionAddress();
      if (issuer === undefined || there === undefined) return { redirectedTo: '/' };
      return signedOutPage({ issuer: issuer.name, there });
    });
  }

  /** An issuer tells that somebody is signed out there; no browser takes part (OpenID Connect Back-Channel Logout 1.0 §2.5). */
  @Post('sign-out/by/:issuer')
  @HttpCode(200)
  @Operation('signOutBy')
  async signOutBy(@Param('issuer') id: string, @Req() request: FastifyRequest) {
    const issuer = this.issuers.find(id);
    const { logout_token: token } = (request.body ?? {}) as { readonly logout_token?: unknown };
    if (issuer === undefined) throw new Problem(platformProblems.NOT_FOUND, { detail: faults.noIssuer });
    try {
      await this.signIns.withdraw(await issuer.signedOut(typeof token === 'string' ? token : ''));
    } catch (error) {
      if (!(error instanceof TokenRefused)) throw error;
      throw new Problem(platformProblems.VALIDATION_FAILED, {
        detail: 'That is no logout token of this issuer.',
      });
    }
  }

  async #enter(request: FastifyRequest, reply: FastifyReply, key: string, otherwise: NotIn): Promise<void> {
    await answered(request, reply, async () => {
      if (request.method === 'POST' && !isSameOrigin(request))
        return this.#notIn({ to: '/', fault: faults.otherSite, status: 403 });
      const principal = await this.#holderOf(key);
      if (typeof principal === 'string') return this.#notIn({ ...otherwise, fault: principal });
      if (principal === undefined) return this.#notIn(otherwise);
      request.principal = principal;
      if (!this.sessions.mayRead(principal))
        return this.#notIn({ ...otherwise, fault: faults.noReader, status: 403 });
      await this.sessions.enterByKey(request, reply, key);
      return { redirectedTo: otherwise.to };
    });
  }

  /** A sentence where the key waits for approval. */
  async #holderOf(key: string): Promise<Principal | string | undefined> {
    try {
      return await this.credentials.authenticate(key);
    } catch (error) {
      if (error instanceof KeyAwaits) return error.message;
      throw error;
    }
  }

  /** At an issuer that is not there people are told so, and may still come in by key. */
  async #at(
    id: string,
    to: string,
    request: FastifyRequest,
    reply: FastifyReply,
    page: (issuer: SignInIssuer) => Promise<Shown>,
  ): Promise<void> {
    await answered(request, reply, async () => {
      const issuer = this.issuers.find(id);
      if (issuer === undefined) return this.#notIn({ to, fault: faults.noIssuer, status: 404 });
      try {
        return await page(issuer);
      } catch (error) {
        if (!(error instanceof IssuerAway)) throw error;
        void reply.header('Retry-After', '10');
        return this.#notIn({ to, fault: `${issuer.name} ${faults.issuerAway}`, status: 503 });
      }
    });
  }

  async #notIn({ to, fault, status }: NotIn): Promise<Shown> {
    return { text: signInPage({ fault, to, issuers: await this.issuers.shown() }), status };
  }
}
