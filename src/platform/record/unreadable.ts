import { maxHeaderSize } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { Problem, problemDocument, problemMediaType } from '#libs/problem-details';
import type { ProblemKind } from '#libs/problem-details';
import type { Ids } from './ids.js';
import { platformProblems } from '../problems/platform.problems.js';

function documentOf(kind: ProblemKind, detail: string, ids: Ids): string {
  return JSON.stringify(
    problemDocument(new Problem(kind, { detail }), { typeBase: '/problems/', traceId: ids.trace() }),
  );
}

const faults: { readonly [code: string]: readonly [ProblemKind, string] } = {
  HPE_HEADER_OVERFLOW: [platformProblems.HEADERS_TOO_LARGE, 'The headers of the request are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [platformProblems.REQUEST_TIMEOUT, 'The request did not arrive in time.'],
};

/** Bytes that are no HTTP request never reach a route, and still get a problem document. */
export function answerClientError(error: Error & { code?: string }, socket: Socket, ids: Ids): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return;
  const [kind, detail] = faults[error.code ?? ''] ?? [
    platformProblems.REQUEST_UNREADABLE,
    'The bytes that came are not a request that can be read.',
  ];
  const body = documentOf(kind, detail, ids);
  socket.end(
    `HTTP/1.1 ${kind.status} ${kind.title}\r\nContent-Type: ${problemMediaType}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

/** Node answers an expectation that it does not know by itself, without a word. */
export function answerExpectations(server: Server, ids: Ids): void {
  server.on('checkExpectation', (_request, response: ServerResponse) => {
    const kind = platformProblems.EXPECTATION_FAILED;
    response.writeHead(kind.status, { 'Content-Type': problemMediaType, Connection: 'close' });
    response.end(documentOf(kind, 'The server knows no expectation but 100-continue.', ids));
  });
}

/** An address that nobody has. */
const nowhere = '/unreadable';
const unreadable = new WeakSet<IncomingMessage>();
/** A part of an address that stands for something, such as an id or a secret. */
const parameterMax = 200;

/**
 * The router answers an address that can't be decoded by itself, uncounted and without a line in the log, and its words
 * repeat the address, which may let somebody in. So such a request is led to one that nobody has, and refused there.
 */
function readableAddress(request: IncomingMessage): string {
  const { url = '/' } = request;
  const [path = ''] = url.split(/[?#]/, 1);
  if (!path.includes('%')) return url;
  try {
    decodeURIComponent(path);
    return url;
  } catch {
    unreadable.add(request);
    return nowhere;
  }
}

/** For the router: each address comes to us. No part of one can be longer than what Node reads of a request's head. */
export const anyAddress = {
  rewriteUrl: readableAddress,
  routerOptions: { maxParamLength: maxHeaderSize },
} as const;

/** What can't be understood is refused before anything else is asked of it. */
export function refuseUnreadable({ raw, params }: FastifyRequest): void {
  if (unreadable.has(raw))
    throw new Problem(platformProblems.REQUEST_UNREADABLE, {
      detail:
        'The address cannot be decoded: each % has to begin the code of a byte, and the bytes have to be UTF-8.',
    });
  const values = Object.values((params ?? {}) as { readonly [name: string]: string });
  if (values.some(({ length }) => length > parameterMax))
    throw new Problem(platformProblems.TOO_LARGE, {
      detail: `A part of the address is longer than ${parameterMax} characters.`,
    });
  if (raw.httpVersion !== '1.1' || raw.headers.host !== undefined) return;
  throw new Problem(platformProblems.REQUEST_UNREADABLE, { detail: 'The request has no Host header.' });
}
