import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { JsonObject, NewEvent } from '#libs/event-store';
import { amendmentEvents } from '../../src/platform/record/amendment-events.js';
import { slices } from '../../src/slices.js';
import { layGround } from '../authorisation/ground.js';
import type { Ground } from '../authorisation/ground.js';
import { sampleEvent } from '../golden/sample.js';
import { hostileKey, hostileText } from '../hostile/values.js';
import { Api } from '../support/api.js';
import { entriesOf, expectAnswers, pathOf } from '../support/everything.js';
import { raising } from '../support/scene.js';
import { unreadableRuns as runs, unreadableSeed as seed } from './environment.js';
import { momentless } from '../support/moment.js';

let api: Api;
let ground: Ground;

beforeAll(async () => {
  api = await Api.start();
  ground = await layGround(api);
});
afterAll(() => api.stop());

const samples = slices.flatMap(({ prefix, schemas }) =>
  Object.entries({ ...schemas, ...amendmentEvents }).map(([type, schema]) => ({
    prefix,
    event: sampleEvent(prefix, type, schema) as NewEvent,
  })),
);

const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  hostileText.map((text) => text.toWellFormed()),
  fc.constantFrom<unknown>(null, true, 0, -1, 1e300, [], {}, [[]], [null], { en: 1 }, { edtf: '2025-99' }),
  fc.dictionary(
    hostileKey.map((key) => key.toWellFormed()),
    hostileText.map((text) => text.toWellFormed()),
    { maxKeys: 3 },
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

type Path = readonly string[];

function pathsOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([name, child]) => pathsOf(child, [...at, name]))];
}

function changed(value: unknown, [name, ...rest]: Path, to: unknown): unknown {
  if (name === undefined) return to;
  if (Array.isArray(value))
    return value.map((one, at) => (String(at) === name ? changed(one, rest, to) : one));
  const fields = Object.entries(value as object).map(([key, one]): [string, unknown] => [
    key,
    key === name ? changed(one, rest, to) : one,
  ]);
  return Object.fromEntries(fields);
}

/** An event of a known type with one thing in it replaced by anything, or of a type that nobody knows. */
const damaged: fc.Arbitrary<{ prefix: string; event: NewEvent }> = fc
  .constantFrom(...samples)
  .chain(({ prefix, event }) => {
    const { type, data, content, meta } = event;
    const inside = { data, content, meta };
    const paths = pathsOf(inside).filter((path) => path.length > 0);
    return fc
      .record({
        path: fc.constantFrom(...paths),
        to: anyJson,
        type: fc.oneof(
          { weight: 9, arbitrary: fc.constant(type) },
          fc.constantFrom('NotKnown', 'toString', '__proto__'),
        ),
      })
      .map((one) => {
        const parts = changed(inside, one.path, one.to) as Pick<NewEvent, 'data' | 'content' | 'meta'>;
        return { prefix, event: { ...event, ...parts, type: one.type } };
      });
  });

async function store(stream: string, event: NewEvent): Promise<number> {
  const { store: events, streams } = api.server.record;
  const { length } = await streams.events(stream);
  const { revision } = await events.append(stream, [{ ...event, id: randomUUID() }], {
    expected: length === 0 ? 'no_stream' : BigInt(length - 1),
  });
  return Number(revision);
}

const everythingAnswers = () => expectAnswers(api, ground);

describe('A stored event that no schema can read', () => {
  it.each(slices.map(({ prefix }) => prefix))(
    'marks its %s from there on, takes no act on it, and leaves what was before',
    async (prefix) => {
      const id = entriesOf(ground)[prefix as keyof ReturnType<typeof entriesOf>];
      const path = pathOf(prefix, id);
      const before = (await api.get(path)).body;
      const [sample] = samples.filter((one) => one.prefix === prefix);
      const event = { ...sample!.event, type: 'FromALaterVersion', data: { title: 7 } };
      const since = await store(`${prefix}-${id}`, event);
      const after = await api.get(path);
      expect(after.body).toEqual({
        ...before,
        updatedAt: expect.any(String),
        revision: since,
        unreadableSince: since,
      });
      const entry = (await api.get(`${path}/history?order=desc&limit=1`)).body['items'];
      expect(entry).toMatchObject([
        {
          summary: expect.stringContaining('FromALaterVersion'),
          event: { unreadable: { because: 'its type is not known', stored: { data: { title: 7 } } } },
        },
      ]);
      const head = await api.server.record.store.head();
      const retract = {
        target: ground.targets[slices.find((one) => one.prefix === prefix)!.name],
        reason: { en: 'x' },
      };
      expect(await api.act(`${path}/retract`, retract)).toMatchObject({
        status: 409,
        body: { code: 'unreadable', unreadableSince: since },
      });
      expect(await api.server.record.store.head()).toBe(head);
      await everythingAnswers();
      const listed = (await api.get(`${path.slice(0, path.lastIndexOf('/'))}?limit=200`)).body['items'];
      expect((listed as { id: string }[]).find((one) => one.id === id)).toEqual({
        kept: expect.any(Object),
        ...after.body,
      });
    },
  );

  it('is said on the pages and in the book', async () => {
    const cookie = { Cookie: api.cookieFor(api.keys['auditor']!) };
    const page = async (path: string) =>
      (await api.ask<string>('GET', path, { as: 'nobody', headers: cookie })).body;
    const { unreadableSince } = (await api.get(pathOf('irritant', ground.irritantId))).body;
    for (const path of ['/', `/irritants/${ground.irritantId}`, `/rounds/${ground.roundId}`])
      expect(await page(path)).toContain('unreadable since r');
    expect(await page(`/dialogues/${ground.dialogueId}/brief?for=RU`)).toContain(
      `since r${String(unreadableSince)}: what was stored then and later is not counted`,
    );
  });

  it('is named where it is the first of its stream, and nothing else is disturbed', async () => {
    for (const { prefix } of slices) {
      const id = randomUUID();
      const [sample] = samples.filter((one) => one.prefix === prefix);
      await store(`${prefix}-${id}`, { ...sample!.event, data: [] as unknown as JsonObject });
      const refused = { status: 409, body: { code: 'unreadable', unreadableSince: 0 } };
      expect(await api.get(pathOf(prefix, id))).toMatchObject(refused);
      expect(await api.get(`${pathOf(prefix, id)}?effectiveAt=2999`)).toMatchObject(refused);
    }
    await everythingAnswers();
  });

  it(
    `of ${runs} generated shapes halts nothing (seed ${seed})`,
    async () => {
      const findings = fc.sample(damaged, { numRuns: runs, seed });
      for (const [index, { prefix, event }] of findings.entries()) {
        const fresh = `${prefix}-${randomUUID()}`;
        const [first] = samples.filter((one) => one.prefix === prefix);
        if (index % 3 > 0) await store(fresh, first!.event);
        await store(fresh, event);
        const known = entriesOf(ground)[prefix as keyof ReturnType<typeof entriesOf>];
        if (index % 4 === 0) await store(`${prefix}-${known}`, event);
        if (index % 20 === 19 || index === runs - 1) await everythingAnswers();
        else await api.settled();
        const { status } = await api.get(pathOf(prefix, fresh.slice(fresh.indexOf('-') + 1)));
        expect([200, 404, 409]).toContain(status);
      }
    },
    30_000 + runs * 500,
  );

  it('does not keep the read models from being made anew, nor anybody from recording elsewhere', async () => {
    const before = momentless((await api.get('/v1/irritants?limit=200')).body);
    await api.server.record.projections.rebuild('all');
    expect(momentless((await api.get('/v1/irritants?limit=200')).body)).toEqual(before);
    const dialogue = { parties: ['RU', 'US'], keyPrefix: 'AFTER', name: { en: 'After' } };
    const opened = await api.create('/v1/dialogues', dialogue, 'ru-negotiator');
    const raised = await api.create('/v1/irritants', raising(String(opened.body['id'])), 'ru-registrar');
    expect([opened.status, raised.status]).toEqual([201, 201]);
    await everythingAnswers();
  });
});
