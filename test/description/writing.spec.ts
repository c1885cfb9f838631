import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demonstrationPrincipals, syntheticPrincipals } from '../../src/demo/principals.js';
import { guidePage } from '../../src/description/guides.js';
import { described } from '../../src/described.js';
import { slices } from '../../src/slices.js';
import { Folders } from '../cli/folders.js';
import { environmentOf } from '../faults/environment.js';
import { Api } from '../support/api.js';
import { loadInvented } from '../support/invented.js';
import { examplesOf } from './guide.js';

const page = guidePage('writing', slices, described);
const examples = {
  writing: examplesOf(page),
  agreeing: examplesOf(guidePage('agreeing', slices, described)),
  compatibility: examplesOf(guidePage('compatibility', slices, described)),
};
const folders = new Folders();

type Shown = readonly (readonly [label: string, lines: readonly (string | RegExp)[]])[];

/** What each example writes on the terminal; those that only prepare the next ones write nothing. */
const writing: Shown = [
  ['Take three keys, and write less than a program would', []],
  ['Open a dialogue, as a secretariat', ['201', 'secretariat']],
  ['Raise an irritant in the name of ALDOR, from a statement of ALDOR', ['201', '201', 'attributed']],
  [
    'Keep a paper of the other side with its bytes',
    ['201', '201', '6f0e697705969334803ba376365ca5f633028368bea80dc2e62638a7e02794c0'],
  ],
  ['Claim in its name, first without saying whose words they are', ['409', 'wording-required', '200']],
  ['Suspend in the name of BREVIA, on a report of the press', ['201', '409', 'source-not-issued-by-party']],
  ['Endorse the raising, and disavow the claim', ['200', 'direct', '200', '0']],
  [
    'Let both join, and then record in the name of one of them',
    ['200', '200', 'both', '409', 'party-speaks-for-itself'],
  ],
  ['Raise an irritant', [/^201 \/v1\/irritants\/[0-9a-f-]{36}$/]],
  ['Repeat it, as after a lost answer', [/^201 \/v1\/irritants\/[0-9a-f-]{36} true$/]],
  ['Read the irritant, then acknowledge it', ['200', 'under-consultation']],
  [
    'Acknowledge it again, in the same words and in others',
    ['200', 'recorded: false', '409', 'already-said'],
  ],
  ['Claim on the dialogue, and let the other side confirm it', ['200', 'BREVIA', '200', 'confirmed']],
  [
    'Act on what has changed since, then look and decide anew',
    ['200', '412', 'stale-revision', 'UnderstandingClaimed', '200'],
  ],
  ['Answer a claim of one’s own, which needs the other side', ['409', 'own-claim', '/problems/own-claim']],
  ['Let the other side answer it', ['200', 'roadmap-in-principle']],
  ['List with one’s own act in it', ['200', 'Ten visas are owed.']],
  ['Correct the words of a position', ['200', 'Twelve visas are owed.']],
  [
    'Take back a position of BREVIA, and fail to take back its answer to a claim',
    ['200', '409', 'relied-upon'],
  ],
  [
    'Say that a position was not one’s own, and let both conclude on it',
    ['200', '200', '200', '200', 'Twelve visas are owed.'],
  ],
  ['Withdraw the irritant', ['200', 'withdrawn']],
  ['Reopen it', ['200']],
  ['Propose terms, and let the other side accept them', ['200', '200', 'resolved']],
  [
    'Download the header line of a table, fill it in, and try it',
    [/^externalRef,/, '202', '{rows:2,recorded:1,unchanged:0,refused:1}', '3'],
  ],
  [
    'Mend it, bring it in, and bring it in again',
    ['202', '{rows:2,recorded:2,unchanged:0,refused:0}', '202', '{rows:2,recorded:0,unchanged:2,refused:0}'],
  ],
  [
    'Bring in a source, a position and a claim that name each other',
    ['202', '{rows:5,recorded:4,unchanged:0,refused:1}', 'party-speaks-for-itself'],
  ],
  ['Bring in a table of another office by a mapping', ['202', '{rows:1,recorded:1,unchanged:0,refused:0}']],
  ['List your imports, and cancel one that is at its end already', ['done', 'import-over']],
  ['Take out what this dialogue has of acts', ['acts', '2']],
  ['Make a key with openssl, and learn its thumbprint', ['43']],
  ['Try an act, and learn the name of the log', ['200', 'PartyNamed']],
  ['Register it, on a note of ALDOR', ['201', '200', 'ALDOR act']],
  ['Sign an act by openssl alone', ['200', '200']],
  ['Sign acts in TypeScript', ['200', '200']],
  ['Ask that acts be signed, and then forget to sign', ['200', '409', 'signature-missing', '200']],
];
const agreeing: Shown = [
  ['Take two keys, and write less than a program would', []],
  ['Look at a roadmap that is completed', ['ALDOR accepted,BREVIA accepted']],
  ['Open a dialogue, let both join, and raise a matter', ['201', '200', '201']],
  ['Assert what BREVIA would owe, and draft a roadmap', ['201', 'asserted', '201']],
  ['Table a version with two steps, of which the second comes after the first', ['200', 'tabled']],
  ['Let ALDOR assent, and BREVIA ad referendum', ['200', '200', 'tabled']],
  [
    'Try a step before the plan is agreed, and then let BREVIA’s capital confirm',
    ['409', 'roadmap-not-agreed', '200', 'agreed'],
  ],
  ['See what the agreement brought about', ['BREVIA', 'roadmap-agreed']],
  [
    'Report both steps, in the wrong order',
    ['200', '200', '409', 'step-depends-on-others', '200', '200', '409', 'own-step'],
  ],
  [
    'Accept the first, reject the second, and accept it once it is mended',
    ['200', '200', '200', '200', 'completed'],
  ],
  ['Report it, dispute it, report it again, and acknowledge it', ['200', '200', '200', '200', 'discharged']],
  ['Propose terms, and accept them by their hash', ['200', '200', 'resolved']],
];
const compatibility: Shown = [['Ask a server for its version', [/^\d+\.\d+\.\d+$/]]];
const guides = { writing, agreeing, compatibility };

let api: Api;
type Outputs = ReadonlyMap<string, readonly string[]>;
let outputs: Readonly<Record<keyof typeof guides, Outputs>>;

/** Runs all examples in one shell that ends at the first command that fails, and tells their outputs apart. */
async function runSession(guide: keyof typeof guides, keys: object): Promise<Outputs> {
  const folder = folders.in(guide);
  mkdirSync(folder);
  writeFileSync(join(folder, 'keys.json'), JSON.stringify(keys));
  const mark = '--- next example';
  const script = [...examples[guide].values()].join(`\necho '${mark}'\n`);
  const inherited = environmentOf({});
  const env = {
    ...inherited,
    PATH: `${dirname(process.execPath)}:${inherited['PATH']}`,
    ENTENTE: api.server.url,
  };
  const { stdout } = await promisify(execFile)('sh', ['-ec', script], { cwd: folder, env });
  const parts = stdout.split(`${mark}\n`).map((part) => part.split('\n').map((line) => line.trim()));
  return new Map(
    [...examples[guide].keys()].map((label, index) => [
      label,
      (parts[index] ?? []).filter((line) => line !== ''),
    ]),
  );
}

beforeAll(async () => {
  api = await Api.start();
  const invented = await loadInvented(api, 'two a side');
  const keys = { ...api.keys, ...invented.keys };
  outputs = {
    writing: await runSession('writing', keys),
    agreeing: await runSession('agreeing', keys),
    compatibility: await runSession('compatibility', keys),
  };
});
afterAll(async () => {
  await api.stop();
  folders.remove();
});

describe.each(['writing', 'agreeing', 'compatibility'] as const)('The guide for %s', (guide) => {
  it('has the examples that are expected here, in this order', () => {
    expect([...examples[guide].keys()]).toEqual(guides[guide].map(([label]) => label));
  });

  it.each(guides[guide])('has an example that works on the demonstration: %s', (label, lines) => {
    const expected = lines.map((line) =>
      typeof line === 'string' ? line : (expect.stringMatching(line) as unknown),
    );
    expect(outputs[guide].get(label)).toEqual(expected);
  });
});

describe('The guide for writing', () => {
  it('names every principal of the demonstration', () => {
    for (const { name } of [...demonstrationPrincipals, ...syntheticPrincipals])
      expect(page).toContain(`<code>${name}</code>`);
  });

  it('is served beside the guide for reading', async () => {
    const { status, body } = await api.ask<string>('GET', '/docs/writing', { as: 'nobody' });
    expect(status).toBe(200);
    expect(body).toMatch(/"\/docs\/reading">How to read<[^]*"\/docs\/writing">How to write</);
  });
});
