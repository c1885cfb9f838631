import { expect } from '@jest/globals';
import type { Answer, Api, Body } from './api.js';

/** Asks with whatever is borne, an access token for instance. */
export function bearing(api: Api, token: string) {
  const headers = { Authorization: `Bearer ${token}` };
  return {
    get: <T = Body>(path: string): Promise<Answer<T>> => api.ask<T>('GET', path, { as: 'nobody', headers }),
    create: <T = Body>(path: string, body: Body): Promise<Answer<T>> =>
      api.create<T>(path, body, 'nobody', headers),
    act: <T = Body>(path: string, body: Body): Promise<Answer<T>> =>
      api.act<T>(path, body, 'nobody', headers),
  };
}

/** What anybody who keeps a record may register; of no dialogue that there is, unless one is named. */
export const aSource = (dialogueId = '01960b3a-0000-7000-8000-00000000ffff'): Body => ({
  dialogueId,
  kind: 'record',
  issuers: [],
  lang: 'en',
  held: false,
  title: 'Minutes',
  citation: 'Minutes',
});

/** A token that is refused opens nothing, answers a problem that says why, and leaves nothing in the store. */
export async function expectRefused(api: Api, token: string, says: RegExp): Promise<void> {
  const before = await api.server.record.store.head();
  const { get, create } = bearing(api, token);
  for (const { status, headers, body } of [
    await create('/v1/sources', aSource()),
    await get('/v1/irritants'),
  ]) {
    expect([status, body['code'], body['detail']]).toEqual([
      401,
      'unauthenticated',
      expect.stringMatching(says),
    ]);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(headers.get('www-authenticate')).toBe('Bearer realm="entente", error="invalid_token"');
    expect(JSON.stringify(body)).not.toMatch(/127\.0\.0\.1|ECONN|jose|\bat .*\.js|somebody@/);
  }
  expect(await api.server.record.store.head()).toBe(before);
}
