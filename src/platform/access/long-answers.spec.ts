import { afterEach, describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import fastify from 'fastify';
import { Problem } from '#libs/problem-details';
import { platformProblems } from '../problems/platform.problems.js';
import type { Principal } from '../record/principal.js';
import { asksByItself, endWithKeys } from './long-answers.js';

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
async function halfRead(path = '/') {
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
  endWithKeys(server, { authentication: { principalOf }, clock: { elapsed: () => now } });
  server.addHook('onRequest', async (request) => {
    request.principal = reader;
  });
  server.get('/', (_request, reply) => reply.send(Readable.from(halves())));
  server.get('/by-itself', (request, reply) => {
    asksByItself(request);
    return reply.send(Readable.from(halves()));
  });
  ends.push(() => server.close());
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  const answer = await fetch(`${url}${path}`, { headers: { Authorization: 'Bearer key' } });
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
});
