import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { layGround } from '../authorisation/ground.js';
import type { Ground } from '../authorisation/ground.js';
import { Api } from '../support/api.js';
import type { Answer } from '../support/api.js';
import { ManualClock } from '../support/manual-clock.js';
import { raising } from '../support/scene.js';

let api: Api;
let ground: Ground;
let clock: ManualClock;

beforeAll(async () => {
  clock = new ManualClock('2026-01-01T00:00:00.000Z');
  api = await Api.start({}, clock);
  ground = await layGround(api);
  await api.settled();
});
afterAll(() => api.stop());

const raise = () => api.create('/v1/irritants', raising(ground.dialogueId), 'ru-registrar');
const irritant = () => `/v1/irritants/${ground.irritantId}`;

/** Every read that can be asked as of a moment. */
const pastReads = () => [
  irritant(),
  `${irritant()}/overview`,
  `${irritant()}/history`,
  `${irritant()}/replay`,
  '/v1/irritants',
  '/v1/search?q=properties',
  `/v1/dialogues/${ground.dialogueId}/agenda`,
  `/v1/dialogues/${ground.dialogueId}/stale`,
  `/v1/dialogues/${ground.dialogueId}/statistics`,
];

function asked(path: string, moment: string): Promise<Answer> {
  return api.get(`${path}${path.includes('?') ? '&' : '?'}${moment}`);
}

const noInstants = [
  '9999-12-31T23:59:59-12:00',
  '0000-01-01T00:00:00+14:00',
  '2025-02-31T00:00:00Z',
  '2025-02-29T00:00:00Z',
  '2025-13-01T00:00:00Z',
  '2025-04-10T24:00:00Z',
  '2025-04-10T23:60:00Z',
  '2025-04-10T23:59:60Z',
  '2025-04-10T10:00:00+99:00',
  '2025-04-10T10:00:00',
  '2025-04-10t10:00:00z',
  '2025-04-10 10:00:00Z',
  '+2025-04-10T10:00:00Z',
  '2025-04-10T10:00:00.1234567890Z',
  '2025-04-31',
  '2025-04-10/2025-04-11',
];

describe('An instant is an instant of the calendar or is refused, wherever one is taken', () => {
  it.each(noInstants)('%s', async (text) => {
    const moment = encodeURIComponent(text);
    const refused = { status: 400, body: { code: 'known-at-invalid' } };
    for (const path of pastReads()) expect(await asked(path, `knownAt=${moment}`)).toMatchObject(refused);
    expect(await asked(`${irritant()}/diff`, `from=${moment}&to=r0`)).toMatchObject(refused);
    expect(await asked('/v1/irritants', `updatedSince=${moment}`)).toMatchObject({
      status: 400,
      body: { code: 'parameter-invalid' },
    });
  });

  it('of any offset it is the same instant', async () => {
    const paths = ['/v1/irritants', irritant()];
    for (const path of paths) {
      const utc = await asked(path, `knownAt=${encodeURIComponent('2026-01-01T00:00:00Z')}`);
      expect(utc.status).toBe(200);
      for (const text of [
        '2026-01-01T03:00:00+03:00',
        '2026-01-01T00:00:00.000Z',
        '2025-12-31T12:00-12:00',
      ]) {
        expect((await asked(path, `knownAt=${encodeURIComponent(text)}`)).body).toEqual(utc.body);
      }
    }
  });

  it('generated texts are answered with 200, 400 or 404, never with a fault of ours', async () => {
    const part = (max: number, width: number) =>
      fc.nat(max).map((number) => String(number).padStart(width, '0'));
    const text = fc
      .tuple(
        part(9999, 4),
        part(13, 2),
        part(32, 2),
        part(25, 2),
        part(61, 2),
        fc.constantFrom('Z', '+14:00', '-12:00', '+05:45'),
      )
      .map(([year, month, day, hour, minute, zone]) => `${year}-${month}-${day}T${hour}:${minute}:00${zone}`);
    await fc.assert(
      fc.asyncProperty(text, async (one) => {
        const moment = encodeURIComponent(one);
        for (const path of ['/v1/irritants', irritant()]) {
          expect([200, 400, 404]).toContain((await asked(path, `knownAt=${moment}`)).status);
          expect([200, 400]).toContain((await asked(path, `updatedSince=${moment}`)).status);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('What was known by a past moment never changes', () => {
  it('an instant that has not come, and after which nothing is recorded, is not yet', async () => {
    const past = new Date(clock.now() + 60_000).toISOString();
    for (const path of pastReads().filter((one) => !one.endsWith('/history')))
      expect(await asked(path, `knownAt=${past}`)).toMatchObject({ status: 404, body: { code: 'not-yet' } });
    expect((await asked(irritant(), 'knownAt=9999-12-31')).body).toMatchObject({ code: 'not-yet' });
  });

  it('an answer is final once something was recorded after its moment, and no earlier', async () => {
    clock.advance(60_000);
    await raise();
    await api.settled();
    const at = new Date(clock.now()).toISOString();
    const finality = async () =>
      Promise.all(
        ['/v1/irritants', irritant(), `${irritant()}/history`].map(
          async (path) => (await asked(path, `knownAt=${at}`)).body['final'],
        ),
      );
    expect(await finality()).toEqual([false, false, false]);
    await raise();
    await api.settled();
    expect(await finality()).toEqual([false, false, false]);
    clock.advance(1);
    await raise();
    await api.settled();
    expect(await finality()).toEqual([true, true, true]);
    expect((await asked(irritant(), 'knownAt=r0')).body['final']).toBe(true);
    expect((await asked(irritant(), 'effectiveAt=2025')).body['final']).toBe(false);
  });

  it('also with the clock set back: what is recorded then counts as recorded after what was before it', async () => {
    clock.advance(3_600_000);
    await raise();
    await api.settled();
    const moments = Array.from({ length: 12 }, (_, back) =>
      new Date(clock.now() - back * 600_000).toISOString(),
    );
    const ask = () =>
      Promise.all(
        moments.map((at) => asked('/v1/irritants', `knownAt=${at}&limit=200`).then(({ body }) => body)),
      );
    const before = await ask();
    clock.advance(-7_200_000);
    for (let turn = 0; turn < 3; turn += 1) await raise();
    await api.settled();
    const after = await ask();
    expect(before.filter((one) => one['final'] === true).length).toBeGreaterThan(5);
    for (const [index, one] of before.entries()) if (one['final'] === true) expect(after[index]).toEqual(one);
    clock.advance(7_200_000);
  });
});

describe('A list is followed from page to page', () => {
  const next = ({ headers }: Answer) => /^<([^>]+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];

  it('by an address that keeps every parameter, also one with a question mark in it', async () => {
    const query = new URLSearchParams({
      q: 'properties?',
      dialogue: ground.dialogueId,
      limit: '1',
      sort: 'createdAt',
    });
    const first = await api.get(`/v1/irritants?${query.toString()}`);
    const link = new URL(next(first) ?? '', api.server.url);
    for (const [name, value] of query) expect([name, link.searchParams.get(name)]).toEqual([name, value]);
    expect(link.pathname).toBe('/v1/irritants');
  });

  it.each(['-updatedAt', 'updatedAt', 'createdAt', '-createdAt'])(
    'and meets each entry of the first moment once, whatever is written meanwhile: %s',
    async (sort) => {
      const all = (await api.get(`/v1/irritants?limit=200&sort=${sort}`)).body['items'] as { id: string }[];
      expect(all.length).toBeGreaterThan(5);
      const met: string[] = [];
      for (let path: string | undefined = `/v1/irritants?limit=2&sort=${sort}`; path !== undefined;) {
        const page: Answer = await api.get(path);
        met.push(...(page.body['items'] as { id: string }[]).map(({ id }) => id));
        path = next(page);
        for (const one of [all.at(0), all.at(-1)]) {
          await api.act(
            `/v1/irritants/${one?.id}/state-position`,
            { stance: 'seeks-action', text: { en: `Again, after ${met.length}.` } },
            'ru-registrar',
          );
        }
        await raise();
        await api.settled();
      }
      expect(met).toEqual(all.map(({ id }) => id));
    },
  );

  it('searches and histories likewise', async () => {
    for (const start of ['/v1/search?q=properties&limit=2', `${irritant()}/history?limit=1&order=desc`]) {
      const all = (await api.get(start.replace(/limit=\d/, 'limit=200'))).body['items'] as object[];
      const met: object[] = [];
      for (let path: string | undefined = start; path !== undefined;) {
        const page: Answer = await api.get(path);
        met.push(...(page.body['items'] as object[]));
        path = next(page);
        await raise();
        await api.settled();
      }
      expect(met).toEqual(all);
    }
  });
});
