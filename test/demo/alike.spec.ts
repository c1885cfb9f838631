import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadRecord } from '../../src/demo/load.js';
import { istanbulRecord } from '../../src/demo/istanbul.record.js';
import { Api } from '../support/api.js';
import { loadInvented } from '../support/invented.js';

interface Entry {
  readonly seq: number;
  readonly summary: string;
  readonly about?: { readonly seq: number };
  readonly event: { readonly envelope: { readonly stream: string } };
}

let api: Api;

beforeAll(async () => {
  api = await Api.start();
  await loadRecord(istanbulRecord, { url: api.server.url, key: api.keys['secretariat'] ?? '' });
  await loadInvented(api, 'two a side');
  await api.settled();
}, 300_000);
afterAll(() => api.stop());

const collections = [
  'dialogues',
  'irritants',
  'rounds',
  'exchanges',
  'proposals',
  'roadmaps',
  'commitments',
  'assets',
];

async function histories(): Promise<ReadonlyMap<string, readonly Entry[]>> {
  const all = new Map<string, readonly Entry[]>();
  for (const name of collections) {
    const { items } = (await api.get<{ items: { id: string }[] }>(`/v1/${name}?limit=200`)).body;
    for (const { id } of items) {
      const path = `/v1/${name}/${id}/history?limit=200`;
      all.set(`${name} ${id}`, (await api.get<{ items: Entry[] }>(path)).body.items);
    }
  }
  return all;
}

describe('The histories of the demonstration', () => {
  it('have no two entries that read alike: each says what it is about', async () => {
    const alike: string[] = [];
    let entries = 0;
    for (const [of, history] of await histories()) {
      entries += history.length;
      const told = Map.groupBy(history, ({ summary, about }) => `${summary} (on ${about?.seq ?? 'nothing'})`);
      for (const [text, same] of told) if (same.length > 1) alike.push(`${of}: ${text}`);
    }
    expect(alike).toEqual([]);
    expect(entries).toBeGreaterThan(500);
  });
});
