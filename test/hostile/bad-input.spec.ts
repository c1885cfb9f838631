import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, it } from '@jest/globals';
import { slices } from '../../src/slices.js';
import { commandRoutesOf } from '../../src/platform/commands/command-route.js';
import { addressOf, bodyOf } from '../authorisation/addressing.js';
import { layGround } from '../authorisation/ground.js';
import type { Ground } from '../authorisation/ground.js';
import { operations } from '../authorisation/operations.js';
import { Api } from '../support/api.js';
import type { Body, PrincipalName } from '../support/api.js';
import { raising } from '../support/scene.js';
import { expectRefused, Watch } from './refused.js';
import type { Refused } from './refused.js';

let api: Api;
let ground: Ground;
let irritant: string;
let watch: Watch;

beforeAll(async () => {
  api = await Api.start();
  watch = new Watch(api);
  ground = await layGround(api);
  irritant = `/v1/irritants/${ground.irritantId}`;
});
afterAll(() => api.stop());
beforeEach(() => watch.begin());

const invalid = (pointer: string): Refused => ({ status: 400, code: 'validation-failed', pointer });
const act = (command: string, body: Body, as: PrincipalName, headers?: Record<string, string>) =>
  api.act(`${irritant}/${command}`, body, as, headers);
const raise = (body: Body) =>
  api.create('/v1/irritants', { ...raising(ground.dialogueId), ...body }, 'ru-registrar');
const statement = { en: 'A statement.' };

describe('The shape of a request', () => {
  it.each([
    ['a number for a text', { title: 7 }, '/title'],
    ['a text without a language', { title: 'Six properties' }, '/title'],
    ['a text in no language', { title: {} }, '/title'],
    ['a text that says nothing', { title: { fr: 'Titre', en: ' ' } }, '/title/en'],
    ['half a character', { title: { en: '\ud800' } }, '/title/en'],
    ['a text of a party', { designations: { RU: { en: 'x', fr: '' } } }, '/designations/RU/fr'],
    ['an object where a list is taken', { wording: { as: 'own' } }, '/wording'],
    ['a word that is not among those to choose from', { category: 'weather' }, '/category'],
    ['one party where a list is taken', { raisers: 'RU' }, '/raisers'],
    ['a party code in small letters', { raisers: ['ru'] }, '/raisers'],
    ['null, which says no more than leaving it out', { statement: null }, '/statement'],
    ['an id that is none', { dialogueId: 'the first' }, '/dialogueId'],
    ['a source that is not an object', { sources: ['a statement'] }, '/sources/0'],
    ['a source wrapped in a list', { sources: [[]] }, '/sources'],
    ['a source with a field too many', { sources: [{ sourceId: 'x', page: 3 }] }, '/sources/0/page'],
  ])('must be right: %s is refused, and the answer points at it', async (_, body, pointer) => {
    await expectRefused(watch, await raise(body), invalid(pointer));
  });

  it.each(['2026-02-31', '2023-02-29', '2025-13-01', '2025-04-10T25:00:00Z', 'yesterday', ''])(
    'has no room for a day that never was: %j is refused and not rolled over',
    async (occurred) => {
      await expectRefused(watch, await raise({ occurred }), invalid('/occurred'));
      await expectRefused(watch, await raise({ occurred: { edtf: occurred } }), invalid('/occurred'));
    },
  );

  it.each([
    ['a list', [1, 2]],
    ['a word', '"irritant"'],
    ['a number', '7'],
  ])('is an object: %s is refused', async (_, body) => {
    const answer = await api.ask('POST', '/v1/irritants', {
      as: 'ru-registrar',
      body,
      headers: { 'Idempotency-Key': 'shape' },
    });
    await expectRefused(watch, answer, invalid(''));
  });

  const writes = slices
    .filter((slice) => Object.keys(slice.commands).length > 0)
    .flatMap(commandRoutesOf)
    .map((one) => one.operationId);

  it.each(writes)('has no field that %s does not know', async (operationId) => {
    const operation = operations.find((one) => one.operationId === operationId)!;
    const body = { ...bodyOf(operation, ground, 'RU'), favour: 'granted' };
    const path = addressOf(operation, ground, 'RU');
    const headers = { 'Idempotency-Key': `unknown-field-${operationId}`, 'If-Match': '"0"' };
    await expectRefused(
      watch,
      await api.ask('POST', path, { as: 'ru-negotiator', body, headers }),
      invalid('/favour'),
    );
  });

  it('has no field that makeKey does not know', async () => {
    const body = { name: 'A reader', roles: ['reader'], favour: 'granted' };
    await expectRefused(
      watch,
      await api.ask('POST', '/v1/keys', { as: 'operator', body }),
      invalid('/favour'),
    );
  });
});

describe('What a request names', () => {
  it('must be a party to the dialogue', async () => {
    await expectRefused(watch, await raise({ respondents: ['FR'] }), {
      status: 409,
      code: 'party-unknown',
      pointer: '/respondents/0',
    });
    const attributed = {
      party: 'FR',
      stance: 'contests',
      text: statement,
      sources: [{ sourceId: ground.sources.press }],
    };
    await expectRefused(watch, await act('state-position', attributed, 'secretariat'), {
      status: 409,
      code: 'party-unknown',
      pointer: '/party',
    });
  });

  it('must exist: a dialogue, a source', async () => {
    const absent = '01960b3a-0000-7000-8000-0000000000aa';
    await expectRefused(watch, await raise({ dialogueId: absent }), {
      status: 409,
      code: 'reference-unknown',
      pointer: '/dialogueId',
    });
    await expectRefused(watch, await raise({ sources: [{ sourceId: absent }] }), {
      status: 409,
      code: 'reference-unknown',
      pointer: '/sources/0/sourceId',
    });
  });

  it.each(['SC1-999', 'XX-1', 'sc1-1', 'not a key', '%00', 'a'.repeat(120)])(
    'must exist: there is no irritant %j to read or to act on',
    async (key) => {
      const path = `/v1/irritants/${encodeURIComponent(key)}`;
      await expectRefused(watch, await api.get(path), { status: 404, code: 'not-found' });
      const headers = { 'If-Match': '"0"' };
      await expectRefused(
        watch,
        await api.ask('POST', `${path}/acknowledge`, { as: 'us-negotiator', body: {}, headers }),
        {
          status: 404,
          code: 'not-found',
        },
      );
    },
  );
});
