import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '#libs/problem-details';
import { platformProblems } from '../problems/platform.problems.js';
import type { Clock } from '../record/clock.js';
import { onceClosed } from '../record/once-closed.js';
import type { Principal } from '../record/principal.js';
import { askingAgain } from './asking-again.js';
import type { Authentication } from './authentication.js';
import { OpenByPrincipal } from './open-by-principal.js';
import type { OpenLimits } from './open-by-principal.js';

/** What asks for itself whether it may go on, since it need not end where one dialogue of several was withdrawn. */
const askingThemselves = new WeakSet<FastifyRequest>();

export function asksByItself(request: FastifyRequest): void {
  askingThemselves.add(request);
}

/** Each is made as it is read, and all of them are made by one thread. */
export const answerLimits: OpenLimits = { perPrincipal: 10, inAll: 200 };

interface Parts {
  readonly authentication: Pick<Authentication, 'principalOf'>;
  readonly clock: Pick<Clock, 'elapsed'>;
  /** 10 of one principal and 200 in all unless told. */
  readonly answerLimits?: OpenLimits | undefined;
}

function tooMany(already: string): Problem {
  return new Problem(platformProblems.TOO_MANY_REQUESTS, {
    detail: `${already}: read or end one of them first.`,
    headers: { 'Retry-After': '1' },
  });
}

/**
 * An answer that is made while it goes out takes as long as its reader takes to read it. It breaks off, and is not whole,
 * once its reader's key opens nothing any more, or a dialogue was withdrawn. Nobody has more than so many of them at once.
 */
export function endWithKeys(
  fastify: FastifyInstance,
  { authentication, clock, answerLimits: limits = answerLimits }: Parts,
): void {
  const open = new OpenByPrincipal(limits, 'long answers', tooMany);
  fastify.addHook('onSend', (request, reply, payload: unknown, done) => {
    const { principal, headers } = request;
    const isLong = payload instanceof Readable && !askingThemselves.has(request);
    if (!isLong || principal === undefined) return done(null, payload);
    try {
      // Who has gone while it was made is told of by no event any more.
      onceClosed(reply.raw, open.begin(principal.id));
    } catch (error) {
      payload.destroy();
      return done(error as Problem);
    }
    if (headers.authorization === undefined) return done(null, payload);
    const known = { principal, askedAt: clock.elapsed() };
    const whoNow = askingAgain(authentication, clock, headers.authorization, known);
    const { readableObjectMode: objectMode } = payload;
    done(null, Readable.from(whileMay(payload, principal, whoNow), { objectMode }));
  });
}

async function* whileMay(pieces: Readable, first: Principal, whoNow: () => Promise<Principal>) {
  for await (const piece of pieces) {
    const { dialogues } = await whoNow();
    if (dialogues !== undefined && first.dialogues?.every((one) => dialogues.includes(one)) === false)
      throw new Problem(platformProblems.FORBIDDEN, {
        detail: 'A dialogue was withdrawn while this was answered: ask again.',
      });
    yield piece as string | Uint8Array;
  }
}
