import type { Recorded } from '#libs/event-store';
import { formatTraceparent, spanned } from '#libs/tracing';
import type { Tracing } from '#libs/tracing';
import { isTaken } from './webhook-request.js';
import type { Attempted, Traced } from './webhook-request.js';

/**
 * A span for one attempt. It is a trace of its own, which goes back to the act by a link: attempts may be made for three
 * days, and the receiver is not told the trace of whoever acted, who may be of the other side. Nor is the address said.
 */
export function delivering(
  tracing: Tracing | undefined,
  { id, type }: Pick<Recorded, 'id' | 'type'>,
  attempt: (traced: Traced) => Promise<Attempted | undefined>,
): Promise<Attempted | undefined> {
  const cause = tracing?.causes.of(id);
  const options = {
    kind: 'client' as const,
    isApart: true,
    ...(cause === undefined ? {} : { links: [cause] }),
    attributes: { 'entente.event.types': [type] },
  };
  return spanned(tracing, 'deliver webhook', options, async (span) => {
    const attempted = await attempt(span === undefined ? {} : { traceparent: formatTraceparent(span.place) });
    if (attempted === undefined) return undefined;
    if ('status' in attempted) span?.say({ 'http.response.status_code': attempted.status });
    if (!isTaken(attempted)) span?.failed('status' in attempted ? String(attempted.status) : 'no answer');
    return attempted;
  });
}
