import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Receiver } from '../feed/receiver.js';
import { until } from '../support/settling.js';
import { endAll } from './child.js';
import { killsWanted } from './environment.js';
import { irritant, layGround } from './load.js';
import type { Ground } from './load.js';
import { compiledProgram } from './program.js';
import { serve } from './served.js';
import type { Served } from './served.js';
import { Stored } from './stored.js';

/** Once killed and once asked to end; the long form kills it as often as it is told to. */
const ends: readonly NodeJS.Signals[] = [
  ...Array.from({ length: killsWanted(1) }, () => 'SIGKILL' as const),
  'SIGTERM',
];
const disputes = 40;
const claims = 40;
const rows = disputes + claims;

const directory = mkdtempSync(join(tmpdir(), 'entente-killed-import-'));
let served: Served;
let receiver: Receiver;

beforeAll(async () => {
  await compiledProgram();
  receiver = await Receiver.start();
  served = await serve(directory);
});
afterAll(async () => {
  await endAll();
  receiver.stop();
  rmSync(directory, { recursive: true, force: true });
});

interface Import {
  readonly id: string;
  readonly state: string;
  readonly endedAt?: string;
  readonly faults: number;
  readonly counts: object;
}

/** Disputes, and then claims on the first of them, each by a reference of its own. */
function file(ground: Ground, tag: string): string {
  const { sources, wording, party } = irritant('', ground).body as { [field: string]: unknown };
  const raised = Array.from({ length: disputes }, (_, place) => ({
    ...irritant(`Dispute ${place}`, ground).body,
    act: 'irritants',
    externalRef: `${tag}-D-${place}`,
  }));
  const claimed = Array.from({ length: claims }, (_, place) => ({
    ...{ act: 'claims', irritant: `${tag}-D-0`, externalRef: `${tag}-C-${place}`, kind: 'factual' },
    ...{ sources, wording, party, text: { en: `Claim ${place}` } },
  }));
  return [...raised, ...claimed].map((row) => `${JSON.stringify(row)}\n`).join('');
}

async function send({ client, secretariat }: Served, { dialogueId }: Ground, body: string, key: string) {
  const response = await fetch(`${client.url}/v1/imports?dialogue=${dialogueId}`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${secretariat}`,
      'Content-Type': 'application/x-ndjson',
      'Idempotency-Key': key,
    },
    body,
  });
  return (await response.json()) as Import;
}

async function ended(id: string): Promise<Import> {
  const asked = () => served.client.get<Import>(`/v1/imports/${id}`);
  await until(async () => (await asked()).endedAt !== undefined);
  return asked();
}

/** The references that stand in the store, each as often as it does. */
function recorded(tag: string): readonly string[] {
  return Stored.read(directory).events.flatMap(({ meta }) => {
    const { externalRef } = meta as { readonly externalRef?: string };
    return externalRef?.startsWith(`${tag}-`) === true ? [externalRef] : [];
  });
}

/** What comes at all, and whoever follows by a webhook, each event as it came first. */
async function firstsOf(receiver: Receiver): Promise<{ told: readonly string[]; all: readonly string[] }> {
  interface Page {
    readonly items: readonly { readonly data: { readonly envelope: { readonly id: string } } }[];
    readonly cursor: string;
    readonly more: boolean;
  }
  const all: string[] = [];
  for (let path = '/v1/feed?limit=200', more = true; more;) {
    const page = await served.client.get<Page>(path);
    all.push(...page.items.map(({ data }) => data.envelope.id));
    ({ more } = page);
    path = `/v1/feed?limit=200&after=${page.cursor}`;
  }
  const [first = ''] = receiver.received.map(({ id }) => id);
  const told = () => [...new Set(receiver.received.map(({ id }) => id))];
  await until(() => told().includes(all.at(-1) ?? ''));
  return { told: told(), all: all.slice(all.indexOf(first)) };
}

it(
  `An import whose server ends in the middle (${ends.join(', ')}) goes on by itself: nothing is lost, and nothing comes twice`,
  async () => {
    const ground = await layGround(served.client);
    const made = await served.client.ask('POST', '/v1/webhooks', { body: { url: receiver.url } });
    expect(made).toMatchObject({ status: 201 });
    for (const [round, signal] of ends.entries()) {
      const tag = `K${round}`;
      const rowsFile = file(ground, tag);
      const { id } = await send(served, ground, rowsFile, tag);
      const at = 1 + Math.floor(Math.random() * (rows - 2));
      await until(() => recorded(tag).length >= at, 5);
      served.child.signal(signal);
      const end = await served.child.ended;
      expect(signal === 'SIGKILL' ? end.signal : end.code).toBe(signal === 'SIGKILL' ? signal : 0);
      served.client.close();
      const before = recorded(tag);
      served = await serve(directory);
      const done = await ended(id);
      expect({ at, ...done }).toMatchObject({
        state: 'done',
        faults: 0,
        counts: { rows, recorded: rows, unchanged: 0, refused: 0 },
      });
      const after = recorded(tag);
      expect(before.length).toBeGreaterThanOrEqual(at);
      expect(after.slice(0, before.length)).toEqual(before);
      expect(after.length).toBe(rows);
      expect(new Set(after).size).toBe(rows);
      // Whoever was not told what became of it sends it once more: under its key it is the same, under another nothing is new.
      expect((await send(served, ground, rowsFile, tag)).id).toBe(id);
      const again = await ended((await send(served, ground, rowsFile, `${tag}-again`)).id);
      expect(again.counts).toEqual({ rows, recorded: 0, unchanged: rows, refused: 0 });
      expect(recorded(tag).length).toBe(rows);
      const left = Stored.read(directory).events.filter(
        ({ stream, content }) => stream.startsWith('importfile-') && content !== null,
      );
      expect(left).toEqual([]);
    }
    // Whoever is told by a webhook is told of all of it in its order, though some of it twice.
    const { told, all } = await firstsOf(receiver);
    expect(all.length).toBeGreaterThanOrEqual(ends.length * rows);
    expect(told).toEqual(all);
    served.client.close();
    expect((await served.child.stop()).code).toBe(0);
  },
  60_000 + ends.length * 60_000,
);
