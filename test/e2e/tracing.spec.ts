import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ledgerFiles, makeLedgerFiles } from '../../src/ledger/signing.js';
import { Receiver } from '../feed/receiver.js';
import { Api } from '../support/api.js';
import { attributesOf, Collector, tracingTo } from '../support/collector.js';
import type { Collected } from '../support/collector.js';
import { raising } from '../support/scene.js';
import { until } from '../support/settling.js';
import { holdTalks } from '../support/talks.js';
import type { FullTalks } from '../support/talks.js';

/** Stands in every word, so that it is found wherever one of them got to. */
const mark = 'qzxw';
const server = 2;
const asked = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' };
const traceparent = `00-${asked.traceId}-${asked.spanId}-01`;

const outside = mkdtempSync(join(tmpdir(), 'entente-tracing-'));
const ledger = {
  directory: undefined,
  ledgerKey: join(outside, 'key.pem'),
  ledgerGuard: join(outside, 'guard'),
};
let collector: Collector;
let receiver: Receiver;
let api: Api;
let talks: FullTalks;
let hook: { readonly id: string; readonly secret: string };

beforeAll(async () => {
  makeLedgerFiles(ledger, ledgerFiles(ledger)!);
  collector = await Collector.start();
  receiver = await Receiver.start();
  api = await Api.start({ ...ledger, tracing: tracingTo(collector.url) });
  talks = await holdTalks(api, { en: `${mark} words` });
  hook = (
    await api.ask<typeof hook>('POST', '/v1/webhooks', {
      as: 'reader',
      body: { url: `${receiver.url}/${mark}-hook` },
    })
  ).body;
});
afterAll(async () => {
  await api.stop();
  collector.stop();
  receiver.stop();
  rmSync(outside, { recursive: true });
});

const named = (spans: readonly Collected[], name: string): Collected => {
  const found = spans.find((one) => one.name === name);
  if (found === undefined)
    throw new Error(`${name} is not among ${spans.map((one) => one.name).join(', ')}.`);
  return found;
};

const linkedTo = ({ links = [] }: Collected) => links.map(({ spanId }) => spanId);

describe('The spans of one act', () => {
  let headers: Headers;
  let spans: readonly Collected[];
  beforeAll(async () => {
    ({ headers } = await api.ask('POST', '/v1/irritants', {
      as: 'ru-registrar',
      body: { ...raising(talks.dialogueId), title: { en: `${mark} title` } },
      headers: { traceparent, tracestate: `${mark}=1`, 'Idempotency-Key': `${mark}-key` },
    }));
    spans = await collector.trace(
      asked.traceId,
      'POST /v1/irritants',
      'append irritant',
      'project record',
      'policies',
    );
  });

  it('are of the trace of whoever asked, whose name the answer has', () => {
    const root = named(spans, 'POST /v1/irritants');
    expect(root).toMatchObject({ kind: server, parentSpanId: asked.spanId });
    expect(attributesOf(root)).toEqual({
      'http.request.method': 'POST',
      'http.route': '/v1/irritants',
      'http.response.status_code': 201,
    });
    expect(headers.get('Trace-Id')).toBe(asked.traceId);
  });

  it('lead from the request to the store, and from there to the read models and to what follows', async () => {
    const root = named(spans, 'POST /v1/irritants');
    const append = named(spans, 'append irritant');
    expect(append.parentSpanId).toBe(root.spanId);
    expect(attributesOf(append)).toMatchObject({
      'db.operation.name': 'append',
      'db.collection.name': 'irritant',
    });
    // A step of a read model may be of several events that were recorded at once.
    const follows = (name: string) =>
      collector.spans.some(
        (one) => one.name === name && [one.parentSpanId, ...linkedTo(one)].includes(append.spanId),
      );
    await until(() => follows('project record') && follows('policies'));
  });

  it('are met by its delivery to a webhook, which is a trace of its own that the receiver can go on with', async () => {
    const append = named(spans, 'append irritant');
    const isOfIt = (one: Collected) => linkedTo(one).includes(append.spanId);
    const delivered = () => collector.spans.filter((one) => one.name === 'deliver webhook').find(isOfIt);
    await until(() => delivered() !== undefined);
    const { traceId, spanId } = delivered()!;
    expect(traceId).not.toBe(asked.traceId);
    expect(receiver.received.map((one) => one.headers['traceparent'])).toContain(
      `00-${traceId}-${spanId}-01`,
    );
    expect(receiver.received.some((one) => 'tracestate' in one.headers)).toBe(false);
  });

  it('are not those of another act, and a trace begins here where nobody named one', async () => {
    const other = await api.get('/v1/irritants', 'reader');
    const traceId = other.headers.get('Trace-Id') ?? '';
    // Whatever it is sent with, and in whatever order.
    const root = named(await collector.trace(traceId, 'GET /v1/irritants'), 'GET /v1/irritants');
    expect(root).not.toHaveProperty('parentSpanId', expect.stringMatching(/./));
    const requests = (await collector.trace(asked.traceId)).filter(({ kind }) => kind === server);
    expect(requests).toHaveLength(1);
  });
});

it('A checkpoint of the log is a span with the append that keeps it', async () => {
  await until(() => collector.spans.some((one) => one.name === 'checkpoint'));
  const { traceId, spanId } = named(collector.spans, 'checkpoint');
  const within = await collector.trace(traceId);
  expect(within.filter((one) => one.parentSpanId === spanId).map((one) => one.name)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^append /)]),
  );
});

it('What fails is marked by its status, and no probe or scrape is a span', async () => {
  await api.get('/livez', 'nobody');
  await api.get('/metrics', 'operator');
  const refused = await api.get(`/v1/irritants/${mark}?q=${mark}`, 'reader');
  const name = 'GET /v1/irritants/:id';
  const span = named(await collector.trace(refused.headers.get('Trace-Id') ?? '', name), name);
  expect(attributesOf(span)).toMatchObject({ 'http.response.status_code': refused.status });
  const names = new Set(collector.spans.map(({ name }) => name));
  expect([...names].filter((name) => /livez|readyz|metrics/.test(name))).toEqual([]);
});

it('No span says a word of the record, a key, an address or who asked', async () => {
  for (const path of [`/enter/${mark}`, `/${mark}`, `/v1/search?q=${mark}`, `/docs/${mark}`, `/v1/${mark}/x`])
    await api.get(path, 'nobody');
  const signIn = await fetch(`${api.server.url}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      traceparent: `00-${mark}`,
      tracestate: mark,
    },
    body: new URLSearchParams({ key: api.keys['reader'] ?? '' }),
  });
  const last = await api.get(`/v1/search?q=${mark}`, 'reader');
  await collector.trace(signIn.headers.get('Trace-Id') ?? '', 'POST /sign-in');
  await collector.trace(last.headers.get('Trace-Id') ?? '', 'GET /v1/search');
  const sent = collector.bodies.join('\n');
  const secrets = [
    mark,
    hook.secret,
    hook.id,
    new URL(receiver.url).host,
    api.server.url,
    ...Object.values(api.keys),
  ];
  expect(secrets.filter((one) => one === '' || sent.includes(one))).toEqual([]);
  const keys = collector.spans.flatMap((one) => one.attributes.map(({ key }) => key));
  expect([...new Set(keys)].sort()).toEqual([
    'db.collection.name',
    'db.operation.name',
    'db.system.name',
    'entente.event.types',
    'entente.events',
    'entente.leaves',
    'http.request.method',
    'http.response.status_code',
    'http.route',
  ]);
  expect(collector.spans.filter(({ events = [], status }) => events.length > 0 || status.message)).toEqual(
    [],
  );
  expect(collector.spans.length).toBeGreaterThan(200);
  for (const resource of collector.resources)
    expect(resource).toEqual({
      'service.name': 'entente',
      'service.version': expect.any(String),
      'service.instance.id': expect.any(String),
    });
  expect(new Set(collector.paths)).toEqual(new Set(['/v1/traces']));
});
