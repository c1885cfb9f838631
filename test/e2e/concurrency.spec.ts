import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import { raising, setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';

let api: Api;
let scene: Scene;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.stop());
beforeEach(async () => {
  scene = await setScene(api);
});

const range = (length: number) => Array.from({ length }, (_, index) => index);
const position = (index: number) => ({ stance: 'seeks-action', text: { en: `Position ${index}.` } });

describe('Twenty writers on one irritant', () => {
  it('have one winner for each revision; the others are told what came in between, and nothing is lost', async () => {
    const path = `/v1/irritants/${scene.irritantId}`;
    const pending = new Map(range(20).map((index) => [index, 0]));
    const winners: number[] = [];
    while (pending.size > 0) {
      const answers = await Promise.all(
        [...pending].map(async ([index, revision]) => ({
          index,
          revision,
          answer: await api.ask('POST', `${path}/state-position`, {
            as: 'ru-registrar',
            body: position(index),
            headers: { 'If-Match': `"${revision}"` },
          }),
        })),
      );
      const won = answers.filter((one) => one.answer.status === 200);
      expect(won).toHaveLength(1);
      for (const { index, revision, answer } of answers) {
        if (answer.status === 200) {
          winners.push(index);
          pending.delete(index);
          continue;
        }
        expect(answer).toMatchObject({ status: 412, body: { code: 'stale-revision' } });
        const between = answer.body['events'] as { revision: number }[];
        expect(between.map((one) => one.revision)).toEqual([revision + 1]);
        pending.set(index, answer.body['revision'] as number);
      }
    }
    const events = await api.server.record.streams.events(`irritant-${scene.irritantId}`);
    expect(events.map((one) => one.revision)).toEqual(range(21));
    const recorded = events.slice(1).map((one) => (one.content['text'] as { en: string }).en);
    expect(recorded).toEqual(winners.map((index) => `Position ${index}.`));
  });
});

describe('Two hundred idempotency keys, each sent ten times at once', () => {
  it('have two hundred effects', async () => {
    const tenTimes = (key: number) =>
      range(10).map(() =>
        api.ask('POST', '/v1/irritants', {
          as: 'ru-registrar',
          body: { ...raising(scene.dialogueId), title: { en: `Matter ${key}` } },
          headers: { 'Idempotency-Key': `matter-${key}` },
        }),
      );
    const { body, headers } = await api.get(`/v1/dialogues/${scene.dialogueId}`);
    const before = { ...body, etag: headers.get('etag') };
    const answers = [];
    // Twenty keys at once, each ten times: more connections at once than that the system itself refuses.
    for (const group of range(10)) {
      const sent = range(20).flatMap((key) => tenTimes(group * 20 + key));
      answers.push(...(await Promise.all(sent)));
    }
    expect(new Set(answers.map((one) => one.status))).toEqual(new Set([201]));
    expect(new Set(answers.map((one) => one.body['id'])).size).toBe(200);
    expect(new Set(answers.map((one) => one.body['key'])).size).toBe(200);
    expect(answers.filter((one) => one.headers.get('idempotent-replayed') === null)).toHaveLength(200);
    await api.settled();
    const dialogue = await api.get(`/v1/dialogues/${scene.dialogueId}`);
    // What a dialogue holds does not grow with its irritants: it says where they are.
    expect({ ...dialogue.body, etag: dialogue.headers.get('etag') }).toEqual(before);
    expect(await api.types('dialogues', scene.dialogueId)).not.toContain('IrritantRaised');
    const numbers = new Map(answers.map(({ body }) => [body['key'], body['id']]));
    const listed = [];
    for (let path = `${String(dialogue.body['irritantsUrl'])}&limit=200`; path !== '';) {
      const { body, headers } = await api.get<{ items: { id: string; key: string }[] }>(path);
      listed.push(...body.items);
      path = /^<([^>]+)>/.exec(headers.get('link') ?? '')?.[1] ?? '';
    }
    const [prefix] = scene.key.split('-');
    expect(new Set(listed.map(({ key }) => key))).toEqual(
      new Set(range(201).map((at) => `${prefix}-${at + 1}`)),
    );
    for (const [key, id] of [...numbers].slice(0, 20))
      expect((await api.get(`/v1/irritants/${String(key)}`)).body).toMatchObject({ id, key });
    expect((await api.get(`/v1/irritants/${prefix}-202`)).status).toBe(404);
    // Two thousand requests, and on a cluster each takes several calls.
  });

  it('for the next number of a round get one each, whoever else asks for that very number', async () => {
    const { dialogueId } = scene;
    const schedule = (number?: number) =>
      api.create('/v1/rounds', { dialogueId, ...(number === undefined ? {} : { number }) }, 'ru-registrar');
    for (const turn of range(5)) {
      const next = turn * 8 + 1;
      const asked = range(8).map((at) => schedule(at % 2 === 0 ? undefined : next + (at - 1) / 2));
      const answers = await Promise.all(asked);
      expect(answers.filter((_, at) => at % 2 === 0).map(({ status }) => status)).toEqual([
        201, 201, 201, 201,
      ]);
    }
    const { items } = (await api.get(`/v1/rounds?dialogue=${dialogueId}&limit=100`)).body;
    const numbers = (items as { number: number }[]).map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('on acts have one effect each as well, and the same answer', async () => {
    const path = `/v1/irritants/${scene.irritantId}/state-position`;
    const answers = await Promise.all(
      range(10).map(() =>
        api.ask('POST', path, {
          as: 'ru-registrar',
          body: position(1),
          headers: { 'If-Match': '"0"', 'Idempotency-Key': 'once' },
        }),
      ),
    );
    expect(answers.map((one) => one.status)).toEqual(range(10).map(() => 200));
    expect(new Set(answers.map((one) => JSON.stringify(one.body))).size).toBe(1);
    expect(await api.types('irritants', scene.irritantId)).toEqual(['IrritantRaised', 'PositionStated']);
  });
});

describe('A repeated request', () => {
  const headers = { 'Idempotency-Key': 'repeat', 'If-Match': '"0"' };
  const send = (over: object = {}) =>
    api.ask('POST', `/v1/irritants/${scene.irritantId}/contest`, {
      as: 'us-registrar',
      body: {},
      headers,
      ...over,
    });

  it('gets the stored answer, re-folded at that revision, even after others acted since', async () => {
    const first = await send();
    await api.act(`/v1/irritants/${scene.irritantId}/state-position`, position(1), 'ru-registrar');
    const second = await send();
    expect(second.status).toBe(200);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('etag')).toBe('"1"');
    expect(second.headers.get('idempotent-replayed')).toBe('true');
  });

  it('is looked up before If-Match: it needs none', async () => {
    const first = await send();
    const second = await send({ headers: { 'Idempotency-Key': 'repeat' } });
    expect(second.body).toEqual(first.body);
  });

  it('with another body is refused and records nothing', async () => {
    await send();
    const other = await send({ body: { statement: { en: 'Something else.' } } });
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    expect(await api.types('irritants', scene.irritantId)).toEqual(['IrritantRaised', 'IrritantContested']);
  });

  it('of another principal is another request', async () => {
    await send();
    const own = await api.ask('POST', `/v1/irritants/${scene.irritantId}/contest`, {
      as: 'ru-registrar',
      body: {},
      headers: { ...headers, 'If-Match': '"1"' },
    });
    expect(own.headers.get('idempotent-replayed')).toBeNull();
    expect(await api.types('irritants', scene.irritantId)).toHaveLength(3);
  });
});
