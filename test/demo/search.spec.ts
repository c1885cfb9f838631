import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { List } from './answers.js';
import { loadIstanbul } from './istanbul.js';
import type { Istanbul } from './istanbul.js';

interface Found {
  readonly id: string;
  readonly kind: string;
  readonly key: string | null;
  readonly snippet: string;
}

let record: Istanbul;

beforeAll(async () => {
  record = await loadIstanbul();
});
afterAll(() => record.server.stop());

const q = (words: string) => `q=${encodeURIComponent(words)}&sort=createdAt`;
const keys = async (words: string) =>
  (await record.server.read<List<Found>>(`/v1/irritants?${q(words)}`)).items.map((one) => one.key);
const rounds = async (words: string) =>
  (await record.server.read<List<{ number: number }>>(`/v1/rounds?${q(words)}`)).items.map(
    (one) => one.number,
  );
const hits = async (words: string) =>
  (await record.server.read<List<Found>>(`/v1/search?q=${encodeURIComponent(words)}&limit=200`)).items;

async function act(label: string, slice: string, command: string, body: object): Promise<void> {
  const path = `${record.server.url}/v1/${slice}/${record.idOf(label)}`;
  const Authorization = `Bearer ${record.server.keys['secretariat']}`;
  const present = await fetch(path, { headers: { Authorization } });
  const answer = await fetch(`${path}/${command}`, {
    method: 'POST',
    headers: {
      Authorization,
      'Content-Type': 'application/json',
      'If-Match': present.headers.get('etag') ?? '',
    },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
  const position = encodeURIComponent(answer.headers.get('event-position') ?? '');
  await record.server.read(`/v1/irritants?minPosition=${position}`);
}

const all = ['RUUS-1', 'RUUS-2', 'RUUS-3', 'RUUS-4', 'RUUS-5', 'RUUS-6', 'RUUS-7'];

describe('a list of what changed', () => {
  it('has each matter of which anything was said since: on itself, or on what is linked to it', async () => {
    const { items: everything, asOfSeq } = await record.server.read<List<Found> & { asOfSeq: number }>(
      `/v1/irritants?dialogue=${record.idOf('missions-dialogue')}&limit=200`,
    );
    expect(everything).toHaveLength(all.length);
    const lists = new Set<string>();
    for (let since = 0; since <= asOfSeq; since += 9) {
      const after = `sinceSeq=${since}`;
      const changed: string[] = [];
      for (const { id, key } of everything) {
        const said = await record.server.read<List<unknown>>(`/v1/irritants/${id}/history?${after}&limit=1`);
        if (said.items.length > 0) changed.push(key ?? '');
      }
      const of = `/v1/irritants?dialogue=${record.idOf('missions-dialogue')}&${after}`;
      for (const more of [
        '',
        '&sort=createdAt',
        `&knownAt=s${asOfSeq}`,
        `&knownAt=s${asOfSeq}&sort=createdAt`,
      ]) {
        const { items } = await record.server.read<List<Found>>(`${of}${more}`);
        expect([since, more, items.map(({ key }) => String(key)).toSorted()]).toEqual([
          since,
          more,
          changed.toSorted(),
        ]);
      }
      lists.add(changed.join());
    }
    expect(lists.size).toBeGreaterThan(2);
  });
});

describe('a search of the Istanbul record', () => {
  it.each(['Darchiyev', 'Darchiev', 'Alexander Darchiev', 'alexander', '"Alexander Darchiev"', 'darchi'])(
    'finds the round where the head of the Russian delegation sat, and what came up there: %s',
    async (spelling) => {
      expect(await rounds(spelling)).toEqual([2]);
      expect(await keys(spelling)).toEqual(all);
      const kinds = (await hits(spelling)).map((one) => one.kind);
      expect(kinds.filter((one) => one === 'round')).toHaveLength(1);
      expect(kinds.filter((one) => one === 'irritant')).toHaveLength(7);
      expect(kinds).toHaveLength(8);
    },
  );

  it('shows of such an irritant the name by which it was found', async () => {
    const banking = (await hits('Darchiyev')).find((one) => one.key === 'RUUS-2');
    expect(banking?.snippet).toBe('Darchiyev');
  });

  it('finds what a party raised or answers by every name that the record gives it', async () => {
    for (const name of [
      'Russian Federation',
      '"Russian Federation"',
      'Moscow',
      'United States',
      'washington',
    ])
      expect([name, await keys(name)]).toEqual([name, all]);
    expect(new Set((await hits('Moscow')).map((one) => one.kind))).toEqual(
      new Set(['asset', 'dialogue', 'irritant', 'round', 'exchange', 'source']),
    );
    expect(await keys('"Federation Russian"')).toEqual([]);
  });

  it('finds words of what the sides said, and keys, whole or by their prefix', async () => {
    const word = record.irritant('properties').title.en.split(' ').at(-1)!;
    expect(await keys(word)).toContain('RUUS-1');
    expect(await keys('RUUS-3')).toEqual(['RUUS-3']);
    expect(await keys('ruus-')).toEqual(all);
    expect((await hits('RUUS-3')).map((one) => [one.kind, one.key])).toEqual([['irritant', 'RUUS-3']]);
    expect(await keys('RUUS-8')).toEqual([]);
  });

  it('finds all of it by a Cyrillic spelling, once one is recorded for the same person', async () => {
    expect(await rounds('Дарчиев')).toEqual([]);
    const { names } = record.comparison;
    const head = names.find((one) => one.party === 'RU') as unknown as { personId: string };
    const { personId } = head;
    const sources = [{ sourceId: record.idOf('mfa-statement') }];
    const body = { party: 'RU', personId, role: 'head', nameAsGiven: 'А. Н. Дарчиев', lang: 'ru', sources };
    await act('round-1', 'rounds', 'name-delegate', body);
    expect(await rounds('дарчиев')).toEqual([1, 2]);
    expect(await rounds('Darchiyev')).toEqual([1, 2]);
    expect(await keys('Дарчиев')).toEqual(all);
  });

  it('finds all of it by an alias of the party, once that is recorded', async () => {
    expect(await keys('Смоленская площадь')).toEqual([]);
    const alias = { party: 'RU', alias: 'Смоленская площадь' };
    await act('missions-dialogue', 'dialogues', 'record-party-alias', alias);
    expect(await keys('смоленская площадь')).toEqual(all);
    expect((await hits('"Смоленская площадь"')).map((one) => one.kind)).toContain('dialogue');
  });

  it('knows on 1 March 2025 nobody who sat at the second round, and no irritant', async () => {
    const at = 'effectiveAt=2025-03-01';
    expect((await record.server.read<List<Found>>(`/v1/rounds?q=coulter&${at}`)).items).toEqual([]);
    expect((await record.server.read<List<Found>>(`/v1/search?q=coulter&${at}`)).items).toEqual([]);
    const dialogues = await record.server.read<List<Found>>(`/v1/search?q=Istanbul&${at}`);
    expect(dialogues.items.map((one) => one.kind)).toContain('dialogue');
  });
});
