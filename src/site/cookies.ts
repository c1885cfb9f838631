import { fastifyCookie } from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** What the cookie is for: it names a session of the pages, or holds what a sign-in that was begun has to come back with. */
const names = { session: 'entente', begun: 'entente-begun' } as const;
export type CookieKind = keyof typeof names;

/** Without its hook, which would read the cookies of every request: only the pages look at theirs. */
export function readCookies(server: FastifyInstance): void {
  void server.register(fastifyCookie, { hook: false });
}

/** Browsers keep a Secure cookie from plain http, which only a server on one's own machine may speak. */
function isSecure(request: FastifyRequest): boolean {
  const isLoopback = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/.test(request.hostname);
  return request.protocol === 'https' || !isLoopback;
}

/** No other host can set a cookie whose name begins with `__Host-`, and it is taken with `Secure` alone (RFC 6265bis). */
function nameOf(kind: CookieKind, request: FastifyRequest): string {
  return isSecure(request) ? `__Host-${names[kind]}` : names[kind];
}

/**
 * No script can read it. Other sites can't have it sent but by leading somebody here, who may come back from an issuer that
 * way; what it opens can only be read.
 */
function attributesFor(request: FastifyRequest) {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure(request) } as const;
}

export function cookieIn(request: FastifyRequest, kind: CookieKind): string | undefined {
  const header = request.headers.cookie;
  return header === undefined ? undefined : request.server.parseCookie(header)[nameOf(kind, request)];
}

/** Until the browser closes, unless told. */
export function setCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  kind: CookieKind,
  { value, maxAge }: { readonly value: string; readonly maxAge?: number },
): void {
  const lasting = maxAge === undefined ? {} : { maxAge };
  void reply.setCookie(nameOf(kind, request), value, { ...attributesFor(request), ...lasting });
}

export function clearCookie(request: FastifyRequest, reply: FastifyReply, kind: CookieKind): void {
  void reply.clearCookie(nameOf(kind, request), attributesFor(request));
}

/**
 * Whether a form came from our own pages. Browsers say so in Sec-Fetch-Site; those that don't name the Origin. A client
 * that sends neither is no browser, and has nobody's cookie to misuse.
 */
export function isSameOrigin(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin } = request.headers;
  return origin === undefined || origin === `${request.protocol}://${request.host}`;
}
