import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FaultyMemoryEventStore } from '#libs/event-store/testing';
import { recoverKey } from '../../src/platform/access/key-recovery.js';
import { done, made } from '../support/acting.js';
import { Api } from '../support/api.js';
import type { Answer, Body, PrincipalName } from '../support/api.js';
import { join, openTalks, raising, setScene } from '../support/scene.js';

const store = new FaultyMemoryEventStore();
let api: Api;

beforeAll(async () => {
  api = await Api.start({ storeUrl: undefined }, undefined, undefined, undefined, () => store);
});
afterAll(async () => {
  store.mend();
  await api.stop();
});

type Ask = (query?: string) => Promise<Answer>;

/** An act on the revision that the entry has by now, ready to be sent. */
async function acting(
  path: string,
  as: PrincipalName,
  body: Body,
  headers: Record<string, string> = {},
): Promise<Ask> {
  const present = await api.get(path.split('/').slice(0, 4).join('/'));
  const tag = { 'If-Match': present.headers.get('etag') ?? '' };
  return (query = '') => api.ask('POST', `${path}${query}`, { as, body, headers: { ...tag, ...headers } });
}

let kept = 0;
const someBytes = (chunks: number) => 'x'.repeat(chunks * 256 * 1024);
const aKey = async (body: object) =>
  String((await api.ask('POST', '/v1/keys', { as: 'operator', body })).body['id']);
const ofKeys = (path: string, as: PrincipalName, body?: object) => () =>
  api.ask('POST', `/v1/keys${path}`, { as, ...(body === undefined ? {} : { body }) });

/** Words that one side wants to be erased; the other side has still to ask for it. */
async function erasing(key: string): Promise<Ask> {
  const { irritantId } = await setScene(api);
  const at = `/v1/irritants/${irritantId}`;
  await done(api, `irritants/${irritantId}/contest`, 'us-registrar', { statement: { en: 'It names one.' } });
  const events = await api.server.record.streams.events(`irritant-${irritantId}`);
  const target = events.find((one) => one.type === 'IrritantContested')?.id ?? '';
  const body = { target, basis: 'personal-data', reason: { en: 'It names a private person.' } };
  await done(api, `irritants/${irritantId}/request-erasure`, 'us-negotiator', body);
  return acting(`${at}/request-erasure`, 'ru-negotiator', body, { 'Idempotency-Key': key });
}

/** Two acts in the name of one party, which it answers for in one request. */
async function answering(): Promise<Ask> {
  const { dialogueId, sources } = await openTalks(api);
  const answers: Body[] = [];
  for (const title of ['One', 'Another']) {
    const { id } = await made<{ id: string }>(api, 'irritants', 'secretariat', {
      ...raising(dialogueId),
      ...{ party: 'RU', title: { en: title }, sources: [{ sourceId: sources.RU, locator: 'p. 1' }] },
    });
    const [first] = await api.server.record.streams.events(`irritant-${id}`);
    answers.push({ target: first?.id, answer: 'endorse' });
  }
  await join(api, dialogueId, 'RU');
  await api.settled();
  const path = `/v1/dialogues/${dialogueId}/answer-attributions`;
  return () => api.ask('POST', path, { as: 'ru-negotiator', body: { answers } });
}

/** What stores something, in one step or in several; each on ground of its own. */
const requests: readonly (readonly [string, () => Promise<Ask>])[] = [
  [
    'a dialogue, whose beginning of keys is reserved first',
    async () => {
      const body = { parties: ['RU', 'US'], keyPrefix: `N${(kept += 1)}`, name: { en: 'A dialogue' } };
      return () => api.create('/v1/dialogues', body);
    },
  ],
  [
    'a word of a secretariat that had recorded nothing there, whose entry is recorded first',
    async () => {
      const { dialogueId, sources } = await openTalks(api, { as: 'ru-negotiator' });
      const inItsName = { party: 'US', sources: [{ sourceId: sources.US, locator: 'p. 1' }] };
      return () => api.create('/v1/rounds', { dialogueId, ...inItsName });
    },
  ],
  [
    'an act on one entry',
    async () => {
      const { irritantId } = await setScene(api);
      const path = `/v1/irritants/${irritantId}/state-position`;
      return acting(path, 'us-registrar', { stance: 'contests', text: { en: 'No.' } });
    },
  ],
  ['an erasure, which is recorded before the words go', () => erasing(`erased-${(kept += 1)}`)],
  ['several answers in one request', answering],
  [
    'bytes, which are kept piece by piece',
    async () => {
      const { dialogueId } = await setScene(api);
      return () => api.sendBytes<Body>(dialogueId, someBytes(3));
    },
  ],
  ['a key', async () => ofKeys('', 'operator', { name: 'A reader', roles: ['reader'] })],
  [
    'the revocation of a key',
    async () => ofKeys(`/${await aKey({ name: 'A reader', roles: ['reader'] })}/revoke`, 'operator'),
  ],
  [
    'the approval of a key',
    async () => {
      const id = await aKey({ name: 'A negotiator', party: 'RU', roles: ['negotiator'] });
      return ofKeys(`/${id}/approve`, 'ru-negotiator');
    },
  ],
];

const saysNothing = (body: Body) =>
  body['code'] === 'store-unavailable' || /nothing was (recorded|stored)/i.test(JSON.stringify(body));
const stepsMax = 12;

/** What was answered wrongly, where the request is sent on ground of its own until the store holds through its steps. */
async function untrue(prepared: () => Promise<Ask>, fail: (steps: number) => void) {
  const wrong: unknown[] = [];
  for (let steps = 0; steps < stepsMax; steps += 1) {
    const ask = await prepared();
    await api.settled();
    fail(steps);
    const { status, body } = await ask();
    const { stored, failed } = store;
    store.mend();
    if (status < 300 && failed === 0) return { wrong, steps };
    const isTrue = status < 300 || (status === 503 && saysNothing(body) === (stored === 0));
    if (!isTrue) wrong.push({ steps, stored, status, body });
  }
  throw new Error(`${stepsMax} steps were not enough: ${JSON.stringify(wrong)}`);
}

describe('An answer says that nothing was recorded where that is so, and nowhere else:', () => {
  it.each(requests)('%s, where the store goes away after any of its steps', async (_what, prepared) => {
    const { wrong, steps } = await untrue(prepared, (after) => store.goAwayAfter(after));
    expect(wrong).toEqual([]);
    expect(steps).toBeGreaterThan(0);
  });

  it.each(requests)('%s, where it is gone before it tells that it took one', async (_what, prepared) => {
    const { wrong, steps } = await untrue(prepared, (after) => store.breakOffAfter(after));
    expect(wrong).toEqual([]);
    expect(steps).toBeGreaterThan(0);
  });

  it('an erasure that was recorded before is not answered as if it had not been', async () => {
    const ask = await erasing('asked-for-again');
    // Its key is read, and with it who asks; the words can't be taken out.
    store.goAwayAfter(1);
    const first = await ask();
    store.mend();
    store.refuseErasures();
    const again = await ask();
    store.mend();
    for (const { status, body } of [first, again])
      expect([status, body['code']]).toEqual([503, 'outcome-unknown']);
    expect((await ask()).status).toBe(200);
  });

  it('an erasure that was recorded, and broke off, is not ended by whoever only asks about it', async () => {
    const ask = await erasing('asked-about');
    store.goAwayAfter(1);
    expect((await ask()).body).toMatchObject({ code: 'outcome-unknown' });
    store.mend();
    store.refuseErasures();
    const asked = await ask('?dryRun=true');
    store.mend();
    expect(asked).toMatchObject({ status: 200, body: { dryRun: { records: false } } });
    expect((await ask()).status).toBe(200);
  });

  it('a reply that is lost, and nothing else, is made up for by sending the same again', async () => {
    for (const [, prepared] of requests) {
      const ask = await prepared();
      await api.settled();
      store.loseReplyOnce();
      expect((await ask()).status).toBeLessThan(300);
    }
  });

  it('whoever asked for a key is told to look whether one was made that nobody was shown', async () => {
    const ask = ofKeys('', 'operator', { name: 'Unseen', roles: ['reader'] });
    store.breakOffAfter(0);
    const { body } = await ask();
    store.mend();
    expect(body['detail']).toMatch(/a key that nobody was shown is to be revoked/);
    expect(body['detail']).not.toMatch(/Repeat/);
  });

  it('a key that is recovered and not said to be is named, for somebody has to revoke it', async () => {
    await setScene(api);
    const wanted = { name: 'New', party: 'US', roles: ['negotiator'] as const, days: 1 };
    store.goAwayAfter(1);
    const recovering = recoverKey(api.server.record, wanted, 'The office burnt down.');
    await expect(recovering).rejects.toThrow(/The key \S+ is made, shown to nobody.*entente keys revoke/);
    store.mend();
  });
});
