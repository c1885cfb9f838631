import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addressOf, bodyOf } from '../authorisation/addressing.js';
import { layGround } from '../authorisation/ground.js';
import type { Ground } from '../authorisation/ground.js';
import { operations } from '../authorisation/operations.js';
import type { Described } from '../authorisation/operations.js';
import { demonstrationPrincipals } from '../../src/demo/principals.js';
import { mayCall } from '../../src/platform/record/principal.js';
import { Api } from '../support/api.js';
import { publishedAnswers } from '../support/described-answers.js';
import { expectAnswers } from '../support/everything.js';
import { backstopMs } from '../support/pace.js';
import { hostileRequest } from './requests.js';
import type { WellFormed } from './requests.js';
import { codeIn, faultsIn, kinds } from './rules.js';
import { heldMsMax, requestsWanted, seed } from './runs.js';
import { Turns } from './turns.js';
import { bytesOf, sendBytes } from './wire.js';
import type { Reply, Request } from './wire.js';

let api: Api;
let ground: Ground;
let port: number;

beforeAll(async () => {
  api = await Api.start();
  ground = await layGround(api);
  port = Number(new URL(api.server.url).port);
});
afterAll(() => api.stop());

const anyone = ['nobody', 'bad-key', ...demonstrationPrincipals.map(({ name }) => name)];

/** Every second request comes from somebody who may call the operation, for the others don't get far. */
function asker(operation: Described, turn: number): string {
  const { row } = operation;
  const entitled = demonstrationPrincipals.filter(
    ({ name, party, roles }) => row !== undefined && mayCall({ id: name, name, party, roles }, row),
  );
  return (
    (turn % 2 === 0 ? entitled[(turn / 2) % entitled.length]?.name : undefined) ??
    anyone[turn % anyone.length]!
  );
}

/** A good request of the operation, from which the faulty ones are made. */
async function wellFormed(operation: Described, name: string, turn: number): Promise<WellFormed> {
  const side = name.startsWith('us') ? 'US' : 'RU';
  const path = addressOf(operation, ground, side);
  const key = name === 'bad-key' ? `entente_${'0'.repeat(32)}_${'A'.repeat(43)}` : api.keys[name];
  const takes = (header: string) => operation.parameters.some((one) => one.name === header);
  const own = path.split('/').slice(0, 4).join('/');
  const etag = takes('If-Match') ? (await api.get(own)).headers.get('etag') : null;
  return {
    path,
    headers: {
      ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
      ...(operation.mediaType === undefined ? {} : { 'Content-Type': operation.mediaType }),
      ...(takes('Idempotency-Key') ? { 'Idempotency-Key': `${operation.operationId}-${name}-${turn}` } : {}),
      ...(etag === null ? {} : { 'If-Match': etag }),
    },
    body: operation.mediaType === undefined ? undefined : bodyOf(operation, ground, side),
  };
}

function shown({ method, target, headers, body }: Request): string {
  const sent = body === undefined ? 'no body' : body.toString('latin1').slice(0, 200);
  return `${method} ${target.slice(0, 160)} ${JSON.stringify(headers).slice(0, 300)} ${sent}`;
}

const turns = new Turns();

/** Sends one and says what is wrong; a refusal must leave the store where it was. */
async function judged(request: Request): Promise<{ faults: string[]; reply: Reply | undefined }> {
  const before = await api.server.record.store.head();
  const bytes = bytesOf(request);
  const sending = () => sendBytes(port, bytes).catch((error: unknown) => String(error));
  const reply = await turns.watch(shown(request), sending);
  if (reply === undefined) return { faults: ['the connection was closed without an answer'], reply };
  if (typeof reply === 'string') return { faults: [reply], reply: undefined };
  const { status, headers, body: text } = reply;
  const answered = {
    method: request.method,
    path: request.target,
    contentType: headers['content-type'] ?? null,
  };
  const faults = [
    ...faultsIn(reply, request.method),
    ...publishedAnswers.faultsIn({ ...answered, status, text }),
  ];
  if (reply.status >= 400 && reply.body.length > 262_144) faults.push('a refusal of more than 256 KiB');
  if (reply.status < 400) await api.settled();
  else if ((await api.server.record.store.head()) !== before)
    faults.push(`${reply.status}, and yet it recorded`);
  return { faults, reply };
}

interface Findings {
  /** Each kind of fault with one request that showed it. */
  readonly faults: Map<string, string>;
  readonly codes: Map<string, number>;
  sent: number;
}

async function sendMalformed(
  operation: Described,
  index: number,
  each: number,
  findings: Findings,
): Promise<void> {
  for (let turn = 0; turn < each; turn += 1) {
    const right = await wellFormed(operation, asker(operation, turn + index), turn);
    // Not shrunk: what a request meets depends on those before it, and all faults are wanted, not the first.
    const sample = { numRuns: 1, seed: seed + index * 10_000 + turn };
    const [request] = fc.sample(hostileRequest(operation, right), sample);
    const { faults, reply } = await judged(request!);
    const answered = reply === undefined ? 'nothing' : (codeIn(reply) ?? String(reply.status));
    findings.sent += 1;
    findings.codes.set(answered, (findings.codes.get(answered) ?? 0) + 1);
    for (const fault of faults) findings.faults.set(fault, `${operation.operationId}: ${shown(request!)}`);
  }
}

describe('A malformed request', () => {
  const findings: Findings = { faults: new Map(), codes: new Map(), sent: 0 };

  it(
    'is answered with a problem, records nothing when it is refused, and is never a fault of ours',
    async () => {
      const each = Math.ceil(requestsWanted / operations.length);
      for (const [index, operation] of operations.entries())
        await sendMalformed(operation, index, each, findings);
      expect(Object.fromEntries(findings.faults)).toEqual({});
      expect(findings.sent).toBeGreaterThanOrEqual(requestsWanted);
      // Each is met by more than one request in fifty, whatever the seed; without them the requests would not get past
      // the door. What fewer of them meet has its examples in bad-bytes.spec.ts.
      const met = [...findings.codes.keys()];
      const doors = [
        'unauthenticated',
        'forbidden',
        'not-found',
        'method-not-allowed',
        'unsupported-media-type',
      ];
      const rules = ['validation-failed', 'malformed-json', 'unknown-parameter'];
      expect(met).toEqual(expect.arrayContaining([...doors, ...rules, '200']));
      for (const { ms, during } of turns.longest)
        process.stdout.write(
          `A turn of ${ms.toFixed(1)} ms of CPU, during ${during.slice(0, 60)} … ${during.slice(-160)}\n`,
        );
      expect(turns.longest[0]?.ms).toBeLessThanOrEqual(heldMsMax);
    },
    backstopMs * 3,
  );

  it('leads to a page that explains the problem', async () => {
    const pages: Record<string, unknown> = {};
    for (const code of findings.codes.keys()) {
      if (!kinds.has(code)) continue;
      const { status, headers } = await api.ask('GET', `/problems/${code}`, { as: 'nobody' });
      pages[code] = [status, headers.get('content-type')?.split(';')[0]];
    }
    expect(pages).toEqual(Object.fromEntries(Object.keys(pages).map((code) => [code, [200, 'text/html']])));
    expect(Object.keys(pages).length).toBeGreaterThan(10);
  });

  it('leaves the server as it was: it answers, it is ready, and it records what is right', async () => {
    expect((await api.get('/livez')).status).toBe(200);
    expect((await api.get('/readyz')).body).toMatchObject({ status: 'ready' });
    await expectAnswers(api, ground);
    await api.server.record.projections.rebuild('all');
    await expectAnswers(api, await layGround(api));
  });
});
