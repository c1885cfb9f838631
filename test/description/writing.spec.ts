import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demonstrationPrincipals } from '../../src/demo/principals.js';
import { istanbulRecord } from '../../src/demo/istanbul.record.js';
import { loadRecord } from '../../src/demo/load.js';
import { writingPage } from '../../src/description/writing-page.js';
import { Folders } from '../cli/folders.js';
import { environmentOf } from '../faults/environment.js';
import { Api } from '../support/api.js';
import { examplesOf } from './guide.js';

const page = writingPage();
const examples = examplesOf(page);
const folders = new Folders();

/** What each example writes on the terminal; those that only prepare the next ones write nothing. */
const shown: readonly (readonly [label: string, lines: readonly (string | RegExp)[]])[] = [
  ['Take three keys, and a way to read fields of answers', []],
  ['Raise an irritant', [/^201 \/v1\/irritants\/[0-9a-f-]{36}$/]],
  ['Repeat it, as after a lost answer', [/^201 \/v1\/irritants\/[0-9a-f-]{36} true$/]],
  ['Read the irritant, then acknowledge it', ['200', 'under-consultation']],
  ['Act on what was read last, with less to type', []],
  ['Claim in the name of RU what a statement of RU says', ['200', 'attributed']],
  [
    'Act on what has changed since, then look and decide anew',
    ['412', 'stale-revision', 'UnderstandingClaimed', '200'],
  ],
  ['Answer a claim of one’s own, which needs the other side', ['409', 'own-claim', '/problems/own-claim']],
  ['Let the other side answer it', ['200', 'roadmap-in-principle']],
  ['Suspend in the name of US, on a report of the press', ['409', 'source-not-issued-by-party']],
  ['List with one’s own act in it', ['200', 'Ten visas are owed.']],
  ['Correct the words of a position', ['200', 'Twelve visas are owed.']],
  ['Retract the position of US', ['200']],
  ['Withdraw the irritant', ['200', 'withdrawn']],
  ['Reopen it', ['200', 'under-consultation']],
];

let api: Api;
let outputs: ReadonlyMap<string, readonly string[]>;

/** Runs all examples in one shell that ends at the first command that fails, and tells their outputs apart. */
async function runSession(): Promise<ReadonlyMap<string, readonly string[]>> {
  const folder = folders.in('demo');
  mkdirSync(folder);
  writeFileSync(join(folder, 'keys.json'), JSON.stringify(api.keys));
  const mark = '--- next example';
  const script = [...examples.values()].join(`\necho '${mark}'\n`);
  const inherited = environmentOf({});
  const env = {
    ...inherited,
    PATH: `${dirname(process.execPath)}:${inherited['PATH']}`,
    ENTENTE: api.server.url,
  };
  const { stdout } = await promisify(execFile)('sh', ['-ec', script], { cwd: folder, env });
  const parts = stdout.split(`${mark}\n`).map((part) => part.split('\n').map((line) => line.trim()));
  return new Map(
    [...examples.keys()].map((label, index) => [label, (parts[index] ?? []).filter((line) => line !== '')]),
  );
}

beforeAll(async () => {
  api = await Api.start();
  await loadRecord(istanbulRecord, { url: api.server.url, key: api.keys['secretariat'] ?? '' });
  outputs = await runSession();
});
afterAll(async () => {
  await api.stop();
  folders.remove();
});

describe('The guide for writing', () => {
  it('has the examples that are expected here, in this order', () => {
    expect([...examples.keys()]).toEqual(shown.map(([label]) => label));
  });

  it.each(shown)('has an example that works on the demonstration: %s', (label, lines) => {
    const expected = lines.map((line) =>
      typeof line === 'string' ? line : (expect.stringMatching(line) as unknown),
    );
    expect(outputs.get(label)).toEqual(expected);
  });

  it('names every principal of the demonstration', () => {
    for (const { name } of demonstrationPrincipals) expect(page).toContain(`<code>${name}</code>`);
  });

  it('is served beside the guide for reading', async () => {
    const { status, body } = await api.ask<string>('GET', '/docs/writing', { as: 'nobody' });
    expect(status).toBe(200);
    expect(body).toMatch(/"\/docs\/reading">How to read<[^]*"\/docs\/writing">How to write</);
  });
});
