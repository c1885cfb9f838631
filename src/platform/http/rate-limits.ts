import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#libs/problem-details';
import { platformProblems } from '../problems/platform.problems.js';
import type { Clock } from '../record/clock.js';
import { RateLimit, windowMs } from './rate-limit.js';

/** By whom is counted; also the name of the policy in the answers. */
type By = 'principal' | 'address';

/**
 * What is one client where nobody says who asks: an address of IPv4, of IPv6 the network of 64 bits that is given out as one
 * (RFC 6177), for whoever has it may ask from as many addresses as it likes.
 */
export function networkOf(ip: string): string {
  const [, mapped] = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(ip) ?? [];
  if (mapped !== undefined) return mapped;
  if (!ip.includes(':')) return ip;
  const [head = '', tail] = ip.toLowerCase().replace(/%.*$/, '').split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const [before, after] = [groups(head), groups(tail ?? '')];
  // An address of IPv4 at the end stands for two groups.
  const known = before.length + after.length + (ip.includes('.') ? 1 : 0);
  const all =
    tail === undefined ? before : [...before, ...Array<string>(Math.max(0, 8 - known)).fill('0'), ...after];
  return `${all
    .slice(0, 4)
    .map((one) => one.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}

/**
 * How often somebody may ask: counted by principal where the request says whose it is, so that those who share an address
 * do not use up each other's share; else by address. Each is told in every answer how much is left, by `RateLimit-Policy`
 * and `RateLimit` of draft-ietf-httpapi-ratelimit-headers-10 (a quota `q` within `w` seconds; `r` are left for `t` seconds).
 */
export class RateLimits {
  readonly #limits: { readonly [by in By]: RateLimit };

  constructor(
    clock: Clock,
    private readonly perMinute: number,
  ) {
    // Apart, so that whoever asks from many addresses makes no principal's count forgotten.
    this.#limits = {
      principal: new RateLimit(clock, perMinute),
      address: new RateLimit(clock, perMinute),
    };
  }

  /** Throws the problem 429 with `Retry-After` where there is nothing left. */
  count({ principal, ip }: FastifyRequest, reply: FastifyReply): void {
    const by: By = principal === undefined ? 'address' : 'principal';
    const { left, seconds } = this.#limits[by].take(principal?.id ?? networkOf(ip));
    void reply.header('RateLimit-Policy', `"${by}";q=${this.perMinute};w=${windowMs / 1_000}`);
    void reply.header('RateLimit', `"${by}";r=${Math.max(left, 0)};t=${seconds}`);
    if (left >= 0) return;
    const whose = by === 'principal' ? 'this principal' : 'this address';
    throw new Problem(platformProblems.TOO_MANY_REQUESTS, {
      detail: `More than ${this.perMinute} requests of ${whose} in a minute.`,
      headers: { 'Retry-After': String(seconds) },
    });
  }
}
