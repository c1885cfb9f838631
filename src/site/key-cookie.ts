import { fastifyCookie } from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const name = 'entente_key';

/** Without its hook, which would read the cookies of every request: only the pages look at theirs. */
export function readCookies(server: FastifyInstance): void {
  void server.register(fastifyCookie, { hook: false });
}

export function keyOf(request: FastifyRequest): string | undefined {
  const header = request.headers.cookie;
  return header === undefined ? undefined : request.server.parseCookie(header)[name];
}

/** Browsers keep a Secure cookie from plain http, which only a server on one's own machine may speak. */
function isSecure(request: FastifyRequest): boolean {
  const isLoopback = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/.test(request.hostname);
  return request.protocol === 'https' || !isLoopback;
}

function attributesFor(request: FastifyRequest) {
  return { httpOnly: true, sameSite: 'strict', path: '/', secure: isSecure(request) } as const;
}

/** Until the browser closes; no script can read it, and no other site can have it sent. */
export function setKey(request: FastifyRequest, reply: FastifyReply, key: string): void {
  void reply.setCookie(name, key, attributesFor(request));
}

export function clearKey(request: FastifyRequest, reply: FastifyReply): void {
  void reply.clearCookie(name, attributesFor(request));
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
