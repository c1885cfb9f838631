import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';

const perMinute = 5;

async function statuses(api: Api, from: (index: number) => string): Promise<readonly number[]> {
  const answers: number[] = [];
  for (let index = 0; index < perMinute + 2; index += 1) {
    const headers = { 'X-Forwarded-For': from(index) };
    answers.push((await api.ask('GET', '/docs', { as: 'nobody', headers })).status);
  }
  return answers;
}

const refused = (all: readonly number[]) => all.filter((one) => one === 429).length;

describe('Behind a trusted proxy', () => {
  let api: Api;
  beforeAll(async () => {
    api = await Api.start({ trustedProxies: ['loopback'], requestsPerMinute: perMinute });
  });
  afterAll(() => api.stop());

  it('each client is counted by itself', async () => {
    expect(refused(await statuses(api, (index) => `203.0.113.${index}`))).toBe(0);
    expect(refused(await statuses(api, () => '198.51.100.1'))).toBe(2);
  });
});

describe('A connection', () => {
  it('may idle for longer than proxies let it, so that none is cut while a request is on its way', async () => {
    const api = await Api.start();
    const { headers } = await api.get('/livez');
    const [, seconds = '0'] = /timeout=(\d+)/.exec(headers.get('keep-alive') ?? '') ?? [];
    expect(Number(seconds)).toBeGreaterThan(60);
    await api.stop();
  });
});

describe('Without one', () => {
  let api: Api;
  beforeAll(async () => {
    api = await Api.start({ requestsPerMinute: perMinute });
  });
  afterAll(() => api.stop());

  it('nobody can pass for somebody else by a header', async () => {
    expect(refused(await statuses(api, (index) => `203.0.113.${index}`))).toBe(2);
  });
});
