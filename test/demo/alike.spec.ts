import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadRecord } from '../../src/demo/load.js';
import { istanbulRecord } from '../../src/demo/istanbul.record.js';
import { readAlike, withoutRecorder } from '../support/alike.js';
import type { Summed } from '../support/alike.js';
import { Api } from '../support/api.js';
import { loadInvented } from '../support/invented.js';

interface Entry {
  readonly seq: number;
  readonly summary: string;
  readonly event: {
    readonly envelope: Omit<Summed['event'], 'data' | 'content'>;
    readonly data: Summed['event']['data'];
    readonly content: object | null;
  };
}

let api: Api;
let histories: ReadonlyMap<string, readonly Summed[]>;

const collections = [
  'dialogues',
  'irritants',
  'rounds',
  'exchanges',
  'proposals',
  'roadmaps',
  'commitments',
  'assets',
  'sources',
];

async function historiesOf(): Promise<ReadonlyMap<string, readonly Summed[]>> {
  const all = new Map<string, readonly Summed[]>();
  for (const name of collections) {
    const { items } = (await api.get<{ items: { id: string }[] }>(`/v1/${name}?limit=200`)).body;
    for (const { id } of items) {
      const path = `/v1/${name}/${id}/history?limit=200`;
      const entries = (await api.get<{ items: Entry[] }>(path)).body.items;
      const told = entries.map(({ seq, summary, event: { envelope, data, content } }) => ({
        seq,
        summary,
        event: { ...envelope, data, content },
      }));
      all.set(`${name} ${id}`, told);
    }
  }
  return all;
}

beforeAll(async () => {
  api = await Api.start();
  await loadRecord(istanbulRecord, { url: api.server.url, key: api.keys['secretariat'] ?? '' });
  await loadInvented(api, 'two a side');
  await api.settled();
  histories = await historiesOf();
}, 300_000);
afterAll(() => api.stop());

function everyEntry(): readonly Summed[] {
  return [...histories.values()].flat();
}

describe('The histories of the demonstration', () => {
  it('have no two entries that read alike: each summary says what it is about', () => {
    const entries = everyEntry().map(({ event }) => event.stream.replace(/^[a-z]+-/, ''));
    const alike = [...histories].flatMap(([of, one]) =>
      readAlike(one, entries).map((both) => `${of}: ${both}`),
    );
    expect(alike).toEqual([]);
    expect(everyEntry().length).toBeGreaterThan(500);
  });

  it('say of everything that is attributed who recorded it', () => {
    expect(withoutRecorder(everyEntry())).toEqual([]);
    expect(everyEntry().filter(({ event }) => event.act.capacity === 'attributed').length).toBeGreaterThan(
      80,
    );
  });

  it.each([
    'ALDOR rejected step 2 (Brevia hands over the keys) in version 2 of the roadmap (sN: Return of the house at 4 Quay Street): “The key of the archive is missing.”',
    'ALDOR assented to version 3 of the roadmap (sN: Return of the house at 4 Quay Street)',
    'The asset (sN: Property 3) was linked to RUUS-1',
    'RU (recorded by the secretariat) named as head of the US delegation to round 2, in the account (sN: round 2, official, en): Sonata Coulter, Deputy Assistant Secretary of State',
    'A breach of the commitment (sN: Transfers of the mission of Aldor are executed within five working days) is alleged by ALDOR (by sN)',
    'BREVIA denied the claim (sN: It was agreed at the second round to develop a roadmap for the return of the…) on ALBR-1: “Nothing of the kind was agreed.”',
    'ALDOR accepted the linkage of ALBR-3 with ALBR-5 (sN: together)',
    'Consultation on RUUS-2 began: discussed at round 2, which both sides say was held (by sN)',
  ])('tell an entry by what it is about: %s', (sentence) => {
    const told = everyEntry().map(({ summary }) =>
      summary.replace(/\bs\d+\b/g, 'sN').replace(/, dated .*$/, ''),
    );
    expect(told).toContain(sentence);
  });
});
