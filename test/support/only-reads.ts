import { expect } from '@jest/globals';
import type { Api } from './api.js';

/** A cookie of the pages writes nothing to that irritant, and reads nothing of the interface. */
export async function expectOnlyReads(api: Api, cookie: string, irritant: string): Promise<void> {
  const headers = { Cookie: cookie, 'Idempotency-Key': 'k', 'If-Match': '"0"' };
  const before = await api.server.record.store.head();
  const asked = { as: 'nobody', headers } as const;
  const write = await api.ask('POST', `/v1/irritants/${irritant}/acknowledge`, { ...asked, body: {} });
  const read = await api.ask('GET', '/v1/irritants', asked);
  expect([write.status, read.status]).toEqual([401, 401]);
  expect(await api.server.record.store.head()).toBe(before);
}
