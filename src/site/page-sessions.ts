import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EventStore } from '#libs/event-store';
import { Credentials } from '../platform/access/credentials.js';
import { keyIdOf } from '../platform/access/key-form.js';
import { SignInIssuers } from '../platform/access/sign-in-issuers.js';
import type { Returned, SignInIssuer } from '../platform/access/sign-in-issuers.js';
import { SignIns } from '../platform/access/sign-ins.js';
import { Clock } from '../platform/record/clock.js';
import { rightsToken } from '../platform/access/tokens.js';
import { Moments } from '../platform/record/moments.js';
import { mayCall } from '../platform/record/principal.js';
import type { Principal, RightsTable } from '../platform/record/principal.js';
import { storeToken } from '../platform/record/tokens.js';
import { clearCookie, cookieIn, setCookie } from './cookies.js';
import { opened, sealed } from './sealed.js';
import type { Begun, Session } from './sealed.js';

const hour = 60 * 60_000;
/** A browser from which nothing was read for so long is let in no more. */
const idleMs = hour;
/** However busy it is. A sign-in by an issuer says so itself. */
const longestMs = 12 * hour;
/** How exactly a cookie says when it was seen last. */
const seenMs = 60_000;
/** How long somebody may take to sign in at an issuer. */
export const begunMs = 10 * 60_000;

/**
 * The sessions of the pages. A cookie names one, sealed, so that every server on the store knows it; whether it still opens
 * anything is asked of the key, or of the stream of the person, each time.
 */
@Injectable()
export class PageSessions implements OnModuleInit {
  #epoch: Promise<string> | undefined;

  constructor(
    private readonly moments: Moments,
    private readonly clock: Clock,
    private readonly credentials: Credentials,
    private readonly signIns: SignIns,
    private readonly issuers: SignInIssuers,
    @Inject(storeToken) private readonly store: EventStore,
    @Inject(rightsToken) private readonly table: RightsTable,
  ) {}

  /** Asked while the store is there: pages are read without it too. */
  async onModuleInit(): Promise<void> {
    await this.#life();
  }

  /** Whether the record is shown to them. */
  mayRead(principal: Principal): boolean {
    const row = this.table['getIrritant'];
    return row !== undefined && mayCall(principal, row);
  }

  /** Who reads; undefined where nobody is signed in any more. The cookie is told now and then that it was seen. */
  async readerOf(request: FastifyRequest, reply: FastifyReply): Promise<Principal | undefined> {
    const session = await this.#sessionIn(request);
    if (session === undefined) return undefined;
    const now = this.clock.now();
    if (now - session.seen >= idleMs) return undefined;
    const reader = await this.#principalOf(session, now);
    if (reader === undefined || !this.mayRead(reader)) return undefined;
    if (now - session.seen >= seenMs) await this.#set(request, reply, { ...session, seen: now });
    return reader;
  }

  /** For a key that was shown, and is good. */
  async enterByKey(request: FastifyRequest, reply: FastifyReply, key: string): Promise<void> {
    const keyId = keyIdOf(key);
    if (keyId === undefined) throw new Error('What was taken for a key has not the form of one.');
    const now = this.clock.now();
    await this.#set(request, reply, { by: 'key', keyId, since: now, seen: now });
  }

  async enterFrom(
    request: FastifyRequest,
    reply: FastifyReply,
    { settings }: SignInIssuer,
    returned: Returned,
  ): Promise<void> {
    const { id: signInId } = await this.signIns.open({ ...returned, issuer: settings.issuer });
    const { id: principalId, name } = returned.principal;
    await this.#set(request, reply, { by: 'issuer', principalId, signInId, name, seen: this.clock.now() });
    clearCookie(request, reply, 'begun');
  }

  /** Ends the session for every browser that has its cookie; who signed in there, where somebody did. */
  async leave(request: FastifyRequest, reply: FastifyReply): Promise<SignInIssuer | undefined> {
    const session = await this.#sessionIn(request);
    clearCookie(request, reply, 'session');
    if (session?.by !== 'issuer') return undefined;
    const { principalId, signInId } = session;
    const found = await this.signIns.find(principalId, signInId);
    if (found === undefined) return undefined;
    await this.signIns.end(principalId, 'signed-out', ({ id }) => id === signInId);
    return this.issuers.ofIssuer(found.issuer);
  }

  /** Kept by the browser, so that whichever server it comes back to knows what it has to come back with. */
  async keepBegun(request: FastifyRequest, reply: FastifyReply, begun: Omit<Begun, 'until'>): Promise<void> {
    const value = sealed(this.moments, 'begun', await this.#life(), {
      ...begun,
      until: this.clock.now() + begunMs,
    });
    setCookie(request, reply, 'begun', { value, maxAge: begunMs / 1_000 });
  }

  /** What this browser began at that issuer, while it may still come back. */
  async begunIn(request: FastifyRequest, issuer: string): Promise<Begun | undefined> {
    const text = cookieIn(request, 'begun');
    const begun = text === undefined ? undefined : opened(this.moments, 'begun', await this.#life(), text);
    return begun?.issuer === issuer && begun.until > this.clock.now() ? begun : undefined;
  }

  async #sessionIn(request: FastifyRequest): Promise<Session | undefined> {
    const text = cookieIn(request, 'session');
    return text === undefined ? undefined : opened(this.moments, 'session', await this.#life(), text);
  }

  async #principalOf(session: Session, now: number): Promise<Principal | undefined> {
    if (session.by === 'key')
      return now - session.since < longestMs ? this.credentials.shownBefore(session.keyId) : undefined;
    const { principalId: id, name } = session;
    const signIn = await this.signIns.find(id, session.signInId);
    if (signIn === undefined) return undefined;
    const { issuer, party, roles, at } = signIn;
    // What the settings have bound otherwise since is bound otherwise from the next start on.
    if (this.issuers.ofIssuer(issuer)?.mayName(party) !== true) return undefined;
    return { id, name, party, roles, token: { issuer, issuedAt: at } };
  }

  async #set(request: FastifyRequest, reply: FastifyReply, session: Session): Promise<void> {
    setCookie(request, reply, 'session', {
      value: sealed(this.moments, 'session', await this.#life(), session),
    });
  }

  /** A failure is no answer: the next one asks again. */
  #life(): Promise<string> {
    this.#epoch ??= this.store.identity().then(
      ({ epoch }) => epoch,
      (error: unknown) => {
        this.#epoch = undefined;
        throw error;
      },
    );
    return this.#epoch;
  }
}
