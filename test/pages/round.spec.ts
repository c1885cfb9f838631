import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import { done, made } from '../support/acting.js';
import type { Body } from '../support/api.js';
import { setScene } from '../support/scene.js';
import { browse, cookieOf, shortcomings } from './reading.js';

type Made = Body & { readonly id: string };
type Grown = Body & {
  readonly accounts: readonly { readonly accountId: string }[];
  readonly points: readonly { readonly pointId: string }[];
};

let api: Api;
let held: string;
let off: string;

beforeAll(async () => {
  api = await Api.start();
  const { dialogueId, irritantId, sources } = await setScene(api);
  const round = async () => (await made<Made>(api, 'rounds', 'ru-registrar', { dialogueId })).id;
  held = `rounds/${await round()}`;
  const account = async (as: 'ru-negotiator' | 'us-negotiator' | 'secretariat', more: Body) => {
    const body = { lang: 'en', rendering: 'original', level: 'expert-level', ...more };
    return (await done<Grown>(api, `${held}/publish-account`, as, body)).accounts.at(-1)?.accountId;
  };
  const point = { irritantId, kind: 'agreed', assertsJoint: true, quote: { en: 'Notes.' } };
  const ru = await account('ru-negotiator', { voice: 'party', sourceId: sources.RU });
  const us = await account('us-negotiator', { voice: 'party', sourceId: sources.US });
  const press = await account('secretariat', { voice: 'press', sourceId: sources.press });
  const named = { party: 'US', nameAsGiven: 'A. Name', lang: 'en', accountId: press };
  await done(api, `${held}/name-delegate`, 'secretariat', named);
  const at = `${held}/record-account-point`;
  const [first] = (await done<Grown>(api, at, 'ru-negotiator', { ...point, accountId: ru })).points;
  const contradicting = { ...point, accountId: us, contradicts: first?.pointId };
  await done(api, at, 'us-negotiator', contradicting);
  const wording = [{ as: 'summary' }];
  await done(api, at, 'secretariat', { ...point, accountId: press, wording });
  off = `rounds/${await round()}`;
  await done(api, `${off}/cancel`, 'us-registrar');
  await api.settled();
});
afterAll(() => api.stop());

const read = async (path: string) =>
  (await browse(api.server.url, `/${path}`, { cookie: cookieOf(api, 'reader') })).text.replace(/\s+/g, ' ');

describe('the page of a round', () => {
  it('has what people need who read it with a keyboard or a screen reader', async () => {
    expect(shortcomings(await read(held))).toEqual([]);
    expect(shortcomings(await read(off))).toEqual([]);
  });
  it('gives the press a column, a card and a voice of its own', async () => {
    const text = await read(held);
    expect(text).toContain('data-label="Press"');
    expect(text).toContain('id="account-press"');
    expect(text).toContain('given by the press');
    expect(text).toContain('expert-level');
  });
  it('says of a contradiction what became of it', async () => {
    expect(await read(held)).toMatch(/Contradicted<\/span> <p class="said">Not noted as a divergence/);
  });
  it('says who cancelled a round, where one side did', async () => {
    expect(await read(off)).toContain('Cancelled, says US only');
  });
});
