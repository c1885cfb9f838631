import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { walkedTexts } from '../golden/runs.js';
import { ManualClock } from '../support/manual-clock.js';
import { draws } from '../support/runs.js';
import { loadIstanbul } from './istanbul.js';
import type { Istanbul } from './istanbul.js';
import type { List } from './answers.js';

const keptFile = new URL('golden/walk.txt', import.meta.url);

const collections = ['dialogues', 'sources', 'irritants', 'rounds', 'exchanges', 'assets'];
const json = 'application/json';
const lines = 'application/x-ndjson';

/** On the clock of this test the record was loaded, and is read, at one moment for ever. */
let record: Istanbul;
beforeAll(async () => {
  record = await loadIstanbul({}, new ManualClock('2026-01-01T00:00:00.000Z'));
});
afterAll(() => record.server.stop());

/** What people and programs read of the demonstration: each address with the form that it is asked for in. */
async function addresses(): Promise<readonly (readonly [path: string, accept: string])[]> {
  const found: [string, string][] = [['/', 'text/html']];
  for (const name of collections) {
    found.push([`/v1/${name}?limit=200`, json]);
    const { items } = await record.server.read<List<{ id: string }>>(`/v1/${name}?limit=200`);
    for (const { id } of items) {
      const path = `/v1/${name}/${id}`;
      found.push([path, json], [`${path}/history?limit=200`, json], [`${path}/replay`, lines]);
      if (name === 'irritants') found.push([`${path}/overview`, json], [`/irritants/${id}`, 'text/html']);
      if (name === 'rounds') found.push([`${path}/comparison`, json], [`/rounds/${id}`, 'text/html']);
    }
  }
  const dialogue = `/v1/dialogues/${record.idOf('missions-dialogue')}`;
  for (const one of ['agenda', 'stale', 'statistics', 'in-your-name?party=RU', 'in-your-name?party=US'])
    found.push([`${dialogue}/${one}`, json]);
  for (const party of ['RU', 'US'])
    for (const form of ['text/markdown', 'text/html']) found.push([`${dialogue}/brief?for=${party}`, form]);
  return found;
}

const id = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
/** What is drawn from chance, or from what is. */
const drawn = /("(?:asOf|correlationId|keyHash|bodyHash|salt|nonce|textHash|contentHash)": ?)"[^"]+"/g;

/** Ids are drawn anew with each loading: in a kept text each has a number, in the order in which they appear. */
function normal(given: string): string {
  const seen: string[] = [];
  return given.replace(drawn, '$1"drawn"').replace(id, (one) => {
    if (!seen.includes(one)) seen.push(one);
    return `id-${seen.indexOf(one) + 1}`;
  });
}

/** An address says by their labels in the record what its ids are, so that it is the same after each loading. */
function labelled(path: string): string {
  const [label, own] = [...record.loaded.ids].find(([, one]) => path.includes(one)) ?? [];
  return own === undefined ? path : path.replace(own, label ?? own);
}

const indented = (text: string) => `${JSON.stringify(JSON.parse(text), null, 2)}\n`;

/** So that a line by line comparison of two such texts can be read. */
function spaced(text: string, accept: string): string {
  if (accept === json) return indented(text);
  if (accept === lines) return text.trimEnd().split('\n').map(indented).join('');
  return text.replaceAll('><', '>\n<');
}

/** As a browser has it once a key was given in the form. */
async function pageCookie(key: string): Promise<string> {
  const body = new URLSearchParams({ key });
  const answer = await fetch(`${record.server.url}/sign-in`, { method: 'POST', body, redirect: 'manual' });
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

async function walked(): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  // A book is for its own side, and a secretariat reads those of both.
  const key = record.server.keys['secretariat'] ?? '';
  const cookie = await pageCookie(key);
  for (const [path, accept] of await addresses()) {
    const signedIn = path.startsWith('/v1/') ? { Authorization: `Bearer ${key}` } : { Cookie: cookie };
    const answer = await fetch(`${record.server.url}${path}`, { headers: { ...signedIn, Accept: accept } });
    const text = await answer.text();
    expect([path, answer.status]).toEqual([path, 200]);
    texts.set(`${labelled(path)} ${accept}`, normal(spaced(text, accept)));
  }
  return texts;
}

const digest = (text: string) => `${createHash('sha256').update(text).digest('hex')} ${text.length}`;

function write(folder: string, texts: ReadonlyMap<string, string>): void {
  const into = new URL(`walked/${folder}/`, import.meta.url);
  mkdirSync(into, { recursive: true });
  for (const [address, text] of texts)
    writeFileSync(new URL(`${address.replace(/\W+/g, '-').replace(/^-/, '')}.txt`, into), text);
}

/** What people have read and found right, kept as digests; `DRAW=1` keeps what is answered now. */
it('The walk through the demonstration answers as it was read and kept', async () => {
  const texts = await walked();
  if (walkedTexts !== undefined) write(walkedTexts, texts);
  const now = [...texts].map(([address, text]) => `${address} ${digest(text)}`);
  if (draws) writeFileSync(keptFile, `${now.join('\n')}\n`);
  const kept = new Set(readFileSync(keptFile, 'utf8').trimEnd().split('\n'));
  const differ = [...now.filter((one) => !kept.has(one)), ...[...kept].filter((one) => !now.includes(one))];
  const how =
    'WALK_TEXTS=before npm test -- test/demo/walk, in the state before, and WALK_TEXTS=after in this one write the texts, for "diff -r test/demo/walked/before test/demo/walked/after"';
  expect(differ.length === 0 ? [] : [how, ...differ]).toEqual([]);
});
