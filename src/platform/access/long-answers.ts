import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '#libs/problem-details';
import { platformProblems } from '../problems/platform.problems.js';
import type { Clock } from '../record/clock.js';
import type { Principal } from '../record/principal.js';
import { askingAgain } from './asking-again.js';
import type { Authentication } from './authentication.js';

/** What asks for itself whether it may go on, since it need not end where one dialogue of several was withdrawn. */
const askingThemselves = new WeakSet<FastifyRequest>();

export function asksByItself(request: FastifyRequest): void {
  askingThemselves.add(request);
}

interface Parts {
  readonly authentication: Pick<Authentication, 'principalOf'>;
  readonly clock: Pick<Clock, 'elapsed'>;
}

/**
 * An answer that is made while it goes out takes as long as its reader takes to read it. It breaks off, and is not whole,
 * once its reader's key opens nothing any more, or a dialogue was withdrawn.
 */
export function endWithKeys(fastify: FastifyInstance, { authentication, clock }: Parts): void {
  fastify.addHook('onSend', (request, _reply, payload: unknown, done) => {
    const { principal, headers } = request;
    const isAsked =
      principal !== undefined && headers.authorization !== undefined && !askingThemselves.has(request);
    if (!isAsked || !(payload instanceof Readable)) return done(null, payload);
    const known = { principal, askedAt: clock.elapsed() };
    const whoNow = askingAgain(authentication, clock, headers.authorization, known);
    done(
      null,
      Readable.from(whileMay(payload, principal, whoNow), { objectMode: payload.readableObjectMode }),
    );
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
