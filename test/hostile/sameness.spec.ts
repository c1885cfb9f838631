import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { layGround } from '../authorisation/ground.js';
import type { Ground } from '../authorisation/ground.js';
import { Api } from '../support/api.js';
import type { Body } from '../support/api.js';
import { raising } from '../support/scene.js';
import { expectRefused, Watch } from './refused.js';
import { momentless } from '../support/moment.js';

let api: Api;
let ground: Ground;
let watch: Watch;

beforeAll(async () => {
  api = await Api.start();
  watch = new Watch(api);
  ground = await layGround(api);
});
afterAll(() => api.stop());
beforeEach(() => watch.begin());

const raise = (body: Body) =>
  api.create('/v1/irritants', { ...raising(ground.dialogueId), ...body }, 'ru-registrar');
const sent = (path: string, body: string, headers: Record<string, string> = {}) =>
  api.ask('POST', path, {
    as: 'ru-registrar',
    body,
    headers: { 'Idempotency-Key': 'as-sent', ...headers },
  });

const inherited = [
  'toString',
  'valueOf',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'toLocaleString',
  '__defineGetter__',
  '__lookupSetter__',
];

describe('What is checked is what is stored: a field named like something that every object has', () => {
  it.each(inherited)('%s is refused in a text', async (name) => {
    await expectRefused(watch, await raise({ title: { [name]: { x: 1 }, fr: 'Bonjour' } }), {
      status: 400,
      code: 'validation-failed',
      pointer: `/title/${name}`,
    });
  });

  it.each(inherited)('%s is refused as a field, beside a date, and beside a source', async (name) => {
    const refused = (pointer: string) => ({ status: 400, code: 'validation-failed', pointer });
    await expectRefused(watch, await raise({ [name]: { x: 1 } }), refused(`/${name}`));
    await expectRefused(watch, await raise({ occurred: { edtf: '2025', [name]: 1 } }), refused('/occurred'));
    await expectRefused(
      watch,
      await raise({ sources: [{ sourceId: ground.sources.press, [name]: 1 }] }),
      refused(`/sources/0/${name}`),
    );
    await expectRefused(
      watch,
      await raise({ designations: { [name]: { en: 'x' } } }),
      refused('/designations'),
    );
  });

  it.each(inherited)('%s is refused in corrected words, in a query, and when a key is made', async (name) => {
    const id = String((await raise({})).body['id']);
    const target = (await api.server.record.streams.events(`irritant-${id}`))[0]?.id;
    await watch.begin();
    const corrected = await api.act(
      `/v1/irritants/${id}/correct`,
      { target, content: { title: { [name]: 'x', en: 'Title' } } },
      'ru-registrar',
    );
    expect(corrected).toMatchObject({ status: 400, body: { code: 'validation-failed' } });
    await expectRefused(watch, await api.get(`/v1/irritants?${name}=1`), {
      status: 400,
      code: 'unknown-parameter',
    });
    const key = { name: 'A reader', roles: ['reader'], [name]: 1 };
    await expectRefused(watch, await api.ask('POST', '/v1/keys', { as: 'operator', body: key }), {
      status: 400,
      code: 'validation-failed',
      pointer: `/${name}`,
    });
  });
});

describe('One object has each field once', () => {
  const refused = { status: 400, code: 'duplicate-key' };
  it.each([
    ['at the top', '{"category":"visas","category":"debt"}'],
    ['with the same value', '{"category":"visas","category":"visas"}'],
    ['in a text', '{"title":{"en":"One","en":"Two"}}'],
    ['in a list', '{"sources":[{"sourceId":"x","sourceId":"y"}]}'],
    ['written with an escape', '{"category":"visas","c\\u0061tegory":"debt"}'],
    ['with blanks before the colon', '{"category" :1,"category"\n:2}'],
    ['after an object with the same field', '{"a":{"b":1},"b":2,"a":3}'],
    ['of no name', '{"":1,"":2}'],
    ['with a quote in its name', '{"a\\"b":1,"a\\"b":2}'],
    ['far inside', `${'{"a":'.repeat(30)}{"b":1,"b":2}${'}'.repeat(30)}`],
  ])('%s: twice is refused', async (_, body) => {
    await expectRefused(watch, await sent('/v1/irritants', body), refused);
  });

  it.each([
    ['in two objects of one list', '{"a":[{"b":1},{"b":2}]}'],
    ['as a word', '{"a":"b","b":"a:","c":["a","a"]}'],
    ['as a word with a colon behind its end', '{"a":"x","b":"x"}'],
  ])('the same name %s is no field twice', async (_, body) => {
    await expectRefused(watch, await sent('/v1/irritants', body), { status: 400, code: 'validation-failed' });
  });
});

describe('One thing has one name', () => {
  it.each([
    [{ 'sr-Latn': 'Naslov', 'sr-latn': 'Naslov' }, 'sr-Latn'],
    [{ 'zh-hant': '標題' }, 'zh-Hant'],
    [{ 'en-gb': 'Title' }, 'en-GB'],
    [{ iw: 'כותרת' }, 'he'],
    [{ 'sr-LATN-rs': 'Naslov' }, 'sr-Latn-RS'],
  ])('a language: %j is refused, and its name is given', async (title, canonical) => {
    const answer = await raise({ title });
    const [wrong] = Object.keys(title).filter((tag) => tag !== canonical);
    const pointer = `/title/${wrong}`;
    await expectRefused(watch, answer, { status: 400, code: 'validation-failed', pointer });
    expect(JSON.stringify(answer.body)).toContain(canonical);
  });

  it.each(['en', 'sr-Latn', 'zh-Hant-TW', 'de-CH-1996', 'es-419'])('a language: %s is taken', async (tag) => {
    expect((await raise({ title: { [tag]: 'A title' } })).status).toBe(201);
  });

  it('an id in capitals is the same id, in the address, the body, the query, and for a repeat', async () => {
    const { dialogueId } = ground;
    const body = { ...raising(dialogueId), dialogueId: dialogueId.toUpperCase() };
    const key = { 'Idempotency-Key': 'capitals' };
    const made = await api.ask('POST', '/v1/irritants', { as: 'ru-registrar', body, headers: key });
    expect(made).toMatchObject({ status: 201, body: { dialogueId } });
    const again = await api.ask('POST', '/v1/irritants', {
      as: 'ru-registrar',
      body: { ...body, dialogueId },
      headers: key,
    });
    expect(again).toMatchObject({ status: 201, body: { id: made.body['id'] } });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    const id = String(made.body['id']);
    expect((await api.get(`/v1/irritants/${id.toUpperCase()}`)).body).toMatchObject({ id });
    await api.settled();
    const [listed, capitals] = await Promise.all(
      [dialogueId, dialogueId.toUpperCase()].map((one) => api.get(`/v1/irritants?dialogue=${one}`)),
    );
    expect(momentless(capitals?.body ?? {})).toEqual(momentless(listed?.body ?? { none: true }));
  });
});

const override = 'Russia pays \u202e000,1\u202c EUR';

describe('A text holds no character that shows something else than it is', () => {
  const refused = { status: 400, code: 'validation-failed', pointer: '/title/en' };
  it.each([
    [override, 'U+202E (right-to-left override) at place 13'],
    ['a\u2066b\u2069', 'U+2066 (left-to-right isolate) at place 2'],
    ['🤝\r\nb', 'U+000D (carriage return; send a line feed alone) at place 2'],
    ['\ufeffTitle', 'U+FEFF (byte order mark) at place 1'],
    ['a\u0000', 'U+0000 (control character) at place 2'],
    ['a\u009b31m', 'U+009B (control character) at place 2'],
    ['a\u001b[31m', 'U+001B (control character) at place 2'],
    ['T\u{e0041}\u{e007f}', 'U+E0041 (tag character) at place 2'],
    ['\ufffe', 'U+FFFE (noncharacter) at place 1'],
    ['\u{10ffff}', 'U+10FFFF (noncharacter) at place 1'],
  ])('%j is refused by name and place', async (en, named) => {
    const answer = await raise({ title: { en } });
    await expectRefused(watch, answer, refused);
    expect(JSON.stringify(answer.body)).toContain(`${named} in en`);
  });

  it.each(['\u200b', '\u00ad\u2060', ' \u3164 ', '\u2800', '\u180e\ufe0f', '\u200d'])(
    'nor consists of nothing that can be seen: %j',
    async (en) => {
      await expectRefused(watch, await raise({ title: { en } }), refused);
    },
  );

  it('line feed and tab, joiners, and marks of direction are what some scripts are written with', async () => {
    const title = { en: 'One\n\tTwo', fa: 'می\u200cخواهم\u200f', hi: 'क्\u200dष', ja: '\u3000見出し' };
    expect(await raise({ title })).toMatchObject({ status: 201, body: { title } });
  });

  it('a name stands on one line', async () => {
    for (const locator of ['a\nb', 'a\tb', 'a\u2028b', 'a\u2029b', override]) {
      const sources = [{ sourceId: ground.sources.press, locator }];
      await expectRefused(watch, await raise({ sources }), {
        status: 400,
        code: 'validation-failed',
        pointer: '/sources/0/locator',
      });
    }
  });

  it('and its length is counted in code points, as the refusal says', async () => {
    expect((await raise({ title: { en: '🤝'.repeat(20_000) } })).status).toBe(201);
    await api.settled();
    await watch.begin();
    const answer = await raise({ title: { en: '🤝'.repeat(20_001) } });
    await expectRefused(watch, answer, refused);
    expect(JSON.stringify(answer.body)).toContain(
      'at most 20000 characters (Unicode code points) for en, not 20001',
    );
  });
});

describe('A refusal does not grow with what was sent', () => {
  it.each([
    ['a list of 125,000 numbers', `{"sources":[${'0,'.repeat(125_000)}0]}`],
    ['a list of 6,000 ids', `{"sources":[],"raisers":[${'"RU",'.repeat(40_000)}"RU"]}`],
    ['20,000 unknown fields', `{${Array.from({ length: 20_000 }, (_, at) => `"f${at}":0`).join()}}`],
    ['a field with a name of 200,000 characters', `{"${'x'.repeat(200_000)}":1}`],
    [
      '1,000 unknown fields in each of 20 sources',
      `{"sources":[${Array.from({ length: 20 }, () => `{${Array.from({ length: 1_000 }, (_, at) => `"f${at}":0`).join()}}`).join()}]}`,
    ],
  ])('%s: at most fifty faults are named, in a short answer', async (_, body) => {
    const answer = await sent('/v1/irritants', body);
    await expectRefused(watch, answer, { status: 400, code: 'validation-failed' });
    expect((answer.body['errors'] as unknown[]).length).toBeLessThanOrEqual(50);
    expect(JSON.stringify(answer.body).length).toBeLessThan(16_000);
  });
});
