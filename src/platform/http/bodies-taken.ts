import type { FastifyRequest } from 'fastify';
import { formBytesMax, jsonBytesMax, sourceBytesMax } from './body-parsers.js';
import { spooledTypes } from './spooled-file.js';

/** The routes that take something else than JSON. */
const otherTypes: readonly { readonly types: readonly string[]; readonly takers: RegExp }[] = [
  { types: spooledTypes, takers: /^POST \/v1\/imports$/ },
  { types: ['application/octet-stream'], takers: /^POST \/v1\/[^/]+\/:id\/bytes$/ },
  {
    types: ['application/x-www-form-urlencoded'],
    takers: /^\S+ \/(sign-(in|out|out\/by\/:issuer)|following)$/,
  },
];

type Asked = Pick<FastifyRequest, 'method'> & Partial<Pick<FastifyRequest, 'headers' | 'routeOptions'>>;

/** The content type of a body without its parameters; empty where the request names none. */
export function typeOf({ headers }: Asked): string {
  const [type = ''] = (headers?.['content-type'] ?? '').toLowerCase().split(';');
  return type.trim();
}

/** Whether it is a type that other routes take, and not this one. */
export function isForOthers(asked: Asked): boolean {
  const of = otherTypes.find(({ types }) => types.includes(typeOf(asked)));
  const url = asked.routeOptions?.url;
  return of !== undefined && url !== undefined && !of.takers.test(`${asked.method} ${url}`);
}

/** What is said of a body whose type this route does not take: what to send in its place. */
export function otherType(asked: Asked): string {
  const route = `${asked.method} ${asked.routeOptions?.url ?? ''}`;
  const { types } = otherTypes.find(({ takers }) => takers.test(route)) ?? { types: ['application/json'] };
  const sent = typeOf(asked) === '' ? 'A body without a content type' : typeOf(asked);
  return `${sent} is not taken here; send ${types.join(' or ')}.`;
}

const most: { readonly [type: string]: string } = {
  'application/octet-stream': `${sourceBytesMax / 1024 / 1024} MiB`,
  'application/x-www-form-urlencoded': `${formBytesMax / 1024} KiB`,
  'application/json': `${jsonBytesMax / 1024} KiB`,
};

/** What is said of a body that is too large: how much of it is taken. */
export function tooMuch(asked: Asked): string {
  const bytes = most[typeOf(asked)];
  return bytes === undefined
    ? 'The body is too large.'
    : `The body is larger than the ${bytes} that are taken here.`;
}
