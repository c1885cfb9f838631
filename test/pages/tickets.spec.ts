import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { keyIdOf } from '../../src/platform/access/key-form.js';
import { startServer } from '../../src/server.js';
import type { Server } from '../../src/server.js';
import { quietSettings } from '../support/api.js';
import { ManualClock } from '../support/manual-clock.js';
import { browse } from './reading.js';

const clock = new ManualClock();
let server: Server;
let url: string;
let key: string;

beforeAll(async () => {
  server = await startServer({ settings: quietSettings, clock });
  ({ url } = server);
  const reader = { name: 'reader', party: null, roles: ['reader'], days: 3 } as const;
  key = (await server.record.credentials.issue(reader, { as: 'folder' })).key;
});

afterAll(() => server.stop());

describe('a ticket', () => {
  it('signs in once, without a key in the address', async () => {
    const ticket = server.tickets.issue(key);
    expect(ticket).toMatch(/^[0-9a-f]{32}$/);
    const first = await browse(url, `/enter/${ticket}`);
    expect([first.status, first.headers.get('location')]).toEqual([303, '/']);
    expect(first.headers.get('set-cookie')).toMatch(/^entente=[\w-]+; Path=\/; HttpOnly; SameSite=Lax$/);
    const second = await browse(url, `/enter/${ticket}`);
    expect([second.status, second.headers.get('set-cookie')]).toEqual([410, null]);
    expect(second.text).toContain('action="/sign-in"');
  });

  it('is not used up by a look at the headers alone', async () => {
    const ticket = server.tickets.issue(key);
    const look = await fetch(`${url}/enter/${ticket}`, { method: 'HEAD', redirect: 'manual' });
    expect(look.headers.has('set-cookie')).toBe(false);
    expect((await browse(url, `/enter/${ticket}`)).status).toBe(303);
  });

  it('ends after ten minutes', async () => {
    const { tickets } = server;
    const [early, late] = [tickets.issue(key), tickets.issue(key)];
    clock.advance(10 * 60_000 - 1);
    expect(tickets.redeem(early)).toBe(key);
    clock.advance(1);
    expect((await browse(url, `/enter/${late}`)).status).toBe(410);
  });

  it('that was never given out is refused', async () => {
    expect((await browse(url, `/enter/${'0'.repeat(32)}`)).status).toBe(410);
  });
});

describe('A session that began with a key', () => {
  const hour = 60 * 60_000;
  const enter = async () => {
    const { headers } = await browse(url, `/enter/${server.tickets.issue(key)}`);
    return (headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  };
  const read = (cookie: string) => browse(url, '/search?q=six', { cookie });

  it('ends after an hour in which nothing is read, and goes on by the cookie that each page renews', async () => {
    const begun = await enter();
    clock.advance(hour - 1);
    const { status, headers } = await read(begun);
    expect(status).toBe(200);
    const renewed = headers.get('set-cookie')?.split(';')[0] ?? '';
    clock.advance(1);
    expect((await read(begun)).status).toBe(401);
    expect((await read(renewed)).status).toBe(200);
  });

  it('ends after twelve hours, however much is read', async () => {
    let cookie = await enter();
    for (let hours = 0; hours < 11.5; hours += 0.5) {
      clock.advance(hour / 2);
      const { status, headers } = await read(cookie);
      expect(status).toBe(200);
      cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
    }
    clock.advance(hour / 2);
    expect((await read(cookie)).status).toBe(401);
  });

  it('ends with its key, within a second, and is not made by whoever knows the id of one', async () => {
    const cookie = await enter();
    expect((await read(cookie)).status).toBe(200);
    const id = keyIdOf(key)!;
    const session = { by: 'key', keyId: id, since: clock.now(), seen: clock.now() };
    const forged = Buffer.from(JSON.stringify(session)).toString('base64url');
    expect((await read(`entente=${forged}`)).status).toBe(401);
    await server.record.credentials.revoke(id);
    clock.advance(1_000);
    expect((await read(cookie)).status).toBe(401);
  });
});
