import { describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../record/principal.js';
import type { StoredStreams } from '../record/stored-streams.js';
import { KeptAnswers } from './kept-answers.js';
import { WrittenAnswer } from './written-answer.js';

const reader: Principal = { id: 'one', name: 'One', party: null, roles: ['reader'] };
const asked = (principal?: Principal, url = '/v1/irritants', method = 'GET', headers = {}) =>
  ({ method, url, principal, headers }) as FastifyRequest;

function set() {
  let erase = (): void => undefined;
  const streams: Pick<StoredStreams, 'whenForgotten'> = { whenForgotten: (tell) => (erase = tell) };
  const answers = new KeptAnswers(streams as StoredStreams);
  const world = { holds: true };
  const make = (text = '{}'): WrittenAnswer =>
    new WrittenAnswer(text, {}, { holds: () => world.holds, make: () => make(text) });
  return { answers, world, make, erase: () => erase() };
}

describe('An answer that was given', () => {
  it('is given again to the same principal at the same address alone, and never for an act', () => {
    const { answers, make } = set();
    answers.keep(asked(reader), make('{"a":1}'));
    expect(answers.of(asked(reader))?.text).toBe('{"a":1}');
    const others: readonly Partial<Principal>[] = [
      { id: 'two' },
      { party: 'RU' },
      { roles: ['auditor'] },
      { dialogues: [] },
      { dialogues: ['d1'] },
    ];
    for (const other of others) expect(answers.of(asked({ ...reader, ...other }))).toBeUndefined();
    expect(answers.of(asked(undefined))).toBeUndefined();
    expect(answers.of(asked(reader, '/v1/irritants?limit=1'))).toBeUndefined();
    expect(answers.of(asked(reader, '/v1/irritants', 'POST'))).toBeUndefined();
    // Whoever wants one revision is told which came since.
    const wanting = asked(reader, '/v1/irritants', 'GET', { 'if-match': '"1"' });
    expect(answers.of(wanting)).toBeUndefined();
  });

  it('is not given again once what it rests on has changed, however it is afterwards', () => {
    const { answers, world, make } = set();
    answers.keep(asked(reader), make());
    world.holds = false;
    expect(answers.of(asked(reader))).toBeUndefined();
    answers.keep(asked(reader, '/v1/rounds'), make());
    world.holds = true;
    expect(answers.of(asked(reader))).toBeUndefined();
    expect(answers.of(asked(reader, '/v1/rounds'))).toBeUndefined();
  });

  it('is gone, like all others, as soon as words are erased', () => {
    const { answers, make, erase } = set();
    const urls = ['/v1/irritants', '/v1/rounds', '/v1/irritants/1/history'];
    for (const url of urls) answers.keep(asked(reader, url), make());
    erase();
    for (const url of urls) expect(answers.of(asked(reader, url))).toBeUndefined();
  });

  it('makes room, the one that was not asked for the longest time first, and is not kept where it is too long', () => {
    const { answers, make } = set();
    const text = 'x'.repeat(900_000);
    const url = (at: number) => `/v1/irritants/${at}`;
    for (let at = 0; at < 18; at += 1) {
      answers.keep(asked(reader, url(at)), make(text));
      expect(answers.of(asked(reader, url(0)))?.text).toBe(text);
    }
    answers.keep(asked(reader, url(18)), make(text));
    expect(answers.of(asked(reader, url(1)))).toBeUndefined();
    expect(answers.of(asked(reader, url(0)))).toBeDefined();
    answers.keep(asked(reader, url(99)), make('x'.repeat(1_100_000)));
    expect(answers.of(asked(reader, url(99)))).toBeUndefined();
  });
});
