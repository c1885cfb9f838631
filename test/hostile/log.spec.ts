import { EventEmitter, once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EventStore } from '#libs/event-store';
import { serverLog } from '../../src/platform/http/log.js';
import { startServer } from '../../src/server.js';
import type { Server } from '../../src/server.js';
import { quietSettings } from '../support/api.js';
import { seed } from './runs.js';

type Line = Record<string, unknown> & { readonly level: number };

/** Stands in every word that is sent, so that it is found wherever one of them got to. */
const mark = 'qzxw';
const word = fc
  .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 30 })
  .map((text) => `${mark}${text.replace(/[^\w .-]/g, '')}${mark}`);

let server: Server;
let secret: string;
let broken: 'append' | 'readStream' | undefined;
const lines: string[] = [];
const written = new EventEmitter();
const logged = (): Line[] => lines.map((line) => JSON.parse(line) as Line);

/** A request's line comes once its answer is out, and the client may have had that by then. */
async function told(count: number, which: (line: Line) => boolean): Promise<Line[]> {
  for (;;) {
    const found = logged().filter(which);
    if (found.length >= count) return found;
    await once(written, 'line');
  }
}

/** A store that fails, where it is told to, as JSON.parse does: with what it was given in its message. */
function quoting(store: EventStore): EventStore {
  return new Proxy(store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      const method = member.bind(target) as (...given: unknown[]) => unknown;
      return (...given: unknown[]) => {
        if (name !== broken) return method(...given);
        const sent = JSON.stringify(given[name === 'append' ? 1 : 0]);
        throw new SyntaxError(`Unexpected token in ${sent}\n    at ${sent} (${sent}:1:1)`);
      };
    },
  });
}

beforeAll(async () => {
  const write = (line: string) => {
    lines.push(line);
    written.emit('line');
  };
  const log = serverLog('trace', { write });
  server = await startServer({ settings: quietSettings, log, storeThrough: quoting });
  const wanted = { name: `${mark} secretariat`, party: null, roles: ['secretariat'], days: 1 } as const;
  secret = (await server.record.credentials.issue(wanted, { as: 'folder' })).key;
});
afterAll(() => server.stop());

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | undefined;
}

async function send({ method, path, headers, body }: Sent): Promise<Response> {
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers,
    redirect: 'manual',
    ...(body === undefined || method === 'GET' ? {} : { body }),
  });
  await response.arrayBuffer();
  return response;
}

const path = fc
  .tuple(
    fc.constantFrom(
      ...[
        '/v1/irritants',
        '/v1/search',
        '/v1/dialogues',
        '/v1/keys',
        '/v1/sources',
        '/',
        '/sign-in',
        '/none',
      ],
      ...[
        '/v1/irritants/WORD',
        '/v1/irritants/WORD/contest',
        '/v1/WORD',
        '/enter/WORD',
        '/sign-in/with/WORD',
        '/sign-in/from/WORD',
        '/sign-out/by/WORD',
        '/docs/WORD',
        '/WORD',
      ],
    ),
    word,
    fc.constantFrom('q', 'knownAt', 'cursor', 'dialogue', 'minPosition', mark),
    word,
  )
  .map(
    ([at, segment, name, value]) =>
      `${at.replace('WORD', encodeURIComponent(segment))}?${name}=${encodeURIComponent(value)}`,
  );
const body = fc.oneof(
  fc
    .dictionary(fc.constantFrom('name', 'title', 'party', 'key', mark), word)
    .map((one) => JSON.stringify(one)),
  word,
  word.map((text) => `{"title": "${text}"`),
  word.map((text) => `key=${encodeURIComponent(text)}`),
);
const requests = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT'),
  path,
  body,
  type: fc.oneof(fc.constantFrom('application/json', 'application/x-www-form-urlencoded'), word),
  isKnown: fc.boolean(),
  authorization: word,
  header: fc.constantFrom(
    'If-Match',
    'Idempotency-Key',
    'Cookie',
    'Accept',
    'User-Agent',
    'traceparent',
    'X-More',
  ),
  value: word,
});

describe('The log', () => {
  it('has one line a request, and no word of address, query, header or body in it', async () => {
    const sample = fc.sample(requests, { numRuns: 300, seed });
    for (const { isKnown, authorization, header, value, type, ...one } of sample) {
      const signed = isKnown ? secret : authorization;
      await send({
        ...one,
        headers: { 'Content-Type': type, [header]: value, Authorization: `Bearer ${signed}` },
      });
    }
    const requested = await told(sample.length, ({ route }) => route !== undefined);
    expect(requested).toHaveLength(sample.length);
    expect(new Set(requested.map(({ status }) => status)).size).toBeGreaterThan(4);
    expect(lines.filter((line) => line.includes(mark) || line.includes(secret))).toEqual([]);
  });

  it('has no secret address: not of one that opens something, of one that fails, nor of one that opens nothing', async () => {
    const authorization = { Authorization: `Bearer ${secret}` };
    const asked = async (feed: string) => {
      const response = await fetch(`${server.url}/v1/watches/addresses`, {
        method: 'POST',
        headers: { ...authorization, 'Content-Type': 'application/json' },
        body: JSON.stringify({ feed }),
      });
      return ((await response.json()) as { address: string }).address;
    };
    const addresses = [await asked('digest'), await asked('calendar')];
    const form = { what: 'make-address', feed: 'calendar' };
    const entered = await fetch(`${server.url}/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ key: secret }),
    });
    const page = await fetch(`${server.url}/following`, {
      method: 'POST',
      headers: { Cookie: entered.headers.get('Set-Cookie')?.split(';')[0] ?? '' },
      body: new URLSearchParams(form),
    });
    addresses.push(/<code>([^<]+)</.exec(await page.text())?.[1] ?? '');
    const tokens = addresses.map((one) => /_([\w-]{43})\//.exec(one)?.[1] ?? 'none');
    expect(new Set(tokens).size).toBe(3);
    const before = logged().filter(({ route }) => String(route).startsWith('/following/')).length;
    const [digest = '', , calendar = ''] = addresses;
    const looks = async () => {
      const tried = [
        digest,
        calendar,
        `${digest}?${mark}=1`,
        digest.replace('digest.atom', 'none'),
        `${calendar}/x`,
      ];
      const statuses: number[] = [];
      for (const address of tried) {
        const response = await fetch(address, { headers: { Accept: 'text/html' } });
        expect(await response.text()).not.toMatch(new RegExp(tokens.join('|')));
        statuses.push(response.status);
      }
      return statuses;
    };
    expect(await looks()).toEqual([200, 200, 200, 404, 404]);
    broken = 'readStream';
    expect(await looks()).toEqual([500, 500, 500, 404, 404]);
    broken = undefined;
    await told(before + 6, ({ route }) => String(route).startsWith('/following/'));
    const metrics = await (await fetch(`${server.url}/metrics`, { headers: authorization })).text();
    for (const token of tokens) {
      expect(lines.filter((line) => line.includes(token))).toEqual([]);
      expect(metrics).not.toContain(token);
    }
    const routes = new Set(
      logged().flatMap(({ route }) => (String(route).startsWith('/following/') ? [route] : [])),
    );
    expect(routes).toEqual(new Set(['/following/:token/digest.atom', '/following/:token/due.ics']));
    expect(lines.filter((line) => line.includes(mark) || line.includes(secret))).toEqual([]);
  });

  it('has an unexpected fault under the traceId of its answer, with where it arose and none of the words', async () => {
    broken = 'append';
    const response = await fetch(`${server.url}/v1/dialogues`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${secret}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': mark,
      },
      body: JSON.stringify({ parties: ['RU', 'US'], keyPrefix: 'LOG', name: { en: `${mark} talks` } }),
    });
    broken = undefined;
    const { traceId, code } = (await response.json()) as Record<string, unknown>;
    expect([response.status, code]).toEqual([500, 'internal']);
    expect(await told(2, (line) => line['traceId'] === traceId)).toMatchObject([
      {
        level: 50,
        err: { type: 'SyntaxError', at: expect.arrayContaining([expect.stringContaining('log.spec')]) },
      },
      { level: 30, method: 'POST', route: '/v1/dialogues', status: 500 },
    ]);
    expect(lines.filter((line) => line.includes(mark))).toEqual([]);
  });

  it('names who asked by an id that stands for them, as events do', async () => {
    const { headers } = await send({
      method: 'GET',
      path: '/v1/sources',
      headers: { Authorization: `Bearer ${secret}` },
      body: undefined,
    });
    const principal = await server.record.credentials.authenticate(secret);
    const isIt = ({ traceId }: Line) => traceId === headers.get('Trace-Id');
    expect(await told(1, isIt)).toMatchObject([{ status: 200, principal: principal?.id }]);
  });

  it('has a request under the trace of whoever asked within one', async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const headers = { traceparent: `00-${traceId}-00f067aa0ba902b7-01`, tracestate: mark };
    const answered = await send({ method: 'GET', path: `/v1/${mark}`, headers, body: undefined });
    expect(answered.headers.get('Trace-Id')).toBe(traceId);
    expect(await told(1, (line) => line['traceId'] === traceId)).toMatchObject([{ method: 'GET' }]);
    expect(lines.filter((line) => line.includes(mark))).toEqual([]);
  });
});
