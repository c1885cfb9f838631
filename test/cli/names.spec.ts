import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { firstUnfit } from '#libs/characters';
import { openRecord } from '../../src/platform/record.js';
import { slices } from '../../src/slices.js';
import { Ids } from '../../src/platform/record/ids.js';
import { SystemClock } from '../../src/platform/record/clock.js';
import { endAll, run } from '../faults/child.js';
import { compiledProgram } from '../faults/program.js';
import { expectSuccess } from './expectations.js';
import { Folders } from './folders.js';

const folders = new Folders();
const directory = folders.in('data');
const days = 10;
const names = ['\u202eredaer\u202c', 'a\nb\u2028c', '\u001b[31mred\u001b]0;title\u0007', 'שלום', '外交部'];

/** As a record may hold them from before a name was looked at. */
beforeAll(async () => {
  await compiledProgram();
  const record = await openRecord({
    slices,
    clock: new SystemClock(),
    ids: new Ids(),
    directory,
    storeUrl: undefined,
    onIncident: ({ error }) => {
      throw error;
    },
    onFatal: (error) => {
      throw error;
    },
  });
  for (const name of names)
    await record.credentials.issue({ name, party: null, roles: ['reader'], days }, { as: 'folder' });
  await record.close();
});

afterAll(async () => {
  await endAll();
  folders.remove();
});

const shown = ['⟦U+202E⟧redaer⟦U+202C⟧', 'a⟦U+000A⟧b⟦U+2028⟧c', '⟦U+001B⟧[31mred⟦U+001B⟧]0;title⟦U+0007⟧'];

describe('The names of keys in a terminal', () => {
  it('are shown as they are, one key a line, in columns', async () => {
    const ended = await run(['keys', 'list', '--data', directory], { cwd: folders.top });
    expectSuccess(ended);
    const [, ...lines] = ended.stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(names.length);
    for (const one of shown) expect(lines.some((line) => line.includes(`  ${one} `))).toBe(true);
    expect(lines.find((line) => line.includes('שלום'))).toMatch(/ \u2068שלום\u2069 {17}- {4}reader/);
    expect(lines.find((line) => line.includes('外交部'))).toMatch(/ 外交部 {15}- {4}reader/);
    expect(firstUnfit(ended.stdout.replace(/[\u2068\u2069]/g, ''))).toBeUndefined();
  });

  it('are shown in the same way by the doctor', async () => {
    const ended = await run(['doctor', '--data', directory], { cwd: folders.top });
    expectSuccess(ended);
    for (const one of shown) expect(ended.stdout).toContain(one);
    expect(ended.stdout).toContain('\u2068שלום\u2069, 外交部 expire within 30 days');
    expect(firstUnfit(ended.stdout.replace(/[\u2068\u2069]/g, ''))).toBeUndefined();
  });
});
