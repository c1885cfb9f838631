import 'reflect-metadata';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FacadeCluster } from '#libs/event-store-eventstoredb/testing';
import { layGround } from '../authorisation/ground.js';
import type { Ground } from '../authorisation/ground.js';
import { addressOf, bodyOf } from '../authorisation/addressing.js';
import { operations } from '../authorisation/operations.js';
import { Api } from '../support/api.js';
import { slowness } from '../support/pace.js';
import { asks, questions } from './reading.js';
import { LedgerPlace, signedOnce } from '../support/signed-log.js';

const storeWaits = { electionMs: 1_500, gossipTimeoutMs: 200, requestTimeoutMs: 1_000, suspectMs: 50 };
/** Of one request over all its steps; a server’s is ten seconds. A read waits a second for the store, and acts are many. */
const answerMs = 5_000;
/** What the machine may add where a whole description is asked at once: as much again. */
const longestMs = 2 * answerMs;
const probedMs = 1_000;
const cluster = new FacadeCluster();
const ledger = new LedgerPlace();
const name = 'bad-states';
let api: Api;
let ground: Ground;
let mend: () => Promise<void>;

beforeAll(async () => {
  await cluster.start();
  const settings = { storeUrl: cluster.connectionString(name), answerMs, ...ledger.settings };
  api = await Api.start(settings, undefined, undefined, storeWaits);
  ground = await layGround(api);
  await signedOnce(api, ground.dialogueId);
});
afterAll(async () => {
  await api.stop();
  await cluster.stop();
  ledger.remove();
});
beforeEach(() => {
  mend = async () => cluster.elect(0);
});
afterEach(async () => {
  await mend();
  await until(async () => (await api.ask('GET', '/readyz', { as: 'nobody' })).status === 200);
  await until(async () => (await api.get('/v1/dialogues')).headers.get('record-age') === null);
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds()));
}

const freeze = (nodes: readonly number[]) => {
  const thaws = nodes.map((at) => cluster.nodes[at]?.node.freeze());
  mend = async () => {
    for (const thaw of thaws) thaw?.();
    cluster.elect(0);
  };
};

/** What the store does to us, each until it is mended. */
const states: readonly (readonly [string, () => void])[] = [
  ['nobody leads', () => cluster.loseLeader()],
  ['the leader hangs', () => freeze([0])],
  [
    'the followers hang, so that the leader can’t say that anything is kept',
    () => {
      freeze([1, 2]);
      const thaw = mend;
      const goOn = cluster.database(name).faults.holdReplies();
      mend = async () => {
        goOn();
        await thaw();
      };
    },
  ],
  ['every node hangs', () => freeze([0, 1, 2])],
  [
    'what is open has died without a word, and what is new hangs',
    () => {
      freeze([0, 1, 2]);
      cluster.database(name).faults.killConnections();
    },
  ],
  [
    'the store refuses its user',
    () => {
      const { faults } = cluster.database(name);
      faults.refusesCredentials = true;
      faults.cut();
      mend = async () => {
        faults.refusesCredentials = false;
      };
    },
  ],
];

interface Seen {
  readonly path: string;
  readonly method: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly tookMs: number;
}

async function timed(method: string, path: string, init: RequestInit): Promise<Seen> {
  const began = performance.now();
  const response = await fetch(`${api.server.url}${path}`, { method, ...init });
  const text = await response.text();
  const { status, headers } = response;
  return { path, method, status, headers, text, tookMs: performance.now() - began };
}

/** Every act of the description, as it would be sent on a good day but for the revision. */
function acts(): readonly Promise<Seen>[] {
  return operations
    .filter(
      ({ method, row, mediaType }) => method === 'post' && !(row && 'open' in row) && mediaType !== undefined,
    )
    .map((operation, index) => {
      const isBytes = operation.mediaType === 'application/octet-stream';
      const acting = operation.row !== undefined && 'direct' in operation.row;
      const as = acting
        ? 'us-negotiator'
        : operation.operationId.endsWith('Key')
          ? 'operator'
          : 'secretariat';
      return timed('POST', addressOf(operation, ground, 'US'), {
        headers: {
          Authorization: `Bearer ${api.keys[as]}`,
          'Content-Type': operation.mediaType ?? '',
          'Idempotency-Key': `bad-state-${index}`,
          'If-Match': '"0"',
        },
        body: isBytes ? 'bytes' : JSON.stringify(bodyOf(operation, ground, 'US')),
      });
    });
}

const addresses = /127\.0\.0\.1|localhost|::1|esdb|node\d|connectionName/i;

/** What is wrong with the answer to a request that the store could not help with. */
function faultsIn({ method, path, status, headers, text, tookMs }: Seen): readonly string[] {
  // A webhook has the address that was sent; a feed of one's own has one under the name that was asked for.
  const own = /"(url|address)":"[^"]*"/;
  const told = [text.replace(own, ''), ...headers.values()].join('\n');
  const faults = [
    ...(status >= 500 && status !== 503 ? ['fails'] : []),
    ...(status === 503 && headers.get('retry-after') === null ? ['does not say when to come again'] : []),
    ...(addresses.test(told) ? ['tells an address'] : []),
    ...(method === 'GET' && status === 503 && /recorded/.test(text)
      ? ['speaks of recording to a reader']
      : []),
    ...(tookMs > longestMs ? [`took ${Math.round(tookMs)} ms`] : []),
  ];
  return faults.map((one) => `${method} ${path} ${status} ${one}: ${text.slice(0, 200)}`);
}

/**
 * An act of which nobody can know that it was not taken says so, and no other says that nothing is known. One that is decided
 * only after what follows from earlier acts says that this is not drawn yet, for nobody can append it now.
 */
const isTrueOfActs = ({ status, text }: Seen) =>
  status !== 503 ||
  (/"code":"outcome-unknown"/.test(text) && !/Nothing was recorded/.test(text)) ||
  (/"code":"store-unavailable"/.test(text) && /Nothing was recorded/.test(text)) ||
  (/"code":"projection-lagging"/.test(text) && /nothing was recorded/.test(text));

describe.each(states)('While %s', (_state, begin) => {
  it('probes are answered within a second, acts in time and in true words, and reads from the read models', async () => {
    begin();
    const before = slowness();
    const probes = await Promise.all(['/livez', '/readyz'].map((path) => timed('GET', path, {})));
    const limitMs = probedMs * Math.max(before, slowness());
    expect(probes.map(({ tookMs }) => tookMs < limitMs)).toEqual([true, true]);
    const acted = await Promise.all(acts());
    expect(acted.flatMap(faultsIn)).toEqual([]);
    expect(acted.filter((one) => !isTrueOfActs(one)).map(({ path, text }) => `${path} ${text}`)).toEqual([]);
    const read = questions(ground, '2026-01-01T00:00:00Z').filter(({ path }) => !path.includes('knownAt='));
    const answers: Seen[] = [];
    for (const one of read) {
      const began = performance.now();
      const { status, headers, body } = await asks(api, one);
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      answers.push({
        method: 'GET',
        path: one.path,
        status,
        headers,
        text,
        tookMs: performance.now() - began,
      });
    }
    expect(answers.flatMap(faultsIn)).toEqual([]);
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.map(({ path, text }) => `${path} ${text}`)).toEqual([]);
    const again = await timed('GET', '/readyz', {});
    expect([...probes, again].flatMap(faultsIn)).toEqual([]);
    expect(again.tookMs).toBeLessThan(probedMs * slowness());
  });
});

describe('Once another node leads', () => {
  it.each([
    ['that hangs', () => freeze([0])],
    ['that has lost its office', () => cluster.loseLeader()],
  ])('in the place of one %s, it is used within two seconds', async (_what, begin) => {
    begin();
    // Whoever acts before the election waits in vain; what matters is the time after it.
    await timed('GET', `/v1/irritants/${ground.irritantId}`, {
      headers: { Authorization: `Bearer ${api.keys['reader']}` },
    });
    cluster.elect(1);
    const electedAt = performance.now();
    let sent = 0;
    await until(async () => {
      sent += 1;
      const body = { parties: ['RU', 'US'], keyPrefix: `N${cluster.term}`, name: { en: 'A dialogue' } };
      const key = `new-leader-${cluster.term}`;
      return (
        (await api.ask('POST', '/v1/dialogues', { body, headers: { 'Idempotency-Key': key } })).status === 201
      );
    });
    expect(performance.now() - electedAt).toBeLessThan(2_000 * slowness());
    expect(sent).toBeGreaterThan(0);
  });
});
