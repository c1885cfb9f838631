import type { FastifyRequest } from 'fastify';
import type { FeedKind } from './follower.js';

/** The address of a feed, with its secret: told once, to whom it belongs, and kept nowhere. */
export function addressOf(
  { protocol, host }: Pick<FastifyRequest, 'protocol' | 'host'>,
  kind: FeedKind,
  token: string,
): string {
  const name = kind === 'digest' ? 'digest.atom' : 'due.ics';
  return `${protocol}://${host}/following/${token}/${name}`;
}
