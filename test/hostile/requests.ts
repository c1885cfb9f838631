import fc from 'fast-check';
import type { Described } from '../authorisation/operations.js';
import { hostileHeaders, hostileQuery, hostileSegment, methods } from './parts.js';
import { hostileBody } from './values.js';
import type { Request } from './wire.js';

export interface WellFormed {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

function withSegment(path: string, at: number, segment: string): string {
  if (at === 6) return `${path}/`;
  const segments = path.split('/');
  // Most often an id, which stands third, after the version and the kind.
  segments[at > 2 ? Math.min(3, segments.length - 1) : 1 + (at % (segments.length - 1))] = segment;
  return segments.join('/');
}

/** Requests for one operation, each with one to three faults in an otherwise good request. */
export function hostileRequest(operation: Described, right: WellFormed): fc.Arbitrary<Request> {
  const isPost = operation.method === 'post';
  // What is refused at the door never reaches a rule, so most faults are where a request is read more closely.
  const fault = fc.oneof(
    { weight: isPost ? 6 : 0, arbitrary: fc.constant('body') },
    { weight: isPost ? 1 : 6, arbitrary: fc.constant('query') },
    { weight: 3, arbitrary: fc.constant('header') },
    { weight: 2, arbitrary: fc.constant('path') },
    { weight: 1, arbitrary: fc.constant('method') },
  );
  return fc
    .record({
      faults: fc.uniqueArray(fault, { minLength: 1, maxLength: 2 }),
      body: hostileBody(right.body),
      segment: fc.tuple(fc.nat(6), hostileSegment),
      query: hostileQuery,
      header: fc
        .constantFrom(...Object.keys(hostileHeaders))
        .chain((name) => hostileHeaders[name]!.map((value) => [name, value] as const)),
      method: methods,
    })
    .map(({ faults: chosen, body, segment, query, header, method }) => {
      const has = (one: (typeof chosen)[number]) => chosen.includes(one);
      const path = has('path') ? withSegment(right.path, ...segment) : right.path;
      const headers = { ...right.headers, ...(has('header') ? { [header[0]]: header[1] } : {}) };
      const good = right.body === undefined ? undefined : Buffer.from(JSON.stringify(right.body));
      return {
        method: has('method') ? method : operation.method.toUpperCase(),
        target: has('query') ? `${path}?${query}` : path,
        headers: Object.entries(headers),
        body: has('body') ? body : good,
      };
    });
}
