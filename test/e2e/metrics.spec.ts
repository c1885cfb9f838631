import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';

let asked: Api;
let other: Api;
beforeAll(async () => {
  asked = await Api.start();
  other = await Api.start();
});
afterAll(() => Promise.all([asked.stop(), other.stop()]));

const scraped = async (api: Api) => (await api.get<string>('/metrics', 'operator')).body;

describe('The numbers for Prometheus', () => {
  it('are named, typed and explained as its conventions have it', async () => {
    const text = await scraped(asked);
    const types = new Map(
      [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type]) => [name, type]),
    );
    const helps = [...text.matchAll(/^# HELP (\S+) (.+)$/gm)].map(([, name]) => name);
    expect(helps).toEqual([...types.keys()]);
    for (const [name, type] of types)
      expect({ name, endsAsACounter: name.endsWith('_total') }).toEqual({
        name,
        endsAsACounter: type === 'counter',
      });
    const samples = [...text.matchAll(/^([a-z_][a-z0-9_]*)(?:\{[^}]*\})? \S+$/gm)].map(
      ([, name = '']) => name,
    );
    const families = samples.map((name) =>
      types.has(name) ? name : name.replace(/_(bucket|sum|count)$/, ''),
    );
    expect(families.filter((name) => !types.has(name))).toEqual([]);
    expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toHaveLength(
      samples.length,
    );
  });

  it('count what this server was asked, by its route, and nothing that another one was asked', async () => {
    const path = '/v1/irritants/NONE-1?q=secret';
    await Promise.all([asked.get(path), asked.get(path)]);
    const line =
      /^entente_http_request_duration_seconds_count\{method="GET",route="\/v1\/irritants\/:id",status="(.*)"\} 2$/m;
    await expect(scraped(asked)).resolves.toMatch(line);
    const elsewhere = await scraped(other);
    expect(elsewhere).not.toContain('/v1/irritants/:id');
    expect(elsewhere).not.toContain('secret');
  });
});

describe('The version', () => {
  it('is told to whoever asks, without a key', async () => {
    const { status, body } = await asked.get('/v1/version', 'nobody');
    expect(status).toBe(200);
    expect(body).toEqual({ version: expect.stringMatching(/^\d+\.\d+\.\d+$/), node: process.versions.node });
  });
});
