import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { demonstrationPrincipals, syntheticPrincipals } from '../../src/demo/principals.js';
import { Child, endAll, run } from '../faults/child.js';
import { compiledProgram } from '../faults/program.js';
import { Stored } from '../faults/stored.js';
import { expectFailure, expectSuccess } from './expectations.js';
import { Folders, modeOf } from './folders.js';

const folders = new Folders();
/** With a blank in it, as folders of people have. */
const directory = folders.in('a demonstration');
const keysFile = folders.in('with keys/demo-keys.json');

async function demo(): Promise<Child> {
  const args = ['demo', '--port', '0', '--data', directory, '--keys-file', keysFile];
  const child = await Child.start(args, { cwd: folders.top });
  await child.printed(/Ctrl\+C ends it/);
  return child;
}

const keysOf = () => JSON.parse(readFileSync(keysFile, 'utf8')) as Record<string, string>;

let child: Child;

beforeAll(async () => {
  await compiledProgram();
  child = await demo();
});

afterAll(async () => {
  await endAll();
  folders.remove();
});

describe('demo', () => {
  it('loads both dialogues, says how much it recorded, and which of the two is invented', () => {
    const [, istanbul] = /^RUUS  (\d+) acts recorded\. /m.exec(child.stdout) ?? [];
    expect(Number(istanbul)).toBeGreaterThan(40);
    const [, synthetic] =
      /^ALBR  (\d+) acts recorded\. SYNTHETIC: two invented parties/m.exec(child.stdout) ?? [];
    expect(Number(synthetic)).toBeGreaterThan(150);
    expect(child.stderr).toBe('');
  });

  it('looks for its port before it makes anything', async () => {
    const [, port = ''] = /:(\d+)\/docs/.exec(child.stdout) ?? [];
    const unmade = folders.in('unmade');
    const ended = await run(['demo', '--port', port, '--data', unmade], { cwd: folders.top });
    expectFailure(ended, 1, new RegExp(`the port ${port} on \\S+ is in use`));
    expect(existsSync(unmade)).toBe(false);
  });

  it('enters the record of Istanbul first, so that the invented one moves none of its numbers', () => {
    const { events } = Stored.read(directory);
    const joint = events.filter((one) => !/^(keyprefix|blob|credential|lease|ledger)/.test(one.stream));
    const opened = joint.findIndex((one) => one.type === 'DialogueOpened' && one.data['synthetic'] === true);
    const before = new Set(joint.slice(0, opened).map((one) => one.stream));
    expect(joint.slice(0, opened).filter((one) => one.type === 'IrritantRaised').length).toBe(7);
    expect(joint.slice(opened).filter((one) => before.has(one.stream))).toEqual([]);
  });

  it('writes a key for each of its twelve principals, readable by its owner alone', () => {
    const all = [...demonstrationPrincipals, ...syntheticPrincipals];
    expect(Object.keys(keysOf())).toEqual(all.map((one) => one.name));
    expect(Object.keys(keysOf()).length).toBe(12);
    expect(modeOf(keysFile)).toBe('600');
    expect(child.stdout).toContain('demo-keys.json');
    for (const key of Object.values(keysOf())) expect(child.stdout).not.toContain(key);
  });

  it('prints three calls that work as printed', async () => {
    const calls = [...child.stdout.matchAll(/^ +(curl .*)$/gm)].map(([, call = '']) => call);
    expect(calls.length).toBe(3);
    const answers: unknown[] = [];
    for (const call of calls) {
      const { stdout } = await promisify(execFile)('bash', ['-c', call], { cwd: folders.top });
      answers.push(JSON.parse(stdout));
    }
    expect(answers).toEqual([
      expect.objectContaining({ items: expect.any(Array), asOf: expect.any(String) }),
      expect.objectContaining({ items: expect.any(Array) }),
      expect.objectContaining({ roundId: expect.any(String), subjects: expect.any(Array) }),
    ]);
    for (const one of answers) expect(one).not.toHaveProperty('code');
  });

  it('prints replays that find the key where it was written, without showing it', async () => {
    const [, setting = ''] =
      /^ +(ENTENTE_KEY=\S.*) npm run --silent entente -- replay ALBR-1 /m.exec(child.stdout) ?? [];
    const { stdout } = await promisify(execFile)('bash', ['-c', `${setting} printenv ENTENTE_KEY`], {
      cwd: folders.top,
    });
    expect(stdout).toBe(`${keysOf()['reader']}\n`);
  });

  it('replays the invented irritant in the terminal, from raised through a roadmap agreed to resolved', async () => {
    const ended = await run(['replay', 'ALBR-1', '--data', directory], {
      cwd: folders.top,
      settings: { ENTENTE_KEY: keysOf()['reader'] ?? '' },
    });
    expectSuccess(ended);
    expect(ended.stdout).toMatch(/^ALBR-1 .*\n.* · synthetic, not a real dispute\n/);
    const stages = [...ended.stdout.matchAll(/ stage: (?:.* → )?(.+)$/gm)].map(([, stage]) => stage);
    expect(stages).toEqual([
      'raised',
      'under consultation',
      'roadmap in principle',
      'roadmap agreed',
      'in implementation, by ALDOR’s word alone',
      'resolved',
    ]);
  });

  it('replays as the README shows it, but for the two entries that it leaves out and for when they were recorded', async () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const [, shown = ''] = /```text\n(RUUS-2 [^]*?)\n```/.exec(readme) ?? [];
    const ended = await run(['replay', 'RUUS-2', '--data', directory], {
      cwd: folders.top,
      settings: { ENTENTE_KEY: keysOf()['reader'] ?? '' },
    });
    expectSuccess(ended);
    const linesOf = (text: string) => text.replaceAll(/; recorded .* UTC$/gm, '').split('\n');
    let left = linesOf(ended.stdout);
    for (const line of linesOf(shown)) {
      expect(left).toContain(line);
      left = left.slice(left.indexOf(line) + 1);
    }
    expect(linesOf(shown).length).toBeGreaterThan(20);
  });

  it('brings in again what it took out, as the README has it, and that changes nothing', async () => {
    const settings = { ENTENTE_KEY: keysOf()['secretariat'] ?? '' };
    const file = folders.in('acts.jsonl');
    const at = { cwd: folders.top, settings };
    const out = await run(['export', '--dialogue', 'RUUS', '--out', file, '--data', directory], at);
    expect(out).toMatchObject({ code: 0, stderr: `${file} is written.\n` });
    const { code, stdout } = await run(['import', file, '--dialogue', 'RUUS', '--data', directory], at);
    expect(code).toBe(0);
    expect(stdout).toMatch(/ rows: 0 would be recorded, /);
  });

  it('loads nothing twice when it is started again, and its keys stay good', async () => {
    const keys = keysOf();
    expect((await child.stop()).code).toBe(0);
    const events = Stored.read(directory).events.length;
    child = await demo();
    for (const key of ['RUUS', 'ALBR'])
      expect(child.stdout).toMatch(new RegExp(`^${key}  0 acts recorded, \\d+ were there already\\. `, 'm'));
    expect(Stored.read(directory).events.length).toBe(events);
    expect(keysOf()).toEqual(keys);
    expect((await child.stop()).code).toBe(0);
  });
});
