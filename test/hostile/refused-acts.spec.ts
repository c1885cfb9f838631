import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { layGround } from '../authorisation/ground.js';
import type { Ground } from '../authorisation/ground.js';
import { Api } from '../support/api.js';
import type { Body, PrincipalName } from '../support/api.js';
import { raising } from '../support/scene.js';
import { expectRefused, Watch } from './refused.js';
import type { Refused } from './refused.js';

let api: Api;
let ground: Ground;
/** The same where nobody has joined, so that a secretariat records what either side said. */
let unjoined: Ground;
let irritant: string;
let watch: Watch;

beforeAll(async () => {
  api = await Api.start();
  watch = new Watch(api);
  ground = await layGround(api);
  unjoined = await layGround(api, 'secretariat', { only: 'sources' });
  irritant = `/v1/irritants/${ground.irritantId}`;
});
afterAll(() => api.stop());
beforeEach(() => watch.begin());

const act = (command: string, body: Body, as: PrincipalName, headers?: Record<string, string>) =>
  api.act(`${irritant}/${command}`, body, as, headers);
/** Where neither side has joined. */
const record = (command: string, body: Body) =>
  api.act(`/v1/irritants/${unjoined.irritantId}/${command}`, body, 'secretariat');
const statement = { en: 'A statement.' };

describe('If-Match', () => {
  const acknowledge = (headers: Record<string, string>) =>
    api.ask('POST', `${irritant}/acknowledge`, { as: 'us-negotiator', body: {}, headers });

  it('is required of every act', async () => {
    await expectRefused(watch, await acknowledge({}), { status: 428, code: 'if-match-required' });
  });

  it.each(['*', 'W/"0"', '"0", "1"', '0', '"00"', '"x"'])(
    'names exactly one revision that was seen: %s is refused',
    async (tag) => {
      await expectRefused(watch, await acknowledge({ 'If-Match': tag }), {
        status: 400,
        code: 'if-match-unusable',
      });
    },
  );

  it('is stale once somebody else has acted, and the refusal lists what was recorded in between', async () => {
    const events = await api.server.record.streams.events(`irritant-${ground.irritantId}`);
    const answer = await acknowledge({ 'If-Match': '"0"' });
    await expectRefused(watch, answer, { status: 412, code: 'stale-revision' });
    expect(answer.body['revision']).toBe(events.length - 1);
    expect(answer.body['events']).toEqual(
      events.slice(1).map(({ id, revision, type, recordedAt, act: { party, capacity } }) => ({
        ...{ id, revision, type, recordedAt },
        ...{ party, capacity },
      })),
    );
  });

  it('is refused where it names a revision that there has never been', async () => {
    await expectRefused(watch, await acknowledge({ 'If-Match': '"99999"' }), {
      status: 412,
      code: 'stale-revision',
    });
  });
});

describe('An Idempotency-Key', () => {
  it('is required of every create', async () => {
    const answer = await api.ask('POST', '/v1/irritants', {
      as: 'ru-registrar',
      body: raising(ground.dialogueId),
    });
    await expectRefused(watch, answer, { status: 400, code: 'idempotency-key-missing' });
  });

  it.each(['k'.repeat(256), 'two words', '"open'])('of another form is refused: %s', async (key) => {
    const headers = { 'Idempotency-Key': key };
    const answer = await api.create('/v1/irritants', raising(ground.dialogueId), 'ru-registrar', headers);
    await expectRefused(watch, answer, { status: 400, code: 'idempotency-key-malformed' });
  });

  it('stands for one request: with another body it is refused, on a create and on an act', async () => {
    const headers = { 'Idempotency-Key': 'used-once' };
    const first = await api.create('/v1/irritants', raising(ground.dialogueId), 'ru-registrar', headers);
    expect(first.status).toBe(201);
    const said = await act(
      'state-position',
      { stance: 'seeks-action', text: statement },
      'ru-registrar',
      headers,
    );
    expect(said.status).toBe(200);
    await watch.begin();
    const other = { ...raising(ground.dialogueId), category: 'visas' };
    const reused: Refused = { status: 422, code: 'idempotency-key-reused' };
    await expectRefused(watch, await api.create('/v1/irritants', other, 'ru-registrar', headers), reused);
    const contests = { stance: 'contests', text: statement };
    await expectRefused(watch, await act('state-position', contests, 'ru-registrar', headers), reused);
  });
});

describe('The rules of the record', () => {
  it('refuse an act that the state does not allow, each by a code of its own', async () => {
    const refused = (code: string): Refused => ({ status: 409, code });
    await expectRefused(watch, await act('acknowledge', {}, 'ru-negotiator'), refused('not-a-respondent'));
    await expectRefused(
      watch,
      await act('conclude-stage-review', { stage: 'raised' }, 'ru-negotiator'),
      refused('no-review-open'),
    );
    const ownClaim = `claims/${ground.claims.RU}/confirm`;
    await expectRefused(
      watch,
      await act(ownClaim, { mode: 'same-text' }, 'ru-negotiator'),
      refused('own-claim'),
    );
    const reopening = { closingEventId: ground.targets['irritants'], reason: statement };
    await expectRefused(
      watch,
      await act('reopen', reopening, 'ru-negotiator'),
      refused('irritant-not-closed'),
    );
  });

  const consents = ['acknowledge', 'propose-dormancy', 'suspend'];

  it.each(consents)(
    'take no "%s" in the name of a party from the press or from another side',
    async (command) => {
      for (const sourceId of [unjoined.sources.press, unjoined.sources.RU, unjoined.heldSourceId]) {
        const answer = await record(command, { party: 'US', sources: [{ sourceId }] });
        await expectRefused(watch, answer, {
          status: 409,
          code: 'source-not-issued-by-party',
          pointer: '/sources',
        });
      }
    },
  );

  it.each(consents)('take no "%s" in the name of a party without any source', async (command) => {
    for (const sources of [{}, { sources: [] }]) {
      const answer = await record(command, { party: 'US', ...sources });
      await expectRefused(watch, answer, { status: 409, code: 'source-required', pointer: '/sources' });
    }
  });

  it.each(consents)(
    'take no "%s" in the name of a party that has joined, whatever is cited',
    async (command) => {
      for (const [by, sourceId] of [
        ['secretariat', ground.sources.US],
        ['ru-negotiator', ground.sources.US],
        ['secretariat', ground.sources.press],
      ] as const) {
        const answer = await act(command, { party: 'US', sources: [{ sourceId }] }, by);
        await expectRefused(watch, answer, { status: 409, code: 'party-speaks-for-itself' });
      }
    },
  );

  it('do not guess whose act the secretariat records', async () => {
    const answer = await record('acknowledge', { sources: [{ sourceId: unjoined.sources.US }] });
    await expectRefused(watch, answer, { status: 400, code: 'party-required', pointer: '/party' });
  });
});
