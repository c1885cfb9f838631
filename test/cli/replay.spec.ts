import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { istanbulRecord } from '../../src/demo/istanbul.record.js';
import { loadRecord } from '../../src/demo/load.js';
import { eventOf, ref } from '../../src/demo/step.js';
import type { Step } from '../../src/demo/step.js';
import { Child, endAll, run } from '../faults/child.js';
import { compiledProgram } from '../faults/program.js';
import { serve } from '../faults/served.js';
import type { Served } from '../faults/served.js';
import { expectFailure, expectSuccess } from './expectations.js';
import { Folders } from './folders.js';

interface Frame {
  readonly seq: number;
  readonly event: {
    readonly envelope: { readonly revision: number };
    readonly content: { readonly text?: { readonly en?: string } } | null;
  };
  readonly state: { readonly key: string } | null;
}

const folders = new Folders();
const directory = folders.in('data');
let served: Served;
let throughServer: string;

const lines = 'One.\u2028Two.\u2029Three.\nFour.';
const spokenOnSeveralLines: readonly Step[] = [
  {
    as: 'a-late-source',
    create: 'sources',
    body: {
      dialogueId: ref('missions-dialogue'),
      kind: 'statement',
      issuers: ['RU'],
      lang: 'en',
      held: false,
      title: 'Old title',
      citation: 'Old',
    },
  },
  {
    as: 'on-several-lines',
    on: 'properties',
    act: 'state-position',
    body: {
      party: 'RU',
      stance: 'seeks-action',
      text: { en: lines },
      wording: [{ as: 'verbatim' }],
      sources: [{ sourceId: ref('a-late-source') }],
      occurred: '2025-04-10',
    },
  },
  {
    as: 'another-title',
    on: 'a-late-source',
    act: 'correct',
    body: { target: eventOf('a-late-source'), content: { title: 'New title', citation: 'New' } },
  },
];

const replay = (...args: readonly string[]) =>
  run(['replay', ...args, '--data', directory], { cwd: folders.top });

beforeAll(async () => {
  await compiledProgram();
  served = await serve(directory);
  const server = { url: served.client.url, key: served.secretariat };
  await loadRecord([...istanbulRecord, ...spokenOnSeveralLines], server);
});

afterAll(async () => {
  await endAll();
  folders.remove();
});

/** The rules of the command, which hold whether or not a server has the folder. */
function rulesOfReplay(): void {
  it('tells the whole history for people', async () => {
    const ended = await replay('RUUS-1');
    expectSuccess(ended);
    expect(ended.stdout).toMatch(/^RUUS-1 /);
    expect(ended.stdout).toMatch(/\n\d+ entries\n$/);
    expect(ended.stdout).not.toContain('\u001b');
  });

  it('gives one frame a line for programs', async () => {
    const ended = await replay('RUUS-1', '--json');
    expectSuccess(ended);
    const frames = ended.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Frame);
    expect(frames.map((one) => one.event.envelope.revision)).toEqual(frames.map((_, index) => index));
    expect(frames.at(-1)?.state?.key).toBe('RUUS-1');
  });

  it('tells words on several lines on several lines, and ends nowhere in them', async () => {
    const told = await replay('RUUS-1');
    expectSuccess(told);
    const [first = 0, ...rest] = ['“One.', 'Two.', 'Three.', 'Four.”']
      .map((one) => new RegExp(`^ *┃ +(en: )?${one.replace('.', '[.]')}$`))
      .map((line) => told.stdout.split('\n').findIndex((one) => line.test(one)));
    expect(first).toBeGreaterThan(0);
    expect(rest).toEqual([first + 1, first + 2, first + 3]);
    const programs = (await replay('RUUS-1', '--json')).stdout.trimEnd().split('\n');
    const texts = programs.map((line) => (JSON.parse(line) as Frame).event.content?.text?.en);
    expect(texts).toContain(lines);
  });

  it('names a source as the record called it then', async () => {
    const frames = (await replay('RUUS-1', '--json')).stdout.trimEnd().split('\n');
    const then = frames.findIndex((line) => line.includes('Two.'));
    expect((await replay('RUUS-1', '--known-at', `r${then}`)).stdout).toContain('citing Old title of');
    expect((await replay('RUUS-1')).stdout).toContain('citing New title of');
  });

  it('stops where the record stood then', async () => {
    const ended = await replay('RUUS-1', '--json', '--known-at', 'r1');
    expectSuccess(ended);
    expect(ended.stdout.trimEnd().split('\n').length).toBe(2);
  });

  it('says in words that it was not there yet', async () => {
    const ended = await replay('RUUS-1', '--effective-at', '2025-03-01');
    expectFailure(
      ended,
      1,
      /It was not there yet\. By then it had not happened yet: it is said to have begun .*2025-04-10/,
    );
  });

  it('refuses a key and a moment that it does not know, in a sentence', async () => {
    expectFailure(await replay('RUUS-99'), 1, /There is no entry RUUS-99 in irritants\./);
    const refused = await replay('RUUS-1', '--known-at', 'yesterday');
    expectFailure(refused, 1, /or a moment from an answer\.$/m);
    expect(refused.stderr.match(/Give an instant such as/g)).toHaveLength(1);
  });
}

describe('replay through the server that has the folder', () => {
  rulesOfReplay();

  afterAll(async () => {
    throughServer = (await replay('RUUS-1', '--json')).stdout;
    served.client.close();
    await served.child.stop();
  });
});

describe('replay of a free folder', () => {
  rulesOfReplay();

  it('refuses what is in no calendar, and programs are told so in words too', async () => {
    const asked = ['RUUS-1', '--json', '--effective-at'];
    expectFailure(await replay(...asked, '2025-02-31'), 1, /"2025-02-31" is not in the calendar/);
    expectFailure(await replay(...asked, '2025-03-01'), 1, /It was not there yet\./);
  });

  it('ends in order when whoever reads it has enough', async () => {
    const child = await Child.start(['replay', 'RUUS-1', '--data', directory], { cwd: folders.top });
    child.readNoMore();
    expect(await child.ended).toMatchObject({ code: 141, stderr: '' });
  });

  it('is byte for byte what the server gave', async () => {
    // Keys are read in small letters as well.
    expect((await replay('ruus-1', '--json')).stdout).toBe(throughServer);
  });
});
