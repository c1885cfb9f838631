import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { amendmentCommands } from '../../src/platform/commands/amendment.commands.js';
import { slices } from '../../src/slices.js';
import { done, made } from '../support/acting.js';
import { Api } from '../support/api.js';
import type { Body } from '../support/api.js';
import { setScene } from '../support/scene.js';
import { expectOtherAfterErasure, expectGivenTwice } from '../support/giving-twice.js';
import { canBeErased, twicesOf } from '../support/twice.js';
import type { Cases } from '../support/twice.js';
import { casesOf } from './twice-all.js';
import { amendmentCases } from './twice-record.js';

const all: { readonly [slice: string]: Cases } = { ...casesOf, amendments: amendmentCases };
const declared: readonly (readonly [string, object])[] = [
  ...slices.map(({ name, commands }) => [name, commands] as const),
  ['amendments', amendmentCommands],
];

let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.stop());

describe.each(Object.entries(all))('An act on %s', (slice, cases) => {
  const twices = twicesOf(slice, cases);

  it.each(twices)(
    '%s, given twice, is a repeat with the same content; other words, dates and numbers are recorded or refused',
    (_name, twice) => expectGivenTwice(api, twice),
  );

  const erasable = twices.filter(([, one]) => canBeErased(one));
  if (erasable.length > 0)
    it.each(erasable)('%s, given again once its words are erased, is other content', (_name, twice) =>
      expectOtherAfterErasure(api, twice),
    );
});

describe('What another act has said already', () => {
  const eventOf = async (stream: string, type: string) =>
    (await api.server.record.streams.events(stream)).find((one) => one.type === type)?.id;

  it('is a repeat where nothing is given beside it, and otherwise refused, naming that act', async () => {
    const { dialogueId } = await setScene(api);
    const { id } = await made<{ id: string }>(api, 'rounds', 'ru-negotiator', { dialogueId });
    await done(api, `rounds/${id}/conclude`, 'ru-negotiator', { startsAt: '2025-04-10' });
    const confirm = (body: Body) => api.act(`/v1/rounds/${id}/confirm-held`, body, 'ru-negotiator');
    const bare = await confirm({});
    expect([bare.status, bare.headers.get('act-recorded')]).toEqual([200, 'false']);
    const concluded = await eventOf(`round-${id}`, 'RoundConcluded');
    for (const beside of [{ note: { en: 'Words.' } }, { occurred: '2025-04-10' }])
      expect(await confirm(beside)).toMatchObject({
        status: 409,
        body: { code: 'already-said', eventId: concluded },
      });
    expect(await api.types('rounds', id)).toEqual(['RoundScheduled', 'RoundConcluded']);
  });

  it('is refused where there is nothing to take back and a reason would be lost', async () => {
    const { irritantId } = await setScene(api);
    const lift = (body: Body) => api.act(`/v1/irritants/${irritantId}/resume`, body, 'us-negotiator');
    expect((await lift({})).headers.get('act-recorded')).toBe('false');
    expect(await lift({ reason: { en: 'Words.' } })).toMatchObject({
      status: 409,
      body: { code: 'already-said' },
    });
    expect(await api.types('irritants', irritantId)).toEqual(['IrritantRaised']);
  });
});

describe('The declarations', () => {
  it.each(declared)('have no command of %s that is not given twice here', (name, commands) => {
    const given = Object.keys(all[name] ?? {}).map((one) => one.split(' ')[0] ?? '');
    expect([...new Set(given)].toSorted()).toEqual(Object.keys(commands).toSorted());
  });
});
