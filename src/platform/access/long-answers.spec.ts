import { afterEach, describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import fastify from 'fastify';
import type { FastifyReply } from 'fastify';
import { Problem } from '#libs/problem-details';
import { until } from '../../../test/support/settling.js';
import { sendProblem, toProblem } from '../http/problem.filter.js';
import { platformProblems } from '../problems/platform.problems.js';
import type { Principal } from '../record/principal.js';
import { asksByItself, endWithKeys } from './long-answers.js';
import type { OpenLimits } from './open-by-principal.js';

const reader: Principal = {
  id: 'reader',
  name: 'Reader',
  party: null,
  roles: ['reader'],
  dialogues: ['a', 'b'],
};
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** A long answer of which the first half is read; `becomes` is what its reader may read from then on. */
async function halfRead(path = '/', answerLimits?: OpenLimits) {
  let now = 0;
  let known: Principal | undefined = reader;
  const { promise: isAskedFor, resolve: goOn } = Promise.withResolvers<void>();
  const principalOf = async () => {
    if (known === undefined) throw new Problem(platformProblems.UNAUTHENTICATED, { detail: 'Revoked.' });
    return known;
  };
  async function* halves() {
    yield 'One half, ';
    await isAskedFor;
    yield 'and the other.';
  }
  const server = fastify();
  endWithKeys(server, { authentication: { principalOf }, clock: { elapsed: () => now }, answerLimits });
  server.setErrorHandler((error, request, reply) => sendProblem(toProblem(error), request, reply));
  server.addHook('onRequest', async (request) => {
    request.principal = reader;
  });
  server.get('/', (_request, reply) =>
    reply.header('ETag', '"1"').header('Content-Disposition', 'attachment').send(Readable.from(halves())),
  );
  const { promise: isLetGo, resolve: letGo } = Promise.withResolvers<void>();
  const late: { readonly reply: FastifyReply; isSent: boolean }[] = [];
  server.get('/late', async (_request, reply) => {
    const one = { reply, isSent: false };
    late.push(one);
    await isLetGo;
    void reply.send(Readable.from(halves()));
    one.isSent = true;
    return reply;
  });
  server.get('/by-itself', (request, reply) => {
    asksByItself(request);
    return reply.send(Readable.from(halves()));
  });
  ends.push(() => server.close());
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  const ask = (init: RequestInit = {}, at = path) =>
    fetch(`${url}${at}`, { ...init, headers: { Authorization: 'Bearer key' } });
  const answer = await ask();
  const body = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  expect((await body.read()).value).toBe('One half, ');
  return {
    becomes: (principal: Principal | undefined, afterMs = 1_000) => {
      known = principal;
      now += afterMs;
    },
    rest: async () => {
      goOn();
      return (await body.read()).value;
    },
    ask,
    late,
    letGo,
  };
}

describe('An answer that goes out over a longer time', () => {
  it('is given whole to whoever may still read it', async () => {
    const { becomes, rest } = await halfRead();
    becomes({ ...reader, dialogues: ['a', 'b', 'c'] });
    expect(await rest()).toBe('and the other.');
  });

  it('breaks off once the key is revoked', async () => {
    const { becomes, rest } = await halfRead();
    becomes(undefined);
    await expect(rest()).rejects.toThrow('terminated');
  });

  it('breaks off once a dialogue is withdrawn, for nobody knows of which dialogue the rest is', async () => {
    const { becomes, rest } = await halfRead();
    becomes({ ...reader, dialogues: ['a'] });
    await expect(rest()).rejects.toThrow('terminated');
  });

  it('asks no more than every now and then', async () => {
    const { becomes, rest } = await halfRead();
    becomes(undefined, 300);
    expect(await rest()).toBe('and the other.');
  });

  it('goes on where it asks by itself', async () => {
    const { becomes, rest } = await halfRead('/by-itself');
    becomes({ ...reader, dialogues: ['a'] });
    expect(await rest()).toBe('and the other.');
  });

  it.each([
    ['of one reader', { perPrincipal: 2, inAll: 9 }],
    ['in all', { perPrincipal: 9, inAll: 2 }],
  ])('is one of so many %s, and counts no more once it is read or left', async (_, limits) => {
    const { ask, rest } = await halfRead('/', limits);
    const leaving = new AbortController();
    const second = await ask({ signal: leaving.signal });
    const refused = [await ask(), await ask()];
    expect([second.status, ...refused.map(({ status }) => status)]).toEqual([200, 429, 429]);
    leaving.abort();
    let other = await ask();
    await until(async () => {
      other = other.status === 200 ? other : await ask();
      return other.status === 200;
    });
    const { status, headers } = await ask();
    expect([status, headers.get('ETag'), headers.get('Content-Disposition')]).toEqual([429, null, null]);
    expect(await rest()).toBe('and the other.');
    expect(await other.text()).toBe('One half, and the other.');
    await until(async () => (await read(await ask())) === 200);
  });

  it('counts for nobody who had gone before it began', async () => {
    const { ask, late, letGo, rest } = await halfRead('/', { perPrincipal: 2, inAll: 2 });
    const leaving = new AbortController();
    const left = [1, 2, 3].map(() => ask({ signal: leaving.signal }, '/late').catch(() => undefined));
    await until(async () => late.length === 3);
    leaving.abort();
    await Promise.all(left);
    await until(async () => late.every(({ reply }) => reply.raw.closed));
    letGo();
    await until(async () => late.every(({ isSent }) => isSent));
    const other = await ask();
    expect([await rest(), await read(other)]).toEqual(['and the other.', 200]);
  });
});

async function read(answer: Response): Promise<number> {
  await answer.text();
  return answer.status;
}
