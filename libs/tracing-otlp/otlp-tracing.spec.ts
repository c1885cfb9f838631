import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { spanned } from '#libs/tracing';
import { OtlpTracing } from './otlp-tracing.js';
import type { OtlpOptions } from './options.js';
import { TellingExporter } from './telling-exporter.js';

const options: OtlpOptions = {
  url: 'http://127.0.0.1:1/v1/traces',
  headers: {},
  timeoutMs: 10_000,
  compression: 'none',
  ca: undefined,
  sampler: 'parentbased_always_on',
  ratio: 1,
  resource: {},
  queueMax: 8,
  batchMax: 4,
  delayMs: 10,
  report: () => undefined,
};
const place = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7', isSampled: true };

describe('Spans', () => {
  it('are parts of the one under way, however deep, and of none once that is over', async () => {
    const tracing = new OtlpTracing(options);
    expect(tracing.current).toBeUndefined();
    await spanned(
      tracing,
      'outer',
      { kind: 'server', isApart: true, traceId: place.traceId },
      async (outer) => {
        await new Promise((resolve) => setImmediate(resolve));
        expect(tracing.current).toEqual(outer?.place);
        expect(outer?.place.traceId).toBe(place.traceId);
        const inner = tracing.begin('inner', { kind: 'internal' });
        expect(inner.place.traceId).toBe(place.traceId);
        const apart = tracing.begin('apart', { kind: 'internal', isApart: true });
        expect(apart.place.traceId).not.toBe(place.traceId);
      },
    );
    expect(tracing.current).toBeUndefined();
    await tracing.end();
  });

  it.each([
    ['always_on', true, true],
    ['always_off', false, false],
    ['parentbased_always_on', true, true],
    ['parentbased_always_off', false, true],
    ['traceidratio', false, false],
    ['parentbased_traceidratio', false, true],
  ] as const)('are kept by the sampler %s', async (sampler, root, withSampledParent) => {
    const tracing = new OtlpTracing({ ...options, sampler, ratio: 0 });
    const kept = (parent?: typeof place) =>
      tracing.begin('one', { kind: 'internal', parent }).place.isSampled;
    expect([kept(), kept(place)]).toEqual([root, withSampledParent]);
    await tracing.end();
  });

  it('are not waited for longer than two seconds where the collector says nothing', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/v1/traces`;
    const tracing = new OtlpTracing({ ...options, url, timeoutMs: 2_500 });
    // Far more than may wait: what is too much is dropped, and nobody is kept waiting for it.
    for (let at = 0; at < 1_000; at += 1) tracing.begin('one', { kind: 'internal' }).end();
    const began = performance.now();
    await tracing.end();
    expect(performance.now() - began).toBeLessThan(10_000);
    silent.closeAllConnections();
    silent.close();
  });
});

describe('That the collector takes nothing', () => {
  it('is said once a minute with how much was lost, by a code and not by an address, and that it is over', () => {
    let [now, fails]: [number, Error | undefined] = [0, undefined];
    const said: [string, number][] = [];
    const inner = {
      export: (_: unknown, done: (result: { code: number; error?: Error }) => void) =>
        done(fails === undefined ? { code: 0 } : { code: 1, error: fails }),
      shutdown: () => Promise.resolve(),
    };
    const exporter = new TellingExporter(
      inner,
      (words, lost) => said.push([words, lost]),
      () => now,
    );
    const send = (at: number) => {
      now = at;
      exporter.export([{} as never, {} as never], () => undefined);
    };
    const refused = (code: unknown) =>
      Object.assign(new Error('connect http://user:secret@host'), { code }) as Error;
    send(0);
    fails = refused('ECONNREFUSED');
    for (let at = 1_000; at < 61_000; at += 1_000) send(at);
    fails = refused(503);
    send(61_000);
    fails = undefined;
    for (const at of [62_000, 63_000]) send(at);
    expect(said).toEqual([
      ['tracing: the collector takes no spans (ECONNREFUSED)', 2],
      ['tracing: the collector takes no spans (it answers 503)', 122],
      ['tracing: the collector takes spans again', 122],
    ]);
  });
});
