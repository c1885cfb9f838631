import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenApiDocument } from '../../src/description/document.js';
import { istanbulRecord } from '../../src/demo/istanbul.record.js';
import { loadRecord } from '../../src/demo/load.js';
import { Api } from '../support/api.js';
import { compileClient } from './generated-client.js';

interface Client {
  GET(path: string, init?: object): Promise<{ data?: unknown }>;
}
interface Compiled {
  walkThrough(url: string, keys: object, about: object): Promise<Record<string, unknown>>;
  clientOf(url: string, key: string): Client;
}

let api: Api;
let faults: readonly string[];
let compiled: Compiled;

/** Compiling keeps the loop busy for longer than a connection may idle, so the server starts after it. */
beforeAll(async () => {
  const describing = await Api.start();
  const { body } = await describing.ask<OpenApiDocument>('GET', '/openapi.json', { as: 'nobody' });
  await describing.stop();
  const generated = await compileClient(body);
  faults = generated.faults;
  compiled = (await import(generated.module)) as Compiled;
  api = await Api.start();
  await loadRecord(istanbulRecord, { url: api.server.url, key: api.keys['secretariat'] ?? '' });
});
afterAll(() => api.stop());

describe('A client generated from the description that the server gives', () => {
  it('compiles under the strictest settings', () => {
    expect(faults).toEqual([]);
  });

  it('reads the demonstration', async () => {
    const client = compiled.clientOf(api.server.url, api.keys['reader'] ?? '');
    const { data } = await client.GET('/v1/irritants', { params: { query: { category: 'banking' } } });
    expect(data).toMatchObject({
      items: [{ key: 'RUUS-2', stage: 'in-implementation', basis: 'attributed' }],
    });
  });

  it('drives a matter from raised to a roadmap in principle, and is told of a stale revision', async () => {
    const keys = { raiser: api.keys['ru-negotiator'], respondent: api.keys['us-negotiator'] };
    const seen = await compiled.walkThrough(api.server.url, keys, {
      parties: ['RU', 'US'],
      keyPrefix: 'GEN',
    });
    expect(seen).toMatchObject({
      stages: ['raised', 'under-consultation', 'roadmap-in-principle'],
      claimStates: ['unanswered', 'confirmed'],
      awaited: ['answer-to-claim from US'],
      refusedWith: 'stale-revision',
      frames: 5,
    });
  });
});
