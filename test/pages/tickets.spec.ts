import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AppModule } from '../../src/app.module.js';
import { Tickets } from '../../src/site/tickets.js';
import { faultPage } from '../../src/site/fault.page.js';
import { Authentication } from '../../src/platform/access/authentication.js';
import { Draining, httpAdapter } from '../../src/platform/http/http-server.js';
import { serverLog } from '../../src/platform/http/log.js';
import { Metrics } from '../../src/platform/http/metrics.js';
import { RouteTable } from '../../src/platform/http/route-table.js';
import { quietSettings } from '../support/api.js';
import { Desk } from '../support/desk.js';
import { browse } from './reading.js';

let desk: Desk;
let app: NestFastifyApplication;
let url: string;
let key: string;

beforeAll(async () => {
  desk = await Desk.open();
  const parts = {
    record: desk.record,
    settings: quietSettings,
    authentication: new Authentication(desk.record.credentials, undefined),
    draining: new Draining(),
    routes: new RouteTable(),
    metrics: new Metrics(desk.record),
  };
  const { authentication, metrics } = parts;
  const log = serverLog('silent');
  const { ids } = desk.record;
  const shared = { authentication, metrics, log, problemPage: faultPage };
  const options = { ...quietSettings, ...shared, ids, clock: desk.clock };
  app = await NestFactory.create<NestFastifyApplication>(
    AppModule.of(parts),
    httpAdapter(options, parts.draining, parts.routes),
    { bodyParser: false, logger: false },
  );
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
  const reader = { name: 'reader', party: null, roles: ['reader'], days: 1 } as const;
  key = (await desk.record.credentials.issue(reader, { as: 'folder' })).key;
});

afterAll(async () => {
  await app.close();
  await desk.close();
});

describe('a ticket', () => {
  it('signs in once, without a key in the address', async () => {
    const ticket = app.get(Tickets).issue(key);
    expect(ticket).toMatch(/^[0-9a-f]{32}$/);
    const first = await browse(url, `/enter/${ticket}`);
    expect([first.status, first.headers.get('location')]).toEqual([303, '/']);
    expect(first.headers.get('set-cookie')).toContain(
      `entente_key=${key}; Path=/; HttpOnly; SameSite=Strict`,
    );
    const second = await browse(url, `/enter/${ticket}`);
    expect([second.status, second.headers.get('set-cookie')]).toEqual([410, null]);
    expect(second.text).toContain('action="/sign-in"');
  });

  it('is not used up by a look at the headers alone', async () => {
    const ticket = app.get(Tickets).issue(key);
    const look = await fetch(`${url}/enter/${ticket}`, { method: 'HEAD', redirect: 'manual' });
    expect(look.headers.has('set-cookie')).toBe(false);
    expect((await browse(url, `/enter/${ticket}`)).status).toBe(303);
  });

  it('ends after ten minutes', async () => {
    const tickets = app.get(Tickets);
    const [early, late] = [tickets.issue(key), tickets.issue(key)];
    desk.clock.advance(10 * 60_000 - 1);
    expect(tickets.redeem(early)).toBe(key);
    desk.clock.advance(1);
    expect((await browse(url, `/enter/${late}`)).status).toBe(410);
  });

  it('that was never given out is refused', async () => {
    expect((await browse(url, `/enter/${'0'.repeat(32)}`)).status).toBe(410);
  });
});
