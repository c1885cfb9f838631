import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { istanbulRecord } from '../../src/demo/istanbul.record.js';
import { loadRecord } from '../../src/demo/load.js';
import { Child, endAll, run } from '../faults/child.js';
import { compiledProgram } from '../faults/program.js';
import { serve } from '../faults/served.js';
import type { Served } from '../faults/served.js';
import { expectFailure, expectSuccess } from './expectations.js';
import { Folders } from './folders.js';

interface Frame {
  readonly seq: number;
  readonly event: { readonly envelope: { readonly revision: number } };
  readonly state: { readonly key: string } | null;
}

const folders = new Folders();
const directory = folders.in('data');
let served: Served;
let throughServer: string;

const replay = (...args: readonly string[]) =>
  run(['replay', ...args, '--data', directory], { cwd: folders.top });

beforeAll(async () => {
  await compiledProgram();
  served = await serve(directory);
  await loadRecord(istanbulRecord, { url: served.client.url, key: served.secretariat });
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

  it('stops where the record stood then', async () => {
    const ended = await replay('RUUS-1', '--json', '--known-at', 'r1');
    expectSuccess(ended);
    expect(ended.stdout.trimEnd().split('\n').length).toBe(2);
  });

  it('says in words that it was not there yet', async () => {
    const ended = await replay('RUUS-1', '--effective-at', '2025-03-01');
    expectFailure(ended, 1, /It was not there yet\. .*it had not happened yet\./);
  });

  it('refuses a key and a moment that it does not know, in a sentence', async () => {
    expectFailure(await replay('RUUS-99'), 1, /There is no entry RUUS-99 in irritants\./);
    expectFailure(await replay('RUUS-1', '--known-at', 'yesterday'), 1, /Give an instant such as/);
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
    expectSuccess(await child.ended);
  });

  it('is byte for byte what the server gave', async () => {
    expect((await replay('RUUS-1', '--json')).stdout).toBe(throughServer);
  });
});
