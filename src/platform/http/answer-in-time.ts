import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#libs/problem-details';
import { platformProblems } from '../problems/platform.problems.js';
import { outcomeUnknown, takeBack, toldTo } from './problem.filter.js';

/** The requests that wait for something to happen, which has a bound of its own. */
const waiting = new WeakSet<FastifyRequest>();

/** From here on the request is not measured by how long the store takes. */
export function waitsByItself(request: FastifyRequest): void {
  waiting.add(request);
}

/**
 * One deadline over all that a request waits for: each step has its own, and their sum is longer than anybody waits.
 * Reading a body is not counted, for it takes as long as the line does; an answer that has begun is finished.
 */
export function answerInTime(fastify: FastifyInstance, answerMs: number): void {
  const stops = new WeakMap<FastifyRequest, () => void>();
  const left = new WeakMap<FastifyRequest, number>();
  const begin = (request: FastifyRequest, reply: FastifyReply, leftMs: number) => {
    const timer = setTimeout(() => refuse(request, reply, answerMs), leftMs);
    const stop = () => clearTimeout(timer);
    reply.raw.once('close', stop);
    stops.set(request, stop);
  };
  fastify.addHook('onRequest', async (request, reply) => begin(request, reply, answerMs));
  fastify.addHook('preParsing', async (request, reply) => {
    stops.get(request)?.();
    left.set(request, Math.max(answerMs - reply.elapsedTime, 0));
  });
  fastify.addHook('preHandler', async (request, reply) => {
    begin(request, reply, left.get(request) ?? answerMs);
  });
  // Before any other hook of it, and at once: what is being sent says nothing of that until its last byte is out.
  fastify.addHook('onSend', (request, _reply, payload, done) => {
    stops.get(request)?.();
    done(null, payload);
  });
}

/** Written past the framework, which lets a second answer go out into the first one; what comes later is dropped. */
function refuse(request: FastifyRequest, reply: FastifyReply, answerMs: number): void {
  if (reply.sent || reply.raw.headersSent || waiting.has(request)) return;
  const problem = overdue(request, answerMs);
  const { type, text } = toldTo(request, problem);
  takeBack(reply);
  const headers = {
    ...reply.getHeaders(),
    ...problem.headers,
    'content-type': type,
    'trace-id': request.id,
  };
  reply.hijack();
  reply.raw.writeHead(problem.kind.status, headers as OutgoingHttpHeaders).end(text);
}

/** An act may be recorded by now, and then it must not be said that it was not. */
function overdue(request: FastifyRequest, answerMs: number): Problem {
  const within = `The event store gave no answer within ${answerMs / 1_000} seconds.`;
  const headers = { 'Retry-After': '1' };
  return request.method === 'GET' || request.method === 'HEAD'
    ? new Problem(platformProblems.STORE_UNAVAILABLE, { detail: within, headers })
    : outcomeUnknown(request, `${within} `);
}
