import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { slices } from '../../src/slices.js';
import { Api } from '../support/api.js';
import { setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { expectRefused, Watch } from './refused.js';
import { momentOfNow } from '../support/moment.js';

let api: Api;
let scene: Scene;
let watch: Watch;

beforeAll(async () => {
  api = await Api.start();
  watch = new Watch(api);
  scene = await setScene(api);
});
afterAll(() => api.stop());
beforeEach(() => watch.begin());

const places = ['search', ...slices.map((one) => one.name)];
const asked = (place: string, q: string, more = '') =>
  api.get<{ items: { id: string }[] }>(`/v1/${place}?q=${encodeURIComponent(q)}${more}`);

const inScene = () => `&dialogue=${scene.dialogueId}`;

const syntax = [
  '"properties',
  'six " properties',
  'six*',
  '*six',
  'NEAR(six properties)',
  'NEAR("six" "properties", 2)',
  'searched:six',
  'words : six',
  '{searched shown}: six',
  '- six',
  '-six',
  '^six',
  'six NOT properties',
  'six OR',
  'AND six',
  'six + properties',
  '(six',
  "six'; DROP TABLE irritants;--",
  'six\\',
  'six" OR "1"="1',
  '😀 six',
  'éé́ six',
  '\u202esix',
];

describe('What is typed into a search', () => {
  it.each(places)('is words to %s and never a language: no sign of it is a fault of ours', async (place) => {
    const then = momentOfNow(api.server.record);
    for (const q of syntax) {
      const { status, body } = await asked(place, q);
      expect([q, status, Array.isArray(body.items)]).toEqual([q, 200, true]);
      const past = await asked(place, q, `&knownAt=${then}`);
      expect([q, past.status]).toEqual([q, 200]);
    }
  });

  it('finds the words among the signs', async () => {
    for (const q of ['-six', '^six', '*six', '(six', '"six', 'six" "', 'six\\', 'six*']) {
      const { body } = await asked('irritants', q, inScene());
      expect([q, body.items.map((one) => one.id)]).toEqual([q, [scene.irritantId]]);
    }
  });

  it('may be a single letter', async () => {
    const { body } = await asked('irritants', 's', inScene());
    expect(body.items.map((one) => one.id)).toEqual([scene.irritantId]);
    expect((await asked('irritants', '属', inScene())).body.items).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['gaps', '   '],
    ['a single quotation mark', '"'],
    ['signs alone', '"*" -- ^()'],
    ['a mark of ours', '\uE000'],
    ['a NUL', 'six\u0000properties'],
    ['a line break', 'six\nproperties'],
    ['more letters than anybody types', 'a'.repeat(201)],
    ['more words than anybody types', 'a '.repeat(17)],
  ])('is refused where it is %s, on every list', async (_, q) => {
    for (const place of places) {
      const answer = await asked(place, q);
      await expectRefused(watch, answer, { status: 400, code: 'parameter-invalid' });
      expect(answer.body).toMatchObject({ errors: [{ parameter: 'q' }] });
    }
  });

  it('is given once, and to the search over the whole record it must be given', async () => {
    const code = 'parameter-invalid';
    await expectRefused(watch, await api.get('/v1/irritants?q=six&q=seven'), { status: 400, code });
    await expectRefused(watch, await api.get('/v1/search'), { status: 400, code });
    await expectRefused(watch, await api.get('/v1/search?q=six&sort=relevance'), {
      status: 400,
      code: 'unknown-parameter',
    });
    await expectRefused(watch, await api.get('/v1/search?q=six&cursor=bm8'), {
      status: 400,
      code: 'cursor-invalid',
    });
  });

  it('is answered to nobody without a key, and to no operator', async () => {
    await expectRefused(watch, await api.ask('GET', '/v1/search?q=six', { as: 'nobody' }), {
      status: 401,
      code: 'unauthenticated',
    });
    await expectRefused(watch, await api.get('/v1/search?q=six', 'operator'), {
      status: 403,
      code: 'forbidden',
    });
  });
});
