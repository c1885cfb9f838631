import type { Server, ServerResponse } from 'node:http';
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

export function refuseUnreadable({ raw }: FastifyRequest): void {
  if (raw.httpVersion !== '1.1' || raw.headers.host !== undefined) return;
  throw new Problem(platformProblems.REQUEST_UNREADABLE, { detail: 'The request has no Host header.' });
}
