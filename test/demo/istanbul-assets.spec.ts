import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answers, List } from './answers.js';
import { loadIstanbul } from './istanbul.js';
import type { Istanbul } from './istanbul.js';

let record: Istanbul;
let assets: readonly Answers['asset'][];
const numbers = [1, 2, 3, 4, 5, 6];

beforeAll(async () => {
  record = await loadIstanbul();
  assets = (await record.server.read<List<Answers['asset']>>('/v1/assets?sort=createdAt')).items;
});

afterAll(() => record.server.stop());

describe('the six properties', () => {
  it('are assets of the properties irritant, numbered and not named, at no place that anybody gave', () => {
    expect(assets.map((one) => [one.id, one.name.en, one.location, one.irritantIds])).toEqual(
      numbers.map((number) => [
        record.idOf(`property-${number}`),
        `Property ${number}`,
        null,
        [record.idOf('properties')],
      ]),
    );
  });

  it('are owned by Russia and held by the United States as Russia says, and nothing of it is agreed', () => {
    for (const { ownership, agreed } of assets) {
      expect(Object.keys(ownership)).toEqual(['RU']);
      expect(ownership['RU']).toMatchObject({
        owner: 'RU',
        tenure: 'owned',
        holder: 'US',
        capacity: 'attributed',
        sources: [{ sourceId: record.idOf('mfa-statement') }],
      });
      expect(agreed).toEqual({ owner: null, tenure: null, holder: null, basis: null });
    }
  });

  it('are asked for in one call, which is no request for access to any one of them', () => {
    for (const { accesses, awaiting } of assets) expect([accesses, awaiting]).toEqual([[], []]);
  });

  it('are not inspected, not assessed, and none of them is returned', async () => {
    for (const one of assets) {
      expect(one).toMatchObject({ status: 'held', inspections: [], damages: [], returns: [] });
    }
    const returned = await record.server.read<List<unknown>>('/v1/assets?status=returned');
    expect(returned.items).toEqual([]);
  });

  it('leave the properties irritant under consultation, as its instruments beside the round', async () => {
    const id = record.idOf('properties');
    const { stage, instruments } = await record.server.read<{
      stage: string;
      instruments: { kind: string; id: string }[];
    }>(`/v1/irritants/${id}`);
    expect(stage).toBe('under-consultation');
    expect(instruments).toEqual([
      ...assets.map((one) => ({ kind: 'asset', id: one.id })),
      { kind: 'round', id: record.idOf('round-2') },
    ]);
  });

  it('are not known on 1 March 2025', async () => {
    const then = await record.server.read<List<unknown>>('/v1/assets?effectiveAt=2025-03-01');
    expect(then.items).toEqual([]);
  });

  it('are described in neutral words', () => {
    expect(JSON.stringify(assets)).not.toMatch(/seized|confiscated|lawful/i);
  });
});
