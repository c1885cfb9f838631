import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#libs/problem-details';
import { platformProblems } from './platform.problems.js';
import { sendProblem } from './problem.filter.js';

/**
 * One deadline over all that a request waits for: each step has its own, and their sum is longer than anybody waits.
 * Reading a body is not counted, for it takes as long as the line does; an answer that has begun is finished.
 */
export function answerInTime(fastify: FastifyInstance, answerMs: number): void {
  const begin = (request: FastifyRequest, reply: FastifyReply, leftMs: number): (() => void) => {
    const timer = setTimeout(() => {
      if (!reply.sent) sendProblem(overdue(request, answerMs), request, reply);
    }, leftMs);
    const stop = () => clearTimeout(timer);
    reply.raw.once('close', stop);
    return stop;
  };
  const stops = new WeakMap<FastifyRequest, () => void>();
  const left = new WeakMap<FastifyRequest, number>();
  fastify.addHook('onRequest', async (request, reply) => {
    stops.set(request, begin(request, reply, answerMs));
  });
  fastify.addHook('preParsing', async (request, reply) => {
    stops.get(request)?.();
    left.set(request, Math.max(answerMs - reply.elapsedTime, 0));
  });
  fastify.addHook('preHandler', async (request, reply) => {
    begin(request, reply, left.get(request) ?? answerMs);
  });
}

/** An act may be recorded by now, and then it must not be said that it was not. */
function overdue({ method }: FastifyRequest, answerMs: number): Problem {
  const within = `The event store gave no answer within ${answerMs / 1_000} seconds.`;
  const headers = { 'Retry-After': '1' };
  return method === 'GET' || method === 'HEAD'
    ? new Problem(platformProblems.STORE_UNAVAILABLE, { detail: within, headers })
    : new Problem(platformProblems.OUTCOME_UNKNOWN, {
        detail: `${within} Repeat the request with the same Idempotency-Key.`,
        headers,
      });
}
