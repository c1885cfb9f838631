import type { FastifyRequest } from 'fastify';
import { Problem } from '#libs/problem-details';
import { platformProblems } from '../problems/platform.problems.js';

/** Bodies are taken as they are: one that is packed could be a thousand times larger than its bound once unpacked. */
export function refusePacked({ headers, routeOptions: { url } }: FastifyRequest): void {
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  if (!hasBody) return;
  const codings = (headers['content-encoding'] ?? '')
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .filter((one) => one !== '' && one !== 'identity');
  if (url === undefined || codings.length === 0) return;
  throw new Problem(platformProblems.CONTENT_CODING_UNSUPPORTED, {
    detail: `A body in the content coding ${codings.join(', ')} is not taken; send it unpacked, without Content-Encoding.`,
    headers: { 'Accept-Encoding': 'identity' },
  });
}
